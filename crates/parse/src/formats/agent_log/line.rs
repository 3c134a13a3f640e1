//! One line of an agent.

use std::sync::LazyLock;

use kubetriage_model::AgentLog;
use memchr::memmem::Finder;
use serde_json::{Map, Value};

use super::repair;
use crate::prim::{stamp, unescape};

/// The keys an agent writes.
pub(super) const KEYS: &[&str] = &[
    "Message",
    "LogType",
    "LogLevel",
    "Environment",
    "Role",
    "Location",
    "ArmId",
    "CorrelationId",
    "AgentName",
    "AgentVersion",
    "AgentTimestamp",
];
/// Keys that only an agent writes; two of them make a line an agent's.
static OWN: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
    ["LogType", "LogLevel", "ArmId", "AgentName", "AgentVersion", "AgentTimestamp"].map(Finder::new)
});
/// Longest line that is read; longer ones are no agent's.
const LONGEST: usize = 1 << 20;
/// How far into a line its object may start.
const PREFIX: usize = 256;

/// Returns true when `text` holds (part of) an agent's object.
pub(crate) fn looks_like(text: &str) -> bool {
    let head = text.as_bytes().get(..text.len().min(PREFIX)).unwrap_or_default();
    if memchr::memchr(b'{', head).is_none() || text.len() > LONGEST {
        return false;
    }
    OWN.iter().filter(|key| has_key(text, key)).nth(1).is_some()
}

/// Returns true for `"key"` and `\"key\"`.
fn has_key(text: &str, key: &Finder<'_>) -> bool {
    let bytes = text.as_bytes();
    key.find_iter(bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        let after = bytes.get(at + key.needle().len());
        before == Some(&b'"') && matches!(after, Some(b'"' | b'\\'))
    })
}

/// Reads one line of an agent: what it says, and whether its syntax had to be repaired.
pub(crate) fn read(text: &str) -> Option<(AgentLog, bool)> {
    if !looks_like(text) {
        return None;
    }
    let at = memchr::memchr(b'{', text.as_bytes())?;
    let object = text.get(at..)?.trim_end();
    if let Ok(fields) = serde_json::from_str::<Map<String, Value>>(object) {
        // A collector puts the object of the agent, or its text, into a field of its own.
        let inside = |value: &Value| match value {
            Value::Object(inner) if inner.contains_key("Message") => {
                Some((entry(|key| field(inner, key)), false))
            }
            Value::String(text) => read(text),
            _ => None,
        };
        if !fields.contains_key("Message")
            && let Some(told) = fields.values().find_map(inside)
        {
            return Some(told);
        }
        return Some((entry(|key| field(&fields, key)), false));
    }
    if object.contains("\"\"LogType\"\"") || object.contains("\"\"AgentName\"\"") {
        // A table of comma-separated values doubles the quotation marks.
        let inner = object.strip_suffix('"').unwrap_or(object);
        return read(&inner.replace("\"\"", "\""));
    }
    if object.contains("\\\"LogType\\\"") || object.contains("\\\"AgentName\\\"") {
        // The string around the object ends behind it.
        let inner = object.strip_suffix('"').unwrap_or(object);
        return read(&unescape::once(inner));
    }
    Some((entry(|key| repair::field(object, key)), true))
}

fn field(fields: &Map<String, Value>, key: &str) -> Option<String> {
    match fields.get(key)? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn entry(field: impl Fn(&str) -> Option<String>) -> AgentLog {
    let whole = field("Message");
    let (stamp, message) = whole.as_deref().map_or((None, None), split_message);
    AgentLog {
        time: field("AgentTimestamp").filter(|time| !time.is_empty()).or(stamp),
        message,
        log_type: field("LogType"),
        level: field("LogLevel"),
        environment: field("Environment"),
        role: field("Role"),
        location: field("Location"),
        arm_id: field("ArmId"),
        correlation_id: field("CorrelationId").filter(|id| !id.is_empty()),
        agent: field("AgentName"),
        agent_version: field("AgentVersion"),
        ..AgentLog::default()
    }
}

/// Splits a message into its own leading time stamp and the rest, unescaped.
fn split_message(message: &str) -> (Option<String>, Option<String>) {
    let message = unescape::nested(message);
    match stamp::stamp(&message) {
        Ok((rest, stamp)) => (Some(stamp.to_owned()), Some(rest.trim_start().to_owned())),
        Err(_) => (None, Some(message.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    /// Returns `time|message|location|repaired` of a line.
    fn shown(line: &str) -> String {
        read(line).map_or_else(String::new, |(log, repaired)| {
            let text = |field: Option<String>| field.unwrap_or_default();
            format!("{}|{}|{}|{repaired}", text(log.time), text(log.message), text(log.location))
        })
    }

    #[test]
    fn lines_are_read_whatever_their_shape() {
        let tail = r#""LogType": "ConfigAgentTrace", "LogLevel": "Information", "Location": "westeurope", "AgentName": "ConfigAgent""#;
        for (line, wanted) in [
            // As printed.
            (
                format!(r#"{{ "Message": "2024/02/07 06:04:43 Failed {{\u003cnil\u003e}}", {tail}, "AgentTimestamp": "2024/02/07 06:04:43.672" }}"#),
                "2024/02/07 06:04:43.672|Failed {<nil>}|westeurope|false",
            ),
            // Without AgentTimestamp: the message's own.
            (
                format!(r#"{{"Message":"2024/02/07 06:04:43 ok",{tail}}}"#),
                "2024/02/07 06:04:43|ok|westeurope|false",
            ),
            // The documented sample lacks the quote behind the region.
            (
                r#"{ "Message": "2024/02/07 06:04:43 \"Errorcode: 403, x\"", "LogType": "T", "Location": "<region>,  "ArmId": "/subscriptions/0", "AgentTimestamp": "2024/02/07 06:04:43.672" }"#.to_owned(),
                "2024/02/07 06:04:43.672|\"Errorcode: 403, x\"|<region>|true",
            ),
            // Invalid escape and a trailing backtick.
            (
                format!(r#"{{"Message":"error {{Post \https://x}}",{tail}}}`"#),
                r"|error {Post \https://x}|westeurope|true",
            ),
            // Cut at the end.
            (
                format!(r#"{{"Message":"ok",{tail},"AgentVersion":"1.1"#),
                "|ok|westeurope|true",
            ),
            // A JSON string in a JSON string.
            (
                r#""{\"Message\":\"say \\\"hi\\\"\",\"LogType\":\"T\",\"Location\":\"westeurope\",\"AgentName\":\"A\"}""#.to_owned(),
                r#"|say "hi"|westeurope|false"#,
            ),
            // Behind a prefix nobody knows.
            (
                format!(r#"app> {{"Message":"ok",{tail}}}"#),
                "|ok|westeurope|false",
            ),
            (r#"{"level":"info","msg":"x"}"#.to_owned(), ""),
        ] {
            assert_eq!(shown(&line), wanted, "{line}");
        }
    }
}
