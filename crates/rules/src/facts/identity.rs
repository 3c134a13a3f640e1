//! Which object a statement concerns.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Data, ObjectRef, Subject};

/// An object; two statements concern the same object if their keys are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) kind: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
    /// `Kind/namespace/name`.
    pub(crate) key: String,
    /// False if the namespace is not stated where the object is named.
    pub(crate) sure: bool,
}

/// Kinds without namespaces that statements concern.
const CLUSTER_SCOPED: &[&str] = &["Node", "Namespace", "PersistentVolume", "StorageClass"];

impl Identity {
    fn new(kind: Option<&str>, namespace: Option<&str>, name: &str) -> Self {
        let scoped = kind.is_some_and(|kind| CLUSTER_SCOPED.contains(&kind));
        let namespace = namespace.filter(|_| !scoped).map(str::to_owned);
        let sure = (scoped || namespace.is_some()) && kind.is_some();
        let mut identity = Self {
            kind: kind.map(str::to_owned),
            namespace,
            name: name.to_owned(),
            key: String::new(),
            sure,
        };
        identity.seal();
        identity
    }

    fn seal(&mut self) {
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "?".to_owned());
        self.key = format!("{}/{}/{}", part(&self.kind), part(&self.namespace), self.name);
    }

    /// Returns the object as reports name it.
    pub(crate) fn subject(&self) -> Subject {
        Subject {
            kind: self.kind.clone(),
            namespace: self.namespace.clone(),
            name: Some(self.name.clone()),
        }
    }
}

/// Returns the object that a statement concerns; a container's is its pod.
pub(crate) fn of(data: &Data) -> Option<Identity> {
    let pod = |namespace: &Option<String>, pod: &Option<String>| {
        pod.as_deref().map(|pod| Identity::new(Some("Pod"), namespace.as_deref(), pod))
    };
    let named = |kind: &str, namespace: &Option<String>, name: &str| {
        Some(Identity::new(Some(kind), namespace.as_deref(), name))
    };
    let about = |object: &Option<ObjectRef>, namespace: &Option<String>| {
        let object = object.as_ref().filter(|object| !object.name.is_empty())?;
        Some(Identity::new(object.kind.as_deref(), namespace.as_deref(), &object.name))
    };
    match data {
        Data::Pod(data) => named("Pod", &data.namespace, &data.name),
        Data::Container(data) => pod(&data.namespace, &data.pod),
        Data::KubeEvent(data) => about(&data.object, &data.namespace),
        Data::Node(data) => named("Node", &None, &data.name),
        Data::Workload(data) => named(&data.kind, &data.namespace, &data.name),
        Data::Object(data) => named(&data.kind, &data.namespace, &data.name),
        Data::ConfigMap(data) => named("ConfigMap", &data.namespace, &data.name),
        Data::CorednsOverride(data) => named("ConfigMap", &data.namespace, &data.config_map),
        Data::CorednsHost(data) => named("ConfigMap", &data.namespace, &data.config_map),
        Data::Secret(data) => named("Secret", &data.namespace, &data.name),
        Data::AgentLog(data) => pod(&data.namespace, &data.pod),
        Data::Log(data) => pod(&data.namespace, &data.pod),
        Data::KubectlError(data) => {
            let pods = data.resource.as_deref().is_some_and(|kind| matches!(kind, "pods" | "pod"));
            data.name.as_ref().filter(|_| pods).and_then(|name| named("Pod", &data.namespace, name))
        }
        Data::DnsAnswer(data) => about(&data.from, &data.namespace),
        _ => None,
    }
}

/// Completes namespaces that a statement does not tell, where the bundle knows exactly one object of the
/// kind and name. Such an identity stays unsure: what joins through it is likely, not confirmed.
pub(crate) fn complete(identities: &mut [Option<Identity>]) {
    let mut known: BTreeMap<(Option<String>, String), BTreeSet<String>> = BTreeMap::new();
    for identity in identities.iter().flatten() {
        if let Some(namespace) = &identity.namespace {
            let place = known.entry((identity.kind.clone(), identity.name.clone())).or_default();
            place.insert(namespace.clone());
        }
    }
    for identity in identities.iter_mut().flatten().filter(|identity| !identity.sure) {
        let place = known.get(&(identity.kind.clone(), identity.name.clone()));
        if let (None, Some(place)) = (&identity.namespace, place)
            && place.len() == 1
        {
            identity.namespace = place.first().cloned();
            identity.seal();
        }
    }
}
