//! Kubernetes events and objects without a family of their own.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{ObjectRef, record};

record! {
    /// A Kubernetes event.
    pub struct KubeEvent {
        /// Namespace.
        pub namespace: Option<String>,
        /// The object it is about.
        pub object: Option<ObjectRef>,
        /// Container, from the event's field path.
        pub container: Option<String>,
        /// `Normal` or `Warning`.
        pub r#type: Option<String>,
        /// Reason (`FailedScheduling`).
        pub reason: Option<String>,
        /// Message, without the field path that newer clients print before it.
        pub message: Option<String>,
        /// Reporting component.
        pub source: Option<String>,
        /// Reporting host.
        pub host: Option<String>,
        /// How often.
        pub count: Option<i64>,
        /// First time: absolute, or the age that a table prints.
        pub first_seen: Option<String>,
        /// Last time: absolute, or the age that a table prints.
        pub last_seen: Option<String>,
    }
}

record! {
    /// An object of a kind without a family of its own.
    pub struct Object {
        /// Kind as the API spells it.
        pub kind: String,
        /// Namespace.
        pub namespace: Option<String>,
        /// Name.
        pub name: String,
        /// UID.
        pub uid: Option<String>,
        /// Phase or STATUS word, where the kind has one.
        pub status: Option<String>,
        /// Conditions by type.
        pub conditions: BTreeMap<String, crate::Condition>,
        /// Labels.
        pub labels: BTreeMap<String, String>,
        /// Further fields that rules speak of, dotted path to text (`spec.type`, `spec.storageClassName`).
        pub fields: BTreeMap<String, String>,
    }
}

record! {
    /// A ConfigMap.
    pub struct ConfigMap {
        /// Namespace.
        pub namespace: Option<String>,
        /// Name.
        pub name: String,
        /// Text values by key, bounded.
        pub data: BTreeMap<String, String>,
    }
}

record! {
    /// A Secret; values are never read.
    pub struct Secret {
        /// Namespace.
        pub namespace: Option<String>,
        /// Name.
        pub name: String,
        /// Type (`kubernetes.io/dockerconfigjson`).
        pub r#type: Option<String>,
        /// Keys.
        pub keys: Vec<String>,
        /// Registry hosts of a pull secret.
        pub registries: Vec<String>,
    }
}
