//! Controllers of pods.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{ObjectRef, record};

record! {
    /// A deployment, replicaset, statefulset, daemonset or job.
    pub struct Workload {
        /// Kind as the API spells it.
        pub kind: String,
        /// Namespace.
        pub namespace: Option<String>,
        /// Name.
        pub name: String,
        /// The STATUS word of a job as tables print it since 1.30 (`Complete`, `Failed`, `Suspended`).
        pub status: Option<String>,
        /// Wanted replicas, scheduled pods (daemonset) or completions (job).
        pub desired: Option<i64>,
        /// Ready replicas.
        pub ready: Option<i64>,
        /// Replicas of the newest template.
        pub updated: Option<i64>,
        /// Available replicas.
        pub available: Option<i64>,
        /// Failed pods (job).
        pub failed: Option<i64>,
        /// Succeeded pods (job).
        pub succeeded: Option<i64>,
        /// Conditions by type.
        pub conditions: BTreeMap<String, Condition>,
        /// Service that a statefulset names its pods by.
        pub service: Option<String>,
        /// Service account of the pod template.
        pub service_account: Option<String>,
        /// Controlling owner.
        pub owner: Option<ObjectRef>,
        /// Labels of the workload itself.
        pub labels: BTreeMap<String, String>,
        /// Images of the pod template, init containers first.
        pub images: Vec<String>,
        /// Node selector of the pod template.
        pub node_selector: BTreeMap<String, String>,
        /// Tolerations of the pod template as kubectl describe prints them.
        pub tolerations: Vec<String>,
        /// Names of image pull secrets of the pod template.
        pub image_pull_secrets: Vec<String>,
    }
}

record! {
    /// One condition.
    pub struct Condition {
        /// `True`, `False` or `Unknown`.
        pub status: Option<String>,
        /// Reason.
        pub reason: Option<String>,
        /// Message.
        pub message: Option<String>,
    }
}
