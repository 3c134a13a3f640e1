//! One cause, many symptoms: which findings stand alone, and the tree of those they explain.

use std::collections::{HashMap, HashSet};

use kubetriage_model::Finding;

use crate::plain::is_live;

/// A finding that nothing else explains, with the findings it explains.
#[derive(Debug)]
pub(crate) struct Root<'a> {
    /// The cause.
    pub(crate) finding: &'a Finding,
    /// Symptoms in tree order: the depth (1 for direct ones) and the finding.
    pub(crate) symptoms: Vec<(usize, &'a Finding)>,
}

/// Returns the live findings as root causes with their symptoms, in the order of the report.
///
/// Each finding appears exactly once: below the first cause that names it, and as a root of its own
/// where its causes are missing, healed, or explain each other in a circle.
pub(crate) fn roots(findings: &[Finding]) -> Vec<Root<'_>> {
    let live: Vec<_> = findings.iter().filter(|finding| is_live(finding.verdict)).collect();
    let family = Family::new(&live);
    let mut placed = HashSet::new();
    let mut roots = Vec::new();
    let (symptoms, causes): (Vec<&Finding>, Vec<&Finding>) =
        live.iter().partition(|finding| family.symptoms.contains(finding.id.as_str()));
    for finding in causes.into_iter().chain(symptoms) {
        if placed.insert(finding.id.as_str()) {
            let symptoms = family.below(finding, &mut placed);
            roots.push(Root { finding, symptoms });
        }
    }
    roots
}

/// Who explains whom, whichever side says so.
#[derive(Debug, Default)]
struct Family<'a> {
    /// Id of a cause to its symptoms, in the order of the report.
    below: HashMap<&'a str, Vec<&'a Finding>>,
    /// Ids of all symptoms.
    symptoms: HashSet<&'a str>,
}

impl<'a> Family<'a> {
    /// Reads both directions of every explanation between live findings.
    fn new(live: &[&'a Finding]) -> Self {
        let by_id: HashMap<&str, &'a Finding> =
            live.iter().map(|finding| (finding.id.as_str(), *finding)).collect();
        let mut family = Self::default();
        for &finding in live {
            let named = finding.explains.iter().filter_map(|id| by_id.get(id.as_str()));
            let named = named.map(|symptom| (finding, *symptom));
            let causes = finding.explained_by.iter().filter_map(|id| by_id.get(id.as_str()));
            let causes = causes.map(|cause| (*cause, finding));
            for (cause, symptom) in named.chain(causes).filter(|(a, b)| a.id != b.id) {
                family.below.entry(&cause.id).or_default().push(symptom);
                family.symptoms.insert(&symptom.id);
            }
        }
        family
    }

    /// Returns the findings below `cause` that are not placed yet, depth first, without recursion.
    fn below(
        &self,
        cause: &'a Finding,
        placed: &mut HashSet<&'a str>,
    ) -> Vec<(usize, &'a Finding)> {
        let mut tree = Vec::new();
        let mut open = vec![(0, cause)];
        while let Some((depth, finding)) = open.pop() {
            if depth > 0 {
                tree.push((depth, finding));
            }
            let children = self.below.get(finding.id.as_str()).map(Vec::as_slice);
            let mut next: Vec<_> = children
                .unwrap_or_default()
                .iter()
                .filter(|child| placed.insert(child.id.as_str()))
                .map(|child| (depth + 1, *child))
                .collect();
            next.reverse();
            open.extend(next);
        }
        tree
    }
}
