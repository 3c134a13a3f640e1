//! Pods and nodes that events still speak of, and that are no more.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Data, KubeEvent};

use super::identity::Identity;
use super::{Facts, Moment, Nature};

/// Pods and nodes that are no more, by the key of their identity.
#[derive(Debug, Clone, Default)]
pub(super) struct Gone {
    /// When a controller said that it deleted them.
    deleted: BTreeMap<String, Vec<Moment>>,
    /// Nodes that a whole list no longer holds.
    missing: BTreeSet<String>,
}

impl Facts {
    /// True if what happened to a pod or a node no longer matters, because it is gone by then.
    ///
    /// `now` is the moment of the capture in milliseconds since 1970.
    pub(crate) fn is_over(&self, index: usize, now: Option<i64>) -> bool {
        let Some((moment, Some(object))) = self.moments.get(index).zip(self.objects.get(index))
        else {
            return false;
        };
        let deleted = self.gone.deleted.get(&object.key).into_iter().flatten();
        let later = |deleted: &Moment| deleted.later_than(moment, now) == Some(true);
        moment.nature == Nature::Happening
            && (self.gone.missing.contains(&object.key) || deleted.into_iter().any(later))
    }

    /// Returns what is gone.
    pub(super) fn gone(&self) -> Gone {
        let pods = self.events.iter().zip(&self.objects);
        let pods = pods.filter(|(event, _)| {
            matches!(event.data, Data::Pod(_) | Data::Container(_) | Data::Node(_))
        });
        let stated: BTreeSet<&str> =
            pods.filter_map(|(_, pod)| Some(pod.as_ref()?.name.as_str())).collect();
        let told = self.events.iter().zip(self.objects.iter().zip(&self.moments));
        let mut gone = Gone::default();
        for (event, (object, moment)) in told {
            let (Data::KubeEvent(told), Some(object)) = (&event.data, object) else { continue };
            match deleted(told, object) {
                Some(deleted) if stated.contains(deleted.name.as_str()) => {}
                Some(deleted) => gone.deleted.entry(deleted.key).or_default().push(*moment),
                None if stated.contains(object.name.as_str()) => {}
                None if self.is_missing(object) => {
                    gone.missing.insert(object.key.clone());
                }
                None => {}
            }
        }
        gone
    }

    /// True if a whole list should hold the node and does not.
    fn is_missing(&self, object: &Identity) -> bool {
        object.kind.as_deref() == Some("Node") && self.complete("node", None, None)
    }
}

/// Returns what a controller says that it deleted.
fn deleted(told: &KubeEvent, object: &Identity) -> Option<Identity> {
    if object.kind.as_deref() == Some("Node") {
        let deletes = matches!(told.reason.as_deref(), Some("RemovingNode" | "DeletingNode"));
        return deletes.then(|| object.clone());
    }
    let name = told.message.as_deref()?.strip_prefix("Deleted pod: ")?.split_whitespace().next()?;
    Some(Identity::new(Some("Pod"), object.namespace.as_deref(), name))
}
