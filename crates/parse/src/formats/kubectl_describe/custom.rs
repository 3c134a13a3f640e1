//! Custom resources and every other kind that describe prints field by field.
//!
//! `Spec:` and `Status:` follow the fields of the object, each in words (`Extension Type` for
//! `extensionType`), sorted; items of a list have nothing between them, so a new item starts where the
//! order starts again.

use std::collections::BTreeMap;

use kubetriage_model::{Condition, Mark};

use super::label::{given, labeled};
use super::outline::{Field, Outline};
use crate::emitter::mark;
use crate::text::Line;

/// Most fields kept of one object.
const FIELDS: usize = 500;
/// Longest value kept, in bytes.
const VALUE_BYTES: usize = 1024;

/// What the spec and the status of an object say.
#[derive(Debug, Default)]
pub(super) struct Custom {
    /// Dotted path to text (`spec.extensionType`); of several list items their distinct texts, comma-separated.
    pub(super) fields: BTreeMap<String, String>,
    /// Conditions by type: those of the status, or those that it holds for each of its parents.
    pub(super) conditions: BTreeMap<String, Condition>,
    /// Where the status of the first condition stands that is not true.
    pub(super) telling: Option<Mark>,
    /// Where the phase or the state stands.
    pub(super) status: Option<Mark>,
}

/// Reads `Spec:` and `Status:`.
pub(super) fn read(outline: &Outline<'_, '_>) -> Custom {
    let mut custom = Custom::default();
    for label in ["Spec", "Status"] {
        if let Some(field) = outline.field(label).filter(|field| field.value.is_empty()) {
            custom.section(field);
        }
    }
    custom
}

/// The condition under way.
#[derive(Debug, Default)]
struct Item<'t> {
    last: &'t str,
    kind: Option<String>,
    condition: Condition,
    status_at: Option<Mark>,
}

impl Custom {
    fn section(&mut self, field: &Field<'_, '_>) {
        let mut path: Vec<(usize, String)> = vec![(0, camel(field.label))];
        let mut item = Item::default();
        for line in field.below() {
            let Some((label, value)) = labeled(line.trimmed()) else { continue };
            let indent = line.indent();
            while path.len() > 1 && path.last().is_some_and(|(above, _)| *above >= indent) {
                path.pop();
            }
            if is_of_conditions(&path) {
                self.condition(&mut item, line, (label, value));
            } else if value.is_empty() {
                path.push((indent, camel(label)));
            } else if self.fields.len() < FIELDS {
                let above = path.iter().map(|(_, part)| part.as_str());
                let name: Vec<&str> = above.collect();
                self.field(format!("{}.{}", name.join("."), camel(label)), value, line);
            }
        }
        self.finish(&mut item);
    }

    /// Adds a value; those of the same path are kept once each, comma-separated.
    fn field(&mut self, name: String, value: &str, line: &Line<'_>) {
        if matches!(name.as_str(), "status.state" | "status.phase") {
            self.status.get_or_insert_with(|| mark("status", line));
        }
        let value = bounded(value);
        let known = self.fields.entry(name).or_default();
        if known.is_empty() {
            *known = value;
        } else if known.len() + value.len() < VALUE_BYTES && known.split(',').all(|v| v != value) {
            known.push(',');
            known.push_str(&value);
        }
    }

    fn condition<'t>(
        &mut self,
        item: &mut Item<'t>,
        line: &Line<'_>,
        (label, value): (&'t str, &str),
    ) {
        if label <= item.last {
            self.finish(item);
        }
        item.last = label;
        match label {
            "Type" => item.kind = given(value),
            "Status" => {
                item.condition.status = given(value);
                item.status_at = Some(mark("conditions", line));
            }
            "Reason" => item.condition.reason = given(value),
            "Message" => item.condition.message = given(value),
            _ => {}
        }
    }

    fn finish(&mut self, item: &mut Item<'_>) {
        let Item { kind, condition, status_at, .. } = std::mem::take(item);
        let Some(kind) = kind else { return };
        let well = |condition: &Condition| condition.status.as_deref() == Some("True");
        if self.telling.is_none() && !well(&condition) {
            self.telling = status_at;
        }
        // What one parent refuses is not made good by another that accepts it.
        if self.conditions.get(&kind).is_none_or(well) {
            self.conditions.insert(kind, condition);
        }
    }
}

/// True inside of `Status: Conditions:`, and inside of the conditions of one of several parents.
fn is_of_conditions(path: &[(usize, String)]) -> bool {
    let mut parts = path.iter().map(|(_, part)| part.as_str());
    parts.next() == Some("status")
        && matches!(
            (parts.next(), parts.next(), parts.next()),
            (Some("conditions"), None, None) | (Some("parents"), Some("conditions"), None)
        )
}

/// Turns `Extension Type` into `extensionType` and `API Version` into `apiVersion`.
fn camel(label: &str) -> String {
    let mut words = label.split(' ');
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    words.fold(first, |mut name, word| {
        name.push_str(word);
        name
    })
}

fn bounded(value: &str) -> String {
    let end = (0..=VALUE_BYTES.min(value.len())).rev().find(|at| value.is_char_boundary(*at));
    value.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}
