//! Field paths: how a rule names a value inside an event.
//!
//! ```text
//! path    := step ("." step)*          conditions.Ready
//! step    := word | quoted             labels."app.kubernetes.io/name"
//! choice  := path ("|" path)*          message|last_message    the first that the event carries
//! ```
//! A step goes into a record, a map or every element of a list. `object` (with `.kind`, `.namespace`,
//! `.name`) names the object that the event concerns, whatever its kind.

use kubetriage_model::{FAMILIES, Shape, Value};

use crate::facts::Fact;

/// Name of the virtual field for the object that an event concerns.
const OBJECT: &str = "object";

/// One or more ways to a value; the first that an event carries counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FieldPath {
    choices: Vec<Vec<String>>,
}

impl FieldPath {
    /// Reads a path as written in a rule; `None` if a step is empty or a quote is open.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let choices: Vec<_> = text.split('|').map(|path| steps(path.trim())).collect();
        let choices: Option<Vec<_>> = choices.into_iter().collect();
        choices.map(|choices| Self { choices })
    }

    /// Returns the first way's first step, the name of a field.
    pub(crate) fn field(&self) -> &str {
        self.choices.first().and_then(|steps| steps.first()).map_or("", String::as_str)
    }

    /// Returns the first way's second step: a key of a map, or a field of a record.
    pub(crate) fn key(&self) -> Option<&str> {
        self.choices.first()?.get(1).map(String::as_str)
    }

    /// Returns the names of the fields that the path may start with.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().filter_map(|steps| steps.first()).map(String::as_str)
    }

    /// True if at least one way exists in events of `kind`.
    pub(crate) fn exists_in(&self, kind: &str) -> bool {
        self.choices.iter().any(|steps| way_exists(kind, steps))
    }

    /// Returns the shape of a single value in events of `kind`, and whether there may be several; none for a choice
    /// of ways, which may differ.
    pub(crate) fn shape_in(&self, kind: &str) -> Option<(Shape, bool)> {
        let [steps] = self.choices.as_slice() else { return None };
        shape_of(kind, steps)
    }

    /// Returns the values at the path: every element of lists, nothing if no way leads anywhere.
    pub(crate) fn read<'f>(&self, fact: &'f Fact<'_>) -> Vec<Value<'f>> {
        let mut values = Vec::new();
        for steps in &self.choices {
            read_way(fact, steps, &mut values);
            values.retain(|value| *value != Value::Missing);
            if !values.is_empty() {
                break;
            }
        }
        values
    }

    /// Returns the first value at the path as text.
    pub(crate) fn text(&self, fact: &Fact<'_>) -> Option<String> {
        self.read(fact).into_iter().find_map(|value| text_of(&value))
    }
}

/// Returns how a single value is written.
pub(crate) fn text_of(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some((*text).to_owned()),
        Value::Int(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Missing | Value::List(_) | Value::Map(_) => None,
    }
}

fn steps(path: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = path;
    loop {
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '`' | '\''));
        let (step, behind) = match quote {
            Some(quote) => rest.get(1..)?.split_once(quote)?,
            None => rest.split_at(rest.find('.').unwrap_or(rest.len())),
        };
        if step.is_empty() {
            return None;
        }
        found.push(step.to_owned());
        if behind.is_empty() {
            return Some(found);
        }
        rest = behind.strip_prefix('.')?;
    }
}

fn way_exists(kind: &str, steps: &[String]) -> bool {
    let Some((first, rest)) = steps.split_first() else { return false };
    if first == OBJECT {
        return match rest {
            [] => true,
            [part] => matches!(part.as_str(), "kind" | "namespace" | "name"),
            _ => false,
        };
    }
    shape_of(kind, steps).is_some()
}

fn shape_of(kind: &str, steps: &[String]) -> Option<(Shape, bool)> {
    let (first, rest) = steps.split_first()?;
    let family = FAMILIES.iter().find(|family| family.name == kind)?;
    let field = family.fields.iter().find(|field| field.name == first)?;
    shape_at(field.shape, rest)
}

/// Returns the shape at the end of `steps`, and whether a list lies on the way.
fn shape_at(shape: Shape, steps: &[String]) -> Option<(Shape, bool)> {
    match (shape, steps.split_first()) {
        (Shape::List(inner), _) => shape_at(*inner, steps).map(|(shape, _)| (shape, true)),
        (shape, None) => Some((shape, false)),
        (Shape::Map(inner), Some((_, rest))) => shape_at(*inner, rest),
        (Shape::Record(fields), Some((first, rest))) => {
            let field = fields.iter().find(|field| field.name == first)?;
            shape_at(field.shape, rest)
        }
        (Shape::Text | Shape::Int | Shape::Bool, Some(_)) => None,
    }
}

fn read_way<'f>(fact: &'f Fact<'_>, steps: &[String], out: &mut Vec<Value<'f>>) {
    let Some((first, rest)) = steps.split_first() else { return };
    if first == OBJECT {
        let Some(object) = &fact.object else { return };
        let value = match rest.first().map(String::as_str) {
            Some("kind") => object.kind.as_deref(),
            Some("namespace") => object.namespace.as_deref(),
            Some("name") => Some(object.name.as_str()),
            _ => Some(object.key.as_str()),
        };
        out.extend(value.map(Value::Text));
    } else if let Some(value) = fact.event.data.field(first) {
        descend(value, rest, out);
    }
}

/// Follows `steps`, which are as few as the rule's author wrote.
fn descend<'f>(value: Value<'f>, steps: &[String], out: &mut Vec<Value<'f>>) {
    match (value, steps.split_first()) {
        (Value::List(items), _) => {
            for item in items {
                descend(item, steps, out);
            }
        }
        (Value::Map(entries), Some((first, rest))) => {
            if let Some((_, value)) = entries.into_iter().find(|(key, _)| key == first) {
                descend(value, rest, out);
            }
        }
        (value, None) => out.push(value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_steps_and_choices() {
        let path = FieldPath::parse("labels.\"app.kubernetes.io/name\"|message").unwrap();
        assert_eq!(path.choices, [vec!["labels", "app.kubernetes.io/name"], vec!["message"]]);
        for wrong in ["", "a.", ".a", "a..b", "labels.\"x", "a||b"] {
            assert_eq!(FieldPath::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_path_is_checked_against_the_families() {
        for (kind, path, there) in [
            ("pod", "conditions.Ready", true),
            ("pod", "owner.kind", true),
            ("pod", "phase.x", false),
            ("node", "taints.key", true),
            ("node", "taints.color", false),
            ("container", "object.name", true),
            ("container", "object.uid", false),
            ("agent_log", "time", true),
            ("no_such_kind", "time", false),
        ] {
            assert_eq!(FieldPath::parse(path).unwrap().exists_in(kind), there, "{kind} {path}");
        }
    }
}
