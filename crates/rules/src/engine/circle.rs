//! Keeps causes and symptoms apart: nothing is the cause of its own cause.
//!
//! Rules may explain each other in a circle where their findings do not: a lookup that fails lets a program
//! crash, and the crash of CoreDNS lets lookups fail.

use std::collections::{BTreeMap, BTreeSet};

/// From a cause to its symptom, as indices of findings.
type Edge = (usize, usize);

/// Returns `edges` without those that would close a circle, in their order.
pub(super) fn cut(mut edges: BTreeSet<Edge>) -> BTreeSet<Edge> {
    edges.retain(|(cause, symptom)| cause != symptom);
    if !has_circle(&edges) {
        return edges;
    }
    let mut kept = BTreeSet::new();
    for edge in edges {
        if !leads_to(&kept, edge.1, edge.0) {
            kept.insert(edge);
        }
    }
    kept
}

/// Takes away what nothing explains, over and over: what is left stands in or behind a circle.
fn has_circle(edges: &BTreeSet<Edge>) -> bool {
    let mut causes: BTreeMap<usize, usize> = BTreeMap::new();
    for (cause, symptom) in edges {
        causes.entry(*cause).or_default();
        *causes.entry(*symptom).or_default() += 1;
    }
    let mut free: Vec<usize> =
        causes.iter().filter(|(_, number)| **number == 0).map(|(index, _)| *index).collect();
    let mut taken = 0;
    while let Some(next) = free.pop() {
        taken += 1;
        for symptom in symptoms(edges, next) {
            if let Some(left) = causes.get_mut(&symptom) {
                *left -= 1;
                free.extend((*left == 0).then_some(symptom));
            }
        }
    }
    taken < causes.len()
}

fn leads_to(edges: &BTreeSet<Edge>, from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        if seen.insert(next) {
            open.extend(symptoms(edges, next));
        }
    }
    false
}

fn symptoms(edges: &BTreeSet<Edge>, cause: usize) -> impl Iterator<Item = usize> + '_ {
    edges.range((cause, 0)..=(cause, usize::MAX)).map(|(_, symptom)| *symptom)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_edge_that_closes_a_circle_goes() {
        let edges = BTreeSet::from([(0, 1), (1, 2), (2, 0), (2, 3), (3, 3)]);
        assert_eq!(cut(edges), BTreeSet::from([(0, 1), (1, 2), (2, 3)]));
    }

    proptest! {
        #[test]
        fn nothing_is_the_cause_of_its_cause(edges: BTreeSet<(u8, u8)>) {
            let few = |index: u8| usize::from(index % 12);
            let edges: BTreeSet<Edge> =
                edges.iter().map(|(cause, symptom)| (few(*cause), few(*symptom))).collect();
            let kept = cut(edges.clone());
            for (cause, symptom) in &kept {
                prop_assert!(!leads_to(&kept, *symptom, *cause));
            }
            // What was left out is left out for a reason.
            for (cause, symptom) in edges.difference(&kept) {
                prop_assert!(leads_to(&kept, *symptom, *cause));
            }
        }
    }
}
