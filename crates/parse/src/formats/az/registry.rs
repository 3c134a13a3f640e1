//! Container registries.

use kubetriage_model::Registry;
use serde_json::{Map, Value};

use super::json::{deep, flag, member, text};
use super::part_of_id;

/// Reads `az acr show` or an element of `az acr list`.
pub(super) fn read(thing: &Map<String, Value>) -> Registry {
    let id = text(thing, "id");
    Registry {
        name: text(thing, "name"),
        resource_group: text(thing, "resourceGroup")
            .or_else(|| id.as_deref().and_then(|id| part_of_id(id, "resourceGroups"))),
        login_server: text(thing, "loginServer").map(|host| host.to_lowercase()),
        sku: deep(thing, "sku", &["name"]),
        location: text(thing, "location"),
        public_network_access: text(thing, "publicNetworkAccess"),
        default_action: deep(thing, "networkRuleSet", &["defaultAction"]),
        ip_rules: rules(thing),
        bypass: text(thing, "networkRuleBypassOptions"),
        anonymous_pull: flag(thing, "anonymousPullEnabled"),
        admin_user: flag(thing, "adminUserEnabled"),
        data_endpoint: flag(thing, "dataEndpointEnabled"),
        data_endpoints: list(thing, "dataEndpointHostNames")
            .filter_map(|host| host.as_str().map(str::to_owned))
            .collect(),
        private_endpoints: list(thing, "privateEndpointConnections")
            .filter_map(Value::as_object)
            .filter_map(|connection| {
                deep(connection, "privateLinkServiceConnectionState", &["status"])
            })
            .collect(),
        role_mode: text(thing, "roleAssignmentMode"),
        provisioning_state: text(thing, "provisioningState"),
        id,
    }
}

fn list<'v>(thing: &'v Map<String, Value>, key: &str) -> impl Iterator<Item = &'v Value> {
    member(thing, key).and_then(Value::as_array).into_iter().flatten()
}

fn rules(thing: &Map<String, Value>) -> Vec<String> {
    let rules = member(thing, "networkRuleSet").and_then(|set| set.get("ipRules"));
    rules
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .filter_map(|rule| text(rule, "ipAddressOrRange").or_else(|| text(rule, "value")))
        .collect()
}
