//! What is read of Kubernetes objects: partial structs in which everything may be missing or null.
//!
//! Field names are those of the API (`Pod`, `Node`, `Event` of both groups, the workloads); what no
//! statement needs is left out and skipped by the reader.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::loose::{Items, Loose};
use super::scalar::{Flag, Int, Text, TextOrNested};

/// Named texts (labels, selectors); null values count as empty.
pub(super) type Texts = BTreeMap<String, Option<Text>>;

/// `metadata`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Meta {
    pub(super) name: Option<Text>,
    pub(super) generate_name: Option<Text>,
    pub(super) namespace: Option<Text>,
    pub(super) uid: Option<Text>,
    pub(super) creation_timestamp: Option<Text>,
    pub(super) deletion_timestamp: Option<Text>,
    pub(super) resource_version: Option<Text>,
    pub(super) labels: Option<Texts>,
    pub(super) owner_references: Option<Vec<Owner>>,
}

/// One of `metadata.ownerReferences`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Owner {
    pub(super) kind: Option<Text>,
    pub(super) name: Option<Text>,
    pub(super) controller: Option<Flag>,
}

/// A condition of any object.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConditionEntry {
    pub(super) r#type: Option<Text>,
    pub(super) status: Option<Text>,
    pub(super) reason: Option<Text>,
    pub(super) message: Option<Text>,
}

/// Anything with a `name`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    pub(super) name: Option<Text>,
}

/// A pod, or the template of one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PodObject {
    pub(super) metadata: Option<Meta>,
    pub(super) spec: Option<PodSpec>,
    pub(super) status: Option<PodStatus>,
}

/// `spec` of a pod.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PodSpec {
    pub(super) node_name: Option<Text>,
    pub(super) node_selector: Option<Texts>,
    pub(super) service_account_name: Option<Text>,
    pub(super) service_account: Option<Text>,
    pub(super) tolerations: Option<Vec<Toleration>>,
    pub(super) image_pull_secrets: Option<Vec<Named>>,
    pub(super) volumes: Items<Volume>,
    pub(super) init_containers: Option<Vec<ContainerSpec>>,
    pub(super) containers: Option<Vec<ContainerSpec>>,
    pub(super) ephemeral_containers: Option<Vec<ContainerSpec>>,
}

/// A toleration.
#[expect(clippy::struct_field_names, reason = "the names are those of the API")]
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Toleration {
    pub(super) key: Option<Text>,
    pub(super) operator: Option<Text>,
    pub(super) value: Option<Text>,
    pub(super) effect: Option<Text>,
    pub(super) toleration_seconds: Option<Int>,
}

/// A volume, as far as it stands for another object.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Volume {
    pub(super) config_map: Loose<Reference>,
    pub(super) secret: Loose<Reference>,
    pub(super) persistent_volume_claim: Loose<Reference>,
}

/// The name of another object, by whichever key.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Reference {
    pub(super) name: Option<Text>,
    pub(super) secret_name: Option<Text>,
    pub(super) claim_name: Option<Text>,
    pub(super) optional: Option<Flag>,
}

/// Where an environment comes from: an entry of `envFrom`, or the `valueFrom` of one variable.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct EnvSource {
    #[serde(alias = "configMapKeyRef")]
    pub(super) config_map_ref: Loose<Reference>,
    #[serde(alias = "secretKeyRef")]
    pub(super) secret_ref: Loose<Reference>,
}

/// A variable of an environment.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct EnvVar {
    pub(super) value_from: Loose<EnvSource>,
}

/// A container as the spec asks for it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ContainerSpec {
    pub(super) name: Option<Text>,
    pub(super) image: Option<Text>,
    pub(super) restart_policy: Option<Text>,
    pub(super) env_from: Items<EnvSource>,
    pub(super) env: Items<EnvVar>,
}

/// `status` of a pod.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PodStatus {
    pub(super) phase: Option<Text>,
    pub(super) reason: Option<Text>,
    pub(super) message: Option<Text>,
    #[serde(rename = "podIP")]
    pub(super) pod_ip: Option<Text>,
    pub(super) qos_class: Option<Text>,
    pub(super) conditions: Option<Vec<ConditionEntry>>,
    pub(super) init_container_statuses: Option<Vec<ContainerStatus>>,
    pub(super) container_statuses: Option<Vec<ContainerStatus>>,
    pub(super) ephemeral_container_statuses: Option<Vec<ContainerStatus>>,
}

/// A container as the kubelet sees it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ContainerStatus {
    pub(super) name: Option<Text>,
    pub(super) image: Option<Text>,
    #[serde(rename = "imageID")]
    pub(super) image_id: Option<Text>,
    pub(super) ready: Option<Flag>,
    pub(super) started: Option<Flag>,
    pub(super) restart_count: Option<Int>,
    pub(super) state: Option<ContainerState>,
    pub(super) last_state: Option<ContainerState>,
}

/// State of a container: one of the three, or none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ContainerState {
    pub(super) waiting: Option<StateDetail>,
    pub(super) running: Option<StateDetail>,
    pub(super) terminated: Option<StateDetail>,
}

/// What is said of a state.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct StateDetail {
    pub(super) reason: Option<Text>,
    pub(super) message: Option<Text>,
    pub(super) exit_code: Option<Int>,
    pub(super) signal: Option<Int>,
    pub(super) started_at: Option<Text>,
    pub(super) finished_at: Option<Text>,
}

/// An event of `core/v1` or `events.k8s.io/v1`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct EventObject {
    pub(super) metadata: Option<Meta>,
    #[serde(alias = "regarding")]
    pub(super) involved_object: Option<Involved>,
    pub(super) reason: Option<Text>,
    #[serde(alias = "note")]
    pub(super) message: Option<Text>,
    pub(super) r#type: Option<Text>,
    #[serde(alias = "deprecatedSource")]
    pub(super) source: Option<EventSource>,
    #[serde(alias = "reportingController")]
    pub(super) reporting_component: Option<Text>,
    pub(super) reporting_instance: Option<Text>,
    #[serde(alias = "deprecatedCount")]
    pub(super) count: Option<Int>,
    #[serde(alias = "deprecatedFirstTimestamp")]
    pub(super) first_timestamp: Option<Text>,
    #[serde(alias = "deprecatedLastTimestamp")]
    pub(super) last_timestamp: Option<Text>,
    pub(super) event_time: Option<Text>,
    pub(super) series: Option<Series>,
}

/// The object an event is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Involved {
    pub(super) kind: Option<Text>,
    pub(super) name: Option<Text>,
    pub(super) namespace: Option<Text>,
    pub(super) field_path: Option<Text>,
}

/// Who reports an event.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EventSource {
    pub(super) component: Option<Text>,
    pub(super) host: Option<Text>,
}

/// Repetition of an event.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Series {
    pub(super) count: Option<Int>,
    pub(super) last_observed_time: Option<Text>,
}

/// A node.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NodeObject {
    pub(super) metadata: Option<Meta>,
    pub(super) spec: Option<NodeSpec>,
    pub(super) status: Option<NodeStatus>,
}

/// `spec` of a node.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NodeSpec {
    pub(super) taints: Option<Vec<TaintEntry>>,
    pub(super) unschedulable: Option<Flag>,
}

/// A taint.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TaintEntry {
    pub(super) key: Option<Text>,
    pub(super) value: Option<Text>,
    pub(super) effect: Option<Text>,
}

/// `status` of a node.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct NodeStatus {
    pub(super) conditions: Option<Vec<ConditionEntry>>,
    pub(super) node_info: Option<NodeInfo>,
    pub(super) allocatable: Option<Texts>,
}

/// `status.nodeInfo`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct NodeInfo {
    pub(super) operating_system: Option<Text>,
    pub(super) architecture: Option<Text>,
    pub(super) kubelet_version: Option<Text>,
    pub(super) container_runtime_version: Option<Text>,
}

/// A deployment, replicaset, statefulset, daemonset or job.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WorkloadObject {
    pub(super) metadata: Option<Meta>,
    pub(super) spec: Option<WorkloadSpec>,
    pub(super) status: Option<WorkloadStatus>,
}

/// `spec` of a workload.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct WorkloadSpec {
    pub(super) service_name: Option<Text>,
    pub(super) replicas: Option<Int>,
    pub(super) completions: Option<Int>,
    pub(super) template: Option<PodObject>,
}

/// `status` of a workload.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct WorkloadStatus {
    pub(super) ready_replicas: Option<Int>,
    pub(super) updated_replicas: Option<Int>,
    pub(super) available_replicas: Option<Int>,
    pub(super) desired_number_scheduled: Option<Int>,
    pub(super) number_ready: Option<Int>,
    pub(super) updated_number_scheduled: Option<Int>,
    pub(super) number_available: Option<Int>,
    pub(super) ready: Option<Int>,
    pub(super) failed: Option<Int>,
    pub(super) succeeded: Option<Int>,
    pub(super) conditions: Option<Vec<ConditionEntry>>,
}

/// A `ConfigMap`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfigMapObject {
    pub(super) metadata: Option<Meta>,
    pub(super) data: Option<BTreeMap<String, Option<TextOrNested>>>,
}

/// A `Status`: the answer of the API when it refuses.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StatusObject {
    pub(super) status: Option<Text>,
    pub(super) reason: Option<Text>,
    pub(super) message: Option<Text>,
    pub(super) details: Option<StatusDetails>,
}

/// What a `Status` is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct StatusDetails {
    pub(super) name: Option<Text>,
    pub(super) kind: Option<Text>,
}

/// A `Secret`; the values stay in the parser, and only that of a pull secret is looked into.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SecretObject {
    pub(super) metadata: Option<Meta>,
    pub(super) r#type: Option<Text>,
    pub(super) data: Option<Texts>,
    pub(super) string_data: Option<Texts>,
}
