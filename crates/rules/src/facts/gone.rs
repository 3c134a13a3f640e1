//! Pods that events still speak of, and that are no more.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Data, Event};

use super::identity::Identity;
use super::{Facts, Moment, Nature};
use crate::signal::owner_of;

/// Pods that are no more, by the key of their identity.
#[derive(Debug, Clone, Default)]
pub(super) struct Gone {
    /// When a controller said that it deleted them.
    deleted: BTreeMap<String, Vec<Moment>>,
    /// Those that a whole list of their namespace no longer holds, while the other pods of their workload are well.
    replaced: BTreeSet<String>,
}

impl Facts {
    /// True if what happened to a pod no longer matters, because the pod is gone by then.
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
            && (self.gone.replaced.contains(&object.key) || deleted.into_iter().any(later))
    }

    /// Returns what is gone.
    pub(super) fn gone(&self) -> Gone {
        let pods = self.events.iter().zip(&self.objects);
        let pods =
            pods.filter(|(event, _)| matches!(event.data, Data::Pod(_) | Data::Container(_)));
        let stated: BTreeSet<&str> =
            pods.filter_map(|(_, pod)| Some(pod.as_ref()?.name.as_str())).collect();
        let well = self.well();
        let told = self.events.iter().zip(self.objects.iter().zip(&self.moments));
        let mut gone = Gone::default();
        for (event, (object, moment)) in told {
            let (Data::KubeEvent(told), Some(object)) = (&event.data, object) else { continue };
            let deleted = told.message.as_deref().and_then(deleted);
            let pod =
                deleted.map(|name| Identity::new(Some("Pod"), object.namespace.as_deref(), name));
            match pod {
                Some(pod) if stated.contains(pod.name.as_str()) => {}
                Some(pod) => gone.deleted.entry(pod.key).or_default().push(*moment),
                None if stated.contains(object.name.as_str()) => {}
                None if self.is_replaced(object, &well) => {
                    gone.replaced.insert(object.key.clone());
                }
                None => {}
            }
        }
        gone
    }

    /// True if a whole list should hold the pod, does not, and holds others of its workload that are all well.
    fn is_replaced(&self, pod: &Identity, well: &BTreeMap<(Option<&str>, &str), bool>) -> bool {
        let (namespace, owner) = (pod.namespace.as_deref(), owner_of(&pod.name));
        pod.kind.as_deref() == Some("Pod")
            && owner != pod.name
            && namespace.is_some()
            && self.complete("pod", None, namespace)
            && well.get(&(namespace, owner)) == Some(&true)
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

/// Returns the pod of which a controller says that it deleted it.
fn deleted(message: &str) -> Option<&str> {
    let name = message.strip_prefix("Deleted pod: ")?;
    name.split_whitespace().next()
}
