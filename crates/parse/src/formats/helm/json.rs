//! `helm list|history|status -o json`.

use kubetriage_model::Helm;
use serde_json::{Map, Value};

use super::error::of_command;
use super::table::failure_of;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::json_scan::depth_behind;
use crate::text::Line;

/// Most lines of one document.
const LONGEST: usize = 20_000;
/// Most bytes of one document: `status` shows manifest and values.
const BIGGEST: usize = 8 << 20;

/// Returns the length of the document that starts at the first line, if it shows releases.
pub(super) fn length(lines: &[Line<'_>]) -> Option<usize> {
    read(lines).map(|(length, _)| length)
}

/// Returns the number of lines and the releases of the document at the first line.
fn read(lines: &[Line<'_>]) -> Option<(usize, Vec<Helm>)> {
    let first = lines.first()?.text;
    let near = lines.iter().take(4);
    let telling = |line: &Line<'_>| {
        ["\"app_version\"", "\"appVersion\"", "\"revision\"", "\"name\"", "\"info\""]
            .iter()
            .any(|key| line.text.contains(key))
    };
    let foreign = |line: &Line<'_>| {
        let head = line.text.get(..line.text.floor_char_boundary(128)).unwrap_or_default();
        head.contains("\"apiVersion\"") || head.contains("\"kind\"")
    };
    let own = near.clone().any(telling) && !near.clone().any(foreign);
    (first.starts_with(['{', '[']) && own).then_some(())?;
    let mut depth = 0;
    let mut text = String::new();
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        if text.len() + line.text.len() > BIGGEST {
            return None;
        }
        text.push_str(line.text);
        text.push('\n');
        match depth_behind(line.text, depth) {
            Some(open) => depth = open,
            None => return Some((index + 1, releases(&serde_json::from_str(&text).ok()?)?)),
        }
    }
    None
}

fn releases(value: &Value) -> Option<Vec<Helm>> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let all: Option<Vec<Helm>> =
        items.iter().map(|item| item.as_object().and_then(release)).collect();
    all.filter(|all| !all.is_empty())
}

/// Reads an element of a list or of a history, or a status.
fn release(object: &Map<String, Value>) -> Option<Helm> {
    let text = |key: &str| match object.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let inner = |key: &str| object.get("info")?.get(key)?.as_str().map(str::to_owned);
    let version = || text("app_version").or_else(|| text("appVersion"));
    let listed = object.contains_key("chart")
        && text("status").is_some()
        && (text("revision").is_some() || text("namespace").is_some() && text("name").is_some());
    let told = text("name").is_some() && text("version").is_some() && inner("status").is_some();
    (listed || told).then_some(())?;
    let description = text("description").or_else(|| inner("description"));
    Some(Helm {
        release: text("name"),
        namespace: text("namespace"),
        revision: text("revision").or_else(|| text("version")).and_then(|text| text.parse().ok()),
        status: text("status").or_else(|| inner("status")),
        chart: text("chart"),
        app_version: version(),
        message: description.as_deref().and_then(failure_of),
        description,
        updated: text("updated").or_else(|| inner("last_deployed")),
        ..Helm::default()
    })
}

/// States every release, each on the line that names it.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let told = of_command(context);
    let Some((_, releases)) = read(lines) else { return };
    for mut helm in releases {
        let own = |line: &&Line<'_>| {
            let names = |text: &Option<String>| {
                text.as_ref().is_some_and(|text| line.text.contains(&format!("\"{text}\"")))
            };
            names(&helm.release) || helm.release.is_none() && names(&helm.updated)
        };
        let line = lines.iter().find(own).or(lines.first());
        helm.release = helm.release.or_else(|| told.release.clone());
        helm.namespace = helm.namespace.or_else(|| told.namespace.clone());
        if let Some(line) = line {
            out.event(&[*line], helm);
        }
    }
}
