//! The kinds of statements that are put aside, and what rules ask of them.

use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::FixedState;
use kubetriage_model::Data;

use super::{is_name, mask_of};
use crate::Catalog;
use crate::engine::COMPLAINT_FIELDS;
use crate::facts::Identity;
use crate::signal::{Answer, FieldPath, FieldTest, Keep, Signal, Truth};

/// Kinds of states of which a cluster has many.
pub(super) const FAMILIES: [&str; 3] = ["pod", "container", "workload"];

/// One kind, and the signals that look at it.
#[derive(Debug)]
pub(super) struct Family<'c> {
    /// Its place among the families.
    pub(super) number: usize,
    pub(super) kind: &'static str,
    pub(super) signals: Vec<Asked<'c>>,
    /// Fields that tests look at or recoveries keep, but for the object's name: statements that agree in them look
    /// alike.
    pub(super) mask: u64,
    seen: AtomicU64,
}

/// A signal that looks at a kind.
#[derive(Debug)]
pub(super) struct Asked<'c> {
    pub(super) rule: &'c str,
    /// Number of the signal in its rule.
    pub(super) number: usize,
    pub(super) signal: &'c Signal,
    /// True if the signal only takes back what others have found.
    only_heals: bool,
    /// True if some test looks at the object as a whole, whose namespace may become known later.
    asks_object: bool,
}

impl<'c> Family<'c> {
    pub(super) fn new(number: usize, kind: &'static str, catalog: &'c Catalog) -> Self {
        let signals: Vec<_> = catalog.rules().iter().flat_map(|rule| asked(kind, rule)).collect();
        let tests = signals.iter().flat_map(|asked| asked.signal.tests());
        let fields = tests.flat_map(FieldTest::paths).flat_map(FieldPath::fields);
        let fields: Vec<&str> = fields.filter(|field| !is_name(field, kind)).collect();
        let always = ["namespace", "kind"].into_iter().chain(COMPLAINT_FIELDS.iter().copied());
        let keeps = signals.iter().filter(|asked| asked.only_heals);
        let keeps = keeps.flat_map(|asked| &asked.signal.keeps).flat_map(Keep::paths);
        let keeps = keeps.flat_map(FieldPath::fields).filter(|field| !is_name(field, kind));
        let mask = mask_of(kind, fields.into_iter().chain(always).chain(keeps));
        Self { number, kind, signals, mask, seen: AtomicU64::new(0) }
    }

    /// Counts one more statement; returns how many came before it.
    pub(super) fn count(&self) -> u64 {
        self.seen.fetch_add(1, Ordering::Relaxed)
    }

    /// Returns the same number for statements that look alike.
    pub(super) fn key(&self, data: &Data) -> u64 {
        let mut hasher = FixedState::default().build_hasher();
        hasher.write_usize(self.number);
        data.hash_fields(self.mask, &mut hasher);
        hasher.finish()
    }
}

fn asked<'c>(kind: &'static str, rule: &'c crate::Rule) -> Vec<Asked<'c>> {
    let definition = &*rule.0;
    let needed = definition.condition.signals(true);
    let numbered = definition.signals.iter().enumerate();
    let of_kind = numbered.filter(|(_, signal)| signal.kinds.contains(&kind));
    of_kind
        .map(|(number, signal)| Asked {
            rule: rule.id(),
            number,
            signal,
            only_heals: !needed.contains(&number) && !definition.is_aside(number),
            asks_object: signal
                .tests()
                .flat_map(FieldTest::paths)
                .any(|path| path.fields().any(|field| field == "object")),
        })
        .collect()
}

impl Asked<'_> {
    /// True if a statement that answers so has to be kept.
    pub(super) fn is_loud(&self, answer: Answer, object: Option<&Identity>) -> bool {
        let unsure = object.is_none_or(|object| !object.sure);
        match answer {
            Answer::Says(Truth::True) => !self.only_heals,
            Answer::Says(Truth::Unknown) => !self.only_heals && self.asks_object && unsure,
            Answer::Says(Truth::False) | Answer::Foreign => false,
        }
    }
}

/// Returns the name of the object that a statement is about.
pub(super) fn name(data: &Data) -> &str {
    match data {
        Data::Pod(pod) => &pod.name,
        Data::Container(container) => container.pod.as_deref().unwrap_or_default(),
        Data::Workload(workload) => &workload.name,
        _ => "",
    }
}

/// Gives a statement the name of its object.
pub(super) fn set_name(data: &mut Data, name: &str) {
    match data {
        Data::Pod(pod) => name.clone_into(&mut pod.name),
        Data::Container(container) => container.pod = Some(name.to_owned()),
        Data::Workload(workload) => name.clone_into(&mut workload.name),
        _ => {}
    }
}
