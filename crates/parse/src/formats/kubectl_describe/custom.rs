//! Custom resources and every other kind that describe prints field by field.
//!
//! `Spec:` and `Status:` follow the fields of the object, each in words (`Extension Type` for
//! `extensionType`), sorted; items of a list have nothing between them, so a new item starts where the
//! order starts again.

use std::collections::BTreeMap;

use kubetriage_model::Condition;

use super::label::{given, labeled};
use super::outline::{Field, Outline};

/// Most fields kept of one object.
const FIELDS: usize = 500;
/// Longest value kept, in bytes.
const VALUE_BYTES: usize = 1024;

/// What the spec and the status of an object say.
#[derive(Debug, Default)]
pub(super) struct Custom {
    /// Dotted path to text (`spec.extensionType`); of list items the first one's.
    pub(super) fields: BTreeMap<String, String>,
    /// Conditions by type.
    pub(super) conditions: BTreeMap<String, Condition>,
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
            if matches!(path.as_slice(), [(_, top), (_, list)] if top == "status" && list == "conditions")
            {
                self.condition(&mut item, label, value);
            } else if value.is_empty() {
                path.push((indent, camel(label)));
            } else if self.fields.len() < FIELDS {
                let above = path.iter().map(|(_, part)| part.as_str());
                let name: Vec<&str> = above.collect();
                let name = format!("{}.{}", name.join("."), camel(label));
                self.fields.entry(name).or_insert_with(|| bounded(value));
            }
        }
        self.finish(&mut item);
    }

    fn condition<'t>(&mut self, item: &mut Item<'t>, label: &'t str, value: &str) {
        if label <= item.last {
            self.finish(item);
        }
        item.last = label;
        match label {
            "Type" => item.kind = given(value),
            "Status" => item.condition.status = given(value),
            "Reason" => item.condition.reason = given(value),
            "Message" => item.condition.message = given(value),
            _ => {}
        }
    }

    fn finish(&mut self, item: &mut Item<'_>) {
        let Item { kind, condition, .. } = std::mem::take(item);
        self.conditions.extend(kind.map(|kind| (kind, condition)));
    }
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
