//! Folds symptoms under their causes, and sorts.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Data, Finding, Subject, Verdict};

use crate::Facts;
use crate::catalog::Catalog;
use crate::rule::Explains;
use crate::signal::join_key;

/// The events that decide each finding, by the finding's id.
pub(super) type Cited = BTreeMap<String, BTreeSet<usize>>;

/// Links every finding with the findings that it causes.
pub(super) fn explain(catalog: &Catalog, facts: &Facts, cited: &Cited, findings: &mut [Finding]) {
    let nodes = Nodes::of(facts, findings);
    let mut edges: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut by_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        by_rule.entry(finding.rule.as_str()).or_default().push(index);
    }
    for (cause, finding) in findings.iter().enumerate() {
        let explains =
            catalog.get(&finding.rule).map_or(&[][..], |rule| rule.0.explains.as_slice());
        for explains in explains {
            let symptoms = by_rule.get(explains.rule.as_str()).into_iter().flatten().copied();
            let caused = |symptom: &usize| {
                let other = findings.get(*symptom);
                other.is_some_and(|other| causes((finding, other), explains, cited, &nodes))
            };
            edges.extend(symptoms.filter(caused).map(|symptom| (cause, symptom)));
        }
    }
    link(findings, &super::circle::cut(edges));
}

/// A cause and its symptom agree in what the rule names, or rest on one and the same statement: a lone
/// sentence names no object to agree in.
fn causes(
    (cause, symptom): (&Finding, &Finding),
    explains: &Explains,
    cited: &Cited,
    nodes: &Nodes,
) -> bool {
    // What has recovered does not cause what still is.
    let alive = |finding: &Finding| finding.verdict != Verdict::Healed;
    let events = |finding: &Finding| cited.get(&finding.id);
    let together = events(cause).zip(events(symptom));
    let together = together.is_some_and(|(mine, theirs)| !mine.is_disjoint(theirs));
    (alive(cause) || !alive(symptom))
        && is_meant(symptom, explains)
        && (together || agree(cause, symptom, explains, nodes))
}

/// True if the symptom says what the rule asks of it.
fn is_meant(symptom: &Finding, explains: &Explains) -> bool {
    explains.of.iter().all(|(name, values)| {
        let key = symptom.keys.get(name).map(|value| join_key(name, value));
        key.is_some_and(|key| values.iter().any(|value| join_key(name, value) == key))
    })
}

fn agree(cause: &Finding, symptom: &Finding, explains: &Explains, nodes: &Nodes) -> bool {
    explains.same.iter().all(|name| match name.as_str() {
        // Asked before: whoever comes here rests on another one.
        "statement" => false,
        "node" => !nodes.under(cause).is_disjoint(&nodes.under(symptom)),
        "object" => !objects(cause).is_disjoint(&objects(symptom)),
        "namespace" => !namespaces(cause).is_disjoint(&namespaces(symptom)),
        _ => match (cause.keys.get(name), symptom.keys.get(name)) {
            (Some(mine), Some(theirs)) => join_key(name, mine) == join_key(name, theirs),
            _ => false,
        },
    })
}

/// The objects that a finding names.
pub(super) fn objects(finding: &Finding) -> BTreeSet<&Subject> {
    std::iter::once(&finding.subject).chain(&finding.affected).collect()
}

fn namespaces(finding: &Finding) -> BTreeSet<&str> {
    objects(finding).iter().filter_map(|object| object.namespace.as_deref()).collect()
}

/// The nodes on which the pods of findings run, as far as the bundle tells.
struct Nodes(BTreeMap<Subject, BTreeSet<String>>);

impl Nodes {
    fn of(facts: &Facts, findings: &[Finding]) -> Self {
        let wanted: BTreeSet<&Subject> = findings.iter().flat_map(objects).collect();
        let mut nodes: BTreeMap<Subject, BTreeSet<String>> = BTreeMap::new();
        for fact in facts.of_kind("pod").iter().filter_map(|index| facts.fact(*index)) {
            let (Data::Pod(pod), Some(object)) = (&fact.event.data, fact.object) else { continue };
            let subject = object.subject();
            if let Some(node) = pod.node.as_ref().filter(|_| wanted.contains(&subject)) {
                nodes.entry(subject).or_default().insert(node.clone());
            }
        }
        Self(nodes)
    }

    /// Returns the nodes that a finding is about, or on which its pods run.
    fn under<'n>(&'n self, finding: &'n Finding) -> BTreeSet<&'n str> {
        let mut under: BTreeSet<&str> =
            finding.keys.get("node").map(String::as_str).into_iter().collect();
        for object in objects(finding) {
            if object.kind.as_deref() == Some("Node") {
                under.extend(object.name.as_deref());
            }
            under.extend(self.0.get(object).into_iter().flatten().map(String::as_str));
        }
        under
    }
}

/// Links findings along `edges` from cause to symptom.
fn link(findings: &mut [Finding], edges: &BTreeSet<(usize, usize)>) {
    let ids: Vec<String> = findings.iter().map(|finding| finding.id.clone()).collect();
    for &(cause, symptom) in edges {
        if let (Some(finding), Some(id)) = (findings.get_mut(cause), ids.get(symptom)) {
            finding.explains.push(id.clone());
        }
        if let (Some(finding), Some(id)) = (findings.get_mut(symptom), ids.get(cause)) {
            finding.explained_by.push(id.clone());
        }
    }
    for finding in findings {
        finding.explains.sort();
        finding.explained_by.sort();
    }
}

/// Live before healed, root causes before symptoms, then severity, rule, subject.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let order = |finding: &Finding| {
            let healed = finding.verdict == Verdict::Healed;
            (healed, !finding.explained_by.is_empty(), finding.severity)
        };
        order(a)
            .cmp(&order(b))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| a.id.cmp(&b.id))
    });
}
