//! The steps that verify a fix, ticked by what the later report holds.

use kubetriage_model::Step;

use super::holds;
use crate::snapshot::{PastFinding, Snapshot};

/// Kinds that show the state of pods.
const PODS: &[&str] = &["pod", "container"];

/// Kinds that show the state of nodes.
const NODES: &[&str] = &["node"];

/// A word of a step, and the event kinds that show what the step looks at; the first word found decides.
const SHOWN_BY: &[(&str, &[&str])] = &[
    ("nslookup", &["dns_answer"]),
    ("lookup", &["dns_answer"]),
    ("resolves", &["dns_answer"]),
    ("check-acr", &["registry_check"]),
    ("check-health", &["registry_check"]),
    ("role assignment", &["role_assignment"]),
    ("provisioning state", &["extension"]),
    ("provisioningstate", &["extension"]),
    ("k8s-extension", &["extension"]),
    ("helm list", &["helm"]),
    ("helm status", &["helm"]),
    (" log ", &["agent_log", "log"]),
    (" logs ", &["agent_log", "log"]),
    ("event", &["kube_event"]),
    ("node", NODES),
    ("pod", PODS),
    ("container", PODS),
    ("deployment", &["workload"]),
    ("replicas", &["workload"]),
    ("job", &["workload"]),
    ("connection", &["connectivity_probe"]),
    ("request to", &["connectivity_probe"]),
    ("az aks show", &["aks_cluster"]),
];

/// Returns the steps of a finding that AFTER no longer has.
///
/// A step is ticked when AFTER holds statements of the kind that the step looks at, for the namespace of the
/// finding: the fault would show in them. A step whose kind is not captured, or not known, stays open.
pub(super) fn steps(old: &PastFinding, after: &Snapshot) -> Vec<Step> {
    let namespace = old.subject().namespace;
    let shown = |kinds: &[&'static str]| {
        kinds.iter().copied().find(|kind| holds(after, kind, namespace.as_deref()))
    };
    let step = |text: &String| {
        let wanted = shown_by(text);
        let missing = wanted.iter().find(|kinds| shown(kinds).is_none());
        let by = match missing {
            _ if wanted.is_empty() => "to be checked by hand".to_owned(),
            Some(kinds) => format!("no {} captured in AFTER", spelled(kinds.first().copied())),
            None => {
                let seen = wanted.iter().map(|kinds| spelled(shown(kinds)));
                format!("{} captured in AFTER", seen.collect::<Vec<_>>().join(" and "))
            }
        };
        Step { text: text.clone(), done: missing.is_none() && !wanted.is_empty(), by }
    };
    old.verify.iter().map(step).collect()
}

/// Returns the kinds that a step looks at, each a choice: what it speaks of first, and pods where it wants
/// them to run.
fn shown_by(text: &str) -> Vec<&'static [&'static str]> {
    let lower = format!(" {} ", text.to_lowercase());
    let first = SHOWN_BY.iter().find(|(word, _)| lower.contains(word)).map(|(_, kinds)| *kinds);
    let runs = [" running", " ready"].iter().any(|word| lower.contains(word));
    let pods = (runs && first != Some(PODS) && first != Some(NODES)).then_some(PODS);
    first.into_iter().chain(pods).collect()
}

fn spelled(kind: Option<&str>) -> String {
    kind.unwrap_or_default().replace('_', " ")
}
