//! A cleaned copy of captures: what names a customer is replaced, what decides a diagnosis stays.
//!
//! Two passes over a bundle. The first learns: names from parsed events ([`Learner::event`]), and ids, hosts
//! and addresses from the text itself ([`Learner::text`]). The second rewrites ([`Cleaner::text`]).
//!
//! The same value has the same stand-in everywhere, and the stand-in keeps the class: a private address stays
//! in its private range and shares its subnet with the same neighbors, a public address becomes one of the
//! ranges for documentation, a registry of Azure stays one, `web-5d4f8c7b9d-k8s2p` stays a pod of `web`'s
//! stand-in. Names that everybody has (`kube-system`, `mcr.microsoft.com`, regions, reasons, times) stay. Tables
//! keep their columns. Secrets are not replaced but masked.
//!
//! Nothing here reads or writes files.

mod address;
mod cleaner;
mod host;
mod known;
mod learn;
mod names;
mod secret;
mod segment;

pub use cleaner::{Cleaner, Replaced};
pub use learn::Learner;

/// What was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Subscription, tenant, client and object ids, uids.
    Id,
    /// Names of clusters, groups, registries, nodes, namespaces, workloads.
    Name,
    /// Names of hosts and domains.
    Host,
    /// IPv4 and IPv6 addresses.
    Address,
    /// Mail addresses.
    Mail,
    /// Tokens, passwords, keys, certificates, data of Secrets; masked, never mapped.
    Secret,
}

impl Class {
    /// Returns the word for a number of these.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Id => "ids",
            Self::Name => "names",
            Self::Host => "hosts",
            Self::Address => "addresses",
            Self::Mail => "mail addresses",
            Self::Secret => "secrets",
        }
    }
}
