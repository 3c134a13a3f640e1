//! Log lines.

use serde::Serialize;

use crate::record;

record! {
    /// A JSON line of an Azure extension or Arc agent.
    pub struct AgentLog {
        /// Namespace of the pod whose log it is.
        pub namespace: Option<String>,
        /// Pod whose log it is.
        pub pod: Option<String>,
        /// Container whose log it is.
        pub container: Option<String>,
        /// `AgentTimestamp`, else the time stamp inside the message, else that of `kubectl logs --timestamps`.
        pub time: Option<String>,
        /// Message without its own leading time stamp.
        pub message: Option<String>,
        /// `LogType` (`ConfigAgentTrace`).
        pub log_type: Option<String>,
        /// `LogLevel`; unreliable, failures are often `Information`.
        pub level: Option<String>,
        /// Environment.
        pub environment: Option<String>,
        /// Role.
        pub role: Option<String>,
        /// Location: region short name.
        pub location: Option<String>,
        /// `ArmId`: resource id of the cluster or extension.
        pub arm_id: Option<String>,
        /// `CorrelationId`.
        pub correlation_id: Option<String>,
        /// `AgentName`.
        pub agent: Option<String>,
        /// `AgentVersion`.
        pub agent_version: Option<String>,
    }
}

record! {
    /// A log line of any other program.
    pub struct Log {
        /// Namespace of the pod whose log it is.
        pub namespace: Option<String>,
        /// Pod whose log it is.
        pub pod: Option<String>,
        /// Container whose log it is.
        pub container: Option<String>,
        /// Node whose log it is, where a journal or the place in the bundle tells.
        pub node: Option<String>,
        /// Time as printed.
        pub time: Option<String>,
        /// Level, lower case (`error`).
        pub level: Option<String>,
        /// Program, unit or source file that wrote it.
        pub origin: Option<String>,
        /// The message.
        pub message: Option<String>,
        /// True for the log of a container's previous run.
        pub previous: Option<bool>,
    }
}
