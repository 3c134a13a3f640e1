//! What the events say to the signals of a rule.

use std::collections::BTreeSet;

use super::index::Index;
use crate::quiet::Said;
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

impl Sighting {
    /// What is known of a signal that nobody has looked for.
    const fn none() -> Self {
        Self { witnesses: Vec::new(), state: State::Unknown, undecided: 0 }
    }
}

/// Looks for the signals of `rule`; events in `claimed` belong to a finer rule.
///
/// Support is looked for where it may count (it may raise an open question too), recoveries where there is
/// something to take back.
pub(super) fn sight(
    rule: &Definition,
    index: &Index<'_>,
    claimed: &BTreeSet<usize>,
) -> Vec<Sighting> {
    let mut seen = vec![Sighting::none(); rule.signals.len()];
    let needed: BTreeSet<usize> = rule.condition.signals(true).into_iter().collect();
    let recoveries: BTreeSet<usize> = rule.healing.iter().map(|healing| healing.later).collect();
    let none = BTreeSet::new();
    let look = |seen: &mut [Sighting], number: usize| {
        let claimed = if recoveries.contains(&number) { &none } else { claimed };
        if let Some((slot, signal)) = seen.get_mut(number).zip(rule.signals.get(number)) {
            *slot = one(signal, index, claimed, index.facts.quiet().said(&rule.id, number));
        }
    };
    for number in &needed {
        look(&mut seen, *number);
    }
    let open = |number: &usize| seen.get(*number).is_some_and(|seen| seen.state != State::Absent);
    if needed.iter().any(open) {
        let asides = rule.support.iter().chain(&rule.background);
        for number in asides.filter(|number| !needed.contains(number)) {
            look(&mut seen, *number);
        }
    }
    if seen.iter().any(|sighting| !sighting.witnesses.is_empty()) {
        let looked_for = |number: &usize| needed.contains(number) || rule.is_aside(*number);
        for number in recoveries.iter().filter(|number| !looked_for(number)) {
            look(&mut seen, *number);
        }
    }
    seen
}

/// `aside` is what statements say that were not kept one by one.
fn one(signal: &Signal, index: &Index<'_>, claimed: &BTreeSet<usize>, aside: Said) -> Sighting {
    let mut seen = Sighting { undecided: usize::from(aside.undecided), ..Sighting::none() };
    let mut denied = aside.denied;
    for kind in &signal.kinds {
        let all = index.facts.of_kind(kind);
        let candidates = index.candidates(signal, kind);
        let events = candidates.as_ref().map_or(all, |some| &some.events);
        for &event in events.iter().filter(|event| !claimed.contains(event)) {
            let Some(fact) = index.facts.fact(event) else { continue };
            match signal.answer(&fact) {
                Answer::Says(Truth::True) => {
                    seen.witnesses.push(Witness { event, kept: signal.keep(&fact) });
                }
                Answer::Says(Truth::False) => denied = true,
                Answer::Says(Truth::Unknown) => seen.undecided += 1,
                Answer::Foreign => {}
            }
        }
        denied |= candidates.is_some_and(|some| {
            let other = |event: &usize| {
                !claimed.contains(event) && some.events.binary_search(event).is_err()
            };
            some.others_deny && all.iter().any(other)
        });
    }
    // A question about some particular thing is only answered by an event about that thing.
    let captured = |kind: &&'static str| index.facts.captured(kind);
    let listed = signal.about.is_empty() && signal.kinds.iter().any(captured);
    seen.state = if !seen.witnesses.is_empty() {
        State::Found
    } else if seen.undecided == 0 && (denied || listed) {
        State::Absent
    } else {
        State::Unknown
    };
    seen
}
