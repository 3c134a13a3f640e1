//! Containers of a pod: `Init Containers:`, `Containers:` and `Ephemeral Containers:`.
//!
//! A name stands two blanks in, its fields four, their details six. Lines of a message at the margin are
//! skipped with the message, so indentation alone tells what a line belongs to.

use kubetriage_model::{Container, Mark};

use super::kind::Described;
use super::label::{given, is_container_field, labeled};
use super::outline::Field;
use super::raw::container_value_lines;
use crate::emitter::mark;
use crate::text::Line;

/// One container with its lines.
#[derive(Debug)]
pub(super) struct Block<'l, 't> {
    /// Its lines.
    pub(super) lines: &'l [Line<'t>],
    /// Lines of its fields.
    pub(super) marks: Vec<Mark>,
    /// What they say.
    pub(super) data: Container,
    /// True for an ephemeral container.
    pub(super) ephemeral: bool,
    /// Signal that ended it.
    pub(super) signal: Option<i64>,
}

/// One field: its indentation, label, value, and the number of lines of the value.
#[derive(Debug, Clone, Copy)]
struct Item<'l, 't> {
    indent: usize,
    label: &'t str,
    value: &'t str,
    lines: &'l [Line<'t>],
}

/// Reads the containers of a pod in the order in which they are printed.
pub(super) fn read<'l, 't>(object: &Described<'l, 't>) -> Vec<Block<'l, 't>> {
    let mut blocks = Vec::new();
    for field in &object.outline.fields {
        let init = match field.label {
            "Containers" | "Ephemeral Containers" => false,
            "Init Containers" => true,
            _ => continue,
        };
        let known = field.first().is_some_and(|line| line.indent() == 0);
        for (name, lines) in split(field) {
            let init = known.then_some(init);
            let block = block(object, name, lines);
            blocks.extend(block.map(|mut block| {
                block.data.init = init;
                block.ephemeral = field.label == "Ephemeral Containers";
                block
            }));
        }
    }
    blocks
}

/// Splits the lines of a section into containers. The first has no name when its head is cut off.
fn split<'l, 't>(field: &Field<'l, 't>) -> Vec<(&'t str, &'l [Line<'t>])> {
    let headed = field.first().is_some_and(|line| line.indent() == 0);
    let lines = if headed { field.below() } else { field.lines };
    let mut starts: Vec<(usize, &str)> = if headed { Vec::new() } else { vec![(0, "")] };
    let mut unnamed = !headed;
    let mut in_state = true;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // Without names, a state tells that the next container has begun.
        let state = unnamed && line.trimmed().starts_with("State:");
        match name(line) {
            Some(name) => {
                unnamed = false;
                starts.retain(|(start, _)| *start != at);
                starts.push((at, name));
            }
            None if state && has_state(lines, &starts, at) => starts.push((at, "")),
            None => {}
        }
        at += container_value_lines(lines.get(at..).unwrap_or_default(), &mut in_state);
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]);
    let blocks = starts.iter().zip(ends);
    blocks.map(|((at, name), end)| (*name, lines.get(*at..end).unwrap_or_default())).collect()
}

/// Returns true when the last container of `starts` has its state above line `at`.
fn has_state(lines: &[Line<'_>], starts: &[(usize, &str)], at: usize) -> bool {
    let start = starts.last().map_or(0, |(start, _)| *start);
    let own = lines.get(start..at).unwrap_or_default();
    own.iter().any(|line| line.trimmed().starts_with("State:"))
}

/// Reads `  name:`.
fn name<'t>(line: &Line<'t>) -> Option<&'t str> {
    let name = line.trimmed().strip_suffix(':').filter(|_| matches!(line.indent(), 1..=3))?;
    let label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.<>_".contains(c);
    (!name.is_empty() && name.chars().all(label)).then_some(name)
}

fn block<'l, 't>(
    object: &Described<'_, '_>,
    name: &str,
    lines: &'l [Line<'t>],
) -> Option<Block<'l, 't>> {
    let mut block = Block {
        lines,
        marks: Vec::new(),
        data: Container::default(),
        ephemeral: false,
        signal: None,
    };
    let mut part = "";
    for item in items(lines) {
        if item.indent <= 5 {
            part = item.label;
            block.field(&item);
        } else if part == "State" {
            block.state(&item);
        } else if part == "Last State" {
            block.last_state(&item);
        }
    }
    let data = &mut block.data;
    if name.is_empty() && data.state.is_none() && data.last_state.is_none() && data.image.is_none()
    {
        return None;
    }
    data.namespace.clone_from(&object.namespace);
    data.pod.clone_from(&object.name);
    name.clone_into(&mut data.name);
    Some(block)
}

/// Reads the labelled lines of a container.
fn items<'l, 't>(lines: &'l [Line<'t>]) -> Vec<Item<'l, 't>> {
    let mut items = Vec::new();
    let mut in_state = true;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let indent = line.indent();
        let rest = lines.get(at..).unwrap_or_default();
        let taken = container_value_lines(rest, &mut in_state);
        if let Some((label, value)) = labeled(line.trimmed()) {
            let known = indent > 5 || is_container_field(label);
            let lines = rest.get(..taken).unwrap_or_default();
            if indent >= 4 && known {
                items.push(Item { indent, label, value, lines });
            }
        }
        at += taken;
    }
    items
}

impl Item<'_, '_> {
    /// Returns the value with the raw lines below it.
    fn text(&self) -> Option<String> {
        let below = self.lines.iter().skip(1).map(|line| line.text.trim_end());
        let text: Vec<&str> = std::iter::once(self.value).chain(below).collect();
        given(text.join("\n").trim())
    }

    /// Returns a time, `None` for the zero time.
    fn time(&self) -> Option<String> {
        given(self.value).filter(|time| !time.contains("Jan 0001"))
    }
}

impl Block<'_, '_> {
    fn mark(&mut self, field: &'static str, item: &Item<'_, '_>) {
        self.marks.extend(item.lines.first().map(|line| mark(field, line)));
    }

    fn field(&mut self, item: &Item<'_, '_>) {
        let data = &mut self.data;
        let field = match item.label {
            "Image" => {
                data.image = given(item.value);
                "image"
            }
            "Image ID" => {
                data.image_id = given(item.value);
                "image_id"
            }
            "State" => {
                data.state = given(item.value).map(|state| state.to_ascii_lowercase());
                "state"
            }
            "Last State" => {
                data.last_state = given(item.value).map(|state| state.to_ascii_lowercase());
                "last_state"
            }
            "Ready" => {
                data.ready = item.value.to_ascii_lowercase().parse().ok();
                "ready"
            }
            "Restart Count" => {
                data.restarts = item.value.parse().ok();
                "restarts"
            }
            _ => return,
        };
        self.mark(field, item);
    }

    fn state(&mut self, item: &Item<'_, '_>) {
        let data = &mut self.data;
        let field = match item.label {
            "Reason" => {
                data.reason = item.text();
                "reason"
            }
            "Message" => {
                data.message = item.text();
                "message"
            }
            "Exit Code" => {
                data.exit_code = item.value.parse().ok();
                "exit_code"
            }
            "Signal" => {
                self.signal = item.value.parse().ok();
                return;
            }
            "Started" => {
                data.started = item.time();
                "started"
            }
            "Finished" => {
                data.finished = item.time();
                "finished"
            }
            _ => return,
        };
        self.mark(field, item);
    }

    fn last_state(&mut self, item: &Item<'_, '_>) {
        let data = &mut self.data;
        let field = match item.label {
            "Reason" => {
                data.last_reason = item.text();
                "last_reason"
            }
            "Message" => {
                data.last_message = item.text();
                "last_message"
            }
            "Exit Code" => {
                data.last_exit_code = item.value.parse().ok();
                "last_exit_code"
            }
            _ => return,
        };
        self.mark(field, item);
    }
}
