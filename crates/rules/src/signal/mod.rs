//! Signals: which events a rule looks for, and what it keeps of them.

mod address;
mod aks;
mod gate;
mod keep;
mod literals;
mod path;
mod pattern;
mod reading;
mod test;
mod truth;

pub(crate) use self::address::AddressClass;
pub(crate) use self::keep::{As, From, Keep, Kept, join_key};
pub(crate) use self::literals::worth;
pub(crate) use self::path::{FieldPath, text_of};
pub(crate) use self::pattern::Pattern;
pub(crate) use self::test::{FieldTest, Operand, Test, all, any};
pub(crate) use self::truth::Truth;

use crate::facts::Fact;

/// A named event selector of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Signal {
    pub(crate) name: String,
    /// Event kinds.
    pub(crate) kinds: Vec<&'static str>,
    /// What makes an event an answer to the question at all; empty when every event of the kind is one.
    pub(crate) about: Vec<FieldTest>,
    /// Alternatives of tests that must all hold.
    pub(crate) choices: Vec<Vec<FieldTest>>,
    /// What is kept.
    pub(crate) keeps: Vec<Keep>,
    /// Literals that the author names because the tests require none.
    pub(crate) hint: Vec<String>,
}

/// What one event says to a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The event is about something else.
    Foreign,
    /// The event answers the question.
    Says(Truth),
}

impl Signal {
    /// Tests one event of the right kind.
    pub(crate) fn answer(&self, fact: &Fact<'_>) -> Answer {
        match all(self.about.iter().map(|test| test.holds(fact))) {
            Truth::False => return Answer::Foreign,
            Truth::Unknown => return Answer::Says(Truth::Unknown),
            Truth::True => {}
        }
        let choices = self.choices.iter();
        Answer::Says(any(choices.map(|tests| all(tests.iter().map(|test| test.holds(fact))))))
    }

    /// Returns the kinds of objects that can pass, as the API spells them; none if any kind can.
    pub(crate) fn object_kinds(&self) -> Vec<&str> {
        let kinds = self.choices.iter().map(|tests| tests.iter().find_map(FieldTest::kinds));
        let kinds: Option<Vec<_>> = kinds.collect();
        kinds.unwrap_or_default().into_iter().flatten().map(String::as_str).collect()
    }

    /// Returns what an event that passed is remembered by, in the order of the rule.
    pub(crate) fn keep(&self, fact: &Fact<'_>) -> Vec<Vec<Kept>> {
        let mut kept: Vec<(&str, Vec<Kept>)> = Vec::with_capacity(self.keeps.len());
        for keep in &self.keeps {
            let values = keep.values(fact, &kept);
            kept.push((&keep.name, values));
        }
        kept.into_iter().map(|(_, values)| values).collect()
    }

    /// Returns all tests.
    pub(crate) fn tests(&self) -> impl Iterator<Item = &FieldTest> {
        self.about.iter().chain(self.choices.iter().flatten())
    }

    /// Returns literals of which every event that passes carries one; none if there is no such set.
    pub(crate) fn literals(&self) -> Option<Vec<String>> {
        if !self.hint.is_empty() {
            return Some(self.hint.iter().map(|text| text.to_ascii_lowercase()).collect());
        }
        let sets: Option<Vec<_>> = self.choices.iter().map(|tests| self.best_of(tests)).collect();
        sets.map(|sets| sets.into_iter().flatten().collect())
    }

    /// Only tests on the text of a line can be found in the bytes of a log.
    fn best_of(&self, tests: &[FieldTest]) -> Option<Vec<String>> {
        let tests = tests.iter().chain(&self.about);
        let on_line = tests.filter(|test| test.path.fields().any(|field| field == "message"));
        on_line.filter_map(|test| test.test.literals()).max_by_key(|literals| worth(literals))
    }
}
