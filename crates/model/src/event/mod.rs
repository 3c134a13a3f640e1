//! Events: typed statements read from a section, the same from every form of the same thing.

mod azure;
mod cluster;
mod coredns;
mod dns;
mod helm;
mod log;
mod node;
mod pod;
mod tool;
mod workload;

use serde::Serialize;

pub use self::azure::{
    AksCluster, CliError, ConnectedCluster, ConnectivityProbe, Extension, ExtensionStatus,
    MachineIdentity, NodePool, Registry, RegistryCheck, RoleAssignment,
};
pub use self::cluster::{ConfigMap, KubeEvent, Object, Secret};
pub use self::coredns::{CorednsHost, CorednsOverride};
pub use self::dns::DnsAnswer;
pub use self::helm::Helm;
pub use self::log::{AgentLog, Log};
pub use self::node::{Node, Taint, Usage};
pub use self::pod::{Container, Pod};
pub use self::tool::KubectlError;
pub use self::workload::{Condition, Workload};

use crate::{FieldInfo, Provenance, Reflect, Value};

/// One statement with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What is stated.
    pub data: Data,
    /// Where.
    pub at: Provenance,
    /// True when broken syntax was repaired to read it.
    pub repaired: bool,
    /// True when the text only quotes it (a runbook, an article): never evidence.
    pub quoted: bool,
}

/// Writes a name, null for one that the capture does not tell.
fn known<S: serde::Serializer>(name: &str, out: S) -> Result<S::Ok, S::Error> {
    if name.is_empty() { out.serialize_none() } else { out.serialize_str(name) }
}

/// Declares the families: the enum, its names, and access by name.
macro_rules! families {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $name:literal, )+) => {
        /// The families of events; boxed, for they are of very different sizes and are moved often.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum Data {
            $( $(#[doc = $doc])+ $variant(Box<$variant>), )+
        }

        /// One family: its name in rule files, what it is, and its fields.
        #[derive(Debug, Clone, Copy)]
        pub struct Family {
            /// Name (`pod`).
            pub name: &'static str,
            /// What its events state.
            pub doc: &'static str,
            /// Its fields.
            pub fields: &'static [FieldInfo],
        }

        /// All families, in the order of their documentation.
        pub const FAMILIES: &[Family] = &[
            $( Family { name: $name, doc: concat!($($doc),+), fields: $variant::FIELDS }, )+
        ];

        impl Data {
            /// Returns the name of the family (`pod`).
            pub fn kind(&self) -> &'static str {
                match self { $( Self::$variant(_) => $name, )+ }
            }

            /// Returns the view of one field, `None` if the family has no such field.
            pub fn field(&self, name: &str) -> Option<Value<'_>> {
                match self { $( Self::$variant(data) => data.field(name), )+ }
            }

            /// Returns the view of all fields.
            pub fn view(&self) -> Value<'_> {
                match self { $( Self::$variant(data) => data.view(), )+ }
            }

            /// Feeds the fields of `mask` (bit 0 is the family's first field) to `hasher`.
            pub fn hash_fields(&self, mask: u64, hasher: &mut impl std::hash::Hasher) {
                match self { $( Self::$variant(data) => data.hash_fields(mask, hasher), )+ }
            }

            /// True if both are of one family and equal in the fields of `mask` (bit 0 is its first field).
            pub fn same_fields(&self, other: &Self, mask: u64) -> bool {
                match (self, other) {
                    $( (Self::$variant(one), Self::$variant(other)) => {
                        one.same_fields(other, mask)
                    } )+
                    _ => false,
                }
            }

            /// Empties the fields that are not in `mask` (bit 0 is the family's first field).
            pub fn keep_fields(&mut self, mask: u64) {
                match self { $( Self::$variant(data) => data.keep_fields(mask), )+ }
            }

            /// Calls `visit` with every text inside and the key the capture gave it, as
            /// [`Reflect::texts_mut`] tells.
            pub fn texts_mut(&mut self, visit: &mut dyn FnMut(&str, &mut String)) {
                match self { $( Self::$variant(data) => data.texts_mut("", visit), )+ }
            }
        }

        $( impl From<$variant> for Data {
            fn from(data: $variant) -> Self {
                Self::$variant(Box::new(data))
            }
        } )+
    };
}

families! {
    /// A pod.
    Pod = "pod",
    /// A container of a pod: init, sidecar, main or ephemeral.
    Container = "container",
    /// A Kubernetes event, or a sentence that only a Kubernetes event carries.
    KubeEvent = "kube_event",
    /// A node.
    Node = "node",
    /// What a node, a pod or a container uses.
    Usage = "usage",
    /// A deployment, replicaset, statefulset, daemonset or job.
    Workload = "workload",
    /// Any other object of a manifest, list or table.
    Object = "object",
    /// A ConfigMap with its text values.
    ConfigMap = "config_map",
    /// One value of a ConfigMap that CoreDNS reads or that looks made for it.
    CorednsOverride = "coredns_override",
    /// One name of an entry of the CoreDNS plugin hosts.
    CorednsHost = "coredns_host",
    /// A Secret: names, type and registry hosts, never values.
    Secret = "secret",
    /// A JSON line of an Azure extension or Arc agent.
    AgentLog = "agent_log",
    /// Any other log line of interest.
    Log = "log",
    /// The answer of a DNS lookup tool, or its failure.
    DnsAnswer = "dns_answer",
    /// An error line of kubectl itself: the capture is the evidence.
    KubectlError = "kubectl_error",
    /// The state of a helm release, or an error of helm.
    Helm = "helm",
    /// An error of a command-line tool or of the service behind it.
    CliError = "cli_error",
    /// A cluster extension as the Azure service knows it.
    Extension = "extension",
    /// A managed cluster as the Azure service knows it.
    AksCluster = "aks_cluster",
    /// A cluster connected through Azure Arc, as the Azure service knows it.
    ConnectedCluster = "connected_cluster",
    /// A role granted to somebody on something.
    RoleAssignment = "role_assignment",
    /// An identity that machines carry.
    MachineIdentity = "machine_identity",
    /// A container registry as the Azure service knows it.
    Registry = "registry",
    /// One stage of a registry check.
    RegistryCheck = "registry_check",
    /// An attempt to reach an endpoint.
    ConnectivityProbe = "connectivity_probe",
}
