//! The report as Markdown, ready to paste into a ticket (`CommonMark` with the tables of GitHub).
//!
//! Captured text can be no markup: see [`escaped`]. The whole report is there, with symptoms as a list below
//! their cause.

mod escape;
mod finding;

use std::io;

use kubetriage_model::{ArtifactReport, Finding, NotAssessed, Report, Suppressed, Unexplained};

pub(crate) use self::escape::{code, code_cell, escaped, fenced, link};
use crate::plain::{
    commands, count, coverage, grouped, is_live, missing, note_class, number, percent, place,
    severity, size, subject, totals,
};
use crate::tree::roots;

/// Writes `report` as Markdown.
///
/// # Errors
/// Those of `out`.
pub fn markdown(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    heading(report, out)?;
    let roots = roots(&report.findings);
    for (index, root) in roots.iter().enumerate() {
        finding::write(index + 1, root, report.baseline.as_ref(), out)?;
    }
    healed(&report.findings, out)?;
    not_assessed(&report.not_assessed, out)?;
    unexplained(&report.unexplained, out)?;
    suppressed(&report.suppressed, out)?;
    read(&report.artifacts, out)
}

/// Writes title, totals, what was read, and the list of what stands below.
fn heading(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let bundle = &report.bundle;
    writeln!(out, "# kubetriage: {}\n", escaped(&bundle.inputs.join(", ")))?;
    writeln!(out, "**{}**\n", escaped(&totals(report)))?;
    writeln!(out, "Read: {}.", escaped(&coverage(report)))?;
    match (&bundle.first_time, &bundle.last_time) {
        (Some(first), Some(last)) if first != last => {
            writeln!(out, "Times from {} to {}.", escaped(first), escaped(last))?;
        }
        (Some(time), _) | (None, Some(time)) => writeln!(out, "Time: {}.", escaped(time))?,
        (None, None) => {}
    }
    if bundle.scrubbed {
        writeln!(out, "Values were replaced by a cleaner.")?;
    }
    let roots = roots(&report.findings);
    if roots.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| # | weight | finding | where |\n|---|---|---|---|")?;
    for (index, root) in roots.iter().enumerate() {
        let finding = root.finding;
        let at = finding.evidence.first().map(place).unwrap_or_default();
        let title = escaped(&finding.title);
        let weight = severity(finding.severity);
        writeln!(out, "| {} | {weight} | {title} | {} |", index + 1, code_cell(&at))?;
    }
    Ok(())
}

/// Writes the healed findings, one line each.
fn healed(findings: &[Finding], out: &mut dyn io::Write) -> io::Result<()> {
    let healed: Vec<_> = findings.iter().filter(|finding| !is_live(finding.verdict)).collect();
    if healed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Healed\n\nIt was so; later evidence shows recovery.\n")?;
    for finding in healed {
        let at = finding.evidence.first().map(place).unwrap_or_default();
        writeln!(out, "- {}: {} ({})", code(&finding.rule), escaped(&finding.title), code(&at))?;
    }
    Ok(())
}

/// Writes the open questions, then the commands that would settle them.
fn not_assessed(questions: &[NotAssessed], out: &mut dyn io::Write) -> io::Result<()> {
    if questions.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Not assessed\n")?;
    for question in questions {
        let (rule, title) = (code(&question.rule), escaped(&question.title));
        write!(out, "- {rule}: {title}. Missing: {}.", escaped(&missing(question)))?;
        for (index, one) in question.found.iter().enumerate() {
            write!(out, "{} {}", if index == 0 { " Found:" } else { "," }, code(&place(one)))?;
        }
        writeln!(out)?;
    }
    let commands = commands(questions);
    if commands.is_empty() {
        return Ok(());
    }
    let these = count(number(commands.len()), "command");
    writeln!(out, "\n{these} to run and add to the bundle:\n")?;
    out.write_all(fenced("sh", &commands.join("\n")).as_bytes())
}

/// Writes what is unwell and mentioned by no finding.
fn unexplained(objects: &[Unexplained], out: &mut dyn io::Write) -> io::Result<()> {
    if objects.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Unexplained\n\nUnwell, and no rule explains why.\n")?;
    for object in objects {
        let at = object.evidence.first().map(place).unwrap_or_default();
        let name = escaped(&subject(&object.subject));
        writeln!(out, "- {name}: {} ({})", escaped(&object.what), code(&at))?;
    }
    Ok(())
}

/// Writes the findings that somebody tolerates, with the reason.
fn suppressed(suppressed: &[Suppressed], out: &mut dyn io::Write) -> io::Result<()> {
    if suppressed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Suppressed\n")?;
    for one in suppressed {
        let until = one.until.as_ref().map(|day| format!(" until {}", escaped(day)));
        let (rule, title) = (code(&one.finding.rule), escaped(&one.finding.title));
        let reason = escaped(&one.reason);
        writeln!(out, "- {rule}: {title}. Reason: {reason}{}", until.unwrap_or_default())?;
    }
    Ok(())
}

/// Writes one row per artifact, and the notes on it.
fn read(artifacts: &[ArtifactReport], out: &mut dyn io::Write) -> io::Result<()> {
    if artifacts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## What was read\n")?;
    writeln!(out, "| file | format | size | lines | understood | notes |")?;
    writeln!(out, "|---|---|---:|---:|---:|---|")?;
    for artifact in artifacts {
        let total = artifact.used.saturating_add(artifact.skipped);
        let notes: Vec<_> = artifact
            .notes
            .iter()
            .map(|note| {
                let at = note.line.map(|line| format!("line {line}: ")).unwrap_or_default();
                format!("{at}{} ({})", escaped(&note.message), note_class(note.kind))
            })
            .collect();
        let (path, format) = (code_cell(&artifact.path), code_cell(&artifact.format));
        let (size, lines) = (size(artifact.bytes), grouped(artifact.lines));
        let understood = percent(artifact.used, total);
        let notes = notes.join("; ");
        writeln!(out, "| {path} | {format} | {size} | {lines} | {understood} % | {notes} |")?;
    }
    Ok(())
}
