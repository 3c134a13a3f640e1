//! What a bundle holds statements about, so that a later bundle can be told from one that lacks it.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Captured, Scope};

use super::Facts;

/// Event kinds of objects and statements without namespaces.
const NO_NAMESPACE: &[&str] = &[
    "node",
    "dns_answer",
    "cli_error",
    "extension",
    "aks_cluster",
    "role_assignment",
    "machine_identity",
    "registry",
    "registry_check",
    "connectivity_probe",
    "kubectl_error",
];

impl Facts {
    /// Returns each captured event kind with the namespaces that were listed or are spoken of, sorted.
    pub fn captured_kinds(&self) -> Vec<Captured> {
        let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
        for covered in &self.coverage {
            let kind = kinds.entry(covered.kind).or_default();
            match &covered.scope {
                // What stands behind the cut of a list, nobody has seen.
                Scope::Cluster => kind.everywhere |= covered.whole,
                Scope::Namespace(name) => {
                    kind.namespaces.insert(name.clone());
                }
                Scope::Object { namespace, name, .. } => {
                    kind.namespaces.extend(namespace.clone());
                    kind.objects.insert((namespace.clone(), name.clone()));
                }
                Scope::UnknownNamespace => {}
            }
        }
        for (name, events) in &self.kinds {
            let kind = kinds.entry(name).or_default();
            kind.everywhere |= NO_NAMESPACE.contains(name);
            kind.statements = events.len() as u64;
            for object in events.iter().filter_map(|index| self.objects.get(*index)?.as_ref()) {
                kind.namespaces.extend(object.namespace.clone());
                kind.objects.insert((object.namespace.clone(), object.name.clone()));
            }
        }
        for (name, namespace) in self.quiet.namespaces() {
            kinds.entry(name).or_default().namespaces.extend(namespace.map(str::to_owned));
        }
        for (name, kind) in kinds.iter_mut().filter(|_| !self.quiet.is_empty()) {
            kind.aside = self.quiet.others(name, &kind.objects);
        }
        kinds.into_iter().map(|(name, kind)| kind.captured(name)).collect()
    }
}

/// What is known of one event kind.
#[derive(Debug, Default)]
struct Kind {
    everywhere: bool,
    namespaces: BTreeSet<String>,
    objects: BTreeSet<(Option<String>, String)>,
    statements: u64,
    /// Objects that only statements are about that were put aside.
    aside: u64,
}

impl Kind {
    fn captured(self, name: &str) -> Captured {
        // An object has many events; each of them counts.
        let by_objects = !self.objects.is_empty() && name != "kube_event";
        let count = if by_objects { self.objects.len() as u64 } else { self.statements };
        let count = count + self.aside;
        Captured {
            kind: name.to_owned(),
            everywhere: self.everywhere,
            namespaces: self.namespaces.into_iter().collect(),
            count,
        }
    }
}

#[cfg(test)]
mod tests {
    use kubetriage_model::{Coverage, Provenance};

    use super::*;

    #[test]
    fn a_cut_list_does_not_hold_everything() {
        for whole in [true, false] {
            let at = Provenance::default();
            let list =
                Coverage { kind: "pod", object_kind: None, scope: Scope::Cluster, whole, at };
            let captured = Facts::new(Vec::new(), vec![list], Vec::new()).captured_kinds();
            let everywhere = captured.first().map(|captured| captured.everywhere);
            assert_eq!(everywhere, Some(whole));
        }
    }
}
