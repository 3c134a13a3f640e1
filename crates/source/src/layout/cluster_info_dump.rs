//! What `kubectl cluster-info dump --output-directory` writes.
//!
//! `nodes.json`, and for each namespace `<ns>/{pods,events,…}.json` and `<ns>/<pod>/logs.txt`, the logs of
//! all containers with a line before and behind each. Source: kubectl, `clusterinfo_dump.go`.
//!
//! QUIRKS: folders named after a namespace are nothing special, so only well-known namespaces count,
//! and the one file name that nobody else uses.

use super::said::Said;

/// Namespaces that exist in many clusters and are no ordinary folder names.
const NAMESPACES: &[&str] = &[
    "azure-arc",
    "azure-arc-release",
    "calico-system",
    "flux-system",
    "gatekeeper-system",
    "kube-node-lease",
    "kube-public",
    "kube-system",
    "tigera-operator",
];

/// Files of a namespace, without their extension.
const LISTS: &[&str] = &[
    "daemonsets",
    "deployments",
    "events",
    "pods",
    "replicasets",
    "replication-controllers",
    "services",
];

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., namespace, pod, "logs.txt"] if NAMESPACES.contains(namespace) => {
            Some(Said::pod(namespace, pod))
        }
        [.., namespace, file] => {
            let (stem, output) = file.rsplit_once('.')?;
            let own = NAMESPACES.contains(namespace) || stem == "replication-controllers";
            (own && LISTS.contains(&stem) && matches!(output, "json" | "yaml")).then_some(())?;
            let resource = stem.replace('-', "");
            Some(Said::list(&resource, Some(namespace), output))
        }
        _ => None,
    }
}
