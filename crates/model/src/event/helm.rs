//! What helm says.

use serde::Serialize;

use crate::record;

record! {
    /// The state of a release, or an error of helm; one error is one event even if printed twice.
    pub struct Helm {
        /// Release.
        pub release: Option<String>,
        /// Namespace of the release.
        pub namespace: Option<String>,
        /// Revision.
        pub revision: Option<i64>,
        /// Status of the release (`deployed`, `failed`, `pending-install`); absent for a bare error.
        pub status: Option<String>,
        /// Chart with its version, as tables print it (`webapp-1.4.2`).
        pub chart: Option<String>,
        /// Version of the application.
        pub app_version: Option<String>,
        /// What was done (`install`, `upgrade`, `rollback`, `pull`), as far as the error or the command tells.
        pub operation: Option<String>,
        /// The error, without helm's own prefixes; of a failed revision the part behind `failed: `.
        pub message: Option<String>,
        /// Description of the revision (`Install complete`).
        pub description: Option<String>,
        /// When the revision was made, as printed.
        pub updated: Option<String>,
    }
}
