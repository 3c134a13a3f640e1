//! Nodes.

use std::collections::BTreeMap;

use kubetriage_model::{Mark, Node, Scope, Taint};

use super::kind::Described;
use super::label::{given, keyed, labeled};
use super::outline::{Field, Outline};
use super::pod::{fields_at, list, pairs};
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// States a node.
pub(super) fn state(object: &Described<'_, '_>, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let mut node = Node {
        name: object.name.clone().unwrap_or_default(),
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
    set_conditions(&mut node, condition_rows(outline), &mut marks);
    node.status = status(outline, &node);
    out.marked(outline.body(), marks, node);
    let Some(name) = object.name.clone() else { return };
    let scope = Scope::Object { kind: "Node".to_owned(), namespace: None, name };
    let whole = outline.has("System Info") && outline.has("Unschedulable");
    out.coverage(outline.lines, "node", None, scope, whole);
}

/// Returns the conditions; where their heading was left out, the rows between other lines.
fn condition_rows<'l, 't>(outline: &Outline<'l, 't>) -> Vec<Row<'l, 't>> {
    if outline.has("Conditions") {
        return rows(outline.field("Conditions"));
    }
    outline.body().iter().filter_map(|line| row(line, None).filter(Row::is_dated)).collect()
}

/// Returns how many lines of conditions stand at the front without the head of their node: the header, its
/// ruler, and rows.
pub(super) fn loose_conditions(lines: &[Line<'_>]) -> usize {
    let own = |line: &&Line<'_>| {
        let text = line.trimmed();
        text.starts_with("Type") && text.contains("LastHeartbeatTime")
            || text.starts_with("----") && text.chars().all(|c| c == '-' || c.is_whitespace())
            || row(line, None).is_some_and(|row| row.is_dated())
    };
    let count = lines.iter().take_while(own).count();
    let told = lines.iter().take(count).any(|line| row(line, None).is_some());
    let first = lines.first().is_some_and(|line| !line.trimmed().starts_with("----"));
    if told && first { count } else { 0 }
}

/// States a node of which only `lines` of its conditions are left.
pub(super) fn state_loose(lines: &[Line<'_>], out: &mut Emitter<'_>) {
    let mut node = Node::default();
    let mut marks = Vec::new();
    let rows = lines.iter().filter_map(|line| row(line, None)).collect();
    set_conditions(&mut node, rows, &mut marks);
    out.marked(lines, marks, node);
}

fn set_conditions(node: &mut Node, rows: Vec<Row<'_, '_>>, marks: &mut Vec<Mark>) {
    for row in rows {
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
    /// True when both times are dates.
    dated: bool,
}

impl Row<'_, '_> {
    /// True for a row that nothing but a node's conditions has.
    fn is_dated(&self) -> bool {
        self.dated
    }
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
    let (beat, rest) = time(rest)?;
    let (change, rest) = time(rest)?;
    let at = line.text.len() - rest.trim_start().len();
    let empty = reason_at.is_some_and(|reason| {
        at > reason && line.text.get(..reason).is_some_and(|head| head.ends_with("  "))
    });
    let (reason, message) = if empty { ("", rest) } else { word(rest).unwrap_or_default() };
    let message = message.trim().to_owned();
    Some(Row { line, kind, status, reason, message, dated: beat && change })
}

fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end).filter(|(word, _)| !word.is_empty())
}

/// Skips `Sat, 21 Nov 2026 19:57:30 +0000` or a placeholder; tells whether it is a date.
fn time(text: &str) -> Option<(bool, &str)> {
    let (first, mut rest) = word(text)?;
    let dated = first.len() == 4 && first.ends_with(',');
    if first.ends_with(',') {
        for _ in 0..5 {
            (_, rest) = word(rest)?;
        }
    }
    Some((dated, rest))
}
