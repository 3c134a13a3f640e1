//! Names of Kubernetes objects.

use serde::Serialize;

use crate::record;

record! {
    /// Names a Kubernetes object; the namespace is that of the statement unless given elsewhere.
    pub struct ObjectRef {
        /// Kind as the API spells it (`Pod`).
        pub kind: Option<String>,
        /// Name.
        pub name: String,
    }
}
