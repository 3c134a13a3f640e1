//! Which events carry the literals that tests require: one search of each text for the literals of all rules.

use std::collections::{BTreeSet, HashMap};

use aho_corasick::AhoCorasick;

use super::index::texts_at;
use crate::Catalog;
use crate::facts::Facts;
use crate::signal::{FieldPath, FieldTest, Signal};

/// The events of one kind by the literals that their texts at one path carry.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Literals are in small letters; every list is in the order of the events.
    by_literal: HashMap<String, Vec<usize>>,
    /// Events that say nothing to compare, or say it in several lines, which tests also read joined.
    others: Vec<usize>,
}

impl Carried {
    /// Searches the events of `kind`; none if no rule asks for a literal there.
    pub(super) fn search(
        catalog: &Catalog,
        facts: &Facts,
        kind: &str,
        path: &FieldPath,
    ) -> Option<Self> {
        let literals = asked(catalog, kind, path);
        let search = AhoCorasick::builder().ascii_case_insensitive(true).build(&literals).ok();
        let search = search.filter(|_| !literals.is_empty())?;
        let mut carriers: Vec<Vec<usize>> = vec![Vec::new(); literals.len()];
        let mut others = Vec::new();
        for &event in facts.of_kind(kind) {
            let texts = facts.fact(event).and_then(|fact| texts_at(path, &fact));
            match texts.filter(|texts| !texts.iter().any(|text| text.contains('\n'))) {
                Some(texts) => note(&search, &texts, event, &mut carriers),
                None => others.push(event),
            }
        }
        let by_literal = literals.into_iter().zip(carriers).collect();
        Some(Self { by_literal, others })
    }

    /// Returns the events to which a test may not say no; none if it requires no literal.
    pub(super) fn may_pass(&self, test: &FieldTest) -> Option<Vec<usize>> {
        let mut events = self.others.clone();
        for literal in test.test.literals()? {
            events.extend(self.by_literal.get(&literal)?);
        }
        events.sort_unstable();
        events.dedup();
        Some(events)
    }
}

/// Notes an event with each literal that its texts carry.
fn note(search: &AhoCorasick, texts: &[String], event: usize, carriers: &mut [Vec<usize>]) {
    for found in texts.iter().flat_map(|text| search.find_overlapping_iter(text)) {
        let carriers = carriers.get_mut(found.pattern().as_usize());
        if let Some(events) = carriers.filter(|events| events.last() != Some(&event)) {
            events.push(event);
        }
    }
}

/// Returns the literals that tests on `path` of events of `kind` require, without tests that an empty one passes.
fn asked(catalog: &Catalog, kind: &str, path: &FieldPath) -> Vec<String> {
    let signals = catalog.rules().iter().flat_map(|rule| &rule.0.signals);
    let signals = signals.filter(|signal| signal.kinds.contains(&kind));
    let tests = signals.flat_map(Signal::tests).filter(|test| test.path == *path);
    let sets = tests.filter_map(|test| test.test.literals());
    let sets = sets.filter(|literals| literals.iter().all(|literal| !literal.is_empty()));
    sets.flatten().collect::<BTreeSet<String>>().into_iter().collect()
}
