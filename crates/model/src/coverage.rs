//! Statements about completeness: what was listed, so that absence can mean something.

use crate::Provenance;

/// The part of a cluster that a capture covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every namespace, or a kind without namespaces.
    Cluster,
    /// One namespace.
    Namespace(String),
    /// One namespace whose name the capture does not tell.
    UnknownNamespace,
    /// A single object of the given kind (as the API spells it).
    Object {
        /// Kind of the object.
        kind: String,
        /// Its namespace, if known.
        namespace: Option<String>,
        /// Its name.
        name: String,
    },
}

/// A source of one event kind was captured: what was asked, and whether all of it is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Event kind (`pod`, `kube_event`, …) that the source holds.
    pub kind: &'static str,
    /// For `workload` and `object`: the API kind listed (`Deployment`).
    pub object_kind: Option<String>,
    /// What was asked for.
    pub scope: Scope,
    /// False when the capture is cut, filtered by a selector, or its end was not seen.
    pub whole: bool,
    /// Where.
    pub at: Provenance,
}
