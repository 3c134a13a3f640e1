//! Whose log a file is, where its name tells and its lines do not.
//!
//! People save `kubectl logs` as `web-7d9f8b6c5d-x7k2p.log` or `shop_web-7d9f8b6c5d-x7k2p_app.txt`.
//! Such a name says something only if the bundle knows the pod.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{ArtifactId, Data, Event};

use super::ArtifactFacts;
use super::identity::Identity;

/// What people write before the name of the pod.
const LEADS: &[&str] = &["kubectl-logs-", "kubectl_logs_", "logs-", "log-", "pod-"];
/// Endings of files that logs are saved in.
const ENDINGS: &[&str] = &[".log", ".txt", ".out"];

/// Names that may be those of pods whose logs the artifacts are.
pub(super) fn names(artifacts: &[ArtifactFacts]) -> impl Iterator<Item = &str> {
    artifacts.iter().flat_map(|artifact| parts(stem(&artifact.path)))
}

/// Completes whose log a line is of.
pub(super) fn attribute(
    events: &[Event],
    objects: &mut [Option<Identity>],
    artifacts: &[ArtifactFacts],
) {
    let known = Known::of(events, objects);
    let by_artifact: BTreeMap<ArtifactId, Identity> = artifacts
        .iter()
        .filter_map(|artifact| Some((artifact.id, known.owner(&artifact.path)?)))
        .collect();
    for (event, object) in events.iter().zip(objects) {
        let is_open = match &event.data {
            Data::Log(line) => line.pod.is_none(),
            Data::AgentLog(line) => line.pod.is_none(),
            _ => false,
        };
        if is_open && object.is_none() {
            *object = by_artifact.get(&event.at.artifact).cloned();
        }
    }
}

/// Pods that are listed or described, by name.
struct Known<'k>(BTreeMap<&'k str, BTreeSet<Option<&'k str>>>);

impl<'k> Known<'k> {
    fn of(events: &[Event], objects: &'k [Option<Identity>]) -> Self {
        let mut known = BTreeMap::<_, BTreeSet<_>>::new();
        for (event, object) in events.iter().zip(objects) {
            if let (Data::Pod(_), Some(pod)) = (&event.data, object) {
                known.entry(pod.name.as_str()).or_default().insert(pod.namespace.as_deref());
            }
        }
        Self(known)
    }

    fn owner(&self, path: &str) -> Option<Identity> {
        parts(stem(path)).find_map(|part| self.pod(part))
    }

    fn pod(&self, name: &str) -> Option<Identity> {
        let (name, namespaces) = self.0.get_key_value(name)?;
        let namespace = namespaces.first().filter(|_| namespaces.len() == 1)?;
        Some(Identity::new(Some("Pod"), *namespace, name))
    }
}

/// Returns the name of a file without its ending.
fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\', '!']).next().unwrap_or(path);
    ENDINGS.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file)
}

/// Returns the parts of a name that may be a pod's.
fn parts(stem: &str) -> impl Iterator<Item = &str> {
    let bare = LEADS.iter().find_map(|lead| stem.strip_prefix(lead)).unwrap_or(stem);
    std::iter::once(bare).chain(bare.split('_')).filter(|part| !part.is_empty())
}
