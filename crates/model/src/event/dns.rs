//! Answers of DNS lookup tools.

use serde::Serialize;

use crate::{ObjectRef, record};

record! {
    /// The answer of one lookup, or its failure.
    pub struct DnsAnswer {
        /// The name that was asked, without the final dot, lower case.
        pub name: Option<String>,
        /// Names of the CNAME chain behind the asked name, in order, without final dots, lower case.
        pub chain: Vec<String>,
        /// Addresses of the answer; never the server's own.
        pub addresses: Vec<String>,
        /// `NOERROR`, `NODATA`, `NXDOMAIN`, `SERVFAIL`, `REFUSED`, `TIMEOUT` or `UNREACHABLE`.
        pub status: Option<String>,
        /// Address of the server that was asked, without the port.
        pub server: Option<String>,
        /// False when the tool says that the answer is not authoritative.
        pub authoritative: Option<bool>,
        /// `cluster` when the lookup ran in a pod or on a node, `workstation` when it did not; absent when the
        /// capture does not tell.
        pub vantage: Option<String>,
        /// The pod or workload in which the lookup ran.
        pub from: Option<ObjectRef>,
        /// Namespace of that pod or workload.
        pub namespace: Option<String>,
    }
}
