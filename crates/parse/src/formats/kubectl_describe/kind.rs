//! What kind of object an outline shows, and its name.
//!
//! describe prints no kind for built-in kinds. Their labels tell most of them apart; what they leave open
//! the command above the output tells.

use kubetriage_model::ObjectRef;

use super::config;
use super::events::Involved;
use super::label::given;
use super::outline::{Field, Outline};
use crate::context::Context;
use crate::prim::kind::{api_kind, is_namespaced};

/// An object with its identity.
#[derive(Debug)]
pub(super) struct Described<'l, 't> {
    /// Its lines.
    pub(super) outline: Outline<'l, 't>,
    /// Kind as the API spells it, `None` when neither labels nor command tell.
    pub(super) kind: Option<String>,
    /// Namespace, `None` when unknown or when the kind has none.
    pub(super) namespace: Option<String>,
    /// Name, `None` when its line is cut off and the command names no object.
    pub(super) name: Option<String>,
}

impl<'l, 't> Described<'l, 't> {
    /// Names the object that `outline` shows.
    pub(super) fn new(outline: Outline<'l, 't>, context: &Context<'_>) -> Self {
        let command = context.command.filter(|command| command.verb == "describe");
        let asked = command.and_then(|command| command.resource.as_deref());
        let kind = kind(&outline).map(str::to_owned).or_else(|| {
            asked.map(|asked| api_kind(asked).map_or_else(|| asked.to_owned(), str::to_owned))
        });
        let name = outline.value("Name").and_then(|name| given(name.trim()));
        let name = name.or_else(|| command.and_then(|command| command.name.clone()));
        let printed = outline.value("Namespace").and_then(given);
        let namespaced = kind.as_deref().is_none_or(is_namespaced);
        let known = namespaced.then(|| context.namespace()).flatten();
        let namespace = printed.or(known.filter(|_| !outline.has("Namespace")));
        Self { outline, kind, namespace, name }
    }

    /// Returns what the object's events are about.
    pub(super) fn involved(&self) -> Involved {
        let kind = self.kind.clone();
        let object = self.name.clone().map(|name| ObjectRef { kind, name });
        Involved { namespace: self.namespace.clone(), object }
    }
}

/// One kind and the labels that only it has; a kind is meant when all labels of one row are there.
const SIGNATURES: &[(&str, &[&str])] = &[
    ("Pod", &["QoS Class"]),
    ("Pod", &["Containers"]),
    ("Pod", &["Init Containers"]),
    ("Pod", &["Ephemeral Containers"]),
    ("Pod", &["Node", "IPs"]),
    ("Pod", &["Node", "Start Time"]),
    ("Pod", &["Priority", "Node"]),
    ("Node", &["System Info"]),
    ("Node", &["Non-terminated Pods"]),
    ("Node", &["Unschedulable"]),
    ("Node", &["Allocated resources"]),
    ("Node", &["Taints"]),
    ("Node", &["Roles"]),
    ("Deployment", &["StrategyType"]),
    ("Deployment", &["NewReplicaSet"]),
    ("StatefulSet", &["Update Strategy"]),
    ("StatefulSet", &["Volume Claims"]),
    ("StatefulSet", &["Pod Management Policy"]),
    ("DaemonSet", &["Desired Number of Nodes Scheduled"]),
    ("Job", &["Pods Statuses"]),
    ("Job", &["Parallelism", "Completions"]),
    ("CronJob", &["Schedule", "Concurrency Policy"]),
    ("Service", &["Session Affinity"]),
    ("Service", &["TargetPort"]),
    ("PersistentVolumeClaim", &["StorageClass", "Volume"]),
    ("PersistentVolumeClaim", &["Used By"]),
    ("PersistentVolume", &["Reclaim Policy", "Claim"]),
    ("StorageClass", &["Provisioner", "ReclaimPolicy"]),
    ("Ingress", &["Rules", "Namespace"]),
    ("IngressClass", &["Controller"]),
    ("ServiceAccount", &["Image pull secrets"]),
    ("ServiceAccount", &["Mountable secrets"]),
    ("Endpoints", &["Subsets"]),
    ("EndpointSlice", &["AddressType"]),
    ("HorizontalPodAutoscaler", &["Reference", "Min replicas"]),
    ("PodDisruptionBudget", &["Namespace", "Min available"]),
    ("PodDisruptionBudget", &["Namespace", "Max unavailable"]),
    ("NetworkPolicy", &["Created on", "Spec"]),
    ("PriorityClass", &["GlobalDefault"]),
    ("CertificateSigningRequest", &["Requesting User"]),
    ("ReplicaSet", &["Pods Status", "Selector"]),
];

fn kind<'t>(outline: &Outline<'_, 't>) -> Option<&'t str> {
    if outline.has("API Version")
        && let Some(kind) = outline.value("Kind").filter(|kind| !kind.is_empty())
    {
        return Some(kind);
    }
    let signed =
        SIGNATURES.iter().find(|(_, labels)| labels.iter().all(|label| outline.has(label)));
    signed.map(|(kind, _)| *kind).or_else(|| by_values(outline))
}

/// True where a condition has a type that begins with `word`.
fn conditions_speak_of(outline: &Outline<'_, '_>, word: &str) -> bool {
    let rows = outline.field("Conditions").map(Field::below).unwrap_or_default();
    rows.iter().any(|line| line.trimmed().starts_with(word))
}

/// Tells the kinds apart that have no label of their own.
fn by_values(outline: &Outline<'_, '_>) -> Option<&'static str> {
    let replicas = outline.value("Replicas").unwrap_or_default();
    if replicas.contains(" updated |") {
        return Some("Deployment");
    }
    if replicas.contains(" current / ") {
        return Some("ReplicaSet");
    }
    if let Some(data) = outline.field("Data") {
        let map = config::is_config_map(data.lines) && !outline.has("Type");
        return Some(if map { "ConfigMap" } else { "Secret" });
    }
    // What is left of the head of a pod that the kubelet ended or turned away.
    let phase = matches!(outline.value("Status"), Some("Failed" | "Pending"));
    if phase && outline.has("Reason") && outline.has("Message") && !outline.has("Reclaim Policy") {
        return Some("Pod");
    }
    let ends = outline.value("Status").is_some_and(|word| matches!(word, "Active" | "Terminating"));
    if ends && !outline.has("Namespace") && conditions_speak_of(outline, "Namespace") {
        return Some("Namespace");
    }
    let beats = outline.field("Conditions").and_then(|field| field.below().first());
    if beats.is_some_and(|line| line.text.contains("LastHeartbeatTime")) {
        return Some("Node");
    }
    let quotas = outline.field("Quotas").and_then(Field::first).map(|line| line.text);
    match quotas {
        Some(text) if text.starts_with("Resource ") && text.contains("Used") => {
            Some("ResourceQuota")
        }
        Some(text) if text.starts_with("Type ") => Some("LimitRange"),
        Some(_) => Some("Namespace"),
        None => None,
    }
}
