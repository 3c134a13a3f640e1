//! The support bundle of troubleshoot.sh.
//!
//! `support-bundle-2006-01-02T15_04_05/` with `cluster-resources/<kind>/<namespace>.json` (lists; older
//! versions wrote bare arrays), `cluster-resources/<kind>.json` for kinds without namespaces,
//! `cluster-resources/pods/logs/<namespace>/<pod>/<container>[-previous].log`, and one folder for each
//! collector of the customer. Source: replicatedhq/troubleshoot, pkg/constants and pkg/collect.
//!
//! QUIRKS: `X-errors.json` beside `X.json` is a list of texts; collectors repeat logs by links; folder
//! names are not always the plural (`ingress`, `network-policy`, `pvcs`).

use super::said::Said;

/// Folders and files of `cluster-resources` whose name is not the resource's.
const RENAMED: &[(&str, &str)] = &[
    ("certificatesigningrequests", "certificatesigningrequests"),
    ("clusterRoleBindings", "clusterrolebindings"),
    ("custom-resource-definitions", "customresourcedefinitions"),
    ("ingress", "ingresses"),
    ("ingress-classes", "ingressclasses"),
    ("mutating-webhook-configurations", "mutatingwebhookconfigurations"),
    ("network-policy", "networkpolicies"),
    ("pod-disruption-budgets", "poddisruptionbudgets"),
    ("pvcs", "persistentvolumeclaims"),
    ("pvs", "persistentvolumes"),
    ("resource-quota", "resourcequotas"),
    ("resource-quotas", "resourcequotas"),
    ("storage-classes", "storageclasses"),
    ("validating-webhook-configurations", "validatingwebhookconfigurations"),
];

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., "cluster-resources", "pods", "logs", namespace, pod, file] => {
            Some(log(namespace, pod, file))
        }
        [.., "cluster-resources", "custom-resources", file] => list(stem(file)?, false, file),
        [.., "cluster-resources", "image-pull-secrets", namespace, _] => {
            Some(Said::namespace(namespace))
        }
        [.., "cluster-resources", "auth-cani-list", file] => Some(Said::namespace(stem(file)?)),
        [.., "cluster-resources", kind, file]
        | [.., "cluster-resources", "custom-resources", kind, file] => list(kind, true, file),
        [.., "cluster-resources", "groups.json" | "resources.json"] => Some(Said::nothing()),
        [.., "cluster-resources", file] => list(stem(file)?, false, file),
        [root, rest @ ..] | [_, root, rest @ ..] if root.starts_with("support-bundle") => {
            Some(collector(rest))
        }
        _ => None,
    }
}

/// Returns what a collector's own files say.
fn collector(parts: &[&str]) -> Said {
    match parts {
        ["configmaps" | "secrets", namespace, ..] => Said::namespace(namespace),
        [_, namespace, pod, file]
            if file.ends_with("-stdout.txt") || file.ends_with("-stderr.txt") =>
        {
            Said::pod(namespace, pod)
        }
        _ => Said::nothing(),
    }
}

fn log(namespace: &str, pod: &str, file: &str) -> Said {
    let Some(name) = file.strip_suffix(".log") else { return Said::pod(namespace, pod) };
    if name.ends_with("-logs-errors") {
        return Said::pod(namespace, pod);
    }
    match name.strip_suffix("-previous") {
        Some(container) => Said::log(namespace, pod, container, true),
        None => Said::log(namespace, pod, name, false),
    }
}

/// Returns the list in a file, named after its namespace or its kind; the errors beside it are no list.
fn list(kind: &str, namespaced: bool, file: &str) -> Option<Said> {
    let (name, output) = (stem(file)?, file.rsplit_once('.')?.1);
    if name.ends_with("-errors") {
        return Some(Said::nothing());
    }
    let renamed = RENAMED.iter().find(|(folder, _)| *folder == kind);
    let resource = renamed.map_or(kind, |(_, resource)| resource);
    Some(Said::list(resource, namespaced.then_some(name), output))
}

fn stem(file: &str) -> Option<&str> {
    file.strip_suffix(".json").or_else(|| file.strip_suffix(".yaml"))
}
