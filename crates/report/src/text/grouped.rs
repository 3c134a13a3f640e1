//! The findings in groups: what of one rule, of one object, of one file was found.

use std::collections::BTreeMap;
use std::io;

use kubetriage_model::{Finding, Report};

use super::finding;
use super::look::Tone;
use super::page::Page;
use super::{Detail, Group};
use crate::plain::{count, is_live, number, objects, place, severity, subject, visible};

/// Writes the findings under the headings of their groups, groups by name, findings in the order of the report.
///
/// A finding that concerns several objects or is written in several files stands under each of them.
pub(super) fn write(page: &mut Page<'_>, report: &Report, group: Group) -> io::Result<()> {
    let mut groups: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| is_live(finding.verdict)) {
        for name in names(finding, group) {
            let findings = groups.entry(name).or_default();
            if !findings.iter().any(|known| known.id == finding.id) {
                findings.push(finding);
            }
        }
    }
    for (name, findings) in &groups {
        page.heading(&format!("{name}: {}", count(number(findings.len()), "finding")))?;
        for finding in findings {
            entry(page, (report, finding), group, name)?;
        }
    }
    Ok(())
}

/// Returns the groups of a finding.
fn names(finding: &Finding, group: Group) -> Vec<String> {
    match group {
        Group::Cause => Vec::new(),
        Group::Rule => vec![visible(&finding.rule)],
        Group::Subject => {
            let all: Vec<_> = objects(finding).into_iter().map(subject).collect();
            if all.is_empty() { vec![subject(&finding.subject)] } else { all }
        }
        Group::Artifact => finding.evidence.iter().map(|one| visible(&one.artifact)).collect(),
    }
}

/// Writes one finding of a group: its line, or all of it when verbose.
fn entry(
    page: &mut Page<'_>,
    (report, finding): (&Report, &Finding),
    group: Group,
    name: &str,
) -> io::Result<()> {
    if page.detail == Detail::Verbose {
        finding::write(page, finding)?;
        return finding::advice(page, finding);
    }
    let head = format!("{}[{}]", severity(finding.severity), visible(&finding.rule));
    let times = if finding.count > 1 { format!(" ×{}", finding.count) } else { String::new() };
    let here = finding.evidence.iter().find(|one| group != Group::Artifact || one.artifact == name);
    let at = here.map(place).unwrap_or_default();
    let head = page.look.paint(Tone::from(finding.severity), &head);
    let at = page.look.paint(Tone::Dim, &at);
    page.line(&format!("  {head}{times}  {at}"))?;
    page.wrapped(("    ", "    "), 4, &finding.title)?;
    let cause = finding.explained_by.first();
    if let Some(cause) = cause.and_then(|id| report.findings.iter().find(|one| one.id == *id)) {
        page.wrapped(("    ", "      "), 4, &format!("Explained by {}.", cause.rule))?;
    } else if let Some(fix) = finding.fixes.first() {
        page.wrapped(("    ", "      "), 4, &format!("Fix: {}.", fix.title.trim_end_matches('.')))?;
    }
    Ok(())
}
