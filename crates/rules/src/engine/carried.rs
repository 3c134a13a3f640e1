//! Which events carry the literals that tests require: one search of each text for the literals of all rules.

use std::collections::{BTreeSet, HashMap};

use aho_corasick::AhoCorasick;

use super::index::texts_at;
use crate::Catalog;
use crate::facts::Facts;
use crate::signal::{FieldPath, FieldTest, Signal, worth};

/// Fewest bytes of a literal that is searched for.
const SHORTEST: usize = 3;

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
        let clauses = clauses(test).into_iter().map(|clause| self.carriers(&clause));
        clauses.reduce(|all, more| both(all, &more))
    }

    /// Returns the events that carry one literal of a clause.
    fn carriers(&self, clause: &[String]) -> Vec<usize> {
        let mut events = self.others.clone();
        events.extend(clause.iter().filter_map(|literal| self.by_literal.get(literal)).flatten());
        events.sort_unstable();
        events.dedup();
        events
    }
}

/// Returns what two sorted lists have in common.
pub(super) fn both(mut one: Vec<usize>, other: &[usize]) -> Vec<usize> {
    one.retain(|event| other.binary_search(event).is_ok());
    one
}

/// Returns the sets of literals of which a text must carry one each to pass; shorter literals stand in every text.
fn clauses(test: &FieldTest) -> Vec<Vec<String>> {
    let mut clauses = test.test.clauses();
    clauses.retain(|clause| worth(clause) >= SHORTEST);
    clauses
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

/// Returns the literals that tests on `path` of events of `kind` require.
fn asked(catalog: &Catalog, kind: &str, path: &FieldPath) -> Vec<String> {
    let signals = catalog.rules().iter().flat_map(|rule| &rule.0.signals);
    let signals = signals.filter(|signal| signal.kinds.contains(&kind));
    let tests = signals.flat_map(Signal::tests).filter(|test| test.path == *path);
    tests.flat_map(clauses).flatten().collect::<BTreeSet<String>>().into_iter().collect()
}
