//! Conditions of a node: only they have the time of a heartbeat.

use kubetriage_model::{Mark, Node};

use super::{entry, opens};
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// Keys of one condition.
const KEYS: &[&str] =
    &["lastHeartbeatTime", "lastTransitionTime", "message", "reason", "status", "type"];
/// Lines within which the first heartbeat stands.
const NEAR: usize = 5;

/// Returns true when such conditions start at the first of `lines`: at their key, or at the first of them.
pub(super) fn starts(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first().and_then(|line| entry(line.text)) else { return false };
    let begins = first.key == "conditions" && first.value.is_empty()
        || first.item && KEYS.contains(&first.key);
    let near = lines.iter().take(NEAR).map_while(|line| entry(line.text));
    begins && near.clone().any(|entry| entry.key == "lastHeartbeatTime")
}

/// One condition, as far as it is read.
#[derive(Default)]
struct Condition<'l, 't> {
    kind: &'t str,
    status: &'t str,
    reason: &'t str,
    message: &'t str,
    line: Option<&'l Line<'t>>,
}

/// States the node whose conditions `lines` are.
pub(super) fn state(lines: &[Line<'_>], out: &mut Emitter<'_>) {
    let mut node = Node::default();
    let mut marks = Vec::new();
    let mut open = Condition::default();
    for line in lines {
        let Some(entry) = entry(line.text) else { continue };
        if entry.item || entry.key.is_empty() && opens(line) {
            add(&mut node, &mut marks, &std::mem::take(&mut open));
        }
        match entry.key {
            "type" => open.kind = entry.value,
            "status" => (open.status, open.line) = (entry.value, Some(line)),
            "reason" => open.reason = entry.value,
            "message" => open.message = entry.value,
            _ => {}
        }
    }
    add(&mut node, &mut marks, &open);
    node.ready = node.conditions.get("Ready").map(|status| status == "True");
    if node.conditions.is_empty() {
        out.used(lines);
    } else {
        out.marked(lines, marks, node);
    }
}

fn add(node: &mut Node, marks: &mut Vec<Mark>, condition: &Condition<'_, '_>) {
    if condition.kind.is_empty() || condition.status.is_empty() {
        return;
    }
    let kind = condition.kind.to_owned();
    if let Some(line) = condition.line {
        marks.extend(["conditions", "reasons", "messages"].map(|field| mark(field, line)));
        if kind == "Ready" {
            marks.push(mark("ready", line));
        }
    }
    node.conditions.insert(kind.clone(), condition.status.to_owned());
    if !condition.reason.is_empty() {
        node.reasons.insert(kind.clone(), condition.reason.to_owned());
    }
    if !condition.message.is_empty() {
        node.messages.insert(kind, condition.message.to_owned());
    }
}
