//! Pods and their containers.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{ObjectRef, record};

record! {
    /// A pod, as any list, table or description shows it.
    pub struct Pod {
        /// Namespace.
        pub namespace: Option<String>,
        /// Name; empty when the capture does not tell.
        #[serde(serialize_with = "super::known")]
        pub name: String,
        /// UID.
        pub uid: Option<String>,
        /// Phase (`Pending`, `Running`, `Succeeded`, `Failed`, `Unknown`).
        pub phase: Option<String>,
        /// The STATUS word of `kubectl get pods`, computed as the server does where a form does not print it.
        pub status: Option<String>,
        /// Ready containers, the left number of READY.
        pub ready: Option<i64>,
        /// Containers, the right number of READY.
        pub total: Option<i64>,
        /// Restarts over all containers, as RESTARTS counts them.
        pub restarts: Option<i64>,
        /// Node name.
        pub node: Option<String>,
        /// Pod IP.
        pub ip: Option<String>,
        /// Controlling owner.
        pub owner: Option<ObjectRef>,
        /// Reason of the pod's status (`Evicted`).
        pub reason: Option<String>,
        /// Message of the pod's status.
        pub message: Option<String>,
        /// Service account.
        pub service_account: Option<String>,
        /// Quality-of-service class (`Burstable`).
        pub qos: Option<String>,
        /// Node selector.
        pub node_selector: BTreeMap<String, String>,
        /// Tolerations as kubectl describe prints them.
        pub tolerations: Vec<String>,
        /// Conditions: type to status.
        pub conditions: BTreeMap<String, String>,
        /// Reasons of the conditions: type to reason.
        pub reasons: BTreeMap<String, String>,
        /// Messages of the conditions: type to message (the scheduler's own words under `PodScheduled`).
        pub messages: BTreeMap<String, String>,
        /// Names of image pull secrets.
        pub image_pull_secrets: Vec<String>,
        /// `ConfigMap`s that the pod cannot do without.
        pub config_maps: Vec<String>,
        /// Secrets that the pod cannot do without, those for pulling images apart.
        pub secrets: Vec<String>,
        /// Claims of volumes.
        pub claims: Vec<String>,
        /// When its deletion was asked for, or how long ago (`98m`).
        pub deleted: Option<String>,
        /// Labels.
        pub labels: BTreeMap<String, String>,
        /// Creation time.
        pub created: Option<String>,
        /// Age as a table prints it.
        pub age: Option<String>,
    }
}

record! {
    /// A container of a pod; ephemeral and sidecar containers are containers.
    pub struct Container {
        /// Namespace of the pod.
        pub namespace: Option<String>,
        /// Pod name.
        pub pod: Option<String>,
        /// Container name; empty when the capture does not tell.
        #[serde(serialize_with = "super::known")]
        pub name: String,
        /// True for init containers, sidecars among them.
        pub init: Option<bool>,
        /// Image as the spec asks for it.
        pub image: Option<String>,
        /// Image id that the runtime reports.
        pub image_id: Option<String>,
        /// `waiting`, `running` or `terminated`.
        pub state: Option<String>,
        /// Reason of the state.
        pub reason: Option<String>,
        /// Message of the state.
        pub message: Option<String>,
        /// Exit code, when terminated.
        pub exit_code: Option<i64>,
        /// Start time.
        pub started: Option<String>,
        /// End time, when terminated.
        pub finished: Option<String>,
        /// State before the present one.
        pub last_state: Option<String>,
        /// Reason of the state before.
        pub last_reason: Option<String>,
        /// Exit code of the state before.
        pub last_exit_code: Option<i64>,
        /// Message of the state before.
        pub last_message: Option<String>,
        /// Readiness.
        pub ready: Option<bool>,
        /// Restarts.
        pub restarts: Option<i64>,
    }
}
