//! What command-line tools say about themselves.

use serde::Serialize;

use crate::record;

record! {
    /// An error line of kubectl: the capture could not be made.
    pub struct KubectlError {
        /// Reason (`NotFound`, `Forbidden`, `Unauthorized`), if the line carries one.
        pub reason: Option<String>,
        /// Message behind the prefix.
        pub message: Option<String>,
        /// Resource the command asked for.
        pub resource: Option<String>,
        /// Namespace the command asked for.
        pub namespace: Option<String>,
        /// Object the command asked for.
        pub name: Option<String>,
    }
}
