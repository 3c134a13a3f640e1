//! What later evidence of the same bundle takes back: a recovery that the rule names, or that the pod is gone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::combine::Ground;
use super::sighting::{Sighting, State, Witness};
use crate::facts::Moment;
use crate::rule::Healing;
use crate::signal::Signal;

/// Returns the sightings without the witnesses that were followed by recovery; `None` if there are none.
///
/// `now` is the moment of the capture in milliseconds since 1970, against which ages count.
pub(super) fn live(ground: &Ground<'_>, now: Option<i64>) -> Option<Vec<Sighting>> {
    let Ground { rule, sightings, .. } = ground;
    let mut healed: BTreeSet<(usize, usize)> = BTreeSet::new();
    let recoveries: BTreeSet<usize> = rule.healing.iter().map(|healing| healing.later).collect();
    for healing in &rule.healing {
        let index = Recoveries::new(ground, healing, now);
        for (signal, sighting) in sightings.iter().enumerate() {
            if recoveries.contains(&signal) {
                continue;
            }
            let Some(definition) = rule.signals.get(signal) else { continue };
            let witnesses = sighting.witnesses.iter().enumerate();
            let back = witnesses.filter(|(_, witness)| index.heals(definition, witness));
            healed.extend(back.map(|(number, _)| (signal, number)));
        }
    }
    for (signal, sighting) in sightings.iter().enumerate() {
        let witnesses = sighting.witnesses.iter().enumerate();
        let over = witnesses.filter(|(_, witness)| ground.facts.is_over(witness.event, now));
        healed.extend(over.map(|(number, _)| (signal, number)));
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
    ground: &'h Ground<'h>,
    now: Option<i64>,
    healing: &'h Healing,
    moments: HashMap<Vec<String>, Vec<Moment>>,
}

impl<'h> Recoveries<'h> {
    fn new(ground: &'h Ground<'h>, healing: &'h Healing, now: Option<i64>) -> Self {
        let mut recoveries = Self { ground, now, healing, moments: HashMap::new() };
        let later = ground.rule.signals.get(healing.later);
        let seen = ground.sightings.get(healing.later);
        if let Some((signal, sighting)) = later.zip(seen) {
            sighting.witnesses.iter().for_each(|witness| recoveries.add(signal, witness));
        }
        recoveries.moments.values_mut().for_each(newest);
        recoveries
    }

    fn add(&mut self, signal: &Signal, witness: &Witness) {
        let Some(moment) = self.ground.facts.moment(witness.event) else { return };
        let key = match key(signal, witness, moment, &self.healing.same) {
            Some(key) => key,
            None if tells_nothing(signal, witness, &self.healing.same) => silent(moment),
            None => return,
        };
        // For witnesses of the same artifact that tell no values.
        self.moments.entry(place(moment)).or_default().push(*moment);
        self.moments.entry(key).or_default().push(*moment);
    }

    fn heals(&self, signal: &Signal, witness: &Witness) -> bool {
        let Some(moment) = self.ground.facts.moment(witness.event) else { return false };
        let keys = match key(signal, witness, moment, &self.healing.same) {
            Some(key) => vec![key, silent(moment)],
            None if tells_nothing(signal, witness, &self.healing.same) => vec![place(moment)],
            None => return false,
        };
        let recoveries = keys.iter().filter_map(|key| self.moments.get(key)).flatten();
        recoveries.into_iter().any(|recovery| recovery.later_than(moment, self.now) == Some(true))
    }
}

/// Returns the values that must agree; `None` if one is not kept, or none is told.
///
/// Where one of several is not told (rows of a description whose head is missing), it is the same only
/// inside of one artifact.
fn key(
    signal: &Signal,
    witness: &Witness,
    moment: &Moment,
    same: &[String],
) -> Option<Vec<String>> {
    let mut told = same.is_empty();
    let mut value = |name: &String| {
        let keep = signal.keeps.iter().position(|keep| keep.name == *name)?;
        let kept = witness.kept.get(keep)?.first();
        told |= kept.is_some();
        Some(kept.map_or_else(|| untold(moment), |kept| kept.key.clone()))
    };
    let key: Option<Vec<String>> = same.iter().map(&mut value).collect();
    key.filter(|_| told)
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

/// Stands for a value that is not told in one artifact.
fn untold(moment: &Moment) -> String {
    format!("\0{}?", moment.artifact.0)
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
