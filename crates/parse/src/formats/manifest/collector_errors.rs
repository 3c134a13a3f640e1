//! `X-errors.json` of troubleshoot.sh: why a collector of the bundle came back with nothing.
//!
//! A JSON array of sentences, or `null` when all went well. Each sentence is the API's own refusal.

use kubetriage_model::KubectlError;

use super::reader::kind_of_path;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// True for the path of such a file.
pub(super) fn is_path(path: &str) -> bool {
    path.ends_with("-errors.json")
}

/// Claims the whole text, when it is short enough to be one.
pub(super) fn claim(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.trimmed();
    let fits = lines.len() <= 10_000 && (first == "null" || first.starts_with('['));
    fits.then_some(lines.len())
}

/// States each sentence as an error of the command that was not run here.
pub(super) fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let text: Vec<_> = lines.iter().map(|line| line.text).collect();
    let Ok(messages) = serde_json::from_str::<Option<Vec<String>>>(&text.join("\n")) else {
        return;
    };
    out.used(lines);
    let stem = context.hint.path.trim_end_matches("-errors.json");
    for message in messages.unwrap_or_default() {
        let error = KubectlError {
            reason: reason(&message).map(str::to_owned),
            message: Some(message),
            resource: kind_of_path(stem).map(str::to_owned),
            namespace: context.namespace(),
            ..KubectlError::default()
        };
        out.event(lines, error);
    }
}

fn reason(message: &str) -> Option<&'static str> {
    let reasons = [
        (" is forbidden", "Forbidden"),
        ("not found", "NotFound"),
        ("could not find the requested resource", "NotFound"),
        ("Unauthorized", "Unauthorized"),
        ("must be logged in", "Unauthorized"),
    ];
    reasons.iter().find(|(sign, _)| message.contains(sign)).map(|(_, reason)| *reason)
}
