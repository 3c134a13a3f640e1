//! What `sos report` gathers on a node of a cluster.
//!
//! `sosreport-<host>-…/sos_commands/kubernetes/cluster-info/` holds the output of kubectl, one file for a
//! command, named after it: everything that is no word becomes `_`, slashes become dots, names end at
//! 255 bytes. `<ns>/podlogs/<pod>/…_logs_<pod>_-c_<container>` are logs. Source: sosreport/sos,
//! plugins kubernetes and openshift.

use super::{loose, said::Said};

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., "sos_commands", _, "cluster-info", namespace, "podlogs", pod, file] => {
            // No name of a container holds `_`: what follows it is another argument.
            let container = file.split("_-c_").nth(1).and_then(|rest| rest.split('_').next());
            let previous = file.contains("_--previous") || file.contains("_-p");
            Some(container.map_or_else(
                || Said::pod(namespace, pod),
                |container| Said::log(namespace, pod, container, previous),
            ))
        }
        [.., "sos_commands", _, "cluster-info", namespace, _, file]
        | [.., "sos_commands", _, "cluster-info", namespace, file] => {
            let said = loose::words(file).unwrap_or_default();
            let namespace = said.namespace.clone().or(Some((*namespace).to_owned()));
            Some(Said { namespace, ..said })
        }
        [.., "sos_commands", _, "cluster-info", file] => {
            Some(loose::words(file).unwrap_or_default())
        }
        // What else lies in it has its own layout: logs of the node, for one.
        [.., "sos_commands", _, _] => Some(Said::nothing()),
        _ => None,
    }
}
