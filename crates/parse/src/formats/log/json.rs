//! JSON lines: component-base, zap, pino, serilog and the like.

use serde_json::{Map, Value};

use super::body::{self, Body};
use super::pairs;
use crate::prim::unescape;

/// Keys for each part, in the order in which they are tried.
const TIME: &[&str] =
    &["time", "ts", "timestamp", "@timestamp", "t", "Timestamp", "date", "@t", "datetime"];
const LEVEL: &[&str] =
    &["level", "severity", "lvl", "log.level", "Level", "@l", "LogLevel", "levelname"];
const MESSAGE: &[&str] =
    &["msg", "message", "Message", "@m", "MESSAGE", "log", "event", "body", "text"];
const ORIGIN: &[&str] = &["logger", "caller", "component", "source", "Category", "name", "module"];
const ERROR: &[&str] = &["err", "error", "exception", "Exception", "error_message"];

/// Reads a JSON line; `None` for text that is no object.
pub(super) fn read(text: &str) -> Option<Body> {
    let object: Map<String, Value> = serde_json::from_str(text).ok()?;
    let message = take(&object, MESSAGE)?;
    let level = take(&object, LEVEL).map(|(key, word)| (key, numbered(&word).unwrap_or(word)));
    let time = take(&object, TIME);
    let origin = take(&object, ORIGIN);
    let error = take(&object, ERROR);
    let spoken = [Some(&message), level.as_ref(), time.as_ref(), origin.as_ref(), error.as_ref()];
    let spoken = spoken.into_iter().flatten().map(|(key, _)| *key).collect::<Vec<_>>();
    let mut details = String::new();
    push_details(&object, &spoken, &mut details);
    let text = unescape::nested(&message.1).into_owned();
    Some(Body {
        time: time.map(|(_, time)| time),
        level: level.map(|(_, word)| body::level(&word).unwrap_or(word)),
        origin: origin.map(|(_, origin)| origin),
        message: pairs::joined(text, error.map(|(_, error)| error), &details),
    })
}

/// Returns the object behind a zap line as `: err key=value`, or as it is when it is no JSON.
pub(super) fn details(text: &str) -> String {
    let Ok(object) = serde_json::from_str::<Map<String, Value>>(text) else {
        return format!(" {text}");
    };
    let error = take(&object, ERROR);
    let spoken = error.iter().map(|(key, _)| *key).collect::<Vec<_>>();
    let mut rest = String::new();
    push_details(&object, &spoken, &mut rest);
    error.map_or(rest.clone(), |(_, error)| format!(": {error}{rest}"))
}

/// True for a line that is an object with a message.
pub(super) fn is_line(text: &str) -> bool {
    const SAID: &[&str] = &["\"msg\":", "\"message\":", "\"Message\":"];
    const WHEN: &[&str] = &[
        "\"level\":",
        "\"ts\":",
        "\"time\":",
        "\"timestamp\":",
        "\"@timestamp\":",
        "\"severity\":",
        "\"lvl\":",
        "\"t\":",
        "\"Timestamp\":",
        "\"log.level\":",
        "\"levelname\":",
        "\"LogLevel\":",
    ];
    let has = |keys: &[&str]| keys.iter().any(|key| text.contains(key));
    text.starts_with('{') && text.ends_with('}') && has(SAID) && has(WHEN)
}

fn take(object: &Map<String, Value>, keys: &[&'static str]) -> Option<(&'static str, String)> {
    keys.iter().find_map(|key| {
        let value = object.get(*key)?;
        Some((*key, text(value)))
    })
}

/// Returns a value as text: strings unescaped, everything else as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => unescape::nested(text).into_owned(),
        Value::Object(fields) => {
            let message =
                ["message", "Message", "msg"].iter().find_map(|key| fields.get(*key)?.as_str());
            message.map_or_else(|| value.to_string(), str::to_owned)
        }
        other => other.to_string(),
    }
}

/// Level numbers of pino and bunyan.
fn numbered(word: &str) -> Option<String> {
    let name = match word {
        "10" => "trace",
        "20" => "debug",
        "30" => "info",
        "40" => "warning",
        "50" => "error",
        "60" => "fatal",
        _ => return None,
    };
    Some(name.to_owned())
}

/// Appends the fields that are not `spoken` of yet.
fn push_details(object: &Map<String, Value>, spoken: &[&str], details: &mut String) {
    const MOST: usize = 64;
    let rest = object.iter().filter(|(key, _)| !spoken.contains(&key.as_str()));
    for (key, value) in rest.take(MOST) {
        pairs::push(details, key, &text(value));
    }
}
