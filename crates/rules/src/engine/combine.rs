//! Kleene logic over signals, group by group.

use std::collections::BTreeSet;

use super::group::{Group, Partners, Slot, coalesce, join};
use super::names::Names;
use super::sighting::{Sighting, State, Witness};
use crate::facts::Facts;
use crate::rule::{Condition, Definition};

/// Most values of one kept list that take part in a join.
const MOST_VALUES: usize = 64;

/// What a condition is judged with.
pub(super) struct Ground<'g> {
    pub(super) rule: &'g Definition,
    pub(super) facts: &'g Facts,
    pub(super) sightings: &'g [Sighting],
    /// What the bundle tells once for all.
    pub(super) names: &'g Names,
}

impl Ground<'_> {
    /// Returns the groups for which `condition` is true, or might be (`missing` then says what is open).
    pub(super) fn groups(&self, condition: &Condition) -> Vec<Group> {
        match condition {
            Condition::Signal(signal) => self.of_signal(*signal),
            Condition::All(parts) => self.all(parts),
            Condition::Any(parts) => {
                coalesce(parts.iter().flat_map(|part| self.groups(part)).collect())
            }
            // Absence alone never fires; loading refuses it.
            Condition::None(_) | Condition::Unseen(_) => Vec::new(),
            Condition::AtLeast { n, of } => self.at_least(*n, of),
            Condition::Count { signal, n, distinct } => self.count(*signal, *n, *distinct),
        }
    }

    /// Returns the witnesses of one signal, grouped by its joins.
    pub(super) fn of_signal(&self, signal: usize) -> Vec<Group> {
        let Some(sighting) = self.sightings.get(signal) else { return Vec::new() };
        let empty = Group::empty(self.rule.joins.len());
        match sighting.state {
            State::Absent => return Vec::new(),
            State::Unknown => {
                return vec![Group { missing: BTreeSet::from([signal]), ..empty }];
            }
            State::Found => {}
        }
        let mut groups = Vec::new();
        for (index, witness) in sighting.witnesses.iter().enumerate() {
            for key in self.keys(signal, witness) {
                let mut group = Group { key, ..empty.clone() };
                group.members.entry(signal).or_default().insert(index);
                groups.push(group);
            }
        }
        coalesce(groups)
    }

    /// A witness with a list of values stands in one group per value.
    fn keys(&self, signal: usize, witness: &Witness) -> Vec<Vec<Slot>> {
        let mut keys: Vec<Vec<Slot>> = vec![Vec::new()];
        for join in &self.rule.joins {
            let member = join.members.iter().find(|(of, _)| *of == signal);
            let slots: Vec<Slot> = match member.and_then(|(_, keep)| witness.kept.get(*keep)) {
                None => vec![Slot::Free],
                Some(values) if values.is_empty() => vec![Slot::Unknown],
                Some(values) => {
                    values.iter().take(MOST_VALUES).map(|value| Slot::of(Some(value))).collect()
                }
            };
            keys = keys
                .iter()
                .flat_map(|key| {
                    slots.iter().map(|slot| key.iter().chain([slot]).cloned().collect())
                })
                .take(MOST_VALUES)
                .collect();
        }
        keys
    }

    fn all(&self, parts: &[Condition]) -> Vec<Group> {
        let negative =
            |part: &&Condition| matches!(part, Condition::None(_) | Condition::Unseen(_));
        let positive = parts.iter().filter(|part| !negative(part));
        let mut groups: Option<Vec<Group>> = None;
        for part in positive {
            let more = self.groups(part);
            groups = Some(match groups {
                None => more,
                Some(groups) => join(&groups, &more),
            });
        }
        let groups = groups.unwrap_or_default();
        parts.iter().fold(groups, |groups, part| match part {
            Condition::None(parts) => {
                parts.iter().fold(groups, |groups, part| self.without(groups, part))
            }
            Condition::Unseen(parts) => {
                parts.iter().fold(groups, |groups, part| self.unless_seen(groups, part))
            }
            _ => groups,
        })
    }

    /// Drops the groups for which the bundle shows that `part` is true.
    fn unless_seen(&self, mut groups: Vec<Group>, part: &Condition) -> Vec<Group> {
        let against = self.groups(part);
        let seen = |group: &Group| {
            let shown = against.iter().filter(|other| other.missing.is_empty());
            shown.clone().any(|other| group.meet(other).is_some())
        };
        groups.retain(|group| !seen(group));
        groups
    }

    /// Drops the groups for which `part` is true; where it is open, that is missing.
    fn without(&self, groups: Vec<Group>, part: &Condition) -> Vec<Group> {
        let against = self.groups(part);
        let partners = Partners::new(&groups, &against);
        let mut left = Vec::new();
        for mut group in groups {
            let meets: Vec<_> = partners
                .of(&group)
                .filter_map(|other| Some((other, group.agree(other)?)))
                .collect();
            let certain = meets
                .iter()
                .any(|(other, loose)| other.missing.is_empty() && (!loose || group.loose));
            if certain {
                continue;
            }
            let open = part.signals(true).into_iter();
            let open = open.filter(|signal| !meets.is_empty() || !self.listed(*signal, &group));
            let open: Vec<_> = open.collect();
            group.missing.extend(open);
            left.push(group);
        }
        left
    }

    /// Absence is evidence only if a whole list was captured where the group's objects live.
    fn listed(&self, signal: usize, group: &Group) -> bool {
        let Some(definition) = self.rule.signals.get(signal) else { return false };
        if !definition.about.is_empty() {
            return self
                .sightings
                .get(signal)
                .is_some_and(|sighting| sighting.state == State::Absent);
        }
        // What is joined by its namespace may be named from elsewhere.
        let joined = self.rule.joins.iter().position(|join| join.name == "namespace");
        let joined = joined.and_then(|join| group.key.get(join)?.value().map(str::to_owned));
        let of_members = || {
            super::members(self, group)
                .find_map(|event| self.facts.fact(event)?.object?.namespace.clone())
        };
        let namespace = joined.or_else(of_members);
        let complete =
            |kind: &str, object_kind| self.facts.complete(kind, object_kind, namespace.as_deref());
        let object_kinds = definition.object_kinds();
        definition.kinds.iter().all(|kind| match object_kinds.as_slice() {
            [] => complete(kind, None),
            some if matches!(*kind, "object" | "workload") => {
                some.iter().all(|object_kind| complete(kind, Some(object_kind)))
            }
            _ => complete(kind, None),
        })
    }

    fn at_least(&self, n: usize, of: &[Condition]) -> Vec<Group> {
        let branches: Vec<Vec<Group>> = of.iter().map(|part| self.groups(part)).collect();
        let all = coalesce(branches.iter().flatten().cloned().collect());
        let branches: Vec<_> = branches.iter().map(|branch| Partners::new(&all, branch)).collect();
        let fires = |group: &Group| {
            let fits = |other: &Group| other.missing.is_empty() && group.agree(other).is_some();
            branches.iter().filter(|branch| branch.of(group).any(fits)).count() >= n
        };
        all.into_iter().filter(|group| group.missing.is_empty() && fires(group)).collect()
    }

    fn count(&self, signal: usize, n: usize, distinct: Option<usize>) -> Vec<Group> {
        let enough = |group: &Group| {
            let Some(members) = group.members.get(&signal) else {
                return !group.missing.is_empty();
            };
            let Some(keep) = distinct else { return members.len() >= n };
            let Some(sighting) = self.sightings.get(signal) else { return false };
            let witnesses = members.iter().filter_map(|index| sighting.witnesses.get(*index));
            let values = witnesses.filter_map(|witness| witness.kept.get(keep)).flatten();
            values.map(|kept| kept.key.as_str()).collect::<BTreeSet<_>>().len() >= n
        };
        self.of_signal(signal).into_iter().filter(enough).collect()
    }
}
