//! Pods: the fields at the margin.

use std::collections::BTreeMap;

use kubetriage_model::{Mark, NoteKind, ObjectRef, Pod, Scope};

use super::container::{self, Block};
use super::kind::Described;
use super::label::given;
use super::outline::{Field, Outline};
use crate::emitter::{Emitter, mark};
use crate::prim::pod_row::{self, Member, PodState, Role};

/// States a pod and its containers.
pub(super) fn state(object: &Described<'_, '_>, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let containers = container::read(object);
    let mut pod = pod(object);
    set_row(outline, &mut pod, &containers);
    // Without its first line, a pod is worth an event where the rest says how it is.
    if object.name.is_some() || pod.phase.is_some() || pod.reason.is_some() {
        let mut marks = marks(outline);
        let ends = outline.field("Status").and_then(Field::first).filter(|_| pod.deleted.is_some());
        marks.extend(ends.map(|line| mark("deleted", line)));
        out.marked(outline.body(), marks, pod);
    } else {
        out.used(outline.body());
    }
    if let Some(name) = &object.name {
        cover(object, name, out);
    }
    for container in containers {
        out.marked(container.lines, container.marks, container.data);
    }
}

fn pod(object: &Described<'_, '_>) -> Pod {
    let outline = &object.outline;
    let text = |label: &str| outline.value(label).and_then(given);
    let status = text("Status");
    let deleted = status.as_deref().and_then(|status| {
        let lasts = status.strip_prefix("Terminating (lasts ")?;
        lasts.strip_suffix(')').map(str::to_owned)
    });
    let phase = status.filter(|status| !status.starts_with("Terminating"));
    Pod {
        namespace: object.namespace.clone(),
        name: object.name.clone().unwrap_or_default(),
        phase,
        deleted,
        node: text("Node").and_then(|node| node_name(&node)),
        ip: text("IP"),
        owner: owner(outline),
        reason: text("Reason"),
        message: outline.field("Message").and_then(raw),
        service_account: text("Service Account"),
        qos: text("QoS Class"),
        node_selector: pairs(outline.field("Node-Selectors")),
        tolerations: list(outline.field("Tolerations")),
        conditions: conditions(outline),
        labels: pairs(outline.field("Labels")),
        ..Pod::default()
    }
}

/// Computes STATUS, READY and RESTARTS when the capture shows what they are computed from.
fn set_row(outline: &Outline<'_, '_>, pod: &mut Pod, containers: &[Block<'_, '_>]) {
    let Some(status) = outline.value("Status").filter(|_| outline.has("Containers")) else {
        return;
    };
    let deleting = status.starts_with("Terminating");
    let initialized = pod.conditions.get("Initialized").is_some_and(|status| status == "True");
    let members: Vec<Member<'_>> = containers
        .iter()
        .enumerate()
        .map(|(index, block)| {
            let later = containers.get(index + 1..).unwrap_or_default();
            let started = is(block, "running");
            Member {
                container: &block.data,
                role: role(block, later, initialized),
                started,
                signal: block.signal,
            }
        })
        .collect();
    let over =
        || members.iter().all(|member| member.container.state.as_deref() == Some("terminated"));
    let row = pod_row::row(&PodState { pod, members: &members, deleting, gated: false });
    // The phase of a pod that is being deleted is not shown, and an ended pod keeps its word.
    let known = !(deleting && over() && !members.is_empty());
    pod.status = given(&row.status).filter(|_| known);
    (pod.ready, pod.total, pod.restarts) = (Some(row.ready), Some(row.total), Some(row.restarts));
}

/// Tells sidecars from other init containers: only they run while something behind them does, or stay
/// unfinished in an initialized pod.
fn role(block: &Block<'_, '_>, later: &[Block<'_, '_>], initialized: bool) -> Role {
    if block.ephemeral {
        return Role::Ephemeral;
    }
    if block.data.init != Some(true) {
        return Role::Main;
    }
    let begun = |block: &Block<'_, '_>| {
        let waits = matches!(block.data.reason.as_deref(), None | Some("PodInitializing"));
        block.data.state.is_some() && !(is(block, "waiting") && waits)
    };
    let done = is(block, "terminated") && block.data.exit_code == Some(0);
    let listed = block.data.state.is_some();
    let passed = initialized || is(block, "running") && later.iter().any(begun);
    if listed && !done && passed { Role::Sidecar } else { Role::Init }
}

fn is(block: &Block<'_, '_>, state: &str) -> bool {
    block.data.state.as_deref() == Some(state)
}

/// Splits the node's address off `node-1/10.0.0.4`.
fn node_name(node: &str) -> Option<String> {
    given(node.split_once('/').map_or(node, |(name, _)| name))
}

/// Returns the object behind `Controlled By`.
pub(super) fn owner(outline: &Outline<'_, '_>) -> Option<ObjectRef> {
    let (kind, name) = outline.value("Controlled By")?.split_once('/')?;
    Some(ObjectRef { kind: given(kind), name: name.to_owned() })
}

/// Returns a value of raw lines as it was before kubectl printed it.
pub(super) fn raw(field: &Field<'_, '_>) -> Option<String> {
    let below = field.below().iter().map(|line| line.text.trim_end());
    let text: Vec<&str> = std::iter::once(field.value).chain(below).collect();
    given(text.join("\n").trim())
}

/// Returns the values of a field that prints one a line.
pub(super) fn list(field: Option<&Field<'_, '_>>) -> Vec<String> {
    field.into_iter().flat_map(Field::values).map(str::to_owned).collect()
}

/// Returns the `key=value` lines of a field.
pub(super) fn pairs(field: Option<&Field<'_, '_>>) -> BTreeMap<String, String> {
    let pair = |text: &str| {
        let (key, value) = text.split_once('=')?;
        Some((key.to_owned(), value.to_owned()))
    };
    field.into_iter().flat_map(Field::values).filter_map(pair).collect()
}

fn conditions(outline: &Outline<'_, '_>) -> BTreeMap<String, String> {
    let rows = outline.field("Conditions").into_iter().flat_map(Field::values);
    let row = |text: &str| {
        let mut words = text.split_whitespace();
        let (kind, status) = (words.next()?, words.next()?);
        let known = matches!(status, "True" | "False" | "Unknown");
        known.then(|| (kind.to_owned(), status.to_owned()))
    };
    rows.filter_map(row).collect()
}

/// Names the lines of the fields that tell what is wrong.
fn marks(outline: &Outline<'_, '_>) -> Vec<Mark> {
    const MARKED: &[(&str, &str)] = &[
        ("namespace", "Namespace"),
        ("service_account", "Service Account"),
        ("node", "Node"),
        ("labels", "Labels"),
        ("phase", "Status"),
        ("status", "Status"),
        ("reason", "Reason"),
        ("message", "Message"),
        ("ip", "IP"),
        ("owner", "Controlled By"),
        ("qos", "QoS Class"),
        ("conditions", "Conditions"),
        ("node_selector", "Node-Selectors"),
        ("tolerations", "Tolerations"),
    ];
    fields_at(outline, MARKED)
}

/// Returns the marks of the fields in `table` (event field, label) that the outline has.
pub(super) fn fields_at(outline: &Outline<'_, '_>, table: &[(&'static str, &str)]) -> Vec<Mark> {
    let line = |label: &str| outline.field(label).and_then(Field::first);
    table.iter().filter_map(|(field, label)| Some(mark(field, line(label)?))).collect()
}

fn cover(object: &Described<'_, '_>, name: &str, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let whole = outline.has("Name") && (outline.has("QoS Class") || outline.has("Events"));
    if outline.has("Name") && !whole {
        out.note(outline.lines.last(), NoteKind::Truncated, "the description ends early");
    }
    for family in ["pod", "container"] {
        let scope = Scope::Object {
            kind: "Pod".to_owned(),
            namespace: object.namespace.clone(),
            name: name.to_owned(),
        };
        out.coverage(outline.lines, family, None, scope, whole);
    }
}
