//! What AKS Periscope uploads: `<run>/<node>/<collector>/<key>`, or one `<node>.zip` for each node.
//!
//! Keys have no extension: `kubeobjects/<ns>_<resource>_<name>` is `kubectl describe`,
//! `podscontainerlogs/<pod>-<container>` one JSON object with the log inside, `nodelogs/<path with _>`,
//! `networkoutbound/Internet` one JSON line, `dns/{virtualmachine,kubernetes}` a resolv.conf.
//! Source: Azure/aks-periscope.
//!
//! QUIRKS: names with blanks (`AKS API Server`); where the pod's name ends and the container's begins is
//! not to be told from `<pod>-<container>`, the JSON inside says it.

use super::said::Said;

/// Folders that no other bundle has.
const COLLECTORS: &[&str] =
    &["kubeletcmd", "networkoutbound", "nodelogs", "podscontainerlogs", "systemperf", "systemlogs"];
/// Keys of `dns`, whose name alone is too common.
const DNS_KEYS: &[&str] = &["virtualmachine", "kubernetes"];

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    let (before, collector, key) = match parts {
        [before @ .., collector, key] => (before, *collector, *key),
        _ => return None,
    };
    let node = before.last().map(|part| part.trim_end_matches(".zip"));
    let node = node.filter(|node| node.starts_with("aks")).map(str::to_owned);
    let said = match collector {
        "kubeobjects" => match key.split('_').collect::<Vec<_>>().as_slice() {
            [namespace, resource, name] => Said::describe(resource, Some(namespace), name),
            _ => return None,
        },
        "poddisruptionbudget" => Said::namespace(key.strip_prefix("pdb-")?),
        "dns" if DNS_KEYS.contains(&key) => Said::nothing(),
        collector if COLLECTORS.contains(&collector) => Said::nothing(),
        _ => return None,
    };
    // What describes the cluster is the same from every node.
    let of_node = !matches!(collector, "kubeobjects" | "poddisruptionbudget" | "podscontainerlogs");
    Some(Said { node: node.filter(|_| of_node), ..said })
}
