//! Nodes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record;

record! {
    /// A node.
    pub struct Node {
        /// Name; empty when the capture does not tell.
        #[serde(serialize_with = "super::known")]
        pub name: String,
        /// True when the Ready condition is True.
        pub ready: Option<bool>,
        /// The STATUS word of `kubectl get nodes` (`Ready,SchedulingDisabled`).
        pub status: Option<String>,
        /// Roles, sorted.
        pub roles: Vec<String>,
        /// Taints.
        pub taints: Vec<Taint>,
        /// True when the form shows taints at all, so that none means none.
        pub taints_known: Option<bool>,
        /// Conditions: type to status.
        pub conditions: BTreeMap<String, String>,
        /// Reasons of the conditions: type to reason.
        pub reasons: BTreeMap<String, String>,
        /// Messages of the conditions: type to message.
        pub messages: BTreeMap<String, String>,
        /// Labels.
        pub labels: BTreeMap<String, String>,
        /// Operating system (`linux`, `windows`).
        pub os: Option<String>,
        /// Architecture (`amd64`, `arm64`).
        pub arch: Option<String>,
        /// Kubelet version.
        pub version: Option<String>,
        /// Container runtime and version (`containerd://1.7.28-1`).
        pub runtime: Option<String>,
        /// True when cordoned.
        pub unschedulable: Option<bool>,
        /// Allocatable resources: name to quantity.
        pub allocatable: BTreeMap<String, String>,
    }
}

record! {
    /// A taint of a node or node pool.
    pub struct Taint {
        /// Key.
        pub key: String,
        /// Value.
        pub value: Option<String>,
        /// Effect.
        pub effect: Option<String>,
    }
}

record! {
    /// What a node, a pod or a container used at the moment of the capture.
    pub struct Usage {
        /// `Node` or `Pod`.
        pub kind: String,
        /// Namespace of the pod.
        pub namespace: Option<String>,
        /// Name of the node or pod.
        pub name: String,
        /// Container, where the capture tells them apart.
        pub container: Option<String>,
        /// Processor time, as printed (`250m`).
        pub cpu: Option<String>,
        /// Memory, as printed (`511Mi`).
        pub memory: Option<String>,
        /// Percent of what the node has to give.
        pub cpu_percent: Option<i64>,
        /// Percent of what the node has to give; may be more than 100.
        pub memory_percent: Option<i64>,
    }
}
