//! Tests on the fields of an event.

use kubetriage_model::Value;

use super::address::AddressClass;
use super::path::{FieldPath, text_of};
use super::pattern::Pattern;
use super::reading::rejoined;
use super::truth::Truth;
use crate::facts::{Fact, absolute, age};

/// A test on the values at one path.
#[derive(Debug, Clone)]
pub(crate) struct FieldTest {
    pub(crate) path: FieldPath,
    pub(crate) test: Test,
}

/// What must hold of a value; of several values (lists), one is enough.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    /// Equal to one of these, ignoring ASCII case unless `exact`.
    Is { any: Vec<String>, exact: bool },
    /// Contains one of these.
    Has { any: Vec<String>, exact: bool },
    /// Starts with one of these.
    Starts { any: Vec<String>, exact: bool },
    /// Ends with one of these.
    Ends { any: Vec<String>, exact: bool },
    /// Matches.
    Matches(Pattern),
    /// Is an address of one of these classes.
    Ip(Vec<AddressClass>),
    /// Is a number above this.
    Above(Operand),
    /// Is a number below this.
    Below(Operand),
    /// Is a time, or an age, of more than so many seconds before the capture.
    Older(i64),
    /// The event carries a value (`true`) or none (`false`).
    Exists(bool),
    /// All of these.
    All(Vec<Self>),
    /// Any of these.
    Any(Vec<Self>),
    /// Not this, for any value.
    Not(Box<Self>),
}

/// The other side of a comparison.
#[derive(Debug, Clone)]
pub(crate) enum Operand {
    Number(i64),
    Field(FieldPath),
}

impl FieldTest {
    /// Returns what the test lets the field `kind` be, if it is on that field.
    pub(crate) fn kinds(&self) -> Option<&Vec<String>> {
        match &self.test {
            Test::Is { any, .. } if self.path.fields().eq(["kind"]) => Some(any),
            _ => None,
        }
    }

    /// Tests `fact`: unknown if the event carries no value at the path.
    pub(crate) fn holds(&self, fact: &Fact<'_>) -> Truth {
        let values = self.path.read(fact);
        if values.is_empty() {
            return self.test.of_nothing();
        }
        if !self.path.fields().any(|field| field == "message") {
            return self.test.of_values(&values, fact);
        }
        // A sentence counts also where somebody broke it into lines.
        let filled = values.iter().filter_map(|value| match value {
            Value::Text(text) => unbroken(text),
            _ => None,
        });
        let filled: Vec<String> = filled.collect();
        let mut values = values;
        values.extend(filled.iter().map(|text| Value::Text(text)));
        self.test.of_values(&values, fact)
    }

    /// True if the event carries a value to test.
    pub(crate) fn has_value(&self, fact: &Fact<'_>) -> bool {
        !self.path.read(fact).is_empty()
    }

    /// Returns every path that the test reads.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        std::iter::once(&self.path).chain(self.test.compared_with())
    }

    /// True if events that carry the same value give the same answer.
    pub(crate) fn asks_its_value_alone(&self) -> bool {
        !self.is_late() && self.test.compared_with().is_empty()
    }

    /// True if the answer may change with what is known when everything is read: the moment of the capture, and
    /// whether a cleaner replaced addresses.
    pub(crate) fn is_late(&self) -> bool {
        self.test.is_late()
    }
}

impl Test {
    fn of_nothing(&self) -> Truth {
        match self {
            Self::Exists(wanted) => Truth::from(!wanted),
            Self::All(tests) => all(tests.iter().map(Self::of_nothing)),
            Self::Any(tests) => any(tests.iter().map(Self::of_nothing)),
            Self::Not(test) => test.of_nothing().not(),
            _ => Truth::Unknown,
        }
    }

    fn of_values(&self, values: &[Value<'_>], fact: &Fact<'_>) -> Truth {
        match self {
            Self::Not(test) => test.of_values(values, fact).not(),
            Self::All(tests) => all(tests.iter().map(|test| test.of_values(values, fact))),
            Self::Any(tests) => any(tests.iter().map(|test| test.of_values(values, fact))),
            _ => any(values.iter().map(|value| self.of_value(value, fact))),
        }
    }

    fn of_value(&self, value: &Value<'_>, fact: &Fact<'_>) -> Truth {
        if let Self::Exists(wanted) = self {
            return Truth::from(*wanted);
        }
        match value {
            Value::Text(text) => self.of_text(text, fact),
            Value::Int(number) => self.of_number(*number, fact),
            Value::Bool(_) => {
                text_of(value).map_or(Truth::Unknown, |text| self.of_text(&text, fact))
            }
            Value::Missing | Value::List(_) | Value::Map(_) => Truth::Unknown,
        }
    }

    fn of_number(&self, number: i64, fact: &Fact<'_>) -> Truth {
        match self {
            Self::Above(other) => compared(other, fact, |other| number > other),
            Self::Below(other) => compared(other, fact, |other| number < other),
            _ => self.of_text(&number.to_string(), fact),
        }
    }

    fn of_text(&self, text: &str, fact: &Fact<'_>) -> Truth {
        match self {
            Self::Is { any, exact } => some(any, |wanted| same(text.trim(), wanted, *exact)),
            Self::Has { any, exact } => some(any, |part| {
                contains(text, part, *exact)
                    || rejoined(text).any(|text| contains(&text, part, *exact))
            }),
            Self::Starts { any, exact } => some(any, |start| {
                text.get(..start.len()).is_some_and(|begin| same(begin, start, *exact))
            }),
            Self::Ends { any, exact } => some(any, |end| {
                let from = text.len().checked_sub(end.len());
                from.and_then(|from| text.get(from..)).is_some_and(|tail| same(tail, end, *exact))
            }),
            Self::Matches(pattern) => Truth::from(pattern.is_match(text)),
            Self::Ip(_) if fact.scrubbed => Truth::Unknown,
            Self::Ip(classes) => text.trim().parse().map_or(Truth::False, |address| {
                Truth::from(classes.iter().any(|class| class.contains(address)))
            }),
            Self::Older(seconds) => older(text, *seconds, fact.now),
            Self::Above(_) | Self::Below(_) => {
                text.trim().parse().map_or(Truth::Unknown, |number| self.of_number(number, fact))
            }
            Self::Exists(_) | Self::All(_) | Self::Any(_) | Self::Not(_) => Truth::Unknown,
        }
    }

    fn is_late(&self) -> bool {
        match self {
            Self::Ip(_) | Self::Older(_) => true,
            Self::All(tests) | Self::Any(tests) => tests.iter().any(Self::is_late),
            Self::Not(test) => test.is_late(),
            _ => false,
        }
    }

    /// Returns the fields that values are compared with.
    fn compared_with(&self) -> Vec<&FieldPath> {
        match self {
            Self::Above(Operand::Field(path)) | Self::Below(Operand::Field(path)) => vec![path],
            Self::All(tests) | Self::Any(tests) => {
                tests.iter().flat_map(Self::compared_with).collect()
            }
            Self::Not(test) => test.compared_with(),
            _ => Vec::new(),
        }
    }

    /// Returns the patterns inside, for named groups and required literals.
    pub(crate) fn patterns(&self) -> Vec<&Pattern> {
        match self {
            Self::Matches(pattern) => vec![pattern],
            Self::All(tests) | Self::Any(tests) => tests.iter().flat_map(Self::patterns).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the words that a text has to carry, without those that it must not.
    pub(crate) fn words(&self) -> Vec<&String> {
        match self {
            Self::Is { any, .. }
            | Self::Has { any, .. }
            | Self::Starts { any, .. }
            | Self::Ends { any, .. } => any.iter().collect(),
            Self::All(tests) | Self::Any(tests) => tests.iter().flat_map(Self::words).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns sets of literals, of each of which every text that passes contains one.
    pub(crate) fn clauses(&self) -> Vec<Vec<String>> {
        match self {
            Self::Matches(pattern) => pattern.clauses(),
            Self::All(tests) => tests.iter().flat_map(Self::clauses).collect(),
            _ => self.literals().into_iter().collect(),
        }
    }

    /// Returns literals of which every text that passes contains one; none if there is no such set.
    pub(crate) fn literals(&self) -> Option<Vec<String>> {
        match self {
            Self::Is { any, .. }
            | Self::Has { any, .. }
            | Self::Starts { any, .. }
            | Self::Ends { any, .. } => {
                Some(any.iter().map(|text| text.to_ascii_lowercase()).collect())
            }
            Self::Matches(pattern) => pattern.literals(),
            Self::All(tests) => tests
                .iter()
                .filter_map(Self::literals)
                .max_by_key(|literals| super::literals::worth(literals)),
            Self::Any(tests) => {
                let sets: Option<Vec<_>> = tests.iter().map(Self::literals).collect();
                sets.map(|sets| sets.into_iter().flatten().collect())
            }
            _ => None,
        }
    }
}

/// Longest message that is also read without its line breaks, in bytes.
const LONGEST_UNBROKEN: usize = 4096;

/// Returns a message of several lines on one line; `None` for one that has no line breaks, or is long.
pub(crate) fn unbroken(text: &str) -> Option<String> {
    let broken = text.len() <= LONGEST_UNBROKEN && memchr::memchr(b'\n', text.as_bytes()).is_some();
    broken.then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Kleene's and over many answers; what follows a false one is not asked.
pub(crate) fn all(mut answers: impl Iterator<Item = Truth>) -> Truth {
    let told = answers.try_fold(Truth::True, |all, answer| match all.and(answer) {
        Truth::False => None,
        open => Some(open),
    });
    told.unwrap_or(Truth::False)
}

/// Kleene's or over many answers; what follows a true one is not asked.
pub(crate) fn any(mut answers: impl Iterator<Item = Truth>) -> Truth {
    let told = answers.try_fold(Truth::False, |any, answer| match any.or(answer) {
        Truth::True => None,
        open => Some(open),
    });
    told.unwrap_or(Truth::True)
}

fn compared(other: &Operand, fact: &Fact<'_>, holds: impl Fn(i64) -> bool) -> Truth {
    let number = match other {
        Operand::Number(number) => Some(*number),
        Operand::Field(path) => path.text(fact).and_then(|text| text.parse().ok()),
    };
    number.map_or(Truth::Unknown, |number| Truth::from(holds(number)))
}

/// Compares a time with the moment of the capture, and an age with nothing.
fn older(text: &str, seconds: i64, now: Option<i64>) -> Truth {
    if let Some(age) = age(text.trim()) {
        return Truth::from(age > seconds);
    }
    let apart = now.zip(absolute(text)).map(|(now, then)| now - then);
    apart.map_or(Truth::Unknown, |apart| Truth::from(apart > seconds.saturating_mul(1000)))
}

fn some(wanted: &[String], holds: impl Fn(&String) -> bool) -> Truth {
    Truth::from(wanted.iter().any(holds))
}

fn same(text: &str, wanted: &str, exact: bool) -> bool {
    if exact { text == wanted } else { text.eq_ignore_ascii_case(wanted) }
}

/// True if `text` contains `part`, ignoring ASCII case unless `exact`.
pub(crate) fn contains(text: &str, part: &str, exact: bool) -> bool {
    if exact {
        return memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    }
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(&first) = part.first() else { return true };
    let places = memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text);
    places.into_iter().any(|start| {
        text.get(start..start + part.len()).is_some_and(|found| found.eq_ignore_ascii_case(part))
    })
}
