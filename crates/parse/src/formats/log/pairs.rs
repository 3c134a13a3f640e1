//! `key=value` lines: logfmt and the structured form of klog.

use super::body::{self, Body};
use crate::prim::unescape;

/// Most pairs that are read of one line.
const MOST: usize = 200;

/// One pair; the value is unescaped.
type Pair<'t> = (&'t str, String);

/// Reads a logfmt line (`time="…" level=error msg="…" error="…"`).
pub(super) fn read(text: &str) -> Option<Body> {
    if !is_logfmt(text) {
        return None;
    }
    let mut line = Body::default();
    let mut error = None;
    let mut details = String::new();
    let mut message = None;
    for (key, value) in split(text) {
        match key {
            "time" | "ts" | "t" | "timestamp" => line.time = Some(value),
            "level" | "lvl" | "severity" => line.level = body::level(&value).or(Some(value)),
            "msg" | "message" => message = Some(value),
            "caller" | "logger" | "component" | "source" if line.origin.is_none() => {
                line.origin = Some(value);
            }
            "error" | "err" => error = Some(value),
            _ => push(&mut details, key, &value),
        }
    }
    line.message = joined(message.unwrap_or_default(), error, &details);
    Some(line)
}

/// Returns the readable form of klog's structured message (`"Error syncing pod" err="…" pod="ns/name"`):
/// `Error syncing pod: … pod=ns/name`. `None` for a message that is not quoted.
pub(super) fn structured(text: &str) -> Option<String> {
    let quoted = text.strip_prefix('"')?;
    let end = closing(quoted)?;
    let (message, rest) = quoted.split_at_checked(end)?;
    let mut error = None;
    let mut details = String::new();
    for (key, value) in split(rest.strip_prefix('"')?) {
        match key {
            "err" | "error" => error = Some(value),
            _ => push(&mut details, key, &value),
        }
    }
    Some(joined(unescape::nested(&unescape::once(message)).into_owned(), error, &details))
}

/// True for a line that starts with a key that logfmt lines start with.
pub(super) fn is_logfmt(text: &str) -> bool {
    ["time=", "level=", "ts=", "t=", "msg=", "lvl=", "logger=", "caller=", "source="]
        .iter()
        .any(|key| text.starts_with(key))
        && text.contains(' ')
}

/// Joins a message, its error and the remaining pairs into one text.
pub(super) fn joined(mut message: String, error: Option<String>, details: &str) -> String {
    if let Some(error) = error.filter(|error| !error.is_empty()) {
        if !message.is_empty() {
            message.push_str(": ");
        }
        message.push_str(&error);
    }
    message.push_str(details);
    message
}

/// Appends ` key=value`.
pub(super) fn push(details: &mut String, key: &str, value: &str) {
    details.push(' ');
    details.push_str(key);
    details.push('=');
    details.push_str(value);
}

/// Returns the pairs of `text`, values without quotes and escapes.
fn split(text: &str) -> Vec<Pair<'_>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && pairs.len() < MOST {
        let Some((key, after)) = rest.split_once('=').filter(|(key, _)| is_key(key)) else {
            // Words that are no pair belong to the value before.
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            if let Some((_, value)) = pairs.last_mut() {
                let value: &mut String = value;
                value.push(' ');
                value.push_str(word);
            }
            rest = after.trim_start();
            continue;
        };
        let (value, after) = value(after);
        pairs.push((key, value));
        rest = after.trim_start();
    }
    pairs
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() < 80
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'/'))
}

/// value = quoted | "<" lines ">" | "{" … "}" | word
fn value(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"') {
        let end = closing(quoted).unwrap_or(quoted.len());
        let (inside, rest) = quoted.split_at_checked(end).unwrap_or((quoted, ""));
        let plain = unescape::nested(&unescape::once(inside)).into_owned();
        return (plain, rest.strip_prefix('"').unwrap_or(rest));
    }
    if let Some((lines, rest)) = text.strip_prefix("<\n").and_then(|t| t.split_once("\n >")) {
        let plain = lines.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
        return (plain, rest);
    }
    if text.starts_with('{')
        && let Some(end) = text.find('}')
        && let Some((inside, rest)) = text.split_at_checked(end + 1)
    {
        return (inside.to_owned(), rest);
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    (word.to_owned(), rest)
}

/// Returns where the quote that is open at the start of `text` closes.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    })
}
