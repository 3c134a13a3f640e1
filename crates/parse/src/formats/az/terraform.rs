//! Errors of the resource manager as Terraform prints them.
//!
//! `Error: creating … ` above `Status: "Failed"`, `Code: "…"`, `Message: "…"`, and the older
//! `Code="…" Message="…"` on one line.

use kubetriage_model::CliError;
use serde_json::{Map, Value};

use super::envelope::{self, innermost};
use crate::context::Context;
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// Most lines of one error, with the response that Terraform quotes.
const LONGEST: usize = 60;
/// Lines within which code and message follow.
const NEAR: usize = 12;
/// Starts of the lines of an error.
const FIELDS: &[&str] = &[
    "Status: \"",
    "Code: \"",
    "Message: \"",
    "Activity Id: \"",
    "API Response:",
    "----[start]",
    "-----[end]",
    "with azurerm_",
    "on ",
];

/// Returns the length of the error in front.
pub(super) fn length(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text;
    if !first.starts_with("Error: ") && !first.contains("Code=\"") {
        return None;
    }
    if first.contains("Code=\"") && first.contains(" Message=\"") {
        return Some(1);
    }
    if let Some(at) = refused_at(lines) {
        return Some(at + 1);
    }
    let near = lines.get(..lines.len().min(NEAR)).unwrap_or_default();
    let told = near.iter().any(|line| line.trimmed().starts_with("Code: \""))
        && near.iter().any(|line| line.trimmed().starts_with("Message: \""));
    told.then(|| 1 + tail_length(lines.get(1..).unwrap_or_default()))
}

/// Returns the line on which a newer provider quotes the answer: `unexpected status 403 (403 Forbidden) with error: …`.
fn refused_at(lines: &[Line<'_>]) -> Option<usize> {
    let mut near = lines.iter().take(NEAR).take_while(|line| !line.is_blank());
    near.position(|line| refused(line.text).is_some())
}

/// Reads `… unexpected status 400 (400 Bad Request) with response: {json}` or `… with error: code: message`.
fn refused(text: &str) -> Option<CliError> {
    let (_, rest) = text.split_once("unexpected status ")?;
    if let Some((_, response)) = rest.split_once(" with response: ") {
        let value: Map<String, Value> = serde_json::from_str(response.trim()).ok()?;
        return Some(envelope::read(&value));
    }
    let (_, told) = rest.split_once(" with error: ")?;
    let (code, message) = told.split_once(": ")?;
    (!code.contains(' ')).then(|| CliError {
        code: Some(code.to_owned()),
        inner: innermost(message),
        message: Some(message.to_owned()),
        ..CliError::default()
    })
}

fn tail_length(lines: &[Line<'_>]) -> usize {
    let is_field = |line: &Line<'_>| FIELDS.iter().any(|field| line.trimmed().starts_with(field));
    let front = lines.iter().take(NEAR).position(is_field).unwrap_or(0);
    let mut used = 0;
    let mut quoted = false;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        let text = line.trimmed();
        quoted = (quoted || text.starts_with("----[start]")) && !text.starts_with("-----[end]");
        if quoted || text.starts_with("-----[end]") || is_field(line) {
            used = index + 1;
        } else if index >= front && !line.is_blank() && text != "---" {
            break;
        }
    }
    used
}

/// States the error.
pub(super) fn state(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    let field = |name: &str| {
        let line = lines.iter().find_map(|line| line.trimmed().strip_prefix(name))?;
        let value = line.rsplit_once('"').map_or(line, |(value, _)| value);
        Some(value.replace("\\\"", "\""))
    };
    let joined = lines.first().map_or("", |line| line.text);
    let answer = refused_at(lines).and_then(|at| lines.get(at));
    if let Some((line, error)) = answer.and_then(|line| Some((*line, refused(line.text)?))) {
        let told = CliError {
            tool: tool(joined),
            target: field("Extension Name: \""),
            cluster: field("Kubernetes Cluster Name: \"")
                .or_else(|| field("Managed Cluster Name: \"")),
            resource_group: field("Resource Group Name: \""),
            ..error
        };
        return out.marked(lines, vec![mark("message", &line)], told);
    }
    if let Some(error) = detailed(joined) {
        return out.event(lines, CliError { tool: tool(joined), ..error });
    }
    let message = field("Message: \"").or_else(|| assigned(joined, "Message=\""));
    let told = lines.iter().find(|line| line.trimmed().starts_with("Message: \""));
    let extension = field("Extension Name: \"");
    out.marked(
        lines,
        told.map(|line| mark("message", line)).into_iter().collect(),
        CliError {
            tool: tool(joined),
            target: extension,
            code: field("Code: \"").or_else(|| assigned(joined, "Code=\"")),
            inner: message.as_deref().and_then(innermost),
            message,
            ..CliError::default()
        },
    );
}

fn tool(first: &str) -> Option<String> {
    Some("terraform".to_owned()).filter(|_| first.starts_with("Error: "))
}

/// Reads `Code="…" Message="…" Details=[…]`, whose details are JSON.
fn detailed(text: &str) -> Option<CliError> {
    let (front, details) = text.split_once(" Details=[")?;
    let (details, _) = details.rsplit_once(']')?;
    let details: Value = serde_json::from_str(&format!("[{details}]")).ok()?;
    let member = |name: &str, value| (name.to_owned(), value);
    let text = |name: &str| Value::String(assigned(front, name).unwrap_or_default());
    Some(envelope::read(&Map::from_iter([
        member("code", text("Code=\"")),
        member("message", text("Message=\"")),
        member("details", details),
    ])))
}

/// Returns the value in `Name="value"`, with its escaped quotation marks undone.
fn assigned(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(name)?;
    let mut escaped = false;
    let end = rest.char_indices().find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    let (value, _) = rest.split_at_checked(end?.0)?;
    Some(value.replace("\\\"", "\""))
}
