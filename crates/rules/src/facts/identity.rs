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
    pub(super) fn new(kind: Option<&str>, namespace: Option<&str>, name: &str) -> Self {
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
    // Parts of an object whose first line is cut off have an empty name.
    let named = |kind: &str, namespace: &Option<String>, name: &str| {
        (!name.is_empty()).then(|| Identity::new(Some(kind), namespace.as_deref(), name))
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
        Data::Usage(data) => named(&data.kind, &data.namespace, &data.name),
        Data::Workload(data) => named(&data.kind, &data.namespace, &data.name),
        Data::Object(data) => named(&data.kind, &data.namespace, &data.name),
        Data::ConfigMap(data) => named("ConfigMap", &data.namespace, &data.name),
        Data::CorednsOverride(data) => named("ConfigMap", &data.namespace, &data.config_map),
        Data::CorednsHost(data) => named("ConfigMap", &data.namespace, &data.config_map),
        Data::Secret(data) => named("Secret", &data.namespace, &data.name),
        Data::AgentLog(data) => pod(&data.namespace, &data.pod),
        Data::Log(data) => {
            pod(&data.namespace, &data.pod).or_else(|| spoken_of(data.message.as_deref()?))
        }
        Data::KubectlError(data) => {
            let pods = data.resource.as_deref().is_some_and(|kind| matches!(kind, "pods" | "pod"));
            data.name.as_ref().filter(|_| pods).and_then(|name| named("Pod", &data.namespace, name))
        }
        Data::DnsAnswer(data) => about(&data.from, &data.namespace),
        _ => None,
    }
}

/// Returns the object of which a line of a kubelet, a scheduler or a controller speaks, `pod="shop/web-1"`,
/// `web-1_shop(0b1c…)` or `Pod={"name":"web-1",…}`, where nothing tells whose log it is.
fn spoken_of(message: &str) -> Option<Identity> {
    let pair = by_key(message)
        .or_else(|| by_uid(message))
        .or_else(|| by_network(message))
        .or_else(|| by_sandbox(message));
    let (kind, namespace, name) = match pair {
        Some((namespace, name)) => ("Pod", namespace, name),
        None => by_record(message)?,
    };
    let named = is_name(namespace) && is_name(name);
    named.then(|| Identity::new(Some(kind), Some(namespace), name))
}

/// `pod="namespace/name"`.
fn by_key(message: &str) -> Option<(&str, &str)> {
    let (_, rest) = message.split_once("pod=")?;
    let rest = rest.trim_start_matches(['"', '\\']);
    let end = rest.find(['"', '\\', ' ', ',']).unwrap_or(rest.len());
    rest.get(..end)?.split_once('/')
}

/// `name_namespace(uid)`, as kubelets write a pod in text.
fn by_uid(message: &str) -> Option<(&str, &str)> {
    message.match_indices('(').find_map(|(at, _)| {
        let inside = message.get(at + 1..)?.split(')').next().unwrap_or_default();
        let hex = |sign: char| sign.is_ascii_hexdigit() || sign == '-';
        let uid = inside.contains(|sign: char| sign.is_ascii_digit()) && inside.chars().all(hex);
        let before = message.get(..at).filter(|_| uid)?;
        let start =
            before.rfind(|sign: char| !is_of_name(sign) && sign != '_').map_or(0, |at| at + 1);
        before.get(start..)?.split_once('_').map(|(name, namespace)| (namespace, name))
    })
}

/// `networkPlugin cni failed to set up pod "name_namespace" network`.
fn by_network(message: &str) -> Option<(&str, &str)> {
    let (_, rest) = message.split_once(" set up pod ")?;
    let rest = rest.trim_start_matches(['"', '\\']);
    let pod = rest.split(['"', '\\', ' ']).next()?;
    pod.split_once('_').map(|(name, namespace)| (namespace, name))
}

/// `&PodSandboxMetadata{Name:name,Uid:…,Namespace:namespace,Attempt:0,}`, as containerd prints it.
fn by_sandbox(message: &str) -> Option<(&str, &str)> {
    let (_, rest) = message.split_once("PodSandboxMetadata{")?;
    let fields = rest.split('}').next()?;
    let field = |name: &str| fields.split(',').find_map(|part| part.strip_prefix(name));
    Some((field("Namespace:")?, field("Name:")?))
}

/// `Kind={"name":"name","namespace":"namespace"}`, as controllers log what they work on.
fn by_record(message: &str) -> Option<(&str, &str, &str)> {
    let at = message.find("={\"name\":\"")?;
    let (before, rest) = message.split_at_checked(at)?;
    let kind = before.rsplit(|sign: char| !sign.is_ascii_alphanumeric()).next()?;
    let fields = rest.split('}').next()?;
    let field = |name: &str| fields.split_once(name)?.1.split('"').next();
    kind.starts_with(|sign: char| sign.is_ascii_uppercase()).then_some(())?;
    Some((kind, field("\"namespace\":\"")?, field("\"name\":\"")?))
}

fn is_of_name(sign: char) -> bool {
    sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '-' | '.')
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_name)
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

#[cfg(test)]
mod tests {
    use super::spoken_of;

    #[test]
    fn lines_of_a_kubelet_name_their_pod() {
        for (message, want) in [
            (r#"Error syncing pod: x pod="shop/web-1" podUID="0b1c""#, Some("Pod/shop/web-1")),
            ("Unable to schedule pod=shop/web-1", Some("Pod/shop/web-1")),
            ("back-off restarting pod=web-1_shop(0b1c)", Some("Pod/shop/web-1")),
            (r#"for \"web-1_shop(0b1c)\" with CreatePodSandboxError"#, Some("Pod/shop/web-1")),
            ("cni failed to set up pod \"web-1_shop\" network: x", Some("Pod/shop/web-1")),
            (
                "RunPodSandbox for &PodSandboxMetadata{Name:web-1,Uid:0b1c,Namespace:shop,Attempt:0,} failed",
                Some("Pod/shop/web-1"),
            ),
            (
                r#"could not schedule pod Pod={"name":"web-1","namespace":"shop"} commit=1"#,
                Some("Pod/shop/web-1"),
            ),
            (
                r#"Reconciliation failed Kustomization={"name":"apps","namespace":"flux-system"}"#,
                Some("Kustomization/flux-system/apps"),
            ),
            ("my_function(arg) failed, my_other(fact) too", None),
            ("no pod at all", None),
        ] {
            assert_eq!(spoken_of(message).map(|pod| pod.key).as_deref(), want, "{message}");
        }
    }
}
