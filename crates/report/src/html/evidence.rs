//! Evidence as a figure: the captured lines with their numbers, the cited value marked.

use std::io;

use kubetriage_model::Evidence;

use super::safe::Safe;
use crate::plain::{label, number};

/// Writes where a sign stands, and its lines among their neighbors.
pub(super) fn figure(evidence: &Evidence, out: &mut dyn io::Write) -> io::Result<()> {
    let (path, line) = (Safe(&evidence.artifact), evidence.line);
    write!(out, "<figure class=\"evidence\"><figcaption><code>{path}:{line}</code> ")?;
    writeln!(out, "<span class=\"signal\">{}</span></figcaption>", Safe(&label(evidence)))?;
    write!(out, "<ol class=\"lines\" tabindex=\"0\" aria-label=\"captured lines\">")?;
    let first = line.saturating_sub(number(evidence.before.len()));
    for (number, text) in (first..).zip(&evidence.before) {
        neighbor(number, text, out)?;
    }
    let mut next = line;
    for text in evidence.excerpt.lines() {
        let (before, value, behind) =
            if next == line { parts(text, evidence) } else { (text, "", "") };
        write!(out, "<li class=\"cited\"><b>{next}</b><code>{}", Safe(before))?;
        if !value.is_empty() {
            write!(out, "<mark>{}</mark>", Safe(value))?;
        }
        writeln!(out, "{}</code></li>", Safe(behind))?;
        next += 1;
    }
    for (number, text) in (next.max(line + 1)..).zip(&evidence.after) {
        neighbor(number, text, out)?;
    }
    writeln!(out, "</ol></figure>")
}

/// Writes a line that is not cited.
fn neighbor(number: u64, text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<li><b>{number}</b><code>{}</code></li>", Safe(text))
}

/// Returns what stands before the cited value, the value, and what stands behind it.
///
/// Columns count characters from 1; without a width the whole line is the value, and nothing is marked.
fn parts<'t>(text: &'t str, evidence: &Evidence) -> (&'t str, &'t str, &'t str) {
    let byte = |column: u64| {
        let index = usize::try_from(column).unwrap_or(usize::MAX);
        text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
    };
    if evidence.width == 0 {
        return (text, "", "");
    }
    let start = evidence.column.saturating_sub(1);
    let (from, to) = (byte(start), byte(start.saturating_add(evidence.width)));
    let (before, rest) = text.split_at_checked(from).unwrap_or((text, ""));
    let (value, behind) = rest.split_at_checked(to.saturating_sub(from)).unwrap_or((rest, ""));
    (before, value, behind)
}
