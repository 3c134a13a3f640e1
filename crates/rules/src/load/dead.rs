//! What can never be true: a test that no value of its field passes, a condition that contradicts itself.

use std::collections::BTreeSet;

use kubetriage_model::Shape;

use super::check::place;
use super::reader::Reader;
use crate::rule::{Condition, Definition};
use crate::signal::{FieldPath, FieldTest, Operand, Signal, Test};
use crate::tree::Tree;

/// Fields that hold one of a few words, as the parsers write them.
const WORDS: &[(&str, &str, &[&str])] = &[
    ("dns_answer", "vantage", &["cluster", "workstation"]),
    ("connectivity_probe", "vantage", &["cluster", "workstation"]),
    ("connectivity_probe", "result", &["ok", "failed"]),
    ("registry_check", "result", &["succeeded", "failed", "warning"]),
];

/// Checks that every alternative of every signal can be true, and that the condition can.
pub(super) fn check(reader: &mut Reader<'_>, tree: &Tree<'_>, rule: &Definition) {
    for signal in &rule.signals {
        let span = place(tree, &["look_for", &signal.name]);
        for why in signal.choices.iter().filter_map(|tests| impossible(signal, tests)) {
            let message = format!("signal `{}` can never be seen: {why}", signal.name);
            reader.wrong("never_true", &span, message);
        }
    }
    if let Some(why) = contradiction(rule) {
        let message = format!("the rule can never fire: {why}");
        reader.wrong("never_fires", &place(tree, &["fire_when"]), message);
    }
}

/// Returns why no event passes all of `tests`.
fn impossible(signal: &Signal, tests: &[FieldTest]) -> Option<String> {
    let all = || tests.iter().chain(&signal.about);
    all().enumerate().find_map(|(index, test)| {
        let of_path = all().take(index + 1).filter(|other| other.path == test.path);
        let of_path: Vec<&Test> = of_path.map(|other| &other.test).collect();
        // A test on a field that no kind has is told elsewhere.
        let kinds = signal.kinds.iter().filter(|kind| test.path.exists_in(kind));
        let mut reasons = kinds.map(|kind| {
            let domain = Domain::of(kind, &test.path);
            cannot(&test.test, &domain).or_else(|| disagree(&of_path).filter(|_| !domain.many))
        });
        let first = reasons.next()??;
        let always = reasons.all(|reason| reason.is_some());
        always.then(|| format!("`{}` {first}", test.path.field()))
    })
}

/// What a field can hold.
struct Domain {
    shape: Option<Shape>,
    /// More than one value at once.
    many: bool,
    words: &'static [&'static str],
}

impl Domain {
    fn of(kind: &str, path: &FieldPath) -> Self {
        let of = WORDS.iter().find(|(of, field, _)| *of == kind && path.fields().eq([*field]));
        let shape = path.shape_in(kind);
        let many = shape.is_some_and(|(_, many)| many);
        let words = of.map_or(&[][..], |(.., words)| *words);
        Self { shape: shape.map(|(shape, _)| shape), many, words }
    }

    fn allows(&self, word: &str) -> bool {
        match self.shape {
            Some(Shape::Bool) => ["true", "false"].contains(&word.to_ascii_lowercase().as_str()),
            Some(Shape::Int) => word.parse::<i64>().is_ok(),
            _ => {
                self.words.is_empty() || self.words.iter().any(|own| own.eq_ignore_ascii_case(word))
            }
        }
    }

    /// Says what the field holds instead.
    fn told(&self) -> String {
        match self.shape {
            Some(Shape::Bool) => "is true or false".to_owned(),
            Some(Shape::Int) => "is a number".to_owned(),
            _ => format!("is one of {}", self.words.join(", ")),
        }
    }
}

/// Returns why no value of `domain` passes `test`.
fn cannot(test: &Test, domain: &Domain) -> Option<String> {
    match test {
        Test::Is { any, .. } => any.iter().all(|word| !domain.allows(word)).then(|| domain.told()),
        Test::Above(_) | Test::Below(_) if domain.shape == Some(Shape::Bool) => Some(domain.told()),
        Test::Ip(_) if matches!(domain.shape, Some(Shape::Bool | Shape::Int)) => {
            Some(domain.told())
        }
        Test::All(tests) => tests
            .iter()
            .find_map(|test| cannot(test, domain))
            .or_else(|| disagree(&tests.iter().collect::<Vec<_>>()).filter(|_| !domain.many)),
        Test::Any(tests) => {
            let mut reasons = tests.iter().map(|test| cannot(test, domain));
            let first = reasons.next()??;
            reasons.all(|reason| reason.is_some()).then_some(first)
        }
        _ => None,
    }
}

/// Returns why one value cannot pass all of `tests`.
fn disagree(tests: &[&Test]) -> Option<String> {
    let lower = |any: &[String]| any.iter().map(|word| word.to_ascii_lowercase()).collect();
    let mut allowed: Option<BTreeSet<String>> = None;
    let mut refused: BTreeSet<String> = BTreeSet::new();
    let (mut above, mut below) = (i64::MIN, i64::MAX);
    let (mut there, mut missing) = (false, false);
    for test in tests {
        there |= !matches!(test, Test::Exists(_) | Test::Not(_));
        match test {
            Test::Is { any, .. } => {
                let own: BTreeSet<String> = lower(any);
                let both = allowed.map(|allowed| &allowed & &own);
                allowed = Some(both.unwrap_or(own));
            }
            Test::Not(test) => {
                if let Test::Is { any, .. } = &**test {
                    refused.extend(lower(any) as BTreeSet<String>);
                }
            }
            Test::Above(Operand::Number(number)) => above = above.max(*number),
            Test::Below(Operand::Number(number)) => below = below.min(*number),
            Test::Exists(false) => missing = true,
            _ => {}
        }
    }
    if allowed.is_some_and(|allowed| allowed.is_subset(&refused)) {
        return Some("is to be a word and not to be it".to_owned());
    }
    if below <= above.saturating_add(1) {
        return Some(format!("cannot be above {above} and below {below}"));
    }
    (there && missing).then(|| "is to be missing and to have a value".to_owned())
}

/// Returns why the condition of `rule` cannot come true.
fn contradiction(rule: &Definition) -> Option<String> {
    // Signs that must agree in a value may be there for one value and absent for another.
    let joined: BTreeSet<usize> =
        rule.joins.iter().flat_map(|join| &join.members).map(|(signal, _)| *signal).collect();
    let mut both = needed(&rule.condition)
        .into_iter()
        .filter(|signal| !joined.contains(signal) && refused(&rule.condition).contains(signal));
    if let Some(signal) = both.next().and_then(|index| rule.signals.get(index)) {
        return Some(format!("`{}` must be there and must not", signal.name));
    }
    too_many(&rule.condition)
}

/// Returns the signals that are there whichever way the condition comes true.
fn needed(condition: &Condition) -> BTreeSet<usize> {
    match condition {
        Condition::Signal(signal) | Condition::Count { signal, .. } => [*signal].into(),
        Condition::All(parts) => parts.iter().flat_map(needed).collect(),
        Condition::Any(parts) => {
            let sets = parts.iter().map(needed);
            sets.reduce(|all, set| &all & &set).unwrap_or_default()
        }
        Condition::AtLeast { n, of } if *n >= of.len() => of.iter().flat_map(needed).collect(),
        _ => BTreeSet::new(),
    }
}

/// Returns the signals that are absent whichever way the condition comes true.
fn refused(condition: &Condition) -> BTreeSet<usize> {
    match condition {
        Condition::None(parts) | Condition::Unseen(parts) => {
            let alone = parts.iter().filter_map(|part| match part {
                Condition::Signal(signal) => Some(*signal),
                _ => None,
            });
            alone.collect()
        }
        Condition::All(parts) => parts.iter().flat_map(refused).collect(),
        _ => BTreeSet::new(),
    }
}

fn too_many(condition: &Condition) -> Option<String> {
    match condition {
        Condition::AtLeast { n, of } if *n > of.len() => {
            Some(format!("`at_least` asks for {n} of {}", of.len()))
        }
        Condition::All(parts) => parts.iter().find_map(too_many),
        Condition::Any(parts) => {
            let mut reasons = parts.iter().map(too_many);
            let first = reasons.next()??;
            reasons.all(|reason| reason.is_some()).then_some(first)
        }
        _ => None,
    }
}
