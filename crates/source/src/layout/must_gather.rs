//! What `oc adm must-gather` and `oc adm inspect` write.
//!
//! `must-gather.local.<number>/<image>/` (inspect: without the image) with
//! `namespaces/<ns>/<group>/<plural>.yaml` (lists), `namespaces/<ns>/pods/<pod>/<pod>.yaml`,
//! `namespaces/<ns>/pods/<pod>/<container>/<container>/logs/{current,previous}.log` and
//! `cluster-scoped-resources/<group>/<plural>[/<name>].yaml`. Source: openshift/oc, pkg/cli/admin.
//!
//! QUIRKS: log lines begin with a time; `*.insecure.log` are the same logs, fetched without checking
//! certificates; `logs/rotated/` holds packed older ones.

use super::said::{Said, resource};

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., "namespaces", namespace, "pods", pod, container, again, "logs", file]
            if container == again =>
        {
            let previous = file.starts_with("previous");
            Some(Said::log(namespace, pod, container, previous))
        }
        [.., "namespaces", namespace, "pods", pod, _, _, "logs", "rotated", _] => {
            Some(Said::pod(namespace, pod))
        }
        [.., "namespaces", namespace, "pods", pod, file] if stem(file) == Some(*pod) => {
            let said = Said::object("pods", Some(namespace), pod, "yaml");
            Some(Said { pod: Some((*pod).to_owned()), ..said })
        }
        [.., "namespaces", namespace, file] if stem(file) == Some(*namespace) => {
            Some(Said::object("namespaces", None, namespace, "yaml"))
        }
        [.., "namespaces", namespace, group, file] if is_group(group) => {
            Some(Said::list(&resource(group, stem(file)?), Some(namespace), "yaml"))
        }
        [.., "namespaces", namespace, group, plural, file] if is_group(group) => {
            let resource = resource(group, plural);
            Some(Said::object(&resource, Some(namespace), stem(file)?, "yaml"))
        }
        [.., "cluster-scoped-resources", group, file] => {
            Some(Said::list(&resource(group, stem(file)?), None, "yaml"))
        }
        [.., "cluster-scoped-resources", group, plural, file] => {
            Some(Said::object(&resource(group, plural), None, stem(file)?, "yaml"))
        }
        _ => parts.iter().any(|part| is_root(part)).then(Said::nothing),
    }
}

fn is_root(part: &str) -> bool {
    part.starts_with("must-gather.local.") || part.starts_with("inspect.local.")
}

/// Groups have dots, but for the few that are as old as Kubernetes.
fn is_group(part: &str) -> bool {
    matches!(part, "core" | "apps" | "batch" | "autoscaling" | "policy") || part.contains('.')
}

fn stem(file: &str) -> Option<&str> {
    file.strip_suffix(".yaml")
}
