//! Parts of an object without its first line: what people paste.

use super::events;
use super::label::{is_container_field, labeled};
use crate::text::Line;

/// Returns true when the first of `lines` can only come from the middle of a described object.
pub(super) fn starts_fragment(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first() else { return false };
    if events::starts_table(lines) {
        return true;
    }
    let text = line.trimmed();
    match (line.indent(), labeled(text)) {
        (_, Some(("Events", value))) => starts_events(lines, value),
        (0, Some((label, value))) => starts_field(lines, label, value),
        (_, Some((label, value))) => starts_detail(label, value),
        (_, None) => text == "Events:",
    }
}

/// Returns how many blanks part of a container's block has lost in front of every line, `None` when the
/// first of `lines` does not start one or has lost none.
pub(super) fn lost_indent(lines: &[Line<'_>]) -> Option<usize> {
    let line = lines.first()?;
    let (label, value) = labeled(line.trimmed())?;
    let named = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let below = lines.get(1).and_then(|line| labeled(line.trimmed()));
    let place: usize = match label {
        _ if named && value.is_empty() => {
            below.filter(|(label, _)| is_container_field(label) && lines.len() > 2)?;
            2
        }
        "Exit Code" if starts_detail(label, value) => 6,
        "Image" => {
            below.filter(|(label, _)| matches!(*label, "Image ID" | "Port" | "Ports"))?;
            4
        }
        _ if starts_detail(label, value) => 4,
        _ => return None,
    };
    place.checked_sub(line.indent()).filter(|lost| *lost > 0)
}

/// Returns how many lines such a part takes.
pub(super) fn extent(lines: &[Line<'_>]) -> usize {
    let indent = lines.first().map_or(0, Line::indent);
    let own = |line: &Line<'_>| {
        let labels = labeled(line.trimmed()).map(|(label, value)| (label, value.is_empty()));
        line.indent() > indent
            || labels.is_some_and(|(label, alone)| {
                is_container_field(label)
                    || label == "Exit Code"
                    || label == "Finished"
                    || label == "Started"
                    || alone && label.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            })
    };
    lines.iter().take_while(|line| !line.is_blank() && own(line)).count().max(1)
}

fn starts_events(lines: &[Line<'_>], value: &str) -> bool {
    let mut below = lines.iter().skip(1).skip_while(|line| line.is_blank());
    let next = below.next().map_or(&[][..], std::slice::from_ref);
    value == "<none>" || value.is_empty() && events::starts_table(next)
}

/// Labels at the margin that no other program prints, with a value that fits them.
fn starts_field(lines: &[Line<'_>], label: &str, value: &str) -> bool {
    let below = lines.get(1).map_or("", |line| line.text);
    let nested = below.starts_with("  ") && value.is_empty();
    match label {
        "Containers" | "Init Containers" | "Ephemeral Containers" | "Volumes" => {
            nested && below.trim_end().ends_with(':')
        }
        "Conditions" => nested && below.trim_start().starts_with("Type"),
        "IPs" => nested && below.trim_start().starts_with("IP:"),
        "System Info" | "Allocatable" | "Allocated resources" => nested,
        "QoS Class" => matches!(value, "BestEffort" | "Burstable" | "Guaranteed"),
        "Node-Selectors"
        | "Tolerations"
        | "Taints"
        | "Non-terminated Pods"
        | "Pods Statuses"
        | "StrategyType" => !value.is_empty(),
        "Unschedulable" => matches!(value, "true" | "false"),
        "Controlled By" => value.contains('/'),
        "Pods Status" => value.contains(" Running /"),
        "Replicas" => value.contains(" desired"),
        "Priority" => value.parse::<i64>().is_ok() && labeled(below).is_some(),
        "Service Account" | "Start Time" => labeled(below).is_some(),
        "Status" => {
            matches!(value, "Pending" | "Running" | "Succeeded" | "Failed")
                && labeled(below).is_some()
        }
        _ => false,
    }
}

/// Lines of a container block.
fn starts_detail(label: &str, value: &str) -> bool {
    match label {
        "State" | "Last State" => matches!(value, "Waiting" | "Running" | "Terminated"),
        "Container ID" => value.is_empty() || value.contains("://"),
        "Restart Count" | "Exit Code" => value.parse::<i64>().is_ok(),
        "Mounts" => value.is_empty() || value == "<none>",
        "Image ID" | "Host Port" => is_container_field(label),
        _ => false,
    }
}
