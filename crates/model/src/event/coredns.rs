//! What a CoreDNS configuration says: statements about its text, no judgement.

use serde::Serialize;

use crate::record;

record! {
    /// One value of a ConfigMap that CoreDNS reads or that looks made for it.
    ///
    /// AKS loads the keys `*.override` of `kube-system/coredns-custom` into the block `.:53` and its keys
    /// `*.server` beside that block.
    pub struct CorednsOverride {
        /// Namespace of the ConfigMap.
        pub namespace: Option<String>,
        /// Name of the ConfigMap.
        pub config_map: String,
        /// Key of the value.
        pub key: String,
        /// What the key's ending makes of it: `override`, `server`, `corefile` or `other`.
        pub form: String,
        /// True when name, namespace (if known) and key are such that CoreDNS of AKS loads the value.
        pub loaded: Option<bool>,
        /// True when the value is a map or a list, because the bar behind its key is missing.
        pub nested: Option<bool>,
        /// Directives outside of server blocks: plugin and arguments.
        pub directives: Vec<String>,
        /// Zones of the server blocks, as written.
        pub server_blocks: Vec<String>,
        /// Directives inside of server blocks: plugin and arguments.
        pub block_directives: Vec<String>,
        /// Plugins that stand more than once in the same block of this value.
        pub repeated: Vec<String>,
        /// Plugins that another `*.override` of the same ConfigMap names too.
        pub shared: Vec<String>,
        /// Plugins that stand as arguments of another directive which opens a block (`log hosts {`).
        pub swallowed: Vec<String>,
        /// True when a block of the plugin hosts is there.
        pub hosts: Option<bool>,
        /// Entries of hosts, `address name`, bounded.
        pub entries: Vec<String>,
        /// Zones to which the plugin hosts is limited.
        pub hosts_zones: Vec<String>,
        /// True when `fallthrough` stands on a line of its own; absent without a block of hosts.
        pub fallthrough: Option<bool>,
        /// Zones to which `fallthrough` is limited.
        pub fallthrough_zones: Vec<String>,
        /// True when `fallthrough` stands on the line of an entry, where it is a name.
        pub fallthrough_on_entry: Option<bool>,
        /// True when an entry stands behind `fallthrough`.
        pub entry_after_fallthrough: Option<bool>,
        /// True when the block of hosts stands on the line that opens it.
        pub one_line: Option<bool>,
        /// True when a whole block of any directive or zone stands on one line.
        pub folded: Option<bool>,
        /// True when an opening brace stands alone on its line.
        pub brace_on_own_line: Option<bool>,
        /// Opening braces less closing ones; zero in a sound text.
        pub open_braces: Option<i64>,
    }
}

record! {
    /// One name of one entry in a block of the CoreDNS plugin hosts.
    pub struct CorednsHost {
        /// Namespace of the ConfigMap.
        pub namespace: Option<String>,
        /// Name of the ConfigMap.
        pub config_map: String,
        /// Key of the value.
        pub key: String,
        /// True when CoreDNS of AKS loads the value.
        pub loaded: Option<bool>,
        /// First word of the entry, by right an address.
        pub address: String,
        /// True when that word is an address.
        pub is_address: Option<bool>,
        /// The name, lower case, without the final dot.
        pub name: Option<String>,
    }
}
