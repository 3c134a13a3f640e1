//! What is known of a kind of statements as a whole, worked out once: rules ask for it again and again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kubetriage_model::{ArtifactId, Coverage, Scope};

use super::ArtifactFacts;

/// Where statements of one kind come from.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    /// Some source of the kind was captured, but is cut.
    pub(super) cut: bool,
    /// Some statements come from an artifact that a cleaner has rewritten.
    pub(super) scrubbed: bool,
    /// What whole lists hold, by the kind of their objects.
    lists: BTreeMap<Option<String>, Lists>,
}

/// What the whole lists of one kind of objects cover.
#[derive(Debug, Clone, Default)]
struct Lists {
    cluster: bool,
    /// There is a list of a namespace, or of one that nobody told.
    some: bool,
    namespaces: BTreeSet<String>,
}

impl Sources {
    /// Returns what is known of every kind, from its coverage and the artifacts of its statements.
    pub(super) fn of(
        coverage: &[Coverage],
        places: impl Iterator<Item = (&'static str, ArtifactId)>,
        artifacts: &BTreeMap<ArtifactId, ArtifactFacts>,
    ) -> HashMap<&'static str, Self> {
        let mut all: HashMap<&'static str, Self> = HashMap::new();
        for covered in coverage {
            all.entry(covered.kind).or_default().cover(covered);
        }
        let places: BTreeSet<_> = places.collect();
        for (kind, artifact) in places {
            let source = all.entry(kind).or_default();
            if let Some(artifact) = artifacts.get(&artifact) {
                source.cut |= artifact.cut;
                source.scrubbed |= artifact.scrubbed;
            }
        }
        all
    }

    fn cover(&mut self, covered: &Coverage) {
        self.cut |= !covered.whole;
        let lists = self.lists.entry(covered.object_kind.clone()).or_default();
        match &covered.scope {
            _ if !covered.whole => {}
            Scope::Cluster => lists.cluster = true,
            Scope::UnknownNamespace => lists.some = true,
            Scope::Namespace(listed) => {
                lists.some = true;
                lists.namespaces.insert(listed.clone());
            }
            Scope::Object { .. } => {}
        }
    }

    /// True if whole lists hold all objects of `namespace`, or of the cluster.
    pub(super) fn complete(&self, object_kind: Option<&str>, namespace: Option<&str>) -> bool {
        self.lists.iter().any(|(kind, lists)| {
            (object_kind.is_none() || kind.as_deref() == object_kind)
                && (lists.cluster
                    || namespace.map_or(lists.some, |wanted| lists.namespaces.contains(wanted)))
        })
    }
}
