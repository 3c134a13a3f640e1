//! The steps that verify a fix, ticked by what the later report holds.

use kubetriage_model::Step;

use super::holds;
use crate::snapshot::{PastFinding, Snapshot};

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
    ("node", &["node"]),
    ("pod", &["pod", "container"]),
    ("container", &["container", "pod"]),
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
    let step = |text: &String| {
        let lower = format!(" {} ", text.to_lowercase());
        let kinds = SHOWN_BY.iter().find(|(word, _)| lower.contains(word)).map(|(_, kinds)| *kinds);
        let (done, by) = match kinds {
            None => (false, "to be checked by hand".to_owned()),
            Some(kinds) => {
                let shown = kinds.iter().find(|kind| holds(after, kind, namespace.as_deref()));
                let spelled =
                    |kind: Option<&&str>| kind.map_or(String::new(), |kind| kind.replace('_', " "));
                if shown.is_some() {
                    (true, format!("{} captured in AFTER", spelled(shown)))
                } else {
                    (false, format!("no {} captured in AFTER", spelled(kinds.first())))
                }
            }
        };
        Step { text: text.clone(), done, by }
    };
    old.verify.iter().map(step).collect()
}
