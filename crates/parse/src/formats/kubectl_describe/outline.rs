//! The outline of one described object: its fields at the margin, and where the object ends.
//!
//! describe escapes nothing, so a value of several lines (a termination message, an event, the data of a
//! ConfigMap) can look like any other line. The walk knows for each such value which line ends it and
//! does not look at what stands between.

use super::config;
use super::events;
use super::label::{is_container_field, is_top, labeled};
use super::raw;
use crate::segment::interrupts;
use crate::text::Line;

/// Most lines looked at to see whether an object goes on behind a line that is not its own.
const STRAY_LINES: usize = 200;

/// Headings of a namespace's quotas and limits.
const QUOTAS: &[&str] =
    &["Resource Quotas", "Resource Limits", "No resource quota.", "No LimitRange resource."];

/// One field at the margin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'l, 't> {
    /// Label without the colon; `Containers` for the fields of a container whose head is cut off.
    pub(super) label: &'t str,
    /// Value on the label's line.
    pub(super) value: &'t str,
    /// The label's line and all lines below that belong to it.
    pub(super) lines: &'l [Line<'t>],
}

/// What is known of the text around an object or its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Around {
    /// Anything may stand there, and the object itself may be cut.
    #[default]
    Anything,
    /// Anything may stand there; the object has its head.
    Object,
    /// Nothing but further objects, each behind two blank lines.
    Objects,
}

/// The fields of one object in their order, and all its lines.
#[derive(Debug)]
pub(super) struct Outline<'l, 't> {
    /// Fields.
    pub(super) fields: Vec<Field<'l, 't>>,
    /// Lines, without blank ones at the end.
    pub(super) lines: &'l [Line<'t>],
    /// What stands around them.
    pub(super) around: Around,
}

impl<'l, 't> Field<'l, 't> {
    /// Returns the line of the label.
    pub(super) fn first(&self) -> Option<&'l Line<'t>> {
        self.lines.first()
    }

    /// Returns the lines below the label's line.
    pub(super) fn below(&self) -> &'l [Line<'t>] {
        self.lines.get(1..).unwrap_or_default()
    }

    /// Returns the value on the label's line and the text of each line below, without blanks around.
    pub(super) fn values(&self) -> impl Iterator<Item = &'t str> {
        let below = self.below().iter().map(Line::trimmed);
        std::iter::once(self.value).chain(below).filter(|text| !matches!(*text, "" | "<none>"))
    }
}

impl<'l, 't> Outline<'l, 't> {
    /// Returns the first field called `label`.
    pub(super) fn field(&self, label: &str) -> Option<&Field<'l, 't>> {
        self.fields.iter().find(|field| field.label == label)
    }

    /// Returns true when there is a field called `label`.
    pub(super) fn has(&self, label: &str) -> bool {
        self.field(label).is_some()
    }

    /// Returns the value of the first field called `label`.
    pub(super) fn value(&self, label: &str) -> Option<&'t str> {
        self.field(label).map(|field| field.value)
    }

    /// Returns the object's lines up to its events.
    pub(super) fn body(&self) -> &'l [Line<'t>] {
        let events = self.field("Events").map_or(0, |field| field.lines.len());
        let body = self.lines.get(..self.lines.len() - events).unwrap_or_default();
        trim_end(body)
    }
}

/// Reads the outline of the object that starts at the first of `lines`.
pub(super) fn outline<'l, 't>(lines: &'l [Line<'t>], around: Around) -> Outline<'l, 't> {
    let named = lines.first().and_then(|line| labeled(line.text));
    let around = match around {
        Around::Anything if named.is_some_and(|(label, _)| label == "Name") => Around::Object,
        around => around,
    };
    let spaced = is_spaced(lines);
    let mut walk = Walk { lines, at: 0, starts: Vec::new(), spaced, around, in_state: true };
    if lines.first().is_some_and(|line| line.indent() > 0) {
        walk.starts.push((0, "Containers", ""));
    }
    while let Some(next) = walk.step() {
        walk.at = next;
    }
    let own = trim_end(lines.get(..walk.at).unwrap_or(lines));
    let ends = walk.starts.iter().skip(1).map(|(at, ..)| *at).chain([own.len()]);
    let fields = walk.starts.iter().zip(ends).map(|((at, label, value), end)| {
        let lines = own.get(*at..end).unwrap_or_default();
        // Blank lines behind the data of a config map can be part of it.
        let lines = if *label == "Data" { lines } else { trim_end(lines) };
        Field { label, value, lines }
    });
    Outline { fields: fields.collect(), lines: own, around }
}

/// Returns true when a described object starts at line `at`: `Name:` and, close below it, a second label
/// that describe prints there. (nslookup prints `Name:` too, followed by `Address:`.)
pub(super) fn starts_object(lines: &[Line<'_>], at: usize) -> bool {
    const SECOND: &[&str] = &[
        "Annotations",
        "Controlled By",
        "Created on",
        "Image",
        "IsDefaultClass",
        "Labels",
        "Max unavailable",
        "Min available",
        "Namespace",
        "Node",
        "Priority",
        "Resource",
        "Role",
        "Roles",
        "Selector",
        "Service Account",
        "Start Time",
        "Status",
        "StorageClass",
        "Taints",
        "Unschedulable",
        "Value",
    ];
    let Some(rest) = lines.get(at..) else { return false };
    let named = rest.first().and_then(|line| labeled(line.text));
    if !named.is_some_and(|(label, value)| label == "Name" && !value.is_empty()) {
        return false;
    }
    let mut below = rest.iter().skip(1).filter(|line| !line.is_blank()).take(3);
    below.any(|line| labeled(line.text).is_some_and(|(label, _)| SECOND.contains(&label)))
}

/// Returns true when kubectl's next object starts at line `at`: it prints two blank lines above it.
pub(super) fn is_next_object(lines: &[Line<'_>], at: usize) -> bool {
    let above = at.checked_sub(2).and_then(|from| lines.get(from..at)).unwrap_or_default();
    above.len() == 2 && above.iter().all(Line::is_blank) && starts_object(lines, at)
}

/// Returns true for a line that another command's output or a shell prompt starts with.
pub(super) fn is_foreign(text: &str) -> bool {
    let mut words = text.split_whitespace();
    match words.next() {
        Some("NAME" | "NAMESPACE") => true,
        Some("LAST") => words.next() == Some("SEEN"),
        Some("Server:") => words.count() == 1,
        _ => interrupts(text),
    }
}

/// Returns `lines` without blank lines at the end.
pub(super) fn trim_end<'l, 't>(lines: &'l [Line<'t>]) -> &'l [Line<'t>] {
    let end = lines.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    lines.get(..end).unwrap_or(lines)
}

/// Returns true when a mail client put a blank line behind every line.
fn is_spaced(lines: &[Line<'_>]) -> bool {
    lines.len() > 6
        && lines.iter().take(7).enumerate().all(|(index, line)| line.is_blank() == (index % 2 == 1))
}

struct Walk<'l, 't> {
    lines: &'l [Line<'t>],
    at: usize,
    starts: Vec<(usize, &'t str, &'t str)>,
    spaced: bool,
    around: Around,
    /// True inside the state of a container: only there, messages stand.
    in_state: bool,
}

impl<'t> Walk<'_, 't> {
    /// Reads what stands at the current line; returns the line to go on with, `None` at the object's end.
    fn step(&mut self) -> Option<usize> {
        let line = *self.lines.get(self.at)?;
        if line.is_blank() {
            self.behind_blank()
        } else if line.indent() == 0 {
            self.at_margin(line.text)
        } else {
            Some(self.inside(line))
        }
    }

    fn at_margin(&mut self, text: &'t str) -> Option<usize> {
        self.in_state = false;
        if let Some(next) = self.heading(text) {
            return Some(next);
        }
        match labeled(text) {
            Some(("Name", _)) if self.at > 0 && self.is_other(self.at) => None,
            Some(("Events", value)) => {
                self.starts.push((self.at, "Events", value));
                Some(self.at + events::extent(self.lines.get(self.at..)?, self.around))
            }
            Some((label, value)) if self.at == 0 || !self.is_alien(label) => {
                self.starts.push((self.at, label, value));
                Some(match label {
                    "Message" | "Note" if self.has_api_version() => {
                        self.at + raw::event_message(self.lines.get(self.at..)?)
                    }
                    "Message" => self.at + raw::pod_message(self.lines.get(self.at..)?),
                    "Conditions" => {
                        self.at + raw::node_conditions(self.lines.get(self.at..)?).unwrap_or(1)
                    }
                    _ => self.at + 1,
                })
            }
            _ if self.at == 0 => None,
            _ => self.stray(),
        }
    }

    /// True for an object that is printed field by field.
    fn has_api_version(&self) -> bool {
        self.starts.iter().any(|(_, label, _)| *label == "API Version")
    }

    /// Returns true when another object starts at line `at`.
    fn is_other(&self, at: usize) -> bool {
        match self.around {
            Around::Objects => is_next_object(self.lines, at),
            Around::Anything | Around::Object => starts_object(self.lines, at),
        }
    }

    /// Returns true for a label that another program prints at the margin.
    fn is_alien(&self, label: &str) -> bool {
        let shouted = label.len() > 3 && label.chars().all(|c| c.is_ascii_uppercase() || c == ' ');
        let below = self.lines.get(self.at + 1).map_or("", |line| line.text);
        let resolver = label == "Server" && below.starts_with("Address:");
        shouted || resolver || matches!(label, "Name" | "Error" | "error" | "Warning")
    }

    /// Reads the headings that have no colon.
    fn heading(&mut self, text: &'t str) -> Option<usize> {
        let ruled = self.lines.get(self.at + 1).is_some_and(|line| line.text.starts_with("===="));
        let mut words = text.split_whitespace();
        let (label, next) = match (text.trim_end(), words.next(), words.next()) {
            ("Data", ..) if ruled => ("Data", config::data_end(self.lines, self.at)),
            ("BinaryData", ..) if ruled => ("BinaryData", self.at + 2),
            (text, ..) if QUOTAS.contains(&text) => ("Quotas", self.at + 1),
            (_, Some("Resource"), Some("Used")) | (_, Some("Type"), Some("Resource")) => {
                let rows = self.lines.iter().skip(self.at).take_while(|line| !line.is_blank());
                ("Quotas", self.at + rows.count())
            }
            _ => return None,
        };
        self.starts.push((self.at, label, ""));
        Some(next)
    }

    /// Returns the line behind an indented line and the raw lines of its value.
    fn inside(&mut self, line: Line<'t>) -> usize {
        let in_containers =
            self.starts.last().is_some_and(|(_, label, _)| label.ends_with("Containers"));
        let rest = self.lines.get(self.at..).unwrap_or_default();
        if in_containers {
            return self.at + raw::container_value_lines(rest, &mut self.in_state);
        }
        // A template has no messages, but its probes can print any lines too.
        let in_template = self.starts.last().is_some_and(|(_, label, _)| *label == "Pod Template");
        let probes = in_template && line.indent() == 4;
        self.at + probes.then(|| raw::probe_lines(rest)).flatten().unwrap_or(1)
    }

    fn behind_blank(&self) -> Option<usize> {
        let ahead = self.lines.get(self.at..)?;
        let next = self.at + ahead.iter().position(|line| !line.is_blank())?;
        let line = self.lines.get(next)?;
        if self.spaced {
            return (!starts_object(self.lines, next)).then_some(next);
        }
        let last = self.starts.last().map_or("", |(_, label, _)| *label);
        // Empty lines of an argument or an annotation keep their indentation.
        let kept = ahead.first().is_some_and(|line| !line.text.is_empty());
        if line.indent() > 1 && last != "Events" && (kept || last.ends_with("Containers")) {
            return Some(next);
        }
        let text = line.text.trim_end();
        let goes_on = matches!(text, "Data" | "BinaryData")
            || QUOTAS.contains(&text)
            || labeled(line.text).is_some_and(|(label, _)| is_top(label));
        (goes_on && last != "Events").then_some(next)
    }

    /// Returns where the object goes on behind lines that carry no label of its own: a raw value, or a
    /// line of another program in between. `None` when it does not go on.
    fn stray(&self) -> Option<usize> {
        let mut blanks = 0;
        for at in self.at..(self.at + STRAY_LINES).min(self.lines.len()) {
            let line = self.lines.get(at)?;
            blanks = if line.is_blank() { blanks + 1 } else { 0 };
            if blanks > 1 || is_foreign(line.text) || starts_object(self.lines, at) {
                return None;
            }
            let own = labeled(line.trimmed()).is_some_and(|(label, _)| match line.indent() {
                0 => is_top(label),
                4 => is_container_field(label),
                _ => false,
            });
            if own {
                return Some(at);
            }
        }
        None
    }
}
