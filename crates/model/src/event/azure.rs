//! What the Azure command line shows of clusters, extensions, registries and roles.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Taint, record};

record! {
    /// An error of a command-line tool or of the service behind it; printed twice it is one event.
    pub struct CliError {
        /// Tool (`az`, `terraform`, `docker`), if the capture tells.
        pub tool: Option<String>,
        /// Error code (`ExtensionOperationFailed`).
        pub code: Option<String>,
        /// Message.
        pub message: Option<String>,
        /// Target.
        pub target: Option<String>,
        /// The innermost message of nested envelopes, where there is one.
        pub inner: Option<String>,
        /// Code of the innermost error.
        pub inner_code: Option<String>,
        /// What the tool was told to do (`k8s-extension create`).
        pub operation: Option<String>,
        /// Extension that the command named.
        pub extension: Option<String>,
        /// Cluster that the command named, or a resource id in the error.
        pub cluster: Option<String>,
        /// Resource group that the command named, or a resource id in the error.
        pub resource_group: Option<String>,
    }
}

record! {
    /// A cluster extension as the Azure service knows it.
    pub struct Extension {
        /// Resource id.
        pub id: Option<String>,
        /// Name.
        pub name: Option<String>,
        /// Cluster it is installed on.
        pub cluster: Option<String>,
        /// `managedClusters` or `connectedClusters`.
        pub cluster_type: Option<String>,
        /// Resource group.
        pub resource_group: Option<String>,
        /// Type (`microsoft.dapr`), lower case.
        pub extension_type: Option<String>,
        /// Version that was asked for.
        pub version: Option<String>,
        /// Version that runs.
        pub current_version: Option<String>,
        /// Release train.
        pub release_train: Option<String>,
        /// True when minor versions are upgraded by the service.
        pub auto_upgrade: Option<bool>,
        /// True for an extension that the platform manages.
        pub system: Option<bool>,
        /// `Succeeded`, `Failed`, `Canceled`, `Creating`, `Updating` or `Deleting`.
        pub provisioning_state: Option<String>,
        /// Statuses, newest as the service lists them.
        pub statuses: Vec<ExtensionStatus>,
        /// Code of the failure: of the error information, else of the first failed status.
        pub code: Option<String>,
        /// Message of the failure, from the same place.
        pub message: Option<String>,
        /// The innermost error inside that message.
        pub inner: Option<String>,
        /// Namespace of the helm release.
        pub release_namespace: Option<String>,
        /// Configuration settings; protected ones are never read.
        pub settings: BTreeMap<String, String>,
        /// Creation time.
        pub created: Option<String>,
        /// Time of the last change.
        pub modified: Option<String>,
    }
}

record! {
    /// One status of an extension.
    pub struct ExtensionStatus {
        /// Code (`InstallationFailed`).
        pub code: Option<String>,
        /// Status in words.
        pub display: Option<String>,
        /// `Error`, `Warning` or `Information`.
        pub level: Option<String>,
        /// Message.
        pub message: Option<String>,
        /// Time.
        pub time: Option<String>,
    }
}

record! {
    /// A managed cluster as the Azure service knows it.
    pub struct AksCluster {
        /// Resource id.
        pub id: Option<String>,
        /// Name.
        pub name: Option<String>,
        /// Resource group.
        pub resource_group: Option<String>,
        /// Resource group of the nodes.
        pub node_resource_group: Option<String>,
        /// Region.
        pub location: Option<String>,
        /// Kubernetes version that runs.
        pub version: Option<String>,
        /// Provisioning state.
        pub provisioning_state: Option<String>,
        /// `Running` or `Stopped`.
        pub power_state: Option<String>,
        /// Address of the API server.
        pub fqdn: Option<String>,
        /// True for a private cluster.
        pub private: Option<bool>,
        /// `loadBalancer`, `userDefinedRouting`, `managedNATGateway`, `none` …
        pub outbound_type: Option<String>,
        /// Network plugin.
        pub network_plugin: Option<String>,
        /// Mode of the network plugin (`overlay`).
        pub network_plugin_mode: Option<String>,
        /// Address of the cluster's DNS service.
        pub dns_service_ip: Option<String>,
        /// Address range of services.
        pub service_cidr: Option<String>,
        /// Address range of pods.
        pub pod_cidr: Option<String>,
        /// Client id of the identity that pulls images.
        pub kubelet_client_id: Option<String>,
        /// Object id of the identity that pulls images.
        pub kubelet_object_id: Option<String>,
        /// Client id of the service principal; absent for a managed identity.
        pub service_principal: Option<String>,
        /// Proxy that nodes use for https.
        pub https_proxy: Option<String>,
        /// True when the Azure Policy add-on is on.
        pub azure_policy: Option<bool>,
        /// Where system images come from (`Direct`, `Cache`).
        pub artifact_source: Option<String>,
        /// Node pools.
        pub pools: Vec<NodePool>,
        /// Number of node pools.
        pub pool_count: Option<i64>,
        /// Node pools that carry a `CriticalAddonsOnly` taint; absent when the form shows no taints.
        pub critical_pools: Option<i64>,
    }
}

record! {
    /// A cluster connected through Azure Arc, as the Azure service knows it.
    pub struct ConnectedCluster {
        /// Resource id.
        pub id: Option<String>,
        /// Name.
        pub name: Option<String>,
        /// Resource group.
        pub resource_group: Option<String>,
        /// Region.
        pub location: Option<String>,
        /// `Connecting`, `Connected`, `Offline`, `Expired` or `AgentNotInstalled`.
        pub connectivity: Option<String>,
        /// When the service last heard of the agents.
        pub last_connectivity: Option<String>,
        /// When the certificate of the agents' identity expires.
        pub certificate_expires: Option<String>,
        /// Version of the agents.
        pub agent_version: Option<String>,
        /// Kubernetes version.
        pub version: Option<String>,
        /// Distribution (`k3s`).
        pub distribution: Option<String>,
        /// Provisioning state.
        pub provisioning_state: Option<String>,
    }
}

record! {
    /// A node pool.
    pub struct NodePool {
        /// Name.
        pub name: Option<String>,
        /// `System`, `User` or `Gateway`.
        pub mode: Option<String>,
        /// `Linux` or `Windows`.
        pub os: Option<String>,
        /// Nodes.
        pub count: Option<i64>,
        /// Size of its machines.
        pub vm_size: Option<String>,
        /// Taints of its nodes.
        pub taints: Vec<Taint>,
        /// Labels of its nodes.
        pub labels: BTreeMap<String, String>,
        /// Provisioning state.
        pub provisioning_state: Option<String>,
        /// `Running` or `Stopped`.
        pub power_state: Option<String>,
    }
}

record! {
    /// An identity that machines carry, as `az vmss identity show` lists it: what runs on them may sign in as it.
    pub struct MachineIdentity {
        /// Scale set or machine, if the command names it.
        pub machine: Option<String>,
        /// Resource group of the machines.
        pub resource_group: Option<String>,
        /// Name of the identity, none for one that belongs to the machines alone.
        pub name: Option<String>,
        /// Application id with which programs ask for it.
        pub client_id: Option<String>,
        /// Object id to which roles are granted.
        pub principal_id: Option<String>,
        /// Resource id.
        pub id: Option<String>,
    }
}

record! {
    /// A role granted to somebody on something.
    pub struct RoleAssignment {
        /// Object id of the principal.
        pub principal_id: Option<String>,
        /// Name of the principal: for identities usually the client id.
        pub principal: Option<String>,
        /// `ServicePrincipal`, `User` or `Group`.
        pub principal_type: Option<String>,
        /// Role (`AcrPull`).
        pub role: Option<String>,
        /// Id of the role definition.
        pub role_id: Option<String>,
        /// Resource id on which and below which it holds.
        pub scope: Option<String>,
        /// Condition, if it holds only under one.
        pub condition: Option<String>,
    }
}

record! {
    /// A container registry as the Azure service knows it.
    pub struct Registry {
        /// Resource id.
        pub id: Option<String>,
        /// Name.
        pub name: Option<String>,
        /// Resource group.
        pub resource_group: Option<String>,
        /// Host name.
        pub login_server: Option<String>,
        /// `Basic`, `Standard` or `Premium`.
        pub sku: Option<String>,
        /// Region.
        pub location: Option<String>,
        /// `Enabled` or `Disabled`.
        pub public_network_access: Option<String>,
        /// `Allow` or `Deny`: what happens to addresses without a network rule.
        pub default_action: Option<String>,
        /// Addresses and ranges that network rules let in.
        pub ip_rules: Vec<String>,
        /// `AzureServices` or `None`.
        pub bypass: Option<String>,
        /// True when images can be pulled without signing in.
        pub anonymous_pull: Option<bool>,
        /// True when the admin user is on.
        pub admin_user: Option<bool>,
        /// True when layers are served from dedicated data endpoints.
        pub data_endpoint: Option<bool>,
        /// Host names of the data endpoints.
        pub data_endpoints: Vec<String>,
        /// States of the private endpoint connections (`Approved`).
        pub private_endpoints: Vec<String>,
        /// `AbacRepositoryPermissions` or `LegacyRegistryPermissions`.
        pub role_mode: Option<String>,
        /// Provisioning state.
        pub provisioning_state: Option<String>,
    }
}

record! {
    /// One stage of a registry check.
    pub struct RegistryCheck {
        /// `check-acr` (a node's view) or `check-health` (a workstation's view).
        pub tool: Option<String>,
        /// Host name or name of the registry.
        pub registry: Option<String>,
        /// What was checked: `dns`, `cname`, `location`, `identity`, `pull`, `challenge`, `refresh-token`, `access-token` …
        pub stage: Option<String>,
        /// `succeeded`, `failed` or `warning`.
        pub result: Option<String>,
        /// Error code (`CONNECTIVITY_DNS_ERROR`).
        pub code: Option<String>,
        /// HTTP status that the registry or the directory answered.
        pub http_status: Option<i64>,
        /// Message.
        pub message: Option<String>,
        /// Client id of the identity under test.
        pub client_id: Option<String>,
    }
}

record! {
    /// An attempt to reach an endpoint.
    pub struct ConnectivityProbe {
        /// Program or check that tried (`curl`, `nc`, `arc-diagnoser`).
        pub tool: Option<String>,
        /// Host name or address.
        pub host: Option<String>,
        /// Port.
        pub port: Option<i64>,
        /// Address, as asked for.
        pub url: Option<String>,
        /// `ok` or `failed`.
        pub result: Option<String>,
        /// HTTP status, if there was an answer.
        pub http_status: Option<i64>,
        /// What the tool said.
        pub message: Option<String>,
        /// `cluster` when the attempt was made in a pod or on a node, `workstation` when it was not.
        pub vantage: Option<String>,
    }
}
