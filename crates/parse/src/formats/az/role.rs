//! Role assignments.

use kubetriage_model::RoleAssignment;
use serde_json::{Map, Value};

use super::json::text;

/// Reads an element of `az role assignment list`.
pub(super) fn read(thing: &Map<String, Value>) -> RoleAssignment {
    let definition = text(thing, "roleDefinitionId");
    RoleAssignment {
        principal_id: text(thing, "principalId"),
        principal: text(thing, "principalName"),
        principal_type: text(thing, "principalType"),
        role: text(thing, "roleDefinitionName"),
        role_id: definition.and_then(|id| id.rsplit('/').next().map(str::to_owned)),
        scope: text(thing, "scope"),
        condition: text(thing, "condition"),
    }
}
