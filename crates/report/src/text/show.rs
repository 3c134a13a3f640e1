//! One finding with everything known about it, and the lines around its evidence.

use std::collections::BTreeMap;
use std::io;

use kubetriage_model::{Evidence, Finding, Report};

use super::look::Tone;
use super::page::Page;
use super::{Detail, TextOptions, finding as one};
use crate::plain::{severity, shorten, visible};

/// Writes the finding called `id` in full: what it is, all its evidence, what it explains and what explains
/// it, how to mend it, and the captured lines around each place. An id that is not there writes nothing.
///
/// # Errors
/// Those of `out`.
pub fn finding(
    report: &Report,
    id: &str,
    options: &TextOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let Some(finding) = report.findings.iter().find(|finding| finding.id == id) else {
        return Ok(());
    };
    let mut page = Page::new(&TextOptions { detail: Detail::Verbose, ..options.clone() }, out);
    one::write(&mut page, finding)?;
    for (label, ids) in [("caused by", &finding.explained_by), ("explains", &finding.explains)] {
        related(&mut page, report, label, ids)?;
    }
    one::advice(&mut page, finding)?;
    around(&mut page, finding)
}

/// Writes one line for each related finding: its id, rule and title.
fn related(page: &mut Page<'_>, report: &Report, label: &str, ids: &[String]) -> io::Result<()> {
    for (index, id) in ids.iter().enumerate() {
        let Some(other) = report.findings.iter().find(|other| other.id == *id) else { continue };
        let rule = format!("{}[{}]", severity(other.severity), other.rule);
        let text = format!("{} {rule} {}", short(id), other.title);
        if index == 0 { page.section(label, &text)? } else { page.item("", &text)? }
    }
    Ok(())
}

/// Returns the beginning of an id, which is enough to name it.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// Lines of one artifact by number: the text, and whether the finding cites it.
type Lines<'f> = BTreeMap<u64, (&'f str, bool)>;

/// Writes the lines around each place that has some, artifact by artifact.
fn around(page: &mut Page<'_>, finding: &Finding) -> io::Result<()> {
    let with_context = |place: &&Evidence| !place.before.is_empty() || !place.after.is_empty();
    let mut artifacts: Vec<(&str, Lines<'_>)> = Vec::new();
    for place in finding.evidence.iter().filter(with_context) {
        if let Some((_, lines)) = artifacts.iter_mut().find(|(path, _)| *path == place.artifact) {
            add(lines, place);
            continue;
        }
        let mut lines = Lines::new();
        add(&mut lines, place);
        artifacts.push((&place.artifact, lines));
    }
    if !artifacts.is_empty() {
        page.heading("around the evidence")?;
    }
    for (path, lines) in &artifacts {
        snippet(page, path, lines)?;
    }
    Ok(())
}

/// Adds a place and its neighbors; a cited line stays cited when it is another one's neighbor.
fn add<'f>(lines: &mut Lines<'f>, place: &'f Evidence) {
    let before = u64::try_from(place.before.len()).unwrap_or(0);
    let from = place.line.saturating_sub(before);
    for (number, line) in
        (from..).zip(&place.before).chain((place.end_line + 1..).zip(&place.after))
    {
        lines.entry(number).or_insert((line, false));
    }
    for (number, line) in (place.line..=place.end_line).zip(place.excerpt.lines()) {
        lines.insert(number, (line, true));
    }
}

/// Writes captured lines with their numbers, a gap where lines are left out; cited ones are marked.
fn snippet(page: &mut Page<'_>, path: &str, lines: &Lines<'_>) -> io::Result<()> {
    page.gap()?;
    let path = page.look.paint(Tone::Dim, &visible(path));
    page.line(&format!("  {path}"))?;
    let digits = lines.last_key_value().map_or(1, |(last, _)| last.to_string().len());
    let room = page.look.width().saturating_sub(digits + 6);
    let mut next = None;
    for (&number, &(line, is_cited)) in lines {
        if next.is_some_and(|next| next != number) {
            page.line(&format!("    {:>digits$}", "..."))?;
        }
        next = Some(number + 1);
        let text = shorten(&visible(line), if is_cited { room.saturating_mul(3) } else { room });
        let mark = if is_cited { '>' } else { ' ' };
        let lead = page.look.paint(Tone::Dim, &format!("{number:>digits$} |"));
        let text = if is_cited { page.look.paint(Tone::Strong, &text) } else { text };
        page.line(&format!("  {mark} {lead} {text}"))?;
    }
    Ok(())
}
