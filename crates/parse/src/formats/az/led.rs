//! JSON whose first bracket stands behind a sentence: `Deployment failed. Correlation ID: … . {`, as the tools of Bicep print it.

use super::json;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Sentences of tools that go on with the error in JSON.
const LEADS: &[&str] = &["Deployment failed. Correlation ID: ", "ERROR: {", "Error: {"];

/// Returns the length of the document with its sentence in front.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    // What follows the bracket on its own line is read as an error on one line.
    let leads = first.text.trim_end().ends_with('{')
        && LEADS.iter().any(|lead| first.text.starts_with(lead));
    if !leads {
        return None;
    }
    json::length(&bare(lines), context)
}

/// States what the document says.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    json::state(&bare(lines), context, out);
}

/// Returns the lines without the sentence.
fn bare<'t>(lines: &[Line<'t>]) -> Vec<Line<'t>> {
    let mut lines = lines.to_vec();
    if let Some(first) = lines.first_mut() {
        let front = first.text.find('{').unwrap_or(0);
        if let Some((_, text)) = first.text.split_at_checked(front) {
            first.text = text;
            first.offset += front as u64;
        }
    }
    lines
}
