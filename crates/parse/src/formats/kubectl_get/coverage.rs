//! What a table covers: which kind, of which part of the cluster, and whether all of it.

use kubetriage_model::{Command, Scope};

use super::absent::Absent;
use super::kinds::kind_of_command;
use super::table::Table;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::kind::is_namespaced;
use crate::text::Line;

/// States what a table with rows covers; `whole` is false when rows were visibly left out.
pub(super) fn of_table(
    table: &Table,
    whole: bool,
    lines: &[Line<'_>],
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) {
    let (family, object_kind) = family(&table.kind);
    if table.kind.is_empty() {
        return;
    }
    let everywhere = !is_namespaced(&table.kind) || table.header.has("NAMESPACE");
    let scope = scope(&table.kind, everywhere, None, context);
    let whole = whole && (table.head > 0 || asked_without_headers(context.command));
    out.coverage(lines, family, object_kind, scope, whole && !is_part(context.command));
}

/// States that a list is empty; only the line counts when nothing tells of which kind.
pub(super) fn of_absent(
    absent: &Absent<'_>,
    lines: &[Line<'_>],
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) {
    out.used(lines);
    let command = context.command.filter(|command| command.tool == "kubectl");
    let asked = if absent.events { Some("Event") } else { command.and_then(kind_of_command) };
    let Some(kind) = asked else { return };
    let (family, object_kind) = family(kind);
    // Without a namespace in the line, the list was of all namespaces or of a kind outside them.
    let scope = scope(kind, absent.namespace.is_none(), absent.namespace, context);
    out.coverage(lines, family, object_kind, scope, !is_part(context.command));
}

fn family(kind: &str) -> (&'static str, Option<&str>) {
    match kind {
        "Pod" => ("pod", None),
        "Node" => ("node", None),
        "Event" => ("kube_event", None),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => {
            ("workload", Some(kind))
        }
        "Secret" => ("secret", None),
        _ => ("object", Some(kind)),
    }
}

fn scope(kind: &str, everywhere: bool, printed: Option<&str>, context: &Context<'_>) -> Scope {
    let around = || context.namespace().filter(|_| is_namespaced(kind));
    let namespace = printed.map(str::to_owned).or_else(|| around().filter(|_| !everywhere));
    if let Some(name) = context.command.and_then(|command| command.name.clone()) {
        return Scope::Object { kind: kind.to_owned(), namespace, name };
    }
    let all = context.command.is_some_and(|command| command.all_namespaces);
    match namespace {
        Some(namespace) => Scope::Namespace(namespace),
        None if everywhere || all => Scope::Cluster,
        None => Scope::UnknownNamespace,
    }
}

fn is_part(command: Option<&Command>) -> bool {
    command.is_some_and(|command| command.filtered)
}

fn asked_without_headers(command: Option<&Command>) -> bool {
    command.is_some_and(|command| command.line.contains("--no-headers"))
}
