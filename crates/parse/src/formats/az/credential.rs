//! Secrets of applications: `az ad sp credential list`, `az ad app credential list`. Never the secret itself.

use std::collections::BTreeMap;

use kubetriage_model::{Command, Object};
use serde_json::{Map, Value};

use super::json::text;
use crate::segment::command::option;

/// Reads one secret: what it is called, and until when it is valid.
pub(super) fn read(thing: &Map<String, Value>, command: Option<&Command>) -> Object {
    let command = command.filter(|command| command.tool == "az");
    let app = command.and_then(|command| option(&command.line, &["--id"]));
    let ends = text(thing, "endDateTime").or_else(|| text(thing, "endDate"));
    let named = app.filter(|app| app.contains('-') && !app.starts_with('$'));
    let fields = [("ends", ends), ("application", named)];
    Object {
        kind: "ClientSecret".to_owned(),
        name: text(thing, "keyId").unwrap_or_default(),
        fields: fields
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect::<BTreeMap<_, _>>(),
        ..Object::default()
    }
}
