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
    "registry",
    "registry_check",
    "connectivity_probe",
    "kubectl_error",
];

impl Facts {
    /// Returns each captured event kind with the namespaces that were listed or are spoken of, sorted.
    pub fn captured_kinds(&self) -> Vec<Captured> {
        let mut kinds: BTreeMap<&str, (bool, BTreeSet<String>)> = BTreeMap::new();
        for covered in &self.coverage {
            let (everywhere, namespaces) = kinds.entry(covered.kind).or_default();
            match &covered.scope {
                // What stands behind the cut of a list, nobody has seen.
                Scope::Cluster => *everywhere |= covered.whole,
                Scope::Namespace(name) => {
                    namespaces.insert(name.clone());
                }
                Scope::Object { namespace, .. } => namespaces.extend(namespace.clone()),
                Scope::UnknownNamespace => {}
            }
        }
        for (kind, events) in &self.kinds {
            let (everywhere, namespaces) = kinds.entry(kind).or_default();
            *everywhere |= NO_NAMESPACE.contains(kind);
            let objects = events.iter().filter_map(|index| self.objects.get(*index)?.as_ref());
            namespaces.extend(objects.filter_map(|object| object.namespace.clone()));
        }
        for (kind, namespace) in self.quiet.namespaces() {
            let (_, namespaces) = kinds.entry(kind).or_default();
            namespaces.extend(namespace.map(str::to_owned));
        }
        kinds
            .into_iter()
            .map(|(kind, (everywhere, namespaces))| Captured {
                kind: kind.to_owned(),
                everywhere,
                namespaces: namespaces.into_iter().collect(),
            })
            .collect()
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
