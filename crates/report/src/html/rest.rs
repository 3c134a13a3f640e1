//! What is not a live finding: open questions, unexplained objects, what has healed, what was read.

use std::io;

use kubetriage_model::{ArtifactReport, Finding, NotAssessed, Report, Suppressed, Unexplained};

use super::evidence;
use super::finding::copyable;
use super::safe::Safe;
use crate::plain::{
    commands, count, grouped, is_live, missing, note_class, number, percent, place, severity, size,
    subject,
};

/// Files listed at once; a longer list is to be opened.
const MANY: usize = 40;

/// Writes the open questions, each with the commands that would settle it, and all commands together.
pub(super) fn not_assessed(questions: &[NotAssessed], out: &mut dyn io::Write) -> io::Result<()> {
    if questions.is_empty() {
        return Ok(());
    }
    heading("open", "Not assessed", out)?;
    writeln!(out, "<p class=\"lead\">The signs are there, the deciding capture is not.</p>")?;
    let all = commands(questions);
    if all.len() > 1 {
        let these = count(number(all.len()), "command");
        writeln!(out, "<details><summary>All {these} to run and add to the bundle</summary>")?;
        copyable(&all.join("\n"), "all commands", out)?;
        writeln!(out, "</details>")?;
    }
    for question in questions {
        writeln!(out, "<article class=\"card open\" data-weights=\"open\"><header>")?;
        writeln!(
            out,
            "<p class=\"badges\"><span class=\"badge open\">open</span> <code>{}</code></p>",
            Safe(&question.rule)
        )?;
        writeln!(out, "<h3>{}</h3></header>", Safe(&question.title))?;
        writeln!(
            out,
            "<dl class=\"facts\"><dt>missing</dt><dd>{}</dd></dl>",
            Safe(&missing(question))
        )?;
        if let Some(first) = question.found.first() {
            evidence::figure(first, out)?;
        }
        if !question.collect.is_empty() {
            copyable(&question.collect.join("\n"), "commands", out)?;
        }
        writeln!(out, "</article>")?;
    }
    writeln!(out, "</section>")
}

/// Begins a section with its heading.
fn heading(id: &str, title: &str, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<section id=\"{id}\" aria-labelledby=\"h-{id}\"><h2 id=\"h-{id}\">{title}</h2>")
}

/// Writes what is unwell and mentioned by no finding.
pub(super) fn unexplained(objects: &[Unexplained], out: &mut dyn io::Write) -> io::Result<()> {
    if objects.is_empty() {
        return Ok(());
    }
    heading("unexplained", "Unexplained", out)?;
    writeln!(out, "<p class=\"lead\">Unwell, and no rule explains why.</p>\n<ul class=\"plain\">")?;
    for object in objects {
        let at = object.evidence.first().map(place).unwrap_or_default();
        let name = subject(&object.subject);
        write!(out, "<li class=\"row\"><strong>{}</strong> {}", Safe(&name), Safe(&object.what))?;
        writeln!(out, " <span class=\"meta\"><code>{}</code></span></li>", Safe(&at))?;
    }
    writeln!(out, "</ul></section>")
}

/// Writes the healed findings, one line each.
pub(super) fn healed(findings: &[Finding], out: &mut dyn io::Write) -> io::Result<()> {
    let healed: Vec<_> = findings.iter().filter(|finding| !is_live(finding.verdict)).collect();
    if healed.is_empty() {
        return Ok(());
    }
    heading("healed", "Healed", out)?;
    writeln!(out, "<p class=\"lead\">It was so; later evidence shows recovery.</p>")?;
    for finding in healed {
        writeln!(
            out,
            "<details class=\"row\"><summary><span class=\"badge healed\">healed</span> "
        )?;
        write!(out, "<span class=\"name\">{}</span> ", Safe(&finding.title))?;
        writeln!(
            out,
            "<span class=\"meta\"><code>{}</code></span></summary>",
            Safe(&finding.rule)
        )?;
        finding.evidence.iter().try_for_each(|one| evidence::figure(one, out))?;
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</section>")
}

/// Writes the findings that somebody tolerates, with the reason.
pub(super) fn suppressed(suppressed: &[Suppressed], out: &mut dyn io::Write) -> io::Result<()> {
    if suppressed.is_empty() {
        return Ok(());
    }
    heading("suppressed", "Suppressed", out)?;
    writeln!(out, "<ul class=\"plain\">")?;
    for one in suppressed {
        let weight = severity(one.finding.severity);
        let until = one.until.as_ref().map(|day| format!(" (until {day})")).unwrap_or_default();
        write!(
            out,
            "<li class=\"row\"><span class=\"badge\">{weight}</span> <code>{}</code> ",
            Safe(&one.finding.rule)
        )?;
        let reason = format!("{}{until}", one.reason);
        writeln!(out, "{}. Reason: {}</li>", Safe(&one.finding.title), Safe(&reason))?;
    }
    writeln!(out, "</ul></section>")
}

/// Writes what was read of each artifact, and the rules that are clear.
pub(super) fn coverage(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    heading("read", "What was read", out)?;
    let line = crate::plain::coverage(report);
    writeln!(out, "<p class=\"lead\">{}</p>", Safe(&line))?;
    if !report.artifacts.is_empty() {
        let open = if report.artifacts.len() <= MANY { " open" } else { "" };
        let files = count(number(report.artifacts.len()), "file");
        writeln!(out, "<details{open}><summary>{files}</summary>")?;
        writeln!(out, "<div class=\"scroll\"><table><thead><tr>")?;
        for (name, class) in [("file", ""), ("format", ""), ("size", "figure"), ("lines", "figure")]
        {
            write!(out, "<th scope=\"col\" class=\"{class}\">{name}</th>")?;
        }
        writeln!(
            out,
            "<th scope=\"col\">understood</th><th scope=\"col\">notes</th></tr></thead><tbody>"
        )?;
        report.artifacts.iter().try_for_each(|artifact| row(artifact, out))?;
        writeln!(out, "</tbody></table></div></details>")?;
    }
    if !report.clear.is_empty() {
        let these = count(number(report.clear.len()), "rule");
        writeln!(
            out,
            "<details><summary>{these} clear: all that was needed was there, and it is not so</summary><ul class=\"chips\">"
        )?;
        for rule in &report.clear {
            write!(out, "<li><code>{}</code></li>", Safe(rule))?;
        }
        writeln!(out, "</ul></details>")?;
    }
    writeln!(out, "</section>")
}

/// Writes the row of one artifact.
fn row(artifact: &ArtifactReport, out: &mut dyn io::Write) -> io::Result<()> {
    let total = artifact.used.saturating_add(artifact.skipped);
    let (size, lines) = (size(artifact.bytes), grouped(artifact.lines));
    write!(out, "<tr><th scope=\"row\"><code>{}</code></th>", Safe(&artifact.path))?;
    write!(out, "<td>{}</td>", Safe(&artifact.format.replace('+', ", ")))?;
    write!(
        out,
        "<td class=\"figure\">{size}</td><td class=\"figure\">{lines}</td><td class=\"share\">"
    )?;
    if total > 0 {
        let share = percent(artifact.used, total);
        write!(
            out,
            "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"rest\" width=\"100\" height=\"10\"/><rect class=\"part\" width=\"{share}\" height=\"10\"/></svg> {share} %"
        )?;
    }
    write!(out, "</td><td>")?;
    for note in &artifact.notes {
        let at = note.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let text = format!("{at}{}", note.message);
        let class = note_class(note.kind);
        write!(
            out,
            "<div class=\"note\"><span class=\"tag\">{}</span> {}</div>",
            Safe(&class),
            Safe(&text)
        )?;
    }
    writeln!(out, "</td></tr>")
}
