//! One finding in full: what it is, why, where it is written, and what to do.

use std::collections::HashSet;
use std::error::Error;
use std::fmt;
use std::io;

use kubetriage_model::{Confidence, Evidence, Finding, Fix, Severity, Verdict};
use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::excerpt::{Excerpts, in_full};
use super::page::{Page, SECTION};
use crate::plain::{
    count, is_live, objects, place, seen, severity, subject, verdict, visible, wrap,
};

/// Objects and places named before the rest is counted.
const NAMED: usize = 4;

/// Columns that miette puts before a title (`  × `).
const TITLE: usize = 4;

/// Columns that miette puts before a cause (`  ╰─▶ `).
const CAUSE: usize = 6;

/// A finding as miette sees it.
#[derive(Debug)]
struct Shown<'a> {
    finding: &'a Finding,
    known: bool,
    title: String,
    cause: Option<Cause>,
    excerpts: Excerpts,
}

/// The cause, as the source of the diagnostic.
#[derive(Debug)]
struct Cause(String);

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Error for Cause {}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.title)
    }
}

impl Error for Shown<'_> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as &(dyn Error + 'static))
    }
}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let finding = self.finding;
        let severity = severity(finding.severity);
        let verdict = match finding.verdict {
            Verdict::Confirmed => String::new(),
            other => format!(", {}", verdict(other)),
        };
        let confidence = match finding.confidence {
            Confidence::High => "",
            Confidence::Medium => ", medium confidence",
            Confidence::Low => ", low confidence",
        };
        let known = if self.known { ", known" } else { "" };
        Some(Box::new(format!(
            "{severity}[{}]{verdict}{confidence}{known}",
            visible(&finding.rule)
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.excerpts.is_empty()).then_some(&self.excerpts)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpts.labels()))
    }
}

/// Writes the finding: rule, title, cause, excerpts, and whom it concerns.
pub(super) fn write(page: &mut Page<'_>, finding: &Finding) -> io::Result<()> {
    page.gap()?;
    let (drawn, listed) = telling(&finding.evidence, page.snippets);
    let width = page.look.width();
    let cause = wrap(&finding.cause, width.saturating_sub(CAUSE));
    let diagnostic = Shown {
        finding,
        known: page.known.contains(&finding.id),
        title: wrap(&finding.title, width.saturating_sub(TITLE)).join("\n"),
        cause: (!cause.is_empty()).then(|| Cause(cause.join("\n"))),
        excerpts: Excerpts::new(&drawn, width),
    };
    let mut text = String::new();
    page.look.handler().render_report(&mut text, &diagnostic).map_err(io::Error::other)?;
    for line in text.lines() {
        page.line(line)?;
    }
    if let Some(statement) = drawn.first().and_then(|one| in_full(one, page.look.width())) {
        page.quote("in full", &statement)?;
    }
    if !listed.is_empty() {
        page.section("also at", &listing(page, listed.into_iter().map(place)))?;
    }
    concerned(page, finding)
}

/// Parts evidence into what is drawn and what is only listed, both in the order of the rule.
///
/// The first place of each sign in each file tells most; more of the same is listed. Where all fits, all is
/// drawn.
fn telling(evidence: &[Evidence], most: usize) -> (Vec<&Evidence>, Vec<&Evidence>) {
    let mut seen = HashSet::new();
    let mut drawn = 0;
    evidence.iter().partition(|one| {
        let is_new = seen.insert((one.artifact.as_str(), one.signal.as_str()));
        let chosen = drawn < most && (is_new || most == usize::MAX);
        drawn += usize::from(chosen);
        chosen
    })
}

/// Writes how often and when it was seen, and the objects it concerns.
fn concerned(page: &mut Page<'_>, finding: &Finding) -> io::Result<()> {
    let seen = seen(finding);
    if !seen.is_empty() {
        page.section("seen", &seen)?;
    }
    let objects = objects(finding);
    if let [_, _, ..] = objects.as_slice() {
        let number = u64::try_from(objects.len()).unwrap_or(u64::MAX);
        let names = listing(page, objects.into_iter().map(subject));
        page.section("affects", &format!("{}: {names}", count(number, "object")))?;
    } else if let Some(object) = objects.first() {
        page.section("about", &subject(object))?;
    }
    Ok(())
}

/// Returns the first few of `items` and how many more there are; all of them when verbose.
fn listing(page: &Page<'_>, items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    let (first, rest) = items.split_at(page.most(items.len(), NAMED));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    format!("{}{more}", first.join(", "))
}

/// Writes what to do: the fixes, how to verify them, and where to read on.
pub(super) fn advice(page: &mut Page<'_>, finding: &Finding) -> io::Result<()> {
    if is_live(finding.verdict) {
        for (index, fix) in finding.fixes.iter().enumerate() {
            page.gap()?;
            remedy(page, if index == 0 { "help" } else { "or" }, fix)?;
        }
        for (index, step) in finding.verify.iter().enumerate() {
            if index == 0 {
                page.gap()?;
                page.section("verify", step)?;
            } else {
                page.item("", step)?;
            }
        }
    }
    for (index, link) in finding.docs.iter().enumerate() {
        if index == 0 {
            page.section("docs", link)?;
        } else {
            page.item("", link)?;
        }
    }
    Ok(())
}

/// Writes one fix: its steps, its commands and its manifest on lines of their own.
fn remedy(page: &mut Page<'_>, label: &str, fix: &Fix) -> io::Result<()> {
    let recommended = if fix.recommended { " (recommended)" } else { "" };
    page.section(label, &format!("{}{recommended}", fix.title))?;
    match fix.steps.as_slice() {
        [only] => page.item("", only)?,
        steps => {
            for (index, step) in steps.iter().enumerate() {
                page.item(&format!("{}. ", index + 1), step)?;
            }
        }
    }
    for command in &fix.commands {
        page.copyable(SECTION + 2, command)?;
    }
    if let Some(manifest) = &fix.manifest {
        page.gap()?;
        page.copyable(SECTION + 2, manifest)?;
    }
    Ok(())
}
