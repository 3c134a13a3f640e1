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

    /// Returns whether both are certainly the same; `None` if they contradict.
    fn agree(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Free, _) | (_, Self::Free) => Some(true),
            (Self::Unknown, _) | (_, Self::Unknown) => Some(false),
            (Self::Known(mine, sure), Self::Known(theirs, also)) => {
                (mine == theirs).then_some(*sure && *also)
            }
        }
    }

    /// Returns both, which agree, as one.
    fn meet(&self, other: &Self) -> Self {
        match (self, other) {
            (slot @ (Self::Known(..) | Self::Unknown), Self::Free | Self::Unknown)
            | (Self::Free | Self::Unknown, slot) => slot.clone(),
            (Self::Known(mine, sure), Self::Known(_, also)) => {
                Self::Known(mine.clone(), *sure && *also)
            }
        }
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

    /// Returns whether both only agree because a value is not told; `None` if their values contradict.
    pub(super) fn agree(&self, other: &Self) -> Option<bool> {
        let mut loose = self.loose || other.loose;
        for (mine, theirs) in self.key.iter().zip(&other.key) {
            loose |= !mine.agree(theirs)?;
        }
        Some(loose)
    }

    /// Returns both groups as one, `None` if their values contradict.
    pub(super) fn meet(&self, other: &Self) -> Option<Self> {
        let loose = self.agree(other)?;
        let key = self.key.iter().zip(&other.key).map(|(mine, theirs)| mine.meet(theirs)).collect();
        let mut met = Self { key, loose, ..self.clone() };
        met.take_members(other);
        met.missing.extend(&other.missing);
        Some(met)
    }

    /// Takes over the witnesses of another group.
    pub(super) fn take_members(&mut self, other: &Self) {
        for (signal, witnesses) in &other.members {
            self.members.entry(*signal).or_default().extend(witnesses);
        }
    }
}

/// Groups by the value of one join, so that each of many groups meets only those that may agree with it.
pub(super) struct Partners<'g> {
    join: Option<usize>,
    by_value: HashMap<&'g str, Vec<&'g Group>>,
    open: Vec<&'g Group>,
    all: &'g [Group],
}

impl<'g> Partners<'g> {
    /// Returns the groups of `right`, ready to meet those of `left`.
    pub(super) fn new(left: &[Group], right: &'g [Group]) -> Self {
        let join = shared_join(left, right);
        let mut partners = Self { join, by_value: HashMap::new(), open: Vec::new(), all: right };
        for group in right {
            match partners.value(group) {
                Some(value) => partners.by_value.entry(value).or_default().push(group),
                None => partners.open.push(group),
            }
        }
        partners
    }

    /// Returns the groups that may agree with `group`: all but those that know another value.
    pub(super) fn of(&self, group: &Group) -> impl Iterator<Item = &'g Group> + '_ {
        let value = self.value(group);
        let same = value.and_then(|value| self.by_value.get(value)).into_iter().flatten();
        let open = value.map_or(&[][..], |_| &self.open).iter();
        let all = if value.is_none() { self.all } else { &[] };
        same.chain(open).copied().chain(all)
    }

    fn value<'a>(&self, group: &'a Group) -> Option<&'a str> {
        group.key.get(self.join?)?.value()
    }
}

/// Joins two lists of groups: every pair that does not contradict.
pub(super) fn join(left: &[Group], right: &[Group]) -> Vec<Group> {
    let partners = Partners::new(left, right);
    let mut joined = Vec::new();
    for group in left {
        let room = MOST_GROUPS.saturating_sub(joined.len());
        joined.extend(partners.of(group).filter_map(|partner| group.meet(partner)).take(room));
        if room == 0 {
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
