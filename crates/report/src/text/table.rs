//! The verbose report's list of artifacts, with each note, and the clear rules.

use std::io;

use kubetriage_model::ArtifactReport;

use super::page::Page;
use crate::plain::{grouped, note_class, percent, shorten, visible};

/// Widest path that still gets a column; longer ones push their row to the right.
const WIDEST_PATH: usize = 60;

/// Writes one row per artifact: path, lines understood of all, format; its notes below it.
pub(super) fn artifacts(page: &mut Page<'_>, artifacts: &[ArtifactReport]) -> io::Result<()> {
    if artifacts.is_empty() {
        return Ok(());
    }
    page.heading("read")?;
    let longest = artifacts.iter().map(|artifact| artifact.path.chars().count()).max();
    let path_width = longest.unwrap_or(0).min(WIDEST_PATH).min(page.look.width() / 2);
    for artifact in artifacts {
        let total = artifact.used.saturating_add(artifact.skipped);
        let lines = format!("{}/{} lines", grouped(artifact.used), grouped(total));
        let percent = format!("{} %", percent(artifact.used, total));
        let path = visible(&artifact.path);
        let formats = shorten(&visible(&artifact.format), page.look.width());
        let padding = " ".repeat(path_width.saturating_sub(path.chars().count()));
        page.line(&format!("  {path}{padding}  {lines:>16}  {percent:>5}  {formats}"))?;
        for note in &artifact.notes {
            let at = note.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            let text = format!("{at}{} ({})", note.message, note_class(note.kind));
            page.wrapped(("    - ", "      "), 6, &text)?;
        }
    }
    Ok(())
}

/// Writes the ids of rules for which all was there and it is not so.
pub(super) fn clear(page: &mut Page<'_>, rules: &[String]) -> io::Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    page.heading("clear: everything needed was there, and it is not so")?;
    page.wrapped(("  ", "  "), 2, &rules.join(", "))
}
