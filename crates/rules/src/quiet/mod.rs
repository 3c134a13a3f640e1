//! What is well and stays out of the way.
//!
//! A big cluster has hundreds of thousands of pods of which a few are ill. A statement that no rule can build a finding
//! on need not be kept as it is: what it answers to the questions of the rules is the same for all that look alike
//! (a [`Class`]), and what a finding may still want to know of it (that this very pod runs by now) is a
//! [`Record`] of a few bytes. When everything is read, the records of objects that a kept statement speaks of
//! become statements again ([`Quiet::restore`]); the others only counted.
//!
//! Only states are put aside this way: they carry no time, and the newest is what counts.

mod class;
mod family;
mod nodes;
mod repeats;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use kubetriage_model::{ArtifactId, Data, Event, Provenance};

#[cfg(test)]
mod tests;

use self::class::{Class, settled};
use self::family::{FAMILIES, Family};
use self::nodes::Nodes;
pub use self::repeats::Repeats;
use crate::Catalog;
use crate::facts::{Fact, Identity, identity_of};
use crate::signal::{Answer, FieldTest, Truth};

/// Most records: several times as many as the biggest cluster has pods.
const MOST_RECORDS: usize = 1 << 19;
/// Statements of one kind that are kept as they are before any is put aside: a few cost less than their classes.
const FEW: u64 = 512;
/// Most classes: more means that the statements do not look alike, and they are kept as they are.
const MOST_CLASSES: usize = 16 << 10;
/// Records of one block: growing must not copy what is there.
const BLOCK: usize = 16 << 10;

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

/// What was put aside.
#[derive(Debug, Clone, Default)]
pub struct Quiet {
    classes: Vec<Arc<Class>>,
    blocks: Vec<Vec<Record>>,
    /// Nodes on which pods run: findings are folded by them, and they would make a class of each shape.
    nodes: Nodes,
    /// Records in all blocks.
    remembered: usize,
    /// Names beyond it are only counted. It is lowered when there are too many, so that what is remembered does not
    /// depend on the order in which things are read.
    beyond: Option<u64>,
    /// Kinds and where they were read.
    places: BTreeSet<(&'static str, ArtifactId)>,
    /// The place that was added last: most statements come one after the other.
    newest_place: Option<(&'static str, ArtifactId)>,
    /// Rule and number of a signal to what statements that are put aside answer.
    answers: BTreeMap<(String, usize), Said>,
    /// Statements that are put aside, by kind.
    counts: BTreeMap<&'static str, u64>,
}

/// What statements that are put aside answer to a signal.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    /// Some statement says no.
    pub(crate) denied: bool,
    /// Some statement does not carry a field that decides.
    pub(crate) undecided: bool,
}

/// One statement that is put aside.
#[derive(Debug, Clone, Copy)]
struct Record {
    /// Hash of the object's name, in two halves: so a record has no gaps.
    name: [u32; 2],
    start: [u32; 2],
    class: u32,
    artifact: u32,
    line: u32,
    /// Place of the node on which a pod runs among the nodes, from 1 on; 0 for none.
    node: u32,
}

impl Record {
    fn name(&self) -> u64 {
        joined(self.name)
    }
}

/// Cuts a number into halves, the higher one first.
fn halves(number: u64) -> [u32; 2] {
    let low = u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    [u32::try_from(number >> 32).unwrap_or(u32::MAX), low]
}

fn joined([high, low]: [u32; 2]) -> u64 {
    u64::from(high) << 32 | u64::from(low)
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

impl Quiet {
    /// Returns the number of statements that were put aside.
    pub fn len(&self) -> u64 {
        self.counts.values().sum()
    }

    /// True if nothing was put aside.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Returns an artifact of which more was put aside than is remembered one by one, if there is one.
    pub fn overflowed(&self) -> Option<ArtifactId> {
        let newest = self.places.iter().map(|(_, artifact)| *artifact).max();
        newest.filter(|_| self.beyond.is_some())
    }

    /// Returns what statements that are put aside answer to a signal of a rule.
    pub(crate) fn said(&self, rule: &str, signal: usize) -> Said {
        if self.answers.is_empty() {
            return Said::default();
        }
        self.answers.get(&(rule.to_owned(), signal)).copied().unwrap_or_default()
    }

    /// Returns the kinds that are put aside, and where they were read.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&'static str, ArtifactId)> {
        self.places.iter().copied()
    }

    /// Returns kinds and namespaces of what is put aside.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.classes.iter().map(|class| (class.data.kind(), class.namespace.as_deref()))
    }

    /// Returns how many objects statements of `kind` that are put aside are about, beside those that are `known`;
    /// how many statements there are where not all objects are remembered.
    pub(crate) fn others(&self, kind: &str, known: &BTreeSet<(Option<String>, String)>) -> u64 {
        if self.beyond.is_some() {
            return self.counts.get(kind).copied().unwrap_or(0);
        }
        let place = |namespace: Option<&str>, name: u64| {
            let mut hasher = DefaultHasher::new();
            (namespace, name).hash(&mut hasher);
            hasher.finish()
        };
        let of_kind = |record: &Record| {
            let class = usize::try_from(record.class).ok().and_then(|at| self.classes.get(at));
            let class = class.filter(|class| class.data.kind() == kind)?;
            Some(place(class.namespace.as_deref(), record.name()))
        };
        let known: HashSet<u64> =
            known.iter().map(|(space, name)| place(space.as_deref(), hash_of(name))).collect();
        let mut others: Vec<u64> = self.blocks.iter().flatten().filter_map(of_kind).collect();
        others.sort_unstable();
        others.dedup();
        others.iter().filter(|other| !known.contains(other)).count() as u64
    }

    /// Returns the statements about objects of these names, without what no rule asks for.
    pub(crate) fn restore<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<Event> {
        if self.is_empty() {
            return Vec::new();
        }
        let names: HashMap<u64, &str> = names.map(|name| (hash_of(name), name)).collect();
        let records = self.blocks.iter().flatten();
        let wanted = records.filter_map(|record| Some((record, names.get(&record.name())?)));
        wanted.filter_map(|(record, name)| self.statement(record, name)).collect()
    }

    fn statement(&self, record: &Record, name: &str) -> Option<Event> {
        let class = usize::try_from(record.class).ok().and_then(|at| self.classes.get(at))?;
        let mut data = class.data.clone();
        family::set_name(&mut data, name);
        self.nodes.tell(record.node, &mut data);
        let line = u64::from(record.line);
        let at = Provenance {
            artifact: ArtifactId(record.artifact),
            start: joined(record.start),
            line,
            end_line: line,
            ..Provenance::default()
        };
        Some(Event { data, at, repaired: false, quoted: false })
    }

    fn add(&mut self, family: &Family<'_>, class: &Class, event: &Event) {
        let place = (family.kind, event.at.artifact);
        if self.newest_place != Some(place) {
            self.places.insert(place);
            self.newest_place = Some(place);
        }
        *self.counts.entry(family.kind).or_default() += 1;
        let name = hash_of(family::name(&event.data));
        if self.beyond.is_some_and(|beyond| name > beyond) {
            return;
        }
        let record = Record {
            name: halves(name),
            start: halves(event.at.start),
            class: class.number,
            artifact: event.at.artifact.0,
            line: u32::try_from(event.at.line).unwrap_or(u32::MAX),
            node: self.nodes.number(&event.data),
        };
        if self.blocks.last().is_none_or(|block| block.len() == block.capacity()) {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(record);
        }
        self.remembered += 1;
        if self.remembered > MOST_RECORDS {
            self.forget_half();
        }
    }

    /// Forgets every other name.
    fn forget_half(&mut self) {
        let beyond = self.beyond.unwrap_or(u64::MAX) / 2;
        self.beyond = Some(beyond);
        for block in &mut self.blocks {
            block.retain(|record| record.name() <= beyond);
            block.shrink_to_fit();
        }
        self.remembered = self.blocks.iter().map(Vec::len).sum();
    }
}

/// Returns the same number for the same name, in every run.
fn hash_of(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// Returns the object that an event speaks of.
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
