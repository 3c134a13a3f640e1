//! The report as sentences, for screen readers: no boxes, no columns, every place spoken out.
//!
//! One sentence or one line to copy per line; nothing is wrapped, since the reader's program does that.

use std::io;

use kubetriage_model::{Evidence, Finding, Fix, NotAssessed, Report};

use super::Detail;
use crate::plain::{
    commands, confidence, count, coverage, is_live, label, missing, number, objects, place, seen,
    severity, subject, totals, verdict, visible,
};
use crate::tree::{Root, roots};

/// Places told of one finding before the rest is counted.
const PLACES: usize = 3;

/// Writes `report` as sentences.
pub(super) fn write(report: &Report, detail: Detail, out: &mut dyn io::Write) -> io::Result<()> {
    say(out, "Report on", &report.bundle.inputs.join(", "))?;
    say(out, "Totals:", &totals(report))?;
    let roots = roots(&report.findings);
    for (index, root) in (1..).zip(&roots) {
        writeln!(out)?;
        let heading = format!("Finding {index} of {}:", roots.len());
        told(&heading, root.finding, detail, out)?;
        symptoms(root, detail, out)?;
        advice(root.finding, out)?;
    }
    healed(&report.findings, out)?;
    not_assessed(&report.not_assessed, out)?;
    for object in &report.unexplained {
        let at = object.evidence.first().map(place).unwrap_or_default();
        let text = format!("{}: {}. Told in {at}", subject(&object.subject), object.what);
        writeln!(out)?;
        say(out, "Unexplained:", &text)?;
    }
    writeln!(out)?;
    say(out, "Read:", &coverage(report))
}

/// Writes a sentence that begins with `word`.
fn say(out: &mut dyn io::Write, word: &str, text: &str) -> io::Result<()> {
    let text = visible(text);
    let end = if text.ends_with(['.', '!', '?', ':']) { "" } else { "." };
    writeln!(out, "{word} {}{end}", text.trim())
}

/// Writes what a finding is, why, where, and whom it concerns.
fn told(
    heading: &str,
    finding: &Finding,
    detail: Detail,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    say(out, heading, &finding.title)?;
    let (weight, sure) = (severity(finding.severity), confidence(finding.confidence));
    let kind = format!("{weight}, {}, {sure} confidence", verdict(finding.verdict));
    say(out, "Weight:", &kind)?;
    say(out, "Rule:", &finding.rule)?;
    if !finding.cause.is_empty() {
        say(out, "Cause:", &finding.cause)?;
    }
    let seen = seen(finding);
    if !seen.is_empty() {
        say(out, "Seen:", &seen)?;
    }
    let objects: Vec<_> = objects(finding).into_iter().map(subject).collect();
    if !objects.is_empty() {
        say(out, "Concerns:", &objects.join(", "))?;
    }
    let all = finding.evidence.len();
    let most = if detail == Detail::Verbose { all } else { all.min(PLACES) };
    for (index, one) in (1..).zip(finding.evidence.iter().take(most)) {
        cited(&format!("Evidence {index} of {all}"), one, out)?;
    }
    Ok(())
}

/// Writes where a sign stands and what the line says.
fn cited(heading: &str, one: &Evidence, out: &mut dyn io::Write) -> io::Result<()> {
    let (path, line) = (visible(&one.artifact), one.line);
    writeln!(out, "{heading}: file {path}, line {line}, {}. The line reads:", label(one))?;
    writeln!(out, "{}", visible(one.excerpt.lines().next().unwrap_or_default()).trim())
}

/// Writes what a cause explains.
fn symptoms(root: &Root<'_>, detail: Detail, out: &mut dyn io::Write) -> io::Result<()> {
    if root.symptoms.is_empty() {
        return Ok(());
    }
    say(out, "It explains", &count(number(root.symptoms.len()), "further finding"))?;
    for (depth, symptom) in &root.symptoms {
        let heading = if *depth > 1 { "Through that:" } else { "Explained:" };
        if detail == Detail::Verbose {
            told(heading, symptom, detail, out)?;
        } else {
            let at = symptom.evidence.first().map(place).unwrap_or_default();
            say(out, heading, &format!("{}, {} in {at}", symptom.title, symptom.rule))?;
        }
    }
    Ok(())
}

/// Writes what to do, how to verify it, and where to read on.
fn advice(finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    for (index, fix) in (1..).zip(&finding.fixes) {
        remedy(&format!("Fix {index} of {}", finding.fixes.len()), fix, out)?;
    }
    finding.verify.iter().try_for_each(|step| say(out, "To verify:", step))?;
    finding.docs.iter().try_for_each(|link| writeln!(out, "Documentation: {}", visible(link)))
}

/// Writes one way to mend the cause.
fn remedy(heading: &str, fix: &Fix, out: &mut dyn io::Write) -> io::Result<()> {
    let recommended = if fix.recommended { ", recommended" } else { "" };
    say(out, &format!("{heading}{recommended}:"), &fix.title)?;
    for (index, step) in (1..).zip(&fix.steps) {
        say(out, &format!("Step {index}:"), step)?;
    }
    for command in &fix.commands {
        writeln!(out, "Command: {}", visible(command))?;
    }
    if let Some(manifest) = &fix.manifest {
        let lines = number(manifest.lines().count());
        writeln!(out, "Manifest of {}, to apply:", count(lines, "line"))?;
        for line in manifest.lines() {
            writeln!(out, "{}", visible(line))?;
        }
        writeln!(out, "End of the manifest.")?;
    }
    Ok(())
}

/// Writes what was so and has recovered.
fn healed(findings: &[Finding], out: &mut dyn io::Write) -> io::Result<()> {
    for finding in findings.iter().filter(|finding| !is_live(finding.verdict)) {
        let at = finding.evidence.first().map(place).unwrap_or_default();
        writeln!(out)?;
        say(out, "Healed:", &format!("{}, {} in {at}", finding.title, finding.rule))?;
    }
    Ok(())
}

/// Writes the open questions and what would settle them.
fn not_assessed(questions: &[NotAssessed], out: &mut dyn io::Write) -> io::Result<()> {
    for (index, question) in (1..).zip(questions) {
        writeln!(out)?;
        let heading = format!("Not assessed, {index} of {}:", questions.len());
        say(out, &heading, &question.title)?;
        say(out, "Rule:", &question.rule)?;
        say(out, "Missing:", &missing(question))?;
    }
    let commands = commands(questions);
    if !commands.is_empty() {
        writeln!(out)?;
        say(out, "To settle them, capture", &count(number(commands.len()), "command"))?;
    }
    commands.into_iter().try_for_each(|command| writeln!(out, "Command: {}", visible(command)))
}
