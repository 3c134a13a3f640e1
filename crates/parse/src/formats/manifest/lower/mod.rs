//! Objects to events: one file per family. Every function takes the text of one object and states it.

mod config;
mod event;
mod meta;
mod node;
mod object;
mod pod;
mod references;
mod release;
mod status;
mod workload;

use super::source::Source;
use crate::emitter::Emitter;

/// What was stated of an object, for the account of completeness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// Namespace.
    pub(super) namespace: Option<String>,
    /// Name.
    pub(super) name: String,
    /// True when a cluster wrote the object, false when somebody means to apply it.
    pub(super) observed: bool,
}

/// States the object of `kind`. An error says what was expected; nothing was stated then.
///
/// `Ok(None)` means that the object is none that could be named (a kubeconfig, an API refusal).
pub(super) fn state(
    kind: &str,
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    match kind {
        "Pod" => pod::state(source, out),
        "Event" => event::state(source, out),
        "Node" => node::state(source, out),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => {
            workload::state(kind, source, out)
        }
        "ConfigMap" => config::config_map(source, out),
        "Secret" => config::secret(source, out),
        "Status" => status::state(source, out),
        _ => object::state(kind, source, out),
    }
}

/// Returns the event kinds that objects of `kind` are stated as.
pub(super) fn families(kind: &str) -> &'static [&'static str] {
    match kind {
        "Pod" => &["pod", "container"],
        "Event" => &["kube_event"],
        "Node" => &["node"],
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => &["workload"],
        "ConfigMap" => &["config_map"],
        "Secret" => &["secret"],
        _ => &["object"],
    }
}
