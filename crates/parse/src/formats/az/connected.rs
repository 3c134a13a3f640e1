//! Clusters connected through Azure Arc.

use kubetriage_model::ConnectedCluster;
use serde_json::{Map, Value};

use super::json::text;
use super::part_of_id;

/// Reads `az connectedk8s show` or an element of `az connectedk8s list`.
pub(super) fn read(thing: &Map<String, Value>) -> ConnectedCluster {
    let id = text(thing, "id");
    let of_id = |kind: &str| id.as_deref().and_then(|id| part_of_id(id, kind));
    ConnectedCluster {
        name: text(thing, "name").or_else(|| of_id("connectedClusters")),
        resource_group: text(thing, "resourceGroup").or_else(|| of_id("resourceGroups")),
        location: text(thing, "location"),
        connectivity: text(thing, "connectivityStatus"),
        last_connectivity: text(thing, "lastConnectivityTime"),
        certificate_expires: text(thing, "managedIdentityCertificateExpirationTime"),
        agent_version: text(thing, "agentVersion"),
        version: text(thing, "kubernetesVersion"),
        distribution: text(thing, "distribution"),
        provisioning_state: text(thing, "provisioningState"),
        id,
    }
}
