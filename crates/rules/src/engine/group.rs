//! Groups of witnesses that belong together: the rows of a hash join, kept factorised.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::signal::Kept;

/// Most groups of one rule; a join that yields more is cut.
const MOST_GROUPS: usize = 20_000;

/// Value of one join in a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Slot {
    /// No signal of the group keeps this value.
    Free,
    /// A witness ought to have the value, but its capture does not tell.
    Unknown,
    /// The value, and whether the capture states it where the witness stands.
    Known(String, bool),
}

/// Witnesses that agree in all joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// One slot per join of the rule.
    pub(super) key: Vec<Slot>,
    /// Per signal, indices of its witnesses.
    pub(super) members: BTreeMap<usize, BTreeSet<usize>>,
    /// True if something only joins because a value is not told.
    pub(super) loose: bool,
    /// Signals that nothing in the bundle answers.
    pub(super) missing: BTreeSet<usize>,
}

impl Slot {
    /// Returns the slot of a kept value.
    pub(super) fn of(kept: Option<&Kept>) -> Self {
        kept.map_or(Self::Unknown, |kept| Self::Known(kept.key.clone(), kept.sure))
    }

    /// Returns the value, if it is known.
    pub(super) fn value(&self) -> Option<&str> {
        match self {
            Self::Known(value, _) => Some(value),
            Self::Free | Self::Unknown => None,
        }
    }

    /// Returns both as one and whether that is certain; `None` if they contradict.
    fn meet(&self, other: &Self) -> Option<(Self, bool)> {
        Some(match (self, other) {
            (Self::Free, slot) | (slot, Self::Free) => (slot.clone(), true),
            (Self::Unknown, slot) | (slot, Self::Unknown) => (slot.clone(), false),
            (Self::Known(mine, sure), Self::Known(theirs, also)) => {
                if mine != theirs {
                    return None;
                }
                (Self::Known(mine.clone(), *sure && *also), *sure && *also)
            }
        })
    }
}

impl Group {
    /// Returns a group without witnesses that fits everything.
    pub(super) fn empty(joins: usize) -> Self {
        Self {
            key: vec![Slot::Free; joins],
            members: BTreeMap::new(),
            loose: false,
            missing: BTreeSet::new(),
        }
    }

    /// Returns both groups as one, `None` if their values contradict.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let mut key = Vec::with_capacity(self.key.len());
        let mut loose = self.loose || other.loose;
        for (mine, theirs) in self.key.iter().zip(&other.key) {
            let (slot, sure) = mine.meet(theirs)?;
            loose |= !sure;
            key.push(slot);
        }
        let mut met = Self { key, loose, ..self.clone() };
        met.take_members(other);
        met.missing.extend(&other.missing);
        Some(met)
    }

    fn take_members(&mut self, other: &Self) {
        for (signal, witnesses) in &other.members {
            self.members.entry(*signal).or_default().extend(witnesses);
        }
    }
}

/// Joins two lists of groups: every pair that does not contradict.
pub(super) fn join(left: &[Group], right: &[Group]) -> Vec<Group> {
    let shared = shared_join(left, right);
    let mut by_value: HashMap<&str, Vec<&Group>> = HashMap::new();
    let mut open: Vec<&Group> = Vec::new();
    for group in right {
        match shared.and_then(|join| group.key.get(join)).and_then(Slot::value) {
            Some(value) => by_value.entry(value).or_default().push(group),
            None => open.push(group),
        }
    }
    let mut joined = Vec::new();
    for group in left {
        let value = shared.and_then(|join| group.key.get(join)).and_then(Slot::value);
        let partners: Vec<&Group> = match value {
            Some(value) => {
                by_value.get(value).into_iter().flatten().chain(&open).copied().collect()
            }
            None => right.iter().collect(),
        };
        joined.extend(partners.into_iter().filter_map(|partner| group.meet(partner)));
        if joined.len() > MOST_GROUPS {
            joined.truncate(MOST_GROUPS);
            break;
        }
    }
    coalesce(joined)
}

/// Returns the first join whose value both sides know somewhere.
fn shared_join(left: &[Group], right: &[Group]) -> Option<usize> {
    let knows = |groups: &[Group], join: usize| {
        groups.iter().any(|group| group.key.get(join).is_some_and(|slot| slot.value().is_some()))
    };
    let joins = left.first()?.key.len();
    (0..joins).find(|join| knows(left, *join) && knows(right, *join))
}

/// Makes groups of equal key one. What fires swallows what only might, where the key is the same.
pub(super) fn coalesce(groups: Vec<Group>) -> Vec<Group> {
    let mut index: HashMap<(Vec<Option<String>>, BTreeSet<usize>), usize> = HashMap::new();
    let mut found: Vec<Group> = Vec::new();
    for group in groups {
        let values = group.key.iter().map(|slot| slot.value().map(str::to_owned)).collect();
        let place = (values, group.missing.clone());
        if let Some(same) = index.get(&place).and_then(|at| found.get_mut(*at)) {
            same.take_members(&group);
            // One certain way is enough; the uncertain one adds witnesses.
            same.loose &= group.loose;
        } else {
            index.insert(place, found.len());
            found.push(group);
        }
    }
    let fired: BTreeSet<Vec<Slot>> = found
        .iter()
        .filter(|group| group.missing.is_empty())
        .map(|group| group.key.clone())
        .collect();
    found.retain(|group| group.missing.is_empty() || !fired.contains(&group.key));
    found
}
