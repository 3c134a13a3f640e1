//! One finding as Markdown: cause, evidence, symptoms, fixes, how to verify.

use std::io;

use kubetriage_model::{Baseline, Evidence, Finding, Fix, Verdict};

use super::escape::{code, escaped, fenced, link};
use crate::plain::{
    confidence, count, label, number, objects, place, seen, severity, subject, verdict,
};
use crate::tree::Root;

/// Writes a cause with its symptoms under the heading of its number.
pub(super) fn write(
    index: usize,
    root: &Root<'_>,
    baseline: Option<&Baseline>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let finding = root.finding;
    writeln!(out, "\n## {index}. {}", escaped(&finding.title))?;
    let mut facts = vec![format!("**{}**", severity(finding.severity)), code(&finding.rule)];
    if finding.verdict != Verdict::Confirmed {
        facts.push(verdict(finding.verdict).to_owned());
    }
    facts.push(format!("{} confidence", confidence(finding.confidence)));
    if baseline.is_some_and(|baseline| baseline.known.contains(&finding.id)) {
        facts.push("known since the baseline".to_owned());
    }
    facts.push(format!("id {}", code(&finding.id)));
    writeln!(out, "\n{}", facts.join(" · "))?;
    if !finding.cause.is_empty() {
        writeln!(out, "\n{}", escaped(&finding.cause))?;
    }
    concerned(finding, out)?;
    for evidence in &finding.evidence {
        cited(evidence, out)?;
    }
    symptoms(root, out)?;
    for fix in &finding.fixes {
        remedy(fix, out)?;
    }
    closing(finding, out)
}

/// Writes whom it concerns, and how often and when it was seen.
fn concerned(finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    let objects: Vec<_> =
        objects(finding).into_iter().map(|object| code(&subject(object))).collect();
    let seen = seen(finding);
    if !objects.is_empty() || !seen.is_empty() {
        writeln!(out)?;
    }
    if !objects.is_empty() {
        writeln!(out, "- Affects: {}", objects.join(", "))?;
    }
    if !seen.is_empty() {
        writeln!(out, "- Seen: {}", escaped(&seen))?;
    }
    Ok(())
}

/// Writes where a sign stands, and the line itself with its neighbors.
fn cited(evidence: &Evidence, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "\n{} ({}):\n", code(&place(evidence)), escaped(&label(evidence)))?;
    let lines = evidence.before.iter().map(String::as_str).chain(evidence.excerpt.lines());
    let lines: Vec<_> = lines.chain(evidence.after.iter().map(String::as_str)).collect();
    out.write_all(fenced("text", &lines.join("\n")).as_bytes())
}

/// Writes the symptoms as a nested list.
fn symptoms(root: &Root<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if root.symptoms.is_empty() {
        return Ok(());
    }
    let these = count(number(root.symptoms.len()), "further finding");
    writeln!(out, "\nExplains {these}:\n")?;
    for (depth, symptom) in &root.symptoms {
        let indent = "  ".repeat(depth.saturating_sub(1).min(8));
        let at = symptom.evidence.first().map(place).unwrap_or_default();
        let (rule, title) = (code(&symptom.rule), escaped(&symptom.title));
        let times = if symptom.count > 1 { format!(" ×{}", symptom.count) } else { String::new() };
        writeln!(out, "{indent}- {rule}{times}: {title} ({})", code(&at))?;
    }
    Ok(())
}

/// Writes one way to mend the cause.
fn remedy(fix: &Fix, out: &mut dyn io::Write) -> io::Result<()> {
    let recommended = if fix.recommended { " (recommended)" } else { "" };
    writeln!(out, "\n### Fix: {}{recommended}", escaped(&fix.title))?;
    if !fix.steps.is_empty() {
        writeln!(out)?;
    }
    for (index, step) in fix.steps.iter().enumerate() {
        writeln!(out, "{}. {}", index + 1, escaped(step))?;
    }
    if !fix.commands.is_empty() {
        write!(out, "\n{}", fenced("sh", &fix.commands.join("\n")))?;
    }
    if let Some(manifest) = &fix.manifest {
        write!(out, "\n{}", fenced("yaml", manifest))?;
    }
    Ok(())
}

/// Writes how to verify the fix, as boxes to tick, and where to read on.
fn closing(finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    if !finding.verify.is_empty() {
        writeln!(out, "\n### Verify\n")?;
        for step in &finding.verify {
            writeln!(out, "- [ ] {}", escaped(step))?;
        }
    }
    for address in &finding.docs {
        writeln!(out, "\nDocumentation: {}", link(address))?;
    }
    Ok(())
}
