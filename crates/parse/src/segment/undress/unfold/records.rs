//! Records of programs that ship events and journals: one JSON object a line.
//!
//! ```text
//! {"metadata":{…},"reason":"FailedMount","message":"…","involvedObject":{"kind":"Pod","name":"db-0"}}
//! {"verb":"ADDED","event":{"metadata":{…},"involvedObject":{…},…}}
//! {"_HOSTNAME":"w1","SYSLOG_IDENTIFIER":"kubelet","MESSAGE":"E0304 10:14:02.112233     911 kuberuntime_image.go:55] …"}
//! ```
//!
//! Events are shipped without their kind, or inside of a record; entries of a journal become what `journalctl` prints of them.

use serde_json::{Map, Value};

use super::Unfolded;
use crate::text::Line;

/// Members that hold the event of a record.
const INSIDE: &[&str] = &["event", "jsonPayload", "kubernetes_event", "object"];

/// Finds such lines.
pub(super) fn unfold(lines: &[Line<'_>]) -> Unfolded {
    let own = |line: &Line<'_>| {
        let text = line.trimmed();
        if !text.starts_with('{') || !text.ends_with('}') {
            return None;
        }
        let shipped = text.contains("\"involvedObject\":");
        let journal = text.contains("\"SYSLOG_IDENTIFIER\"") && text.contains("\"MESSAGE\"");
        let value: Value = (shipped || journal).then(|| serde_json::from_str(text).ok())??;
        let members = value.as_object()?;
        let read = if journal { entry(members) } else { event(members) }?;
        Some(vec![read])
    };
    lines.iter().enumerate().filter_map(|(index, line)| Some((index, own(line)?))).collect()
}

/// Returns the event of a record as the API would print it; `None` for one that is whole already.
fn event(members: &Map<String, Value>) -> Option<String> {
    let inside = || INSIDE.iter().find_map(|name| members.get(*name)?.as_object());
    let bare = members.contains_key("involvedObject") && !members.contains_key("apiVersion");
    let event = if bare { members } else { inside()? };
    event.get("involvedObject")?;
    let mut whole = event.clone();
    whole.insert("apiVersion".to_owned(), Value::from("v1"));
    whole.insert("kind".to_owned(), Value::from("Event"));
    Some(Value::Object(whole).to_string())
}

/// Returns the line of an entry: host, program and message behind its time.
fn entry(members: &Map<String, Value>) -> Option<String> {
    let field = |name: &str| members.get(name).and_then(Value::as_str);
    let message = field("MESSAGE")?.trim_end();
    let (host, program) = (field("_HOSTNAME")?, field("SYSLOG_IDENTIFIER")?);
    let pid = field("_PID").or_else(|| field("SYSLOG_PID")).unwrap_or("1");
    match field("_SOURCE_TIMESTAMP").or_else(|| field("SYSLOG_TIMESTAMP")) {
        Some(time) => Some(format!("{} {host} {program}[{pid}]: {message}", time.trim())),
        None => Some(format!("<30>1 1970-01-01T00:00:00Z {host} {program} {pid} - - {message}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn events_get_their_kind() {
        for text in [
            r#"{"reason":"Failed","involvedObject":{"kind":"Pod","name":"a"}}"#,
            r#"{"verb":"ADDED","event":{"reason":"Failed","involvedObject":{"kind":"Pod","name":"a"}}}"#,
        ] {
            let lines = read(text);
            let line = lines.first().map(String::as_str).unwrap_or_default();
            assert!(line.starts_with("1 {") && line.contains(r#""kind":"Event""#), "{line}");
            assert!(!line.contains("verb"), "{line}");
        }
        let whole = r#"{"apiVersion":"v1","kind":"Event","involvedObject":{}}"#;
        assert_eq!(read(whole), [format!("1 {whole}")]);
    }

    #[test]
    fn entries_of_a_journal_are_lines() {
        let entry =
            r#"{"_HOSTNAME":"w1","SYSLOG_IDENTIFIER":"kubelet","_PID":"911","MESSAGE":"hello"}"#;
        assert_eq!(read(entry), ["1 <30>1 1970-01-01T00:00:00Z w1 kubelet 911 - - hello"]);
    }
}
