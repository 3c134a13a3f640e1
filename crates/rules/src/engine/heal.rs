//! What later evidence of the same bundle takes back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::sighting::{Sighting, State, Witness};
use crate::facts::{Facts, Moment};
use crate::rule::{Definition, Healing};
use crate::signal::Signal;

/// Returns the sightings without the witnesses that were followed by recovery; `None` if there are none.
pub(super) fn live(
    rule: &Definition,
    facts: &Facts,
    sightings: &[Sighting],
) -> Option<Vec<Sighting>> {
    let mut healed: BTreeSet<(usize, usize)> = BTreeSet::new();
    let recoveries: BTreeSet<usize> = rule.healing.iter().map(|healing| healing.later).collect();
    for healing in &rule.healing {
        let index = Recoveries::new(rule, facts, sightings, healing);
        for (signal, sighting) in sightings.iter().enumerate() {
            if recoveries.contains(&signal) {
                continue;
            }
            let Some(definition) = rule.signals.get(signal) else { continue };
            for (number, witness) in sighting.witnesses.iter().enumerate() {
                if index.heals(definition, witness, facts) {
                    healed.insert((signal, number));
                }
            }
        }
    }
    if healed.is_empty() {
        return None;
    }
    let mut left = sightings.to_vec();
    for (signal, sighting) in left.iter_mut().enumerate() {
        let mut number = 0;
        sighting.witnesses.retain(|_| {
            number += 1;
            !healed.contains(&(signal, number - 1))
        });
        if sighting.witnesses.is_empty() && sighting.state == State::Found {
            sighting.state = State::Absent;
        }
    }
    Some(left)
}

/// The recoveries of one `unless`, by the values that must agree.
struct Recoveries<'h> {
    healing: &'h Healing,
    moments: HashMap<Vec<String>, Vec<Moment>>,
}

impl<'h> Recoveries<'h> {
    fn new(rule: &Definition, facts: &Facts, sightings: &[Sighting], healing: &'h Healing) -> Self {
        let mut moments: HashMap<Vec<String>, Vec<Moment>> = HashMap::new();
        let later = rule.signals.get(healing.later).zip(sightings.get(healing.later));
        if let Some((signal, sighting)) = later {
            for witness in &sighting.witnesses {
                let Some(moment) = facts.moment(witness.event) else { continue };
                let place = place(moment);
                if let Some(key) = key(signal, witness, &healing.same) {
                    // For witnesses of the same artifact that tell no values.
                    moments.entry(place).or_default().push(*moment);
                    moments.entry(key).or_default().push(*moment);
                } else if tells_nothing(signal, witness, &healing.same) {
                    moments.entry(silent(moment)).or_default().push(*moment);
                    moments.entry(place).or_default().push(*moment);
                }
            }
        }
        moments.values_mut().for_each(newest);
        Self { healing, moments }
    }

    fn heals(&self, signal: &Signal, witness: &Witness, facts: &Facts) -> bool {
        let Some(moment) = facts.moment(witness.event) else { return false };
        let keys = match key(signal, witness, &self.healing.same) {
            Some(key) => vec![key, silent(moment)],
            None if tells_nothing(signal, witness, &self.healing.same) => vec![place(moment)],
            None => return false,
        };
        let recoveries = keys.iter().filter_map(|key| self.moments.get(key)).flatten();
        recoveries.into_iter().any(|recovery| recovery.later_than(moment) == Some(true))
    }
}

/// Returns the values that must agree; `None` if one is not kept or not known.
fn key(signal: &Signal, witness: &Witness, same: &[String]) -> Option<Vec<String>> {
    let value = |name: &String| {
        let keep = signal.keeps.iter().position(|keep| keep.name == *name)?;
        witness.kept.get(keep)?.first().map(|kept| kept.key.clone())
    };
    same.iter().map(value).collect()
}

/// True if the signal keeps all that must agree, and this event tells none of it.
fn tells_nothing(signal: &Signal, witness: &Witness, same: &[String]) -> bool {
    !same.is_empty()
        && same.iter().all(|name| {
            let keep = signal.keeps.iter().position(|keep| keep.name == *name);
            let kept = keep.and_then(|keep| witness.kept.get(keep));
            kept.is_some_and(Vec::is_empty)
        })
}

/// The key of everything in one artifact; values never start with a NUL.
fn place(moment: &Moment) -> Vec<String> {
    vec![format!("\0{}", moment.artifact.0)]
}

/// The key of recoveries in one artifact that tell no values.
fn silent(moment: &Moment) -> Vec<String> {
    vec![format!("\0{}\0", moment.artifact.0)]
}

/// Only the newest recoveries can decide: per artifact the last line, the latest time, the smallest age.
fn newest(moments: &mut Vec<Moment>) {
    let mut best: BTreeMap<_, [Moment; 3]> = BTreeMap::new();
    for moment in moments.iter() {
        let place = (moment.artifact, moment.nature as u8);
        let [line, time, age] = best.entry(place).or_insert([*moment; 3]);
        if moment.line > line.line {
            *line = *moment;
        }
        if moment.absolute > time.absolute {
            *time = *moment;
        }
        if age.age.is_none()
            || moment.age.is_some_and(|mine| age.age.is_some_and(|best| mine < best))
        {
            *age = *moment;
        }
    }
    *moments = best.into_values().flatten().collect();
}
