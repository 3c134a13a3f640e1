//! The support bundle of Rancher's support-bundle-kit: Harvester, and Longhorn from 1.4.
//!
//! `supportbundle_<id>_<time>.zip` with one root folder: `logs/<ns>/<pod>/<container>.log`,
//! `yamls/cluster/<group>/<version>/<plural>.yaml`, `yamls/namespaced/<ns>/<group>/<version>/<plural>.yaml`
//! and `nodes/<node>.zip`, an archive inside. Source: rancher/support-bundle-kit.
//!
//! QUIRKS: `<container>.log.1` is the log of the previous run; older versions write
//! `yamls/cluster/kubernetes/<plural>.yaml`; secrets are masked `***`.

use super::said::{Said, resource};

/// Beginnings of the names of such bundles.
const ROOTS: &[&str] = &["supportbundle_", "longhorn-support-bundle_", "harvester-support-bundle_"];

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., "yamls", "namespaced", namespace, group, _version, file] => {
            list(group, file, Some(namespace))
        }
        [.., "yamls", "namespaced", namespace, _version, file] => list("", file, Some(namespace)),
        [.., "yamls", "cluster", group, _version, file] => list(group, file, None),
        [.., "yamls", "cluster", _version, file] => list("", file, None),
        _ if !parts.iter().any(|part| ROOTS.iter().any(|root| part.starts_with(root))) => None,
        [.., "logs", namespace, pod, file] => Some(log(namespace, pod, file)),
        [.., "nodes", archive, _, _] | [.., "nodes", archive, _, _, _] => {
            archive.strip_suffix(".zip").map(Said::node).or(Some(Said::nothing()))
        }
        _ => Some(Said::nothing()),
    }
}

fn log(namespace: &str, pod: &str, file: &str) -> Said {
    if let Some(container) = file.strip_suffix(".log") {
        return Said::log(namespace, pod, container, false);
    }
    match file.strip_suffix(".log.1") {
        Some(container) => Said::log(namespace, pod, container, true),
        None => Said::pod(namespace, pod),
    }
}

/// Returns a list of the kind that the file is named after.
fn list(group: &str, file: &str, namespace: Option<&str>) -> Option<Said> {
    Some(Said::list(&resource(group, file.strip_suffix(".yaml")?), namespace, "yaml"))
}
