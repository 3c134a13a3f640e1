//! Pods and nodes that events still speak of, and that are no more.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Data, Event, KubeEvent};

use super::identity::Identity;
use super::{Facts, Moment, Nature};
use crate::signal::owner_of;

/// Pods and nodes that are no more, by the key of their identity.
#[derive(Debug, Clone, Default)]
pub(super) struct Gone {
    /// When a controller said that it deleted them.
    deleted: BTreeMap<String, Vec<Moment>>,
    /// Nodes that a whole list no longer holds; pods that one no longer holds, while the others of their workload are well.
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
        let well = self.well();
        let told = self.events.iter().zip(self.objects.iter().zip(&self.moments));
        let mut gone = Gone::default();
        for (event, (object, moment)) in told {
            let (Data::KubeEvent(told), Some(object)) = (&event.data, object) else { continue };
            match deleted(told, object) {
                Some(deleted) if stated.contains(deleted.name.as_str()) => {}
                Some(deleted) => gone.deleted.entry(deleted.key).or_default().push(*moment),
                None if stated.contains(object.name.as_str()) => {}
                None if self.is_missing(object, &well) => {
                    gone.missing.insert(object.key.clone());
                }
                None => {}
            }
        }
        gone
    }

    /// True if a whole list should hold the object and does not; of a pod, if it holds others of its workload that are all well.
    fn is_missing(&self, object: &Identity, well: &BTreeMap<(Option<&str>, &str), bool>) -> bool {
        let namespace = object.namespace.as_deref();
        match object.kind.as_deref() {
            Some("Node") => !self.of_kind("node").is_empty() && self.complete("node", None, None),
            Some("Pod") => {
                let owner = owner_of(&object.name);
                owner != object.name
                    && namespace.is_some()
                    && self.complete("pod", None, namespace)
                    && well.get(&(namespace, owner)) == Some(&true)
            }
            _ => false,
        }
    }

    /// Returns for each workload that has pods whether they are all well.
    fn well(&self) -> BTreeMap<(Option<&str>, &str), bool> {
        let mut all = BTreeMap::new();
        for index in self.of_kind("pod") {
            let event = self.events.get(*index).map(|event: &Event| &event.data);
            let object = self.objects.get(*index).and_then(Option::as_ref);
            let (Some(Data::Pod(pod)), Some(object)) = (event, object) else { continue };
            let ready = pod.ready.zip(pod.total).is_some_and(|(ready, total)| ready >= total);
            let well = match pod.status.as_deref() {
                Some("Running") => ready,
                Some("Completed" | "Succeeded") => true,
                _ => false,
            };
            let workload = (object.namespace.as_deref(), owner_of(&object.name));
            *all.entry(workload).or_insert(true) &= well;
        }
        all
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
