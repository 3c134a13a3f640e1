//! Events as text: one JSON object a line, or one readable line each.

use std::io;

use kubetriage_mask::named;
use kubetriage_model::{Data, Event, Value};
use serde::Serialize;

use crate::plain::visible;
use crate::printed;

/// Writes events as JSON lines: `{"event", "data", "at": {"artifact", "line", "end_line"}, "repaired"}`.
///
/// `"quoted": true` is there only for text that quotes a capture. Fields of `data` are those of the
/// family, null or empty where the capture does not say. Secrets are masked.
#[derive(Debug)]
pub struct EventLines<W>(pub W);

/// One line, in the order in which it is printed.
#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    data: &'a Data,
    at: At<'a>,
    repaired: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    quoted: bool,
}

/// Where an event was read; lines are 1-based and inclusive.
#[derive(Serialize)]
struct At<'a> {
    artifact: &'a str,
    line: u64,
    end_line: u64,
}

impl<W: io::Write> EventLines<W> {
    /// Writes one event of the artifact with the given path in the bundle.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, artifact: &str, event: &Event) -> io::Result<()> {
        let masked = masked(&event.data);
        let line = Line {
            event: event.data.kind(),
            data: &masked,
            at: At { artifact, line: event.at.line, end_line: event.at.end_line },
            repaired: event.repaired,
            quoted: event.quoted,
        };
        printed::line(&line, &mut self.0)
    }
}

/// Writes events for people: `path:line: kind field=value …`, fields the capture does not tell left out;
/// secrets are masked.
#[derive(Debug)]
pub struct EventProse<W>(pub W);

impl<W: io::Write> EventProse<W> {
    /// Writes one event of the artifact with the given path in the bundle.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, artifact: &str, event: &Event) -> io::Result<()> {
        let masked = masked(&event.data);
        write!(self.0, "{}:{}: {}", visible(artifact), event.at.line, event.data.kind())?;
        if let Value::Map(fields) = masked.view() {
            for (name, value) in fields.iter().filter(|(_, value)| says_something(value)) {
                write!(self.0, " {name}={}", visible(&spelled(value)))?;
            }
        }
        for (flag, set) in [(" (repaired)", event.repaired), (" (quoted)", event.quoted)] {
            if set {
                self.0.write_all(flag.as_bytes())?;
            }
        }
        self.0.write_all(b"\n")
    }
}

/// Returns what an event states, without secrets.
fn masked(data: &Data) -> Data {
    let mut data = data.clone();
    data.texts_mut(&mut |name, text| {
        let masked = named(name, text);
        if *masked != **text {
            *text = masked.into_owned();
        }
    });
    data
}

/// False for a value the capture does not tell: missing, or a list or map without entries.
fn says_something(value: &Value<'_>) -> bool {
    match value {
        Value::Missing => false,
        Value::List(items) => !items.is_empty(),
        Value::Map(fields) => fields.iter().any(|(_, value)| says_something(value)),
        Value::Text(_) | Value::Int(_) | Value::Bool(_) => true,
    }
}

/// Returns a value as one word where it is one, quoted or bracketed otherwise.
///
/// Values nest as deep as the families declare (two levels), not as deep as a capture chooses.
fn spelled(value: &Value<'_>) -> String {
    match value {
        Value::Missing => "-".to_owned(),
        Value::Text(text) if is_word(text) => (*text).to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::Int(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(spelled).collect::<Vec<_>>().join(", "))
        }
        Value::Map(fields) => {
            let told = fields.iter().filter(|(_, value)| says_something(value));
            let told = told.map(|(name, value)| format!("{name}: {}", spelled(value)));
            format!("{{{}}}", told.collect::<Vec<_>>().join(", "))
        }
    }
}

/// True for text that needs no quotes.
fn is_word(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !r#""'[]{},="#.contains(c);
    !text.is_empty() && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use kubetriage_model::{Log, Object, ObjectRef, Pod, Provenance};

    use super::*;

    fn event() -> Event {
        let pod = Pod {
            namespace: Some("shop".to_owned()),
            name: "web-1".to_owned(),
            status: Some("Init:0/1".to_owned()),
            message: Some("two words\x1b[31m".to_owned()),
            owner: Some(ObjectRef { kind: None, name: "web".to_owned() }),
            restarts: Some(3),
            tolerations: vec!["op=Exists".to_owned(), "a".to_owned()],
            ..Pod::default()
        };
        let at = Provenance { line: 2, end_line: 2, ..Provenance::default() };
        Event { data: pod.into(), at, repaired: true, quoted: false }
    }

    #[test]
    fn an_event_is_one_json_line_in_a_fixed_order() {
        let mut out = EventLines(Vec::new());
        out.write("pods.txt", &event()).unwrap();
        let line = String::from_utf8(out.0).unwrap();
        assert!(line.starts_with(r#"{"event":"pod","data":{"namespace":"shop","name":"web-1","#));
        let end = r#","at":{"artifact":"pods.txt","line":2,"end_line":2},"repaired":true}"#;
        assert!(line.trim_end().ends_with(end), "{line}");
        assert_eq!(line.matches('\n').count(), 1);
    }

    #[test]
    fn no_secret_gets_through() {
        let mut object = Object::default();
        object.fields.insert("POSTGRES_PASSWORD".to_owned(), "hunter2".to_owned());
        let log = Log { message: Some("login with password=hunter2".to_owned()), ..Log::default() };
        for data in [Data::from(object), Data::from(log)] {
            let event = Event { data, ..event() };
            let (mut lines, mut prose) = (EventLines(Vec::new()), EventProse(Vec::new()));
            lines.write("a.txt", &event).unwrap();
            prose.write("a.txt", &event).unwrap();
            for out in [lines.0, prose.0] {
                let text = String::from_utf8(out).unwrap();
                assert!(text.contains("***") && !text.contains("hunter2"), "{text}");
            }
        }
    }

    #[test]
    fn only_quoted_text_says_so() {
        let mut out = EventLines(Vec::new());
        out.write("runbook.md", &Event { quoted: true, ..event() }).unwrap();
        assert!(
            String::from_utf8(out.0).unwrap().ends_with("\"repaired\":true,\"quoted\":true}\n")
        );
    }

    #[test]
    fn prose_leaves_out_what_is_not_told_and_shows_controls() {
        let mut out = EventProse(Vec::new());
        out.write("pods.txt", &event()).unwrap();
        assert_eq!(
            String::from_utf8(out.0).unwrap(),
            "pods.txt:2: pod namespace=shop name=web-1 status=Init:0/1 restarts=3 \
             owner={name: web} message=\"two words\\u{1b}[31m\" tolerations=[\"op=Exists\", a] \
             (repaired)\n"
        );
    }
}
