//! What is unwell and no finding mentions: the honest end of a report.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_mask as mask;
use kubetriage_model::{Data, Evidence, Finding, Pod, Subject, Unexplained};

use super::fold;
use crate::facts::{Fact, Facts, absolute, age};

/// Returns the unwell pods, nodes and workloads that no finding mentions, also none of those that are `unlisted`;
/// sorted.
pub(super) fn list(
    facts: &Facts,
    findings: &[Finding],
    unlisted: &BTreeSet<Subject>,
) -> Vec<Unexplained> {
    let listed = findings.iter().flat_map(fold::objects);
    let mentioned: BTreeSet<&Subject> = listed.chain(unlisted).collect();
    let mut unwell: BTreeMap<Subject, Unexplained> = BTreeMap::new();
    let mut pods: Pods = mentioned.iter().filter_map(|subject| pod(subject)).collect();
    for kind in ["pod", "container", "node", "workload"] {
        for fact in facts.of_kind(kind).iter().filter_map(|index| facts.fact(*index)) {
            let Some((what, field)) = complaint(&fact) else { continue };
            let Some(subject) = fact.object.map(crate::facts::Identity::subject) else { continue };
            if mentioned.contains(&subject) || is_covered(&subject, &pods) {
                continue;
            }
            if let (Data::Pod(pod), Some(owner)) = (&fact.event.data, &subject.name) {
                pods.insert((pod.namespace.clone(), owner.clone()));
            }
            let entry = unwell.entry(subject.clone()).or_insert_with(|| Unexplained {
                subject,
                what: mask::clean(&what),
                evidence: Vec::new(),
            });
            if entry.evidence.len() < 3 {
                entry.evidence.push(place(facts, &fact, field));
            }
        }
    }
    unwell.into_values().collect()
}

/// Namespaces and names of pods that are listed or explained.
type Pods = BTreeSet<(Option<String>, String)>;

fn pod(subject: &Subject) -> Option<(Option<String>, String)> {
    let name = subject.name.clone().filter(|_| subject.kind.as_deref() == Some("Pod"))?;
    Some((subject.namespace.clone(), name))
}

/// A workload is as unwell as its pods: where those are listed or explained, it adds nothing.
fn is_covered(subject: &Subject, pods: &Pods) -> bool {
    let Some(name) = subject.name.as_deref().filter(|_| subject.kind.as_deref() != Some("Pod"))
    else {
        return false;
    };
    let own = format!("{name}-");
    let from = (subject.namespace.clone(), own.clone());
    let first = pods.range(from..).next();
    first.is_some_and(|(namespace, pod)| *namespace == subject.namespace && pod.starts_with(&own))
}

/// Fields that tell whether an object is unwell.
pub(crate) const COMPLAINT_FIELDS: &[&str] =
    &["status", "phase", "ready", "total", "desired", "reason", "state", "exit_code"];

/// True if an event tells that an object is unwell, should it not be too young for that.
pub(crate) fn complains(fact: &Fact<'_>) -> bool {
    match &fact.event.data {
        Data::Pod(pod) => pod_complaint(pod, false).is_some(),
        _ => complaint(fact).is_some(),
    }
}

/// Returns what is wrong with an object, and the field that shows it.
fn complaint(fact: &Fact<'_>) -> Option<(String, &'static str)> {
    match &fact.event.data {
        Data::Pod(pod) => pod_complaint(pod, seconds(pod, fact.now).is_some_and(|age| age < YOUNG)),
        Data::Container(container) => {
            let reason = container.reason.as_deref().filter(|reason| !well(reason))?;
            let waiting = container.state.as_deref() == Some("waiting");
            let failed = container.exit_code.is_some_and(|code| code != 0);
            let name = &container.name;
            (waiting || failed).then(|| (format!("container {name}: {reason}"), "reason"))
        }
        Data::Node(node) => (node.ready == Some(false)).then(|| {
            let status = node.status.as_deref().unwrap_or("NotReady");
            (format!("node is {status}"), "status")
        }),
        Data::Workload(workload) => {
            let (desired, ready) = (workload.desired?, workload.ready?);
            let unwell = ready < desired && workload.kind != "Job" && workload.kind != "CronJob";
            unwell.then(|| (format!("{ready} of {desired} replicas are ready"), "ready"))
        }
        _ => None,
    }
}

/// Seconds that a pod may take to become ready without anything being wrong.
const YOUNG: i64 = 120;

/// Returns how old a pod is, in seconds.
fn seconds(pod: &Pod, now: Option<i64>) -> Option<i64> {
    let since = || Some((now? - absolute(pod.created.as_deref()?)?) / 1000);
    pod.age.as_deref().and_then(age).or_else(since)
}

fn pod_complaint(pod: &Pod, young: bool) -> Option<(String, &'static str)> {
    let status = pod.status.as_deref().or(pod.phase.as_deref()).unwrap_or_default();
    if matches!(status, "Completed" | "Succeeded") || pod.phase.as_deref() == Some("Succeeded") {
        return None;
    }
    if !status.is_empty() && !well(status) {
        return Some((format!("pod is {status}"), "status"));
    }
    let (ready, total) = (pod.ready?, pod.total?);
    if status != "Running" && status != "Terminating" && ready < total && !young {
        return Some((format!("pod is {status}"), "status"));
    }
    let leaving = if status == "Terminating" { "pod is Terminating, " } else { "" };
    let what = || format!("{leaving}{ready} of {total} containers are ready");
    (ready < total && !young).then(|| (what(), "ready"))
}

/// Words that say that all is as it should be, or soon will be.
fn well(word: &str) -> bool {
    matches!(word, "Running" | "Completed" | "Succeeded" | "Terminating" | "ContainerCreating")
        || word == "PodInitializing"
}

fn place(facts: &Facts, fact: &Fact<'_>, field: &str) -> Evidence {
    let (line, text) = fact.event.at.of_field(field);
    let text = text.lines().next().unwrap_or_default();
    Evidence {
        artifact: facts.path(fact.event.at.artifact),
        line,
        column: text.chars().take_while(|sign| sign.is_whitespace()).count() as u64 + 1,
        end_line: line,
        width: 0,
        excerpt: mask::clean(text),
        signal: "unwell".to_owned(),
        kind: fact.event.data.kind().to_owned(),
        time: None,
        before: Vec::new(),
        after: Vec::new(),
    }
}
