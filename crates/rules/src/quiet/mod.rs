//! What is well and stays out of the way.
//!
//! A big cluster has hundreds of thousands of pods of which a few are ill. A statement that no rule can build a finding
//! on need not be kept as it is: what it answers to the questions of the rules is the same for all that look alike
//! (a [`Class`]), and what a finding may still want to know of it (that this very pod runs by now) is a
//! [record](aside) of a few bytes. When everything is read, the records of objects that a kept statement speaks of
//! become statements again ([`Quiet::restore`]); the others only counted.
//!
//! Only states are put aside this way: they carry no time, and the newest is what counts.

mod aside;
mod class;
mod family;
mod nodes;
mod repeats;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kubetriage_model::{Data, Event};

#[cfg(test)]
mod tests;

pub use self::aside::Quiet;
use self::class::{Class, settled};
use self::family::{FAMILIES, Family};
pub use self::repeats::Repeats;
use crate::Catalog;
use crate::facts::{Fact, Identity, identity_of};
use crate::signal::{Answer, FieldTest, Truth};

/// Statements of one kind that are kept as they are before any is put aside: a few cost less than their classes.
const FEW: u64 = 512;
/// Most classes: more means that the statements do not look alike, and they are kept as they are.
const MOST_CLASSES: usize = 16 << 10;

/// Takes statements out of the stream that no finding can rest on.
#[derive(Debug)]
pub struct Sieve<'c> {
    families: Vec<Family<'c>>,
    few: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    classes: HashMap<u64, Arc<Class>>,
    /// Per family, what is answered to its signals.
    said: [Vec<Said>; FAMILIES.len()],
    quiet: Quiet,
}

/// What statements that are put aside answer to a signal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    /// Some statement says no.
    pub(crate) denied: bool,
    /// Some statement does not carry a field that decides.
    pub(crate) undecided: bool,
}

impl<'c> Sieve<'c> {
    /// Returns a sieve for the rules of `catalog`.
    pub fn new(catalog: &'c Catalog) -> Self {
        Self::behind(FEW, catalog)
    }

    /// Returns a sieve that keeps the first `few` statements of each kind as they are.
    pub fn behind(few: u64, catalog: &'c Catalog) -> Self {
        let families = FAMILIES.iter().enumerate();
        let families = families.map(|(number, kind)| Family::new(number, kind, catalog)).collect();
        Self { families, few, state: Mutex::default() }
    }

    /// Returns true if a finding may rest on `event`; otherwise remembers what matters of it.
    ///
    /// The event need not have an excerpt or marks yet. Ask once for each.
    pub fn keeps(&self, event: &Event) -> bool {
        let kind = event.data.kind();
        let family = self.families.iter().find(|family| family.kind == kind);
        let is_plain = !event.repaired && !event.quoted;
        let Some(family) = family.filter(|family| is_plain && family.count() >= self.few) else {
            return true;
        };
        let key = family.key(&event.data);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let class = match state.class(key, family, event) {
            Some(class) if !class.is_loud => class,
            _ => return true,
        };
        if !class.open.is_empty() {
            drop(state);
            let Some(said) = asked(family, &class, event) else { return true };
            state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.learn(family, &said);
        }
        state.quiet.add(family, &class, event);
        false
    }

    /// Returns what was put aside.
    pub fn finish(self) -> Quiet {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut quiet = state.quiet;
        for (family, said) in self.families.iter().zip(state.said) {
            let of_rule = |(asked, said): (&family::Asked<'_>, _)| {
                ((asked.rule.to_owned(), asked.number), said)
            };
            quiet.answers.extend(family.signals.iter().zip(said).map(of_rule));
        }
        quiet
    }
}

impl State {
    /// Returns the class of an event, a new one if nothing looks like it; `None` if there are too many.
    fn class(&mut self, key: u64, family: &Family<'_>, event: &Event) -> Option<Arc<Class>> {
        if let Some(class) = self.classes.get(&key) {
            // Two looks may share a number, by chance or on purpose.
            return class.holds(&event.data, family.mask).then(|| Arc::clone(class));
        }
        if self.classes.len() >= MOST_CLASSES {
            return None;
        }
        let class = Arc::new(Class::of(family, event, self.quiet.classes.len()));
        self.classes.insert(key, Arc::clone(&class));
        if !class.is_loud {
            self.quiet.classes.push(Arc::clone(&class));
            self.learn(family, &class.answers);
        }
        Some(class)
    }

    /// Remembers what statements that are put aside answer to signals of their family.
    fn learn(&mut self, family: &Family<'_>, answers: &[(usize, Answer)]) {
        let Some(all) = self.said.get_mut(family.number) else { return };
        all.resize(family.signals.len(), Said::default());
        for (signal, answer) in answers {
            let Some(said) = all.get_mut(*signal) else { continue };
            match answer {
                Answer::Says(Truth::False) => said.denied = true,
                Answer::Says(Truth::Unknown) => said.undecided = true,
                Answer::Says(Truth::True) | Answer::Foreign => {}
            }
        }
    }
}

/// Asks the signals that the class leaves open; `None` if the event has to be kept.
fn asked(family: &Family<'_>, class: &Class, event: &Event) -> Option<Vec<(usize, Answer)>> {
    if class.open.is_empty() {
        return Some(Vec::new());
    }
    let object = identity_of(&event.data);
    let fact = Fact { event, object: object.as_ref(), scrubbed: false, now: None };
    let mut said = Vec::with_capacity(class.open.len());
    for number in &class.open {
        let signal = family.signals.get(*number)?;
        let answer = settled(signal.signal, &fact, &FieldTest::is_late)?;
        if signal.is_loud(answer, object.as_ref()) {
            return None;
        }
        said.push((*number, answer));
    }
    Some(said)
}

/// Returns the namespace of the object that an event speaks of.
fn namespace_of(identity: Option<&Identity>) -> Option<String> {
    identity.and_then(|identity| identity.namespace.clone())
}

/// Names of the fields that tell which object a statement is about: they differ where all else is the same.
fn is_name(field: &str, data_kind: &str) -> bool {
    matches!(
        (field, data_kind),
        ("name", "pod" | "workload") | ("pod", "container") | ("object", _)
    )
}

/// Returns the bits of the named fields of a family.
fn mask_of<'f>(kind: &str, fields: impl IntoIterator<Item = &'f str>) -> u64 {
    let known = kubetriage_model::FAMILIES.iter().find(|family| family.name == kind);
    let known = known.map_or(&[][..], |family| family.fields);
    let place = |field: &str| known.iter().position(|known| known.name == field);
    fields.into_iter().filter_map(place).fold(0, |mask, bit| mask | 1_u64 << bit)
}

/// Returns a copy of what an event states with the fields of `mask` alone.
fn reduced(data: &Data, mask: u64) -> Data {
    let mut data = data.clone();
    data.keep_fields(mask);
    data
}
