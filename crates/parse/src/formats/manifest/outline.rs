//! Where the keys of an object stand: an index from paths to lines, made from indentation alone.
//!
//! It reads pretty-printed JSON and block-style YAML in the same way, one key a line, and remembers only
//! the keys that evidence points at. On text in another layout (minified, flow style) it finds less,
//! never something wrong that matters: a mark that is missing means the first line of the object.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::prim::yaml_docs::key_value;
use crate::text::Line;

/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 64;

/// Index from path (`status.containerStatuses.0.state.waiting.reason`) to line.
#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    lines: HashMap<String, usize>,
}

/// One open level: how deep it is indented, and what it is.
#[derive(Debug, Clone, Copy)]
struct Level<'t> {
    indent: usize,
    name: Name<'t>,
}

#[derive(Debug, Clone, Copy)]
enum Name<'t> {
    Key(&'t str),
    Item(usize),
    /// The `-` of the object itself.
    Root,
}

/// What the following lines are until something ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    /// A block scalar of a key with this indentation.
    Block(usize),
    /// A quoted scalar that goes on.
    Quoted(char),
}

impl Outline {
    /// Reads the lines of one object.
    pub(super) fn read(lines: &[Line<'_>], yaml: bool) -> Self {
        let mut outline = Self::default();
        let mut stack: Vec<Level<'_>> = Vec::new();
        let mut inside = Inside::Nothing;
        for (index, line) in lines.iter().enumerate() {
            let indent = line.indent();
            let text = line.text.get(indent..).unwrap_or_default();
            if text.is_empty() || skipped(text, indent, &mut inside) {
                continue;
            }
            let (text, indent) = open_items(text, indent, &mut stack);
            let Some((key, value)) = key_value(text) else { continue };
            if yaml {
                inside = opened(value, indent);
            }
            let opens = value.is_empty() || value.ends_with(['{', '[']);
            let telling = is_telling(key) || is_data(&stack, indent);
            if !opens && !telling {
                continue;
            }
            stack.truncate(stack.iter().rposition(|l| l.indent < indent).map_or(0, |at| at + 1));
            if stack.len() >= MAX_DEPTH {
                continue;
            }
            stack.push(Level { indent, name: Name::Key(key) });
            if telling {
                outline.lines.entry(path(&stack)).or_insert(index);
            }
        }
        outline
    }

    /// Returns the index of keys whose lines are known.
    pub(super) fn of(keys: impl Iterator<Item = (String, usize)>) -> Self {
        Self { lines: keys.collect() }
    }

    /// Returns the index of the line that holds the key at `path`.
    pub(super) fn line(&self, path: &str) -> Option<usize> {
        self.lines.get(path).copied()
    }
}

/// True for lines inside a scalar; notices its end.
fn skipped(text: &str, indent: usize, inside: &mut Inside) -> bool {
    match *inside {
        Inside::Nothing => false,
        Inside::Block(key) => {
            let skip = indent > key;
            if !skip {
                *inside = Inside::Nothing;
            }
            skip
        }
        Inside::Quoted(quote) => {
            if closes(text, quote) {
                *inside = Inside::Nothing;
            }
            true
        }
    }
}

/// Opens the list items that start on this line; returns what follows them.
fn open_items<'t>(
    mut text: &'t str,
    mut indent: usize,
    stack: &mut Vec<Level<'t>>,
) -> (&'t str, usize) {
    loop {
        let rest = match text.strip_prefix("- ") {
            Some(rest) => rest.trim_start(),
            None if text == "-"
                || text.starts_with('{')
                || (text.starts_with("},") && text.ends_with('{')) =>
            {
                ""
            }
            None => return (text, indent),
        };
        open_item(indent, stack);
        if rest.is_empty() {
            return ("", indent);
        }
        indent += text.len() - rest.len();
        text = rest;
    }
}

fn open_item(indent: usize, stack: &mut Vec<Level<'_>>) {
    stack.truncate(stack.iter().rposition(|l| l.indent <= indent).map_or(0, |at| at + 1));
    let room = stack.len() < MAX_DEPTH;
    match stack.last_mut() {
        None => stack.push(Level { indent, name: Name::Root }),
        Some(Level { indent: at, name: Name::Item(number) }) if *at == indent => *number += 1,
        Some(Level { name: Name::Root, indent: at }) if *at == indent => {}
        Some(_) if room => stack.push(Level { indent, name: Name::Item(0) }),
        Some(_) => {}
    }
}

fn opened(value: &str, indent: usize) -> Inside {
    match value.chars().next() {
        Some('|' | '>') => Inside::Block(indent),
        Some(quote @ ('"' | '\'')) => {
            let rest = value.get(1..).unwrap_or_default();
            if closes(rest, quote) { Inside::Nothing } else { Inside::Quoted(quote) }
        }
        _ => Inside::Nothing,
    }
}

/// True when the quoted scalar that `text` continues ends in it.
fn closes(text: &str, quote: char) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        if char == '\\' && quote == '"' {
            chars.next();
        } else if char == quote {
            if quote == '\'' && chars.peek() == Some(&'\'') {
                chars.next();
            } else {
                return true;
            }
        }
    }
    false
}

/// True for a line below the `data` of a `ConfigMap` or Secret, whose keys are all telling.
fn is_data(stack: &[Level<'_>], indent: usize) -> bool {
    let above = |level: &Level<'_>| {
        level.indent < indent && matches!(level.name, Name::Key("data" | "stringData"))
    };
    stack.iter().take(2).any(above)
}

/// True for keys that evidence points at.
fn is_telling(key: &str) -> bool {
    matches!(
        key,
        "phase"
            | "reason"
            | "message"
            | "note"
            | "status"
            | "exitCode"
            | "image"
            | "imageID"
            | "ready"
            | "restartCount"
            | "type"
            | "taints"
            | "unschedulable"
            | "nodeName"
            | "nodeSelector"
            | "tolerations"
            | "imagePullSecrets"
            | "count"
            | "replicas"
            | "name"
            | "waiting"
            | "running"
            | "terminated"
            | "deletionTimestamp"
            | "kind"
            | "key"
            | "readyReplicas"
            | "availableReplicas"
            | "updatedReplicas"
            | "failed"
            | "succeeded"
            | "qosClass"
            | "podIP"
    )
}

fn path(stack: &[Level<'_>]) -> String {
    let mut path = String::with_capacity(64);
    for level in stack {
        if !path.is_empty() {
            path.push('.');
        }
        match level.name {
            Name::Key(key) => path.push_str(key),
            Name::Item(number) => {
                // Writing to a String cannot fail.
                let _ = write!(path, "{number}");
            }
            Name::Root => {}
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, yaml: bool, path: &str) -> Option<usize> {
        let lines: Vec<_> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line { text, number, offset: 0 })
            .collect();
        Outline::read(&lines, yaml).line(path)
    }

    #[test]
    fn both_forms_give_the_same_paths() {
        let yaml = "- kind: Pod\n  status:\n    conditions:\n    - status: \"True\"\n      type: A\n    \
                    - status: \"False\"\n      type: B\n    phase: Running\n";
        assert_eq!(find(yaml, true, "status.conditions.1.type"), Some(6));
        assert_eq!(find(yaml, true, "status.phase"), Some(7));
        let json = "{\n  \"status\": {\n    \"conditions\": [\n      {\n        \"type\": \"A\"\n      },\n      \
                    {\n        \"type\": \"B\"\n      }\n    ],\n    \"phase\": \"Running\"\n  }\n}\n";
        assert_eq!(find(json, false, "status.conditions.1.type"), Some(7));
        assert_eq!(find(json, false, "status.phase"), Some(10));
    }

    #[test]
    fn text_of_scalars_is_no_key() {
        let yaml = "data:\n  a: |\n    status: x\n    phase: y\n  b: 'one\n    phase: two'\n\
                    status:\n  phase: Running\n";
        assert_eq!(find(yaml, true, "status.phase"), Some(7));
        assert_eq!(find(yaml, true, "data.a.phase"), None);
        assert_eq!(find(yaml, true, "data.phase"), None);
        assert_eq!(find(yaml, true, "data.b"), Some(4));
    }
}
