//! Error envelopes of the resource manager, and errors inside the texts of errors.

use kubetriage_model::CliError;
use serde_json::{Map, Value};

use super::json::text;
use crate::prim::unescape::once;

/// Most envelopes inside each other.
const DEEPEST: usize = 8;
/// Longest text in which an inner error is looked for.
const LONGEST: usize = 256 * 1024;
/// What stands before an inner error, and the bracket that ends it. The last one counts.
const MARKERS: &[(&str, char)] = &[
    ("InnerError [", ']'),
    ("InnerError: [", ']'),
    ("err [", ']'),
    ("err {", '}'),
    ("err: ", '\0'),
];

/// True for `{"error": {"code": …, "message": …}}` and for its inner object alone.
pub(super) fn is_error(thing: &Map<String, Value>) -> bool {
    let inner = thing.get("error").and_then(Value::as_object);
    let whole =
        |error: &Map<String, Value>| text(error, "code").is_some() && error.contains_key("message");
    inner.is_some_and(whole)
        || (whole(thing) && (thing.contains_key("details") || thing.contains_key("target")))
}

/// Reads an envelope: its message is told from the outside in, one line for each level.
pub(super) fn read(thing: &Map<String, Value>) -> CliError {
    let outer = thing.get("error").and_then(Value::as_object).unwrap_or(thing);
    let levels = levels(outer);
    let deepest = levels.last();
    let message = told(std::iter::once(outer).chain(&levels));
    let inner = deepest.and_then(|error| text(error, "message"));
    let inner = inner.as_deref().and_then(innermost).or(inner);
    CliError {
        code: text(outer, "code"),
        target: text(outer, "target"),
        inner_code: deepest.and_then(|error| text(error, "code")),
        inner: inner.or_else(|| message.as_deref().and_then(innermost)),
        message,
        ..CliError::default()
    }
}

/// Follows `details`, `innererror` and JSON inside messages to the innermost error.
fn levels(outer: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut levels: Vec<Map<String, Value>> = Vec::new();
    while let Some(next) = next(levels.last().unwrap_or(outer)).filter(|_| levels.len() < DEEPEST) {
        levels.push(next);
    }
    levels
}

/// Joins the messages of errors inside each other; what only wraps the next one in JSON tells nothing itself.
fn told<'m>(errors: impl Iterator<Item = &'m Map<String, Value>>) -> Option<String> {
    let messages: Vec<String> = errors.filter_map(|error| text(error, "message")).collect();
    let mut told: Vec<&str> = Vec::new();
    for message in messages.iter().map(|message| message.trim()) {
        let wraps = message.starts_with('{') && embedded(message).is_some();
        if !wraps && !told.iter().any(|before| before.contains(message)) {
            told.push(message);
        }
    }
    let joined = told.join("\n");
    (!joined.is_empty()).then_some(joined).or_else(|| messages.into_iter().next())
}

fn next(error: &Map<String, Value>) -> Option<Map<String, Value>> {
    let details = error.get("details").and_then(Value::as_array);
    let detail = details.and_then(|list| {
        list.iter().filter_map(Value::as_object).find(|d| text(d, "message").is_some())
    });
    let inner =
        error.get("innererror").or_else(|| error.get("innerError")).and_then(Value::as_object);
    let inner = inner.filter(|inner| text(inner, "message").is_some());
    detail
        .or(inner)
        .cloned()
        .or_else(|| error.get("message").and_then(Value::as_str).and_then(embedded))
}

/// Returns the error envelope that is written out inside a text, escaped or not.
fn embedded(message: &str) -> Option<Map<String, Value>> {
    if message.len() > LONGEST || !message.contains("code") {
        return None;
    }
    let mut text = message.to_owned();
    for _ in 0..3 {
        if let (Some(open), Some(close)) = (text.find('{'), text.rfind('}'))
            && let Some(Value::Object(object)) =
                text.get(open..=close).and_then(|json| serde_json::from_str(json).ok())
        {
            let error = object.get("error").and_then(Value::as_object).cloned().unwrap_or(object);
            return error.contains_key("message").then_some(error);
        }
        if !text.contains("\\\"") {
            return None;
        }
        text = once(&text).into_owned();
    }
    None
}

/// Returns the innermost error inside a message of the extension service or of helm behind it:
/// `… InnerError [<it>]`, `… err [<it>]`, or an envelope inside the text.
pub(super) fn innermost(message: &str) -> Option<String> {
    if message.len() > LONGEST {
        return None;
    }
    if let Some(error) = embedded(message) {
        let told = text(&error, "message")?;
        return innermost_marked(&told).or(Some(told));
    }
    innermost_marked(message)
}

fn innermost_marked(message: &str) -> Option<String> {
    let found = MARKERS
        .iter()
        .filter_map(|(marker, close)| message.rfind(marker).map(|at| (at + marker.len(), *close)));
    let (start, close) = found.max_by_key(|(start, _)| *start)?;
    let rest = message.get(start..)?;
    let inner = rest.get(..balanced(rest, close)).unwrap_or(rest).trim();
    (!inner.is_empty()).then(|| inner.to_owned())
}

/// Returns where the bracket that is open at the start of `text` is closed, else its end.
fn balanced(text: &str, close: char) -> usize {
    let open = match close {
        ']' => '[',
        '}' => '{',
        _ => return text.len(),
    };
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn innermost_errors_of_all_generations() {
        for (message, want) in [
            (
                "Error: {failed to install chart from path [] for release [web]: err [timed out waiting for the condition]} occurred while doing the operation : {Installing the extension} on the config",
                "timed out waiting for the condition",
            ),
            (
                "Error: [ InnerError: [Helm installation failed : Resource already existing in your cluster : Recommendation Please check : InnerError [rendered manifests contain a resource that already exists [x]]]] occurred while doing the operation : [Create] on the config",
                "rendered manifests contain a resource that already exists [x]",
            ),
            (
                "Error: [Failed to setup Helm client during helm chart upgrade : err [contoso.azurecr.io/chart:1.0: not found]] occurred",
                "contoso.azurecr.io/chart:1.0: not found",
            ),
            (
                "failed: {\\\"error\\\":{\\\"code\\\":\\\"X\\\",\\\"message\\\":\\\"deep\\\"}}",
                "deep",
            ),
        ] {
            assert_eq!(innermost(message).as_deref(), Some(want), "{message}");
        }
        assert_eq!(innermost("plain"), None);
    }
}
