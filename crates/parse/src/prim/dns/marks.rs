//! The lines on which the parts of an answer stand.

use kubetriage_model::{DnsAnswer, Mark};

use crate::emitter::mark;
use crate::text::Line;

/// Returns the marks of the first address and of the status word, where single lines carry them.
pub(crate) fn marks(answer: &DnsAnswer, lines: &[Line<'_>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let first = answer.addresses.first().map(String::as_str).unwrap_or_default();
    let carries = |line: &&Line<'_>| line.text.split_whitespace().any(|word| word == first);
    if let Some(line) = lines.iter().find(carries) {
        marks.push(mark("addresses", line));
    }
    let status = answer.status.as_deref().unwrap_or("NOERROR");
    let told =
        |line: &&Line<'_>| line.text.contains("status: ") || line.text.contains("not found: ");
    if let Some(line) = lines.iter().filter(told).find(|line| line.text.contains(status)) {
        marks.push(mark("status", line));
    }
    marks
}
