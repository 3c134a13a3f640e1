//! First and last lines: what was read, how much of it was understood, and the counts.

use std::collections::BTreeMap;
use std::io;

use kubetriage_model::{NoteKind, Report};

use super::look::Tone;
use super::page::Page;
use crate::plain::{count, grouped, percent, size, visible};

/// Writes the first line: the inputs, their layout, and the time they speak of.
pub(super) fn heading(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let bundle = &report.bundle;
    let mut parts = vec![visible(&bundle.inputs.join(", "))];
    if !bundle.layouts.is_empty() {
        parts.push(visible(&bundle.layouts.join(", ")));
    }
    match (&bundle.first_time, &bundle.last_time) {
        (Some(first), Some(last)) if first != last => parts.push(format!("{first} to {last}")),
        (Some(time), _) | (None, Some(time)) => parts.push(time.clone()),
        (None, None) => {}
    }
    if bundle.scrubbed {
        parts.push("values were replaced by a cleaner".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    let name = page.look.paint(Tone::Strong, "kubetriage");
    page.wrapped((&format!("{name} "), "           "), 11, &parts.join("; "))
}

/// Writes the coverage line: files, bytes, lines understood, notes by class.
pub(super) fn coverage(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let used: u64 = report.artifacts.iter().map(|artifact| artifact.used).sum();
    let skipped: u64 = report.artifacts.iter().map(|artifact| artifact.skipped).sum();
    let total = used.saturating_add(skipped);
    let text = format!(
        "{}, {}, {} % of {} understood{}",
        count(report.bundle.artifacts, "file"),
        size(report.bundle.bytes),
        percent(used, total),
        count(total, "line"),
        notes(report),
    );
    page.gap()?;
    let label = page.look.paint(Tone::Dim, "read:");
    page.wrapped((&format!("{label} "), "      "), 6, &text)
}

/// Returns the notes counted by class (`, 3 notes: 1 truncated, 2 encoding`).
fn notes(report: &Report) -> String {
    let mut classes: BTreeMap<NoteKind, u64> = BTreeMap::new();
    for note in report.artifacts.iter().flat_map(|artifact| &artifact.notes) {
        *classes.entry(note.kind).or_default() += 1;
    }
    let total: u64 = classes.values().sum();
    if total == 0 {
        return String::new();
    }
    let each: Vec<_> = classes
        .iter()
        .map(|(kind, number)| format!("{} {}", grouped(*number), class(*kind)))
        .collect();
    format!(", {}: {}", count(total, "note"), each.join(", "))
}

/// Returns the word for a class of notes, as the JSON report spells it.
pub(super) fn class(kind: NoteKind) -> String {
    let name = serde_json::to_value(kind).ok();
    name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Writes the last line: the counts, each in its color, those of nothing left out.
pub(super) fn summary(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let summary = &report.summary;
    let live = summary.error + summary.warning + summary.note;
    let understood = report.artifacts.iter().any(|artifact| artifact.used > 0);
    let none = if understood { "no findings" } else { "no findings: nothing was recognized" };
    let unexplained = u64::try_from(report.unexplained.len()).unwrap_or(u64::MAX);
    let suppressed: u64 = summary.suppressed.values().sum();
    let left_out: u64 = summary.left_out.values().sum();
    let counts = [
        (summary.error, count(summary.error, "error"), Tone::Error),
        (summary.warning, count(summary.warning, "warning"), Tone::Warning),
        (summary.note, count(summary.note, "note"), Tone::Note),
        (u64::from(live == 0), none.to_owned(), Tone::Strong),
        (summary.healed, format!("{} healed", grouped(summary.healed)), Tone::Good),
        (
            summary.not_assessed,
            format!("{} not assessed", grouped(summary.not_assessed)),
            Tone::Strong,
        ),
        (unexplained, format!("{} unexplained", grouped(unexplained)), Tone::Strong),
        (summary.clear, format!("{} clear", count(summary.clear, "rule")), Tone::Good),
        (suppressed, format!("{} suppressed", grouped(suppressed)), Tone::Dim),
        (left_out, format!("{} of the findings not listed", grouped(left_out)), Tone::Strong),
    ];
    let told = counts.iter().filter(|(number, ..)| *number > 0);
    let parts: Vec<_> = told.map(|(_, text, tone)| page.look.paint(*tone, text)).collect();
    page.line(&parts.join(", "))
}
