//! Identities of machines: `az vmss identity show`, `az vm identity show`.

use kubetriage_model::{Command, MachineIdentity};
use serde_json::{Map, Value};

use super::json::{as_text, member, text};
use crate::segment::command::option;

/// True for the answer of `identity show`, which has nothing beside the identities.
pub(super) fn is_one(thing: &Map<String, Value>) -> bool {
    const KEYS: &[&str] = &["principalId", "tenantId", "type", "userAssignedIdentities"];
    let told = thing.keys().all(|key| KEYS.contains(&key.as_str()));
    let assigned = text(thing, "type").is_some_and(|kind| kind.contains("Assigned"));
    told && assigned && thing.contains_key("userAssignedIdentities")
}

/// Reads every identity that the answer lists: those that somebody assigned, and that of the machines themselves.
pub(super) fn read(thing: &Map<String, Value>, command: Option<&Command>) -> Vec<MachineIdentity> {
    let command = command.filter(|command| command.tool == "az");
    let asked = |names: &[&str]| {
        let value = command.and_then(|command| option(&command.line, names));
        value.filter(|value| !value.starts_with(['<', '$']))
    };
    let common = MachineIdentity {
        machine: asked(&["-n", "--name"]),
        resource_group: asked(&["-g", "--resource-group"]),
        ..MachineIdentity::default()
    };
    let assigned = member(thing, "userAssignedIdentities").and_then(Value::as_object);
    let assigned = assigned.into_iter().flatten().map(|(id, identity)| MachineIdentity {
        name: id.rsplit('/').next().map(str::to_owned),
        client_id: identity.get("clientId").and_then(as_text),
        principal_id: identity.get("principalId").and_then(as_text),
        id: Some(id.clone()),
        ..common.clone()
    });
    let own = text(thing, "principalId")
        .map(|principal| MachineIdentity { principal_id: Some(principal), ..common.clone() });
    assigned.chain(own).collect()
}
