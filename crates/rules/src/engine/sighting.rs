//! What the events say to the signals of a rule.

use std::collections::BTreeSet;

use crate::facts::Facts;
use crate::rule::Definition;
use crate::signal::{Answer, Kept, Signal, Truth};

/// An event that passed a signal's tests, with what is kept of it.
#[derive(Debug, Clone)]
pub(super) struct Witness {
    pub(super) event: usize,
    /// Per kept value of the signal, in its order.
    pub(super) kept: Vec<Vec<Kept>>,
}

/// Whether a sign is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Found,
    /// The question was answered, and the answer is no.
    Absent,
    /// Nothing in the bundle answers the question.
    Unknown,
}

/// All that the bundle says to one signal.
#[derive(Debug, Clone)]
pub(super) struct Sighting {
    pub(super) witnesses: Vec<Witness>,
    pub(super) state: State,
    /// Events that might be a sign, but lack a tested field or are scrubbed.
    pub(super) undecided: usize,
}

/// Looks for every signal of `rule`; events in `claimed` belong to a finer rule.
pub(super) fn sight(rule: &Definition, facts: &Facts, claimed: &BTreeSet<usize>) -> Vec<Sighting> {
    let recoveries: BTreeSet<usize> = rule.healing.iter().map(|healing| healing.later).collect();
    let signals = rule.signals.iter().enumerate();
    let none = BTreeSet::new();
    signals
        .map(|(index, signal)| {
            let claimed = if recoveries.contains(&index) { &none } else { claimed };
            one(signal, facts, claimed)
        })
        .collect()
}

fn one(signal: &Signal, facts: &Facts, claimed: &BTreeSet<usize>) -> Sighting {
    let mut witnesses = Vec::new();
    let mut undecided = 0;
    let mut denied = false;
    let events = signal.kinds.iter().flat_map(|kind| facts.of_kind(kind));
    for &event in events.filter(|event| !claimed.contains(event)) {
        let Some(fact) = facts.fact(event) else { continue };
        match signal.answer(&fact) {
            Answer::Says(Truth::True) => {
                witnesses.push(Witness { event, kept: signal.keep(&fact) });
            }
            Answer::Says(Truth::False) => denied = true,
            Answer::Says(Truth::Unknown) => undecided += 1,
            Answer::Foreign => {}
        }
    }
    // A question about some particular thing is only answered by an event about that thing.
    let listed = signal.about.is_empty() && signal.kinds.iter().any(|kind| facts.captured(kind));
    let state = if !witnesses.is_empty() {
        State::Found
    } else if undecided == 0 && (denied || listed) {
        State::Absent
    } else {
        State::Unknown
    };
    Sighting { witnesses, state, undecided }
}
