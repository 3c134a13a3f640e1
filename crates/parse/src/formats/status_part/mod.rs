//! Parts of the status of a pod or a node as YAML or JSON: what people paste when the whole object seems too long.
//!
//! ```text
//!     lastState:                                  "lastState": {
//!       terminated:                                 "terminated": {
//!         exitCode: 137                               "exitCode": 137,
//!         reason: OOMKilled                           "reason": "OOMKilled"
//!     name: web                                     }
//!     restartCount: 12                            },
//! ```
//!
//! Starts at `state`, `lastState`, a list of container statuses or the conditions of a node that stand inside of
//! an object; a whole object is `manifest`'s. Each container becomes a `container` event without a pod,
//! conditions with a `lastHeartbeatTime` a `node` event without a name.
//!
//! # QUIRKS
//!
//! - Neither valid YAML nor JSON: starts and ends anywhere, lines can be left out, indentation is that of
//!   the object. What belongs together is told by indentation alone.
//!
//! Skipped: all other fields.

mod conditions;

use kubetriage_model::{Container, Mark};

use crate::context::Context;
use crate::emitter::{Emitter, mark};
use crate::format::Format;
use crate::prim::kind::api_kind;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "status_part", claim, parse };

/// Most lines of one part.
const MOST_LINES: usize = 200;

/// One line: its indentation, whether it begins an item of a list, its key and its value.
#[derive(Debug, Clone, Copy)]
struct Entry<'t> {
    indent: usize,
    item: bool,
    key: &'t str,
    value: &'t str,
}

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    if conditions::starts(lines) {
        return Some(extent(lines));
    }
    let first = entry(lines.first()?.text).filter(|entry| entry.value.is_empty())?;
    let next = lines.get(1).and_then(|line| entry(line.text));
    let after = lines.get(2).and_then(|line| entry(line.text));
    let starts = match first.key {
        "state" | "lastState" => {
            let phase = next.filter(|next| is_phase(next.key) && next.indent > first.indent);
            phase.is_some() && after.is_some_and(|after| is_detail(after.key))
        }
        "containerStatuses" | "initContainerStatuses" => {
            next.is_some_and(|next| next.item || next.key.is_empty())
        }
        _ => false,
    };
    starts.then(|| extent(lines))
}

/// Counts the lines that can belong to the part.
fn extent(lines: &[Line<'_>]) -> usize {
    let mut margin = usize::MAX;
    let own = |line: &&Line<'_>| {
        let Some(entry) = entry(line.text) else { return line.indent() > margin };
        margin = margin.min(entry.indent);
        true
    };
    lines.iter().take(MOST_LINES).take_while(own).count().max(1)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if conditions::starts(lines) {
        return conditions::state(lines, out);
    }
    let pods = |resource: &str| api_kind(resource) == Some("Pod");
    let command = context.command.filter(|command| command.resource.as_deref().is_some_and(pods));
    let pod = command.and_then(|command| command.name.clone());
    let mut reading = Reading { namespace: context.namespace(), pod, ..Reading::default() };
    for (at, line) in lines.iter().enumerate() {
        if let Some(entry) = entry(line.text) {
            reading.take(lines, at, entry, out);
        }
    }
    reading.finish(lines, lines.len(), out);
}

/// What has been read of the container at hand.
#[derive(Debug, Default)]
struct Reading {
    namespace: Option<String>,
    /// Pod that the command names.
    pod: Option<String>,
    container: Container,
    marks: Vec<Mark>,
    /// Line on which the container starts.
    start: usize,
    /// Indentation of the state that is open, and whether it is the last one.
    state: Option<(usize, bool)>,
    /// Indentation of the items of the list.
    item: Option<usize>,
}

impl Reading {
    fn take(&mut self, lines: &[Line<'_>], at: usize, entry: Entry<'_>, out: &mut Emitter<'_>) {
        let begins = entry.item || entry.key.is_empty() && lines.get(at).is_some_and(opens);
        if begins && self.item.is_none_or(|item| entry.indent <= item) && self.state.is_none() {
            self.finish(lines, at, out);
            self.item = Some(entry.indent);
        }
        if self.state.is_some_and(|(indent, _)| entry.indent <= indent && !entry.key.is_empty()) {
            self.state = None;
            // A key at the level of the items' own keys, or further out, goes on with the same container.
            if entry.item {
                self.finish(lines, at, out);
            }
        }
        match (entry.key, self.state) {
            ("state" | "lastState", _) if entry.value.is_empty() => {
                self.state = Some((entry.indent, entry.key == "lastState"));
            }
            (_, Some((_, last))) => self.detail(lines.get(at), entry, last),
            (_, None) => self.field(lines.get(at), entry),
        }
    }

    /// A field of the container itself.
    fn field(&mut self, line: Option<&Line<'_>>, entry: Entry<'_>) {
        let container = &mut self.container;
        let text = || Some(entry.value.to_owned()).filter(|value| !value.is_empty());
        let field = match entry.key {
            "name" => {
                container.name = text().unwrap_or_default();
                "name"
            }
            "image" => {
                container.image = text();
                "image"
            }
            "ready" => {
                container.ready = entry.value.parse().ok();
                "ready"
            }
            "restartCount" => {
                container.restarts = entry.value.parse().ok();
                "restarts"
            }
            _ => return,
        };
        self.marks.extend(line.map(|line| mark(field, line)));
    }

    /// A line inside of a state.
    fn detail(&mut self, line: Option<&Line<'_>>, entry: Entry<'_>, last: bool) {
        let text = Some(entry.value.replace("\\\"", "\"")).filter(|value| !value.is_empty());
        let number = || entry.value.parse().ok();
        let container = &mut self.container;
        let field = match (entry.key, last) {
            (phase, false) if is_phase(phase) => {
                container.state = Some(phase.to_owned());
                "state"
            }
            (phase, true) if is_phase(phase) => {
                container.last_state = Some(phase.to_owned());
                "last_state"
            }
            ("reason", false) => {
                container.reason = text;
                "reason"
            }
            ("reason", true) => {
                container.last_reason = text;
                "last_reason"
            }
            ("message", false) => {
                container.message = text;
                "message"
            }
            ("message", true) => {
                container.last_message = text;
                "last_message"
            }
            ("exitCode", false) => {
                container.exit_code = number();
                "exit_code"
            }
            ("exitCode", true) => {
                container.last_exit_code = number();
                "last_exit_code"
            }
            ("startedAt", false) => {
                container.started = text;
                "started"
            }
            ("finishedAt", false) => {
                container.finished = text;
                "finished"
            }
            _ => return,
        };
        self.marks.extend(line.map(|line| mark(field, line)));
    }

    /// States the container that ends above line `end`.
    fn finish(&mut self, lines: &[Line<'_>], end: usize, out: &mut Emitter<'_>) {
        let own = lines.get(self.start..end).unwrap_or_default();
        let container = std::mem::take(&mut self.container);
        let marks = std::mem::take(&mut self.marks);
        self.start = end;
        self.state = None;
        if container.state.is_some() || container.last_state.is_some() {
            let (namespace, pod) = (self.namespace.clone(), self.pod.clone());
            out.marked(own, marks, Container { namespace, pod, ..container });
        } else {
            out.used(own);
        }
    }
}

fn is_phase(key: &str) -> bool {
    matches!(key, "waiting" | "running" | "terminated")
}

fn is_detail(key: &str) -> bool {
    matches!(
        key,
        "containerID" | "exitCode" | "finishedAt" | "message" | "reason" | "startedAt" | "signal"
    )
}

fn opens(line: &Line<'_>) -> bool {
    line.trimmed() == "{"
}

/// Reads `key: value`, `"key": "value",`, `- key: value`, or a line of brackets alone, which has no key.
fn entry(text: &str) -> Option<Entry<'_>> {
    let shown = text.trim();
    if shown.is_empty() {
        return None;
    }
    let inner = text.trim_start();
    let content = inner.strip_prefix("- ").map_or(inner, str::trim_start);
    let indent = text.len() - content.len();
    let item = content.len() < inner.len();
    if shown.chars().all(|sign| "{}[],".contains(sign)) {
        return Some(Entry { indent, item, key: "", value: "" });
    }
    let (key, value) = content.split_once(':')?;
    let key = key.trim().trim_matches('"');
    let plain = !key.is_empty() && key.chars().all(|sign| sign.is_ascii_alphanumeric());
    let apart = value.is_empty() || value.starts_with(char::is_whitespace);
    let value = value.trim().trim_end_matches(',');
    let value = if matches!(value, "{" | "[" | "{}" | "[]" | "null") { "" } else { value };
    let value = value.trim_matches(|sign| sign == '"' || sign == '\'');
    (plain && apart).then_some(Entry { indent, item, key, value })
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn lines_of_both_languages_read_the_same() {
        let read = |text| entry(text).map(|entry| (entry.indent, entry.key, entry.value));
        assert_eq!(read("    reason: OOMKilled"), Some((4, "reason", "OOMKilled")));
        assert_eq!(read("    \"reason\": \"OOMKilled\","), Some((4, "reason", "OOMKilled")));
        assert_eq!(read("  - name: web"), Some((4, "name", "web")));
        assert_eq!(read("  \"state\": {"), Some((2, "state", "")));
        assert_eq!(read("  },"), Some((2, "", "")));
        assert_eq!(read("so it says: nothing"), None);
        assert_eq!(read(""), None);
    }
}
