//! What was put aside: how much of it, what it answers, and a record of a few bytes for each statement.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use kubetriage_model::{ArtifactId, Event, Note, NoteKind, Provenance};

use super::Said;
use super::class::Class;
use super::family::{self, Family};
use super::nodes::Nodes;

/// Most records: several times as many as the biggest cluster has pods.
pub(super) const MOST_RECORDS: usize = 1 << 19;
/// Records of one block: growing must not copy what is there.
const BLOCK: usize = 16 << 10;
/// What is noted when there were more.
const FORGOTTEN: &str = "more is well than is remembered one by one: of some objects that recovered elsewhere in the \
                         bundle, the recovery is not seen, and how many objects there are is reckoned from a part";

/// What was put aside.
#[derive(Debug, Clone, Default)]
pub struct Quiet {
    pub(super) classes: Vec<Arc<Class>>,
    pub(super) blocks: Vec<Vec<Record>>,
    /// Nodes on which pods run: findings are folded by them, and they would make a class of each shape.
    nodes: Nodes,
    /// Records in all blocks.
    remembered: usize,
    /// How often every other name was forgotten because there are too many. Which ones goes by the names, so that
    /// what is remembered does not depend on the order in which things are read.
    halvings: u32,
    /// Kinds and where they were read.
    places: BTreeSet<(&'static str, ArtifactId)>,
    /// The place that was added last: most statements come one after the other.
    newest_place: Option<(&'static str, ArtifactId)>,
    /// Rule and number of a signal to what statements that are put aside answer.
    pub(super) answers: BTreeMap<(String, usize), Said>,
    /// Statements that are put aside, by kind.
    counts: BTreeMap<&'static str, u64>,
}

/// One statement that is put aside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
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
    pub(super) fn name(&self) -> u64 {
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

impl Quiet {
    /// Returns the number of statements that were put aside.
    pub fn len(&self) -> u64 {
        self.counts.values().sum()
    }

    /// True if nothing was put aside.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Returns what is to be noted where more was put aside than is remembered one by one.
    pub fn remark(&self) -> Option<Note> {
        let newest = self.places.iter().map(|(_, artifact)| *artifact).max();
        let artifact = newest.filter(|_| self.halvings > 0)?;
        Some(Note { artifact, line: None, kind: NoteKind::Info, message: FORGOTTEN.to_owned() })
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

    /// Returns how many objects statements of `kind` that are put aside are about, beside those that are `known`.
    ///
    /// Where not all are remembered, the objects that would be are counted, also those that are known, and stand for
    /// the others: a sample that does not depend on the order in which things are read.
    pub(crate) fn others(&self, kind: &str, known: &BTreeSet<(Option<String>, String)>) -> u64 {
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
        let named = known.iter().map(|(space, name)| (space.as_deref(), hash_of(name)));
        let sampled = named.filter(|(_, name)| *name <= self.beyond());
        let mut objects: Vec<u64> = self.blocks.iter().flatten().filter_map(of_kind).collect();
        objects.extend(sampled.map(|(space, name)| place(space, name)));
        objects.sort_unstable();
        objects.dedup();
        ((objects.len() as u64) << self.halvings).saturating_sub(known.len() as u64)
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

    pub(super) fn add(&mut self, family: &Family<'_>, class: &Class, event: &Event) {
        let place = (family.kind, event.at.artifact);
        if self.newest_place != Some(place) {
            self.places.insert(place);
            self.newest_place = Some(place);
        }
        *self.counts.entry(family.kind).or_default() += 1;
        let name = hash_of(family::name(&event.data));
        if name > self.beyond() {
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

    /// Returns the highest number of a name that is remembered.
    fn beyond(&self) -> u64 {
        u64::MAX >> self.halvings
    }

    /// Forgets every other name.
    fn forget_half(&mut self) {
        self.halvings += 1;
        let beyond = self.beyond();
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
