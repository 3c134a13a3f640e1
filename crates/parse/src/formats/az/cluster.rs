//! Managed clusters and their node pools.

use std::collections::BTreeMap;

use kubetriage_model::{AksCluster, NodePool, Taint};
use serde_json::{Map, Value};

use super::json::{as_text, deep, member, text};
use super::part_of_id;

/// Reads `az aks show` or an element of `az aks list`.
pub(super) fn read(thing: &Map<String, Value>) -> AksCluster {
    let id = text(thing, "id");
    let of_id = |kind: &str| id.as_deref().and_then(|id| part_of_id(id, kind));
    let pools: Vec<NodePool> = member(thing, "agentPoolProfiles")
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(Value::as_object).map(pool).collect())
        .unwrap_or_default();
    let principal = deep(thing, "servicePrincipalProfile", &["clientId"]);
    let network = |key: &str| deep(thing, "networkProfile", &[key]);
    AksCluster {
        name: text(thing, "name").or_else(|| of_id("managedClusters")),
        resource_group: text(thing, "resourceGroup").or_else(|| of_id("resourceGroups")),
        node_resource_group: text(thing, "nodeResourceGroup"),
        location: text(thing, "location"),
        version: text(thing, "currentKubernetesVersion")
            .or_else(|| text(thing, "kubernetesVersion")),
        provisioning_state: text(thing, "provisioningState"),
        power_state: deep(thing, "powerState", &["code"]),
        fqdn: text(thing, "fqdn").or_else(|| text(thing, "privateFqdn")),
        private: member(thing, "apiServerAccessProfile")
            .and_then(|profile| profile.get("enablePrivateCluster"))
            .and_then(Value::as_bool),
        outbound_type: network("outboundType"),
        network_plugin: network("networkPlugin"),
        network_plugin_mode: network("networkPluginMode"),
        dns_service_ip: network("dnsServiceIp").or_else(|| network("dnsServiceIP")),
        service_cidr: network("serviceCidr"),
        pod_cidr: network("podCidr"),
        kubelet_client_id: deep(thing, "identityProfile", &["kubeletidentity", "clientId"]),
        kubelet_object_id: deep(thing, "identityProfile", &["kubeletidentity", "objectId"]),
        service_principal: principal.filter(|id| id != "msi"),
        https_proxy: deep(thing, "httpProxyConfig", &["httpsProxy"]),
        azure_policy: member(thing, "addonProfiles")
            .and_then(|addons| addons.get("azurepolicy").or_else(|| addons.get("azurePolicy")))
            .and_then(|addon| addon.get("enabled"))
            .and_then(Value::as_bool),
        artifact_source: deep(thing, "bootstrapProfile", &["artifactSource"]),
        pool_count: i64::try_from(pools.len()).ok(),
        critical_pools: Some(critical(&pools)),
        pools,
        id,
    }
}

/// Reads the list of `az aks nodepool list`: what it tells of the cluster.
pub(super) fn of_pools(things: &[&Map<String, Value>]) -> AksCluster {
    let pools: Vec<NodePool> = things.iter().map(|thing| pool(thing)).collect();
    let id = things.first().and_then(|thing| text(thing, "id")).unwrap_or_default();
    AksCluster {
        name: part_of_id(&id, "managedClusters"),
        resource_group: part_of_id(&id, "resourceGroups"),
        pool_count: i64::try_from(pools.len()).ok(),
        critical_pools: Some(critical(&pools)),
        pools,
        ..AksCluster::default()
    }
}

fn critical(pools: &[NodePool]) -> i64 {
    let tainted = |pool: &&NodePool| {
        pool.taints.iter().any(|taint| taint.key.eq_ignore_ascii_case("CriticalAddonsOnly"))
    };
    i64::try_from(pools.iter().filter(tainted).count()).unwrap_or(i64::MAX)
}

fn pool(pool: &Map<String, Value>) -> NodePool {
    let taints = member(pool, "nodeTaints").and_then(Value::as_array);
    NodePool {
        name: text(pool, "name"),
        mode: text(pool, "mode"),
        os: text(pool, "osType"),
        count: member(pool, "count").and_then(Value::as_i64),
        vm_size: text(pool, "vmSize"),
        taints: taints
            .map(|list| list.iter().filter_map(Value::as_str).map(taint).collect())
            .unwrap_or_default(),
        labels: labels(pool),
        provisioning_state: text(pool, "provisioningState"),
        power_state: deep(pool, "powerState", &["code"]),
    }
}

/// Reads `key[=value]:effect`.
fn taint(written: &str) -> Taint {
    let (front, effect) = match written.rsplit_once(':') {
        Some((front, effect)) => (front, Some(effect.to_owned())),
        None => (written, None),
    };
    let (key, value) = match front.split_once('=') {
        Some((key, value)) => (key, Some(value.to_owned())),
        None => (front, None),
    };
    Taint { key: key.to_owned(), value, effect }
}

fn labels(pool: &Map<String, Value>) -> BTreeMap<String, String> {
    let labels = member(pool, "nodeLabels").and_then(Value::as_object);
    labels
        .map(|labels| {
            labels.iter().filter_map(|(key, value)| Some((key.clone(), as_text(value)?))).collect()
        })
        .unwrap_or_default()
}
