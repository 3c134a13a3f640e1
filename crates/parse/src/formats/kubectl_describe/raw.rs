//! Values of several lines that stand raw at the margin: where they end.
//!
//! Each is followed by lines that kubectl prints behind it whatever the value is. A value can quote whole
//! outputs of kubectl, which have such lines too; so what a value opens is counted like brackets, and the
//! end is the line that nothing inside has opened. A value that quotes the half of an object leaves a bracket open:
//! then the last line that could be the end counts, as soon as kubectl's next object begins.

use nom::Offset;

use super::label::labeled;
use super::outline::{is_foreign, is_next_object, starts_object};
use crate::text::Line;

/// Headings that follow the addresses of a node.
const BEHIND_ADDRESSES: &[&str] = &["Capacity:", "Allocatable:", "System Info:"];
/// Deepest indentation of a container's field; what is deeper is its detail.
const PART_INDENT: usize = 5;
/// Most lines between the address of a pod and its containers.
const BLOCK_LINES: usize = 6;
/// Most lines of one value whose end has to be looked for.
const VALUE_LINES: usize = 5_000;
/// Most bytes of a termination message that are searched for its end; the kubelet keeps 4096.
const TERMINATION_BYTES: usize = 3 * 4096;

/// Returns the label of line `at` and its value, whatever the line's indentation.
fn label<'t>(lines: &[Line<'t>], at: usize) -> Option<(usize, &'t str, &'t str)> {
    let line = lines.get(at)?;
    labeled(line.trimmed()).map(|(label, value)| (line.indent(), label, value))
}

/// Returns true when line `at` has `label`, also when the text ends above it.
fn has(lines: &[Line<'_>], at: usize, own: &str) -> bool {
    at >= lines.len() || label(lines, at).is_some_and(|(_, label, _)| label == own)
}

/// Searches for the end of the value that starts on the first of `lines`: the line that `closes` and that
/// nothing has opened for.
fn search(
    lines: &[Line<'_>],
    opens: impl Fn(usize) -> bool,
    closes: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut depth = 0_usize;
    let mut likely = None;
    for at in 1..lines.len().min(VALUE_LINES) {
        if closes(at) {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
            likely = Some(at);
        } else if opens(at) {
            depth += 1;
        } else if depth > 0 && likely.is_some() && is_next_object(lines, at) {
            break;
        }
    }
    likely
}

/// Returns how many lines the value takes that starts at the first of `lines` inside a container block;
/// at least one.
///
/// A termination message ends at its `Exit Code:`, a probe at its failure threshold; all else that a
/// container shows is indented line by line. `in_state` tells whether the line stands in a state, and is kept up
/// to date: arguments and variables can have labels too.
pub(super) fn container_value_lines(lines: &[Line<'_>], in_state: &mut bool) -> usize {
    let Some((indent, label, _)) = label(lines, 0) else { return 1 };
    if indent <= PART_INDENT {
        *in_state = matches!(label, "State" | "Last State");
    }
    let found = match label {
        "Message" if *in_state => termination(lines, indent),
        "Liveness" | "Readiness" | "Startup" if indent <= PART_INDENT => probe_lines(lines),
        _ => None,
    };
    found.unwrap_or(1)
}

/// Returns how many lines a termination message takes.
fn termination(lines: &[Line<'_>], indent: usize) -> Option<usize> {
    let next = label(lines, 1).filter(|(own, ..)| *own >= 4).map(|(_, label, _)| label);
    if next == Some("Exit Code") {
        return Some(1);
    }
    let mut bytes = 0;
    let near = lines.iter().take_while(|line| {
        bytes += line.text.len() + 1;
        bytes <= TERMINATION_BYTES
    });
    let near = lines.get(..near.count()).unwrap_or_default();
    let at_place = |at: usize| label(lines, at).is_some_and(|(own, ..)| own == indent);
    let opens =
        |at: usize| at_place(at) && has(lines, at, "Message") && !has(lines, at + 1, "Exit Code");
    let closes = |at: usize| at_place(at) && ends_termination(lines, at) && !is_own(lines, at);
    let loose = |at: usize| {
        at_place(at)
            && has(lines, at, "Exit Code")
            && (has(lines, at + 1, "Started") || has(lines, at + 2, "Started"))
    };
    search(near, opens, closes)
        .or_else(|| (1..near.len()).find(|at| loose(*at)))
        .or_else(|| cut_message(lines))
}

/// Returns true when line `at` is the exit code behind a termination message: the times follow, then the
/// next field of the container.
fn ends_termination(lines: &[Line<'_>], at: usize) -> bool {
    let times = at + 1 + usize::from(at + 1 < lines.len() && has(lines, at + 1, "Signal"));
    let next = ["Last State", "Ready"].iter().any(|label| has(lines, times + 2, label));
    has(lines, at, "Exit Code")
        && has(lines, times, "Started")
        && has(lines, times + 1, "Finished")
        && next
}

/// Returns true when the exit code on line `at` stands in a state without a raw message: its state, its
/// reason or a message of one line stands right above it.
fn is_own(lines: &[Line<'_>], at: usize) -> bool {
    let above = at.checked_sub(1).filter(|above| *above > 0);
    above.and_then(|above| label(lines, above)).is_some_and(|(indent, label, _)| match label {
        "Reason" | "Message" => indent == 6,
        "State" | "Last State" => indent == 4,
        _ => false,
    })
}

/// Returns how many lines a probe takes whose command has several.
pub(super) fn probe_lines(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?;
    let indent = first.indent();
    let is_probe = |at: usize| {
        label(lines, at).is_some_and(|(own, label, _)| {
            own == indent && matches!(label, "Liveness" | "Readiness" | "Startup")
        })
    };
    let ends = |at: usize| lines.get(at).is_some_and(|line| ends_probe(line.text));
    if !is_probe(0) || ends(0) {
        return None;
    }
    let opens = |at: usize| is_probe(at) && !ends(at);
    let closes = |at: usize| ends(at) && !is_probe(at);
    search(lines, opens, closes).map(|at| at + 1)
}

fn ends_probe(text: &str) -> bool {
    let digits = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    digits.len() < text.trim_end().len()
        && (digits.ends_with("#failure=") || digits.ends_with("failureThreshold="))
}

/// Returns how many lines a termination message takes whose exit code is cut off: all up to the next
/// object or command, unless a label follows at once.
fn cut_message(lines: &[Line<'_>]) -> Option<usize> {
    let next = lines.get(1)?;
    if next.indent() >= 4 && labeled(next.trimmed()).is_some() {
        return None;
    }
    let apart = |at: usize| lines.get(at - 1).is_some_and(Line::is_blank);
    let mut rest = lines.iter().enumerate().take(VALUE_LINES).skip(1);
    let end = rest
        .find(|(at, line)| is_foreign(line.text) || apart(*at) && starts_object(lines, *at))
        .map_or(lines.len().min(VALUE_LINES), |(at, _)| at);
    Some(end)
}

/// Returns how many lines the status message of a pod takes, which ends at the pod's addresses.
///
/// The addresses behind a message of one line are aligned with it. Those behind raw lines start a block of
/// their own, whose column is as narrow as their label allows; nothing that a message quotes has that.
pub(super) fn pod_message(lines: &[Line<'_>]) -> usize {
    // A pod without an address has `<none>` on the line below.
    let column = value_at(lines, 1).or_else(|| value_at(lines, 2));
    let near = column.is_some() && column == value_at(lines, 0) && is_address(lines, 1);
    if near || lines.len() < 2 {
        return 1;
    }
    let narrow = |at: usize| is_address(lines, at) && is_narrow(lines, at);
    search(lines, |_| false, narrow)
        .or_else(|| (1..lines.len().min(VALUE_LINES)).find(|at| is_address(lines, *at)))
        .unwrap_or(1)
}

/// Returns how many lines the message of a described event takes: all up to its metadata.
pub(super) fn event_message(lines: &[Line<'_>]) -> usize {
    let is = |at: usize, text: &str| lines.get(at).is_some_and(|line| line.trimmed() == text);
    let stamped = |at: usize| has(lines, at, "Creation Timestamp");
    let metadata = |at: usize| is(at, "Metadata:") && stamped(at + 1);
    search(lines, |_| false, metadata).unwrap_or(1)
}

/// Returns true when the addresses of a pod start at line `at`, or its profile, which stands above them.
fn is_address(lines: &[Line<'_>], at: usize) -> bool {
    let first = at + usize::from(at < lines.len() && margin(lines, at, "SeccompProfile"));
    let rows = lines.iter().skip(first + 2).take_while(|line| line.indent() > 0);
    let next = first + 2 + rows.count();
    let behind = ["Controlled By", "NominatedNodeName", "Init Containers", "Containers"];
    at < lines.len()
        && margin(lines, first, "IP")
        && margin(lines, first + 1, "IPs")
        && behind.iter().any(|label| margin(lines, next, label))
}

/// Returns true when the column of the block that starts at line `at` is as narrow as its own labels allow.
fn is_narrow(lines: &[Line<'_>], at: usize) -> bool {
    let block = (at..at + BLOCK_LINES).map_while(|at| {
        let (indent, own, value) = label(lines, at)?;
        let in_block = indent == 0 && (!value.is_empty() || own == "IP");
        in_block.then_some((own.len() + 1, value_at(lines, at)))
    });
    let block: Vec<(usize, Option<usize>)> = block.collect();
    let width = block.iter().map(|(label, _)| label + 2).max().unwrap_or(0);
    // A label above with the same column belongs to the same block.
    if at.checked_sub(1).and_then(|above| value_at(lines, above)) == Some(width) {
        return false;
    }
    block.iter().all(|(_, value)| value.is_none_or(|value| value == width))
}

/// Returns true when line `at` has `label` at the margin, also when the text ends above it.
fn margin(lines: &[Line<'_>], at: usize, own: &str) -> bool {
    at >= lines.len()
        || label(lines, at).is_some_and(|(indent, label, _)| indent == 0 && label == own)
}

/// Returns the offset of the value on line `at`, `None` for a label without one.
fn value_at(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let line = lines.get(at)?;
    let (_, _, value) = label(lines, at).filter(|(.., value)| !value.is_empty())?;
    Some(line.text.offset(value))
}

/// Returns how many lines the conditions of a node take, whose messages can have several lines: all up to
/// the addresses, which kubectl prints below them for every node. `None` for other conditions.
pub(super) fn node_conditions(lines: &[Line<'_>]) -> Option<usize> {
    let beats = |at: usize| {
        lines.get(at).is_some_and(|line| {
            line.text.starts_with("  Type") && line.text.contains("LastHeartbeatTime")
        })
    };
    if !beats(1) {
        return None;
    }
    let text = |at: usize| lines.get(at).map(|line| line.text.trim_end());
    let closes = |at: usize| {
        let rows = lines.iter().skip(at + 1).take_while(|line| line.indent() > 0).count();
        text(at) == Some("Addresses:")
            && text(at + 1 + rows).is_none_or(|text| BEHIND_ADDRESSES.contains(&text))
    };
    search(lines, |at| at > 1 && beats(at), closes)
}
