//! describe output that lost blanks on the way through a web page, a chat or a mail.
//!
//! Part of an object may have lost the indentation that all its lines share. Or every run of blanks became one, mostly at the front of the lines too, and sometimes a blank line
//! stands behind each line. The labels still tell where a line belongs: the text is laid out again as
//! kubectl prints it, read like any other, and what was read is stated on the lines of the capture.

use kubetriage_model::{ArtifactId, Parsed};

use super::events;
use super::label::{is_container_field, is_top, labeled, loose};
use super::outline::{Around, is_foreign};
use crate::context::Context;
use crate::emitter::{Emitter, mark};
use crate::text::{Line, Text};

/// Most lines in a row that carry no label of describe (an environment, a list of mounts).
const UNLABELED_LINES: usize = 60;

/// Labels that lead out of the containers of a pod.
const BEHIND_CONTAINERS: &[&str] = &[
    "Conditions",
    "Containers",
    "Ephemeral Containers",
    "Events",
    "Init Containers",
    "Node-Selectors",
    "QoS Class",
    "Readiness Gates",
    "Tolerations",
    "Volumes",
];

/// Labels that lead out of a pod template.
const BEHIND_TEMPLATE: &[&str] =
    &["Conditions", "Events", "NewReplicaSet", "OldReplicaSets", "OldReplicaSet", "Volume Claims"];

/// Returns true when an object starts at the first of `lines` whose labels have lost their padding.
pub(super) fn starts(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first() else { return false };
    if labeled(first.trimmed()).is_some() || label(first) != Some("Name") {
        return false;
    }
    let below = lines.iter().skip(1).filter(|line| !line.is_blank()).take(2).filter_map(label);
    below.filter(|label| *label == "Namespace" || is_top(label)).count() == 2
}

fn label<'t>(line: &Line<'t>) -> Option<&'t str> {
    loose(line.trimmed()).map(|(label, _)| label)
}

/// Returns how many lines the object takes that starts at the first of `lines`.
pub(super) fn extent(lines: &[Line<'_>]) -> usize {
    let mut known = 0;
    let mut blanks = 0;
    let spaced = lines.get(1).is_some_and(Line::is_blank);
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() {
            blanks += 1;
            continue;
        }
        let label = label(line).unwrap_or_default();
        if at > 0 && label == "Name" || is_foreign(line.text) || at > known + UNLABELED_LINES {
            break;
        }
        if label == "Events" {
            return at + events::extent(lines.get(at..).unwrap_or_default(), Around::Anything);
        }
        let own =
            is_top(label) || is_container_field(label) || matches!(label, "Name" | "Namespace");
        if blanks > usize::from(spaced) || blanks > 0 && !spaced && !own {
            break;
        }
        if own || line.text.contains(['=', ':']) {
            known = at;
        }
        blanks = 0;
    }
    known + 1
}

/// Labels below a state of a container.
const OF_STATE: &[&str] = &["Exit Code", "Finished", "Message", "Reason", "Signal", "Started"];

/// Returns how many lines part of a container takes whose labels have lost their padding; it starts with a
/// state. Zero when none starts at the first of `lines`.
pub(super) fn states(lines: &[Line<'_>]) -> usize {
    let Some(first) = lines.first().filter(|line| labeled(line.trimmed()).is_none()) else {
        return 0;
    };
    let state = matches!(
        loose(first.trimmed()),
        Some(("State" | "Last State", "Waiting" | "Running" | "Terminated"))
    );
    let own = |line: &&Line<'_>| {
        label(line).is_some_and(|label| OF_STATE.contains(&label) || is_container_field(label))
    };
    let count = lines.iter().take_while(own).count();
    if state && count > 1 { count } else { 0 }
}

/// Lays out such a part.
pub(super) fn of_container(lines: &[Line<'_>]) -> String {
    let mut layout = Layout { top: "Containers", ..Layout::default() };
    let mut text = String::new();
    for line in lines {
        layout.line(line, &mut text);
        text.push('\n');
    }
    text
}

/// Lays out an object whose labels have lost their padding.
pub(super) fn padded(lines: &[Line<'_>]) -> String {
    Layout::default().lay_out(lines)
}

/// Lays out part of an object that has lost `count` blanks in front of every line, or of its first line alone:
/// whoever marks a text with the mouse often begins behind the blanks.
pub(super) fn shifted(lines: &[Line<'_>], count: usize) -> String {
    /// Where the fields of a container stand, and what stands below one of them.
    const PLACES: [usize; 2] = [4, 6];
    let below = lines.get(1).map_or(0, Line::indent);
    let named = lines
        .first()
        .and_then(|line| labeled(line.trimmed()))
        .is_some_and(|(name, value)| value.is_empty() && !is_container_field(name));
    let alone = if named { PLACES.contains(&below) } else { !PLACES.contains(&(below + count)) };
    lines.iter().enumerate().fold(String::new(), |mut text, (at, line)| {
        let lost = if at == 0 || !alone { count } else { 0 };
        text.extend(std::iter::repeat_n(' ', lost));
        text.push_str(line.text);
        text.push('\n');
        text
    })
}

/// Reads the object in `lines` and states it on them. `lay_out` gives their text as kubectl prints it,
/// line by line; `parse` reads such text.
pub(super) fn state(
    lines: &[Line<'_>],
    lay_out: impl Fn(&[Line<'_>]) -> String,
    context: &Context<'_>,
    out: &mut Emitter<'_>,
    parse: fn(&[Line<'_>], &Context<'_>, &mut Emitter<'_>),
) {
    // A blank line behind each line is of the mail client's making.
    let told: Vec<Line<'_>> = lines.iter().filter(|line| !line.is_blank()).copied().collect();
    let text = lay_out(&told);
    let laid = Text { artifact: ArtifactId::default(), text: &text, offset: 0, first_line: 1 };
    let mut read = Parsed::default();
    let mut inner = Emitter::new(&mut read, laid, told.len());
    parse(&laid.lines(), context, &mut inner);
    out.used(lines);
    let index = |line: u64| usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
    for event in read.events {
        let end = index(event.at.end_line).saturating_add(1).min(told.len());
        let own = told.get(index(event.at.line)..end).unwrap_or_default();
        let marks =
            event.at.marks.iter().filter_map(|m| Some(mark(m.field, told.get(index(m.line))?)));
        out.marked(own, marks.collect(), event.data);
    }
    for coverage in read.coverage {
        let own = told.get(index(coverage.at.line)..).unwrap_or_default();
        let object_kind = coverage.object_kind.as_deref();
        out.coverage(own, coverage.kind, object_kind, coverage.scope, false);
    }
}

/// Where the walk over the lines stands.
#[derive(Debug, Default)]
struct Layout<'t> {
    /// Label at the margin.
    top: &'t str,
    /// Field of the container.
    field: &'t str,
    /// True when the lines still have their indentation.
    indented: bool,
}

impl<'t> Layout<'t> {
    /// Returns the text as kubectl would have laid it out, line by line.
    fn lay_out(mut self, lines: &[Line<'t>]) -> String {
        self.indented = lines.iter().any(|line| line.text.starts_with("   "));
        let mut text = String::new();
        for line in lines {
            if self.top == "Events" {
                text.push_str(line.text);
            } else {
                self.line(line, &mut text);
            }
            text.push('\n');
        }
        text
    }

    fn line(&mut self, line: &Line<'t>, text: &mut String) {
        let told = line.trimmed();
        let labeled = loose(told);
        let indent = if self.indented {
            line.indent()
        } else {
            self.indent(told, labeled.map_or("", |(label, _)| label))
        };
        if let Some((label, _)) = labeled.filter(|_| indent == 0) {
            self.top = label;
        }
        text.extend(std::iter::repeat_n(' ', indent));
        match labeled {
            Some((label, value)) => {
                text.push_str(label);
                text.push_str(":  ");
                text.push_str(value);
            }
            None => text.push_str(told),
        }
    }

    /// Returns the indentation of a line by its label and what stands above it.
    fn indent(&mut self, told: &str, label: &'t str) -> usize {
        let is_name = told.strip_suffix(':').is_some_and(|name| {
            name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        match self.top {
            "Containers" | "Init Containers" | "Ephemeral Containers" => {
                if BEHIND_CONTAINERS.contains(&label) {
                    0
                } else if is_name {
                    2
                } else if is_container_field(label) {
                    self.field = label;
                    4
                } else {
                    6
                }
            }
            "Pod Template" if !BEHIND_TEMPLATE.contains(&label) => 4,
            "Volumes" if !BEHIND_CONTAINERS.contains(&label) => 4,
            "IPs" if label == "IP" => 2,
            "Labels" | "Annotations" | "Taints" | "Tolerations" | "Node-Selectors" | "Selector"
                if !is_top(label) =>
            {
                20
            }
            _ if is_top(label)
                || matches!(label, "Name" | "Namespace" | "API Version" | "Kind") =>
            {
                0
            }
            "" | "Name" | "Namespace" => 0,
            _ => 2,
        }
    }
}
