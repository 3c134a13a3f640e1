//! Nodes.

use std::collections::BTreeMap;

use kubetriage_model::{Node, Scope, Taint};

use super::kind::Described;
use super::label::{given, keyed, labeled};
use super::outline::{Field, Outline};
use super::pod::{fields_at, list, pairs};
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// States a node.
pub(super) fn state(object: &Described<'_, '_>, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let Some(name) = &object.name else { return out.used(outline.body()) };
    let mut node = Node {
        name: name.clone(),
        roles: roles(outline.value("Roles").unwrap_or_default()),
        taints: list(outline.field("Taints")).iter().map(|text| taint(text)).collect(),
        taints_known: outline.has("Taints").then_some(true),
        labels: pairs(outline.field("Labels")),
        os: info(outline, "Operating System"),
        arch: info(outline, "Architecture"),
        version: info(outline, "Kubelet Version"),
        runtime: info(outline, "Container Runtime Version"),
        unschedulable: outline.value("Unschedulable").and_then(|value| value.parse().ok()),
        allocatable: resources(outline.field("Allocatable")),
        ..Node::default()
    };
    let mut marks = fields_at(outline, MARKED);
    for row in rows(outline.field("Conditions")) {
        if row.kind == "Ready" {
            marks.push(mark("ready", row.line));
            marks.push(mark("status", row.line));
        }
        marks.extend(["conditions", "reasons", "messages"].map(|field| mark(field, row.line)));
        let kind = row.kind.to_owned();
        node.conditions.insert(kind.clone(), row.status.to_owned());
        node.reasons.extend(given(row.reason).map(|reason| (kind.clone(), reason)));
        node.messages.extend(given(&row.message).map(|message| (kind, message)));
    }
    node.ready = node.conditions.get("Ready").map(|status| status == "True");
    node.status = status(outline, &node);
    out.marked(outline.body(), marks, node);
    let scope = Scope::Object { kind: "Node".to_owned(), namespace: None, name: name.clone() };
    let whole = outline.has("System Info") && outline.has("Unschedulable");
    out.coverage(outline.lines, "node", None, scope, whole);
}

const MARKED: &[(&str, &str)] = &[
    ("roles", "Roles"),
    ("labels", "Labels"),
    ("taints", "Taints"),
    ("unschedulable", "Unschedulable"),
    ("allocatable", "Allocatable"),
    ("os", "System Info"),
    ("arch", "System Info"),
    ("version", "System Info"),
];

fn roles(value: &str) -> Vec<String> {
    value.split(',').filter_map(|role| given(role.trim())).collect()
}

/// Reads `key[=value]:effect`, as `kubectl describe` and `kubectl taint` write a taint.
fn taint(text: &str) -> Taint {
    let (head, effect) = text.rsplit_once(':').unwrap_or((text, ""));
    let (key, value) = head.split_once('=').unwrap_or((head, ""));
    Taint { key: key.to_owned(), value: given(value), effect: given(effect) }
}

fn info(outline: &Outline<'_, '_>, label: &str) -> Option<String> {
    let lines = outline.field("System Info")?.below();
    let found = lines.iter().filter_map(|line| labeled(line.trimmed()));
    found.filter(|(own, _)| *own == label).find_map(|(_, value)| given(value))
}

fn resources(field: Option<&Field<'_, '_>>) -> BTreeMap<String, String> {
    let lines = field.map(Field::below).unwrap_or_default();
    let rows = lines.iter().filter_map(|line| keyed(line.trimmed()));
    rows.map(|(name, quantity)| (name.to_owned(), quantity.to_owned())).collect()
}

/// The STATUS word of `kubectl get nodes`, when the capture shows enough of the node to tell.
fn status(outline: &Outline<'_, '_>, node: &Node) -> Option<String> {
    let word = match node.ready {
        Some(true) => "Ready",
        Some(false) => "NotReady",
        None if outline.has("Unschedulable") && outline.has("System Info") => "Unknown",
        None => return None,
    };
    let cordoned = if node.unschedulable == Some(true) { ",SchedulingDisabled" } else { "" };
    Some(format!("{word}{cordoned}"))
}

/// One condition with its message of any number of lines.
struct Row<'l, 't> {
    line: &'l Line<'t>,
    kind: &'t str,
    status: &'t str,
    reason: &'t str,
    message: String,
}

fn rows<'l, 't>(field: Option<&Field<'l, 't>>) -> Vec<Row<'l, 't>> {
    let lines = field.map(Field::below).unwrap_or_default();
    let header = lines.iter().find(|line| line.trimmed().starts_with("Type"));
    let reason_at = header.and_then(|line| line.text.find("  Reason")).map(|at| at + 2);
    let mut rows: Vec<Row<'l, 't>> = Vec::new();
    for line in lines {
        if let Some(row) = row(line, reason_at) {
            rows.push(row);
        } else if let Some(last) = rows.last_mut() {
            last.message.push('\n');
            last.message.push_str(line.text.trim_end());
        }
    }
    rows
}

/// `row = type status heartbeat transition [reason] [message]`; a time has six words.
fn row<'l, 't>(line: &'l Line<'t>, reason_at: Option<usize>) -> Option<Row<'l, 't>> {
    let (kind, rest) = word(line.text)?;
    let (status, rest) = word(rest)?;
    if !matches!(status, "True" | "False" | "Unknown") {
        return None;
    }
    let rest = time(time(rest)?)?;
    let at = line.text.len() - rest.trim_start().len();
    let empty = reason_at.is_some_and(|reason| {
        at > reason && line.text.get(..reason).is_some_and(|head| head.ends_with("  "))
    });
    let (reason, message) = if empty { ("", rest) } else { word(rest).unwrap_or_default() };
    Some(Row { line, kind, status, reason, message: message.trim().to_owned() })
}

fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(word, _)| !word.is_empty())
}

/// Skips `Sat, 21 Nov 2026 19:57:30 +0000` or a placeholder.
fn time(text: &str) -> Option<&str> {
    let (first, mut rest) = word(text)?;
    if first.ends_with(',') {
        for _ in 0..5 {
            (_, rest) = word(rest)?;
        }
    }
    Some(rest)
}
