//! Objects of all other kinds: their names, status, conditions, and their fields as text.
//!
//! Every scalar outside `metadata` becomes a field under its dotted path (`spec.type`,
//! `spec.storageClassName`). Lists do not number their items: `webhooks[].clientConfig.service.name` holds
//! the distinct values of all webhooks, comma-separated. Annotations are fields too; what clients and
//! servers keep there for themselves, schemas and bundles of certificates are left out.

use std::collections::BTreeMap;

use kubetriage_model::{Condition, Object};
use serde_json::Value;

use super::{Stated, meta};
use crate::emitter::Emitter;
use crate::formats::manifest::schema::{ConditionEntry, Meta};
use crate::formats::manifest::source::Source;

/// Most fields of one object.
const MAX_FIELDS: usize = 256;
/// Longest text of a field, in bytes.
const MAX_TEXT: usize = 1024;
/// Deepest path.
const MAX_DEPTH: usize = 16;

/// Keys whose values say nothing to a rule and may be huge or secret.
const LEFT_OUT: &[&str] = &[
    "managedFields",
    "openAPIV3Schema",
    "caBundle",
    "kubectl.kubernetes.io/last-applied-configuration",
];

/// States an object of any kind.
pub(super) fn state(
    kind: &str,
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let mut value: Value = source.read()?;
    let Some(members) = value.as_object_mut() else {
        return Err("expected an object".to_owned());
    };
    let metadata = members.remove("metadata").unwrap_or_default();
    let annotations = metadata.get("annotations").cloned();
    let mut metadata: Option<Meta> =
        serde_json::from_value(metadata).map_err(|error| error.to_string())?;
    let Some(mut stated) = meta::stated(
        metadata.get_or_insert_default(),
        members.get("status").is_some_and(|status| !is_bare(status)),
        source,
        out,
    ) else {
        return Ok(None);
    };
    if !crate::prim::kind::is_namespaced(kind) {
        stated.namespace = None;
    }
    let metadata = metadata.unwrap_or_default();
    let (conditions, telling) = conditions(members.get_mut("status"));
    members.remove("kind");
    let ending = metadata.deletion_timestamp.is_some() && kind.starts_with("PersistentVolume");
    let object = Object {
        kind: kind.to_owned(),
        namespace: stated.namespace.clone(),
        name: stated.name.clone(),
        uid: crate::formats::manifest::scalar::text(metadata.uid),
        status: if ending { Some("Terminating".to_owned()) } else { status(&value) },
        conditions,
        labels: meta::texts(metadata.labels),
        fields: fields(&value, annotations.as_ref()),
    };
    source.state(|| meta::marks(source, MARKS, &telling), object, out);
    Ok(Some(stated))
}

const MARKS: &[(&str, &str)] = &[("status", "status.phase"), ("name", "metadata.name")];

fn is_bare(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// The phase, or the word that a kind without phases has as its status.
fn status(value: &Value) -> Option<String> {
    let status = value.get("status")?;
    let word = status.get("phase").or_else(|| status.get("state")).unwrap_or(status);
    word.as_str().filter(|word| !word.is_empty()).map(str::to_owned)
}

/// Takes the conditions out of a status: its own, or those that it holds for each of its parents.
fn conditions(
    status: Option<&mut Value>,
) -> (BTreeMap<String, Condition>, Vec<(&'static str, String)>) {
    let Some(status) = status.and_then(Value::as_object_mut) else { return Default::default() };
    if let Some(own) = status.remove("conditions") {
        return listed(own, "status");
    }
    let parents = status.get_mut("parents").and_then(Value::as_array_mut);
    let mut whole = <(BTreeMap<_, Condition>, Vec<_>)>::default();
    for (index, parent) in parents.into_iter().flatten().enumerate() {
        let own = parent.as_object_mut().and_then(|parent| parent.remove("conditions"));
        let (found, telling) = listed(own.unwrap_or_default(), &format!("status.parents.{index}"));
        if whole.1.is_empty() {
            whole.1 = telling;
        }
        for (name, condition) in found {
            // What one parent refuses is not made good by another that accepts it.
            let well = |known: &Condition| known.status.as_deref() == Some("True");
            if whole.0.get(&name).is_none_or(well) {
                whole.0.insert(name, condition);
            }
        }
    }
    whole
}

/// Reads a list of conditions that stands below `place`.
fn listed(
    entries: Value,
    place: &str,
) -> (BTreeMap<String, Condition>, Vec<(&'static str, String)>) {
    let entries: Option<Vec<ConditionEntry>> = serde_json::from_value(entries).ok();
    let conditions = meta::conditions(entries, |_| "True");
    let telling = conditions.telling;
    let path = |index| ("conditions", format!("{place}.conditions.{index}.status"));
    (conditions.records(), telling.map(path).into_iter().collect())
}

/// Flattens an object into dotted paths and texts.
fn fields(value: &Value, annotations: Option<&Value>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let annotations = annotations.map(|value| ("metadata.annotations".to_owned(), value, 2));
    let mut open = vec![(String::new(), value, 0)];
    open.extend(annotations);
    while let Some((path, value, depth)) = open.pop() {
        match value {
            Value::Object(members) if depth < MAX_DEPTH => {
                let kept = members.iter().filter(|(key, _)| !LEFT_OUT.contains(&key.as_str()));
                open.extend(kept.rev().map(|(key, value)| (join(&path, key), value, depth + 1)));
            }
            Value::Array(items) if depth < MAX_DEPTH => {
                let path = format!("{path}[]");
                open.extend(items.iter().rev().map(|item| (path.clone(), item, depth + 1)));
            }
            Value::Object(_) | Value::Array(_) | Value::Null => {}
            Value::String(text) => add(&mut fields, path, text),
            other => add(&mut fields, path, &other.to_string()),
        }
        if fields.len() >= MAX_FIELDS {
            break;
        }
    }
    fields
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Adds one value; values of the same path are kept once each, comma-separated.
fn add(fields: &mut BTreeMap<String, String>, path: String, text: &str) {
    // A list of plain texts has the path of the list itself.
    let path = path.strip_suffix("[]").map(str::to_owned).unwrap_or(path);
    let text = text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or_default();
    match fields.get_mut(&path) {
        None => {
            fields.insert(path, text.to_owned());
        }
        Some(known) => {
            let new =
                known.len() + text.len() < MAX_TEXT && known.split(',').all(|part| part != text);
            if new {
                known.push(',');
                known.push_str(text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_one_parent_counts() {
        let mut status = serde_json::json!({"parents": [
            {"conditions": [{"type": "Accepted", "status": "True"}]},
            {"conditions": [{"type": "Accepted", "status": "False", "reason": "NoMatchingParent"}]},
            {"conditions": [{"type": "Accepted", "status": "True"}]},
        ]});
        let (conditions, telling) = conditions(Some(&mut status));
        assert_eq!(conditions["Accepted"].reason.as_deref(), Some("NoMatchingParent"));
        assert_eq!(telling, [("conditions", "status.parents.1.conditions.0.status".to_owned())]);
    }

    #[test]
    fn fields_are_flat() {
        let value = serde_json::json!({
            "webhooks": [
                {"clientConfig": {"service": {"name": "gate"}, "caBundle": "x"}},
                {"clientConfig": {"service": {"name": "guard"}}},
            ],
            "spec": {"type": "ClusterIP", "accessModes": ["RWO", "RWX", "RWO"], "ready": true},
        });
        let fields = fields(&value, Some(&serde_json::json!({"a/b": "c"})));
        let expected = [
            ("metadata.annotations.a/b", "c"),
            ("spec.accessModes", "RWO,RWX"),
            ("spec.ready", "true"),
            ("spec.type", "ClusterIP"),
            ("webhooks[].clientConfig.service.name", "gate,guard"),
        ];
        let found: Vec<_> =
            fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(found, expected);
    }
}
