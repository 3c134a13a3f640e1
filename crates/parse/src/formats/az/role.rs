//! Role assignments.

use kubetriage_model::{RoleAssignment, Scope};
use serde_json::{Map, Value};

use super::json::text;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// True when the command above asked for role assignments.
pub(super) fn asked(context: &Context<'_>) -> bool {
    context.command.is_some_and(|command| {
        command.tool == "az" && command.line.contains("role assignment list")
    })
}

/// States that a list of assignments was captured.
///
/// The list is whole if `--all` or `--scope` was asked for: without, the command leaves out what is granted
/// below the subscription. Where no command is known, an assignment further below tells the same.
pub(super) fn cover<'s>(
    lines: &[Line<'_>],
    mut scopes: impl Iterator<Item = &'s str>,
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) {
    let wide = |line: &str| line.contains("--all") || line.contains("--scope");
    let command = context.command.filter(|_| asked(context));
    let whole = command.is_some_and(|command| wide(&command.line))
        || scopes.any(|scope| scope.to_ascii_lowercase().contains("/resourcegroups/"));
    out.coverage(lines, "role_assignment", None, Scope::Cluster, whole);
}

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
