//! The report for people: the root cause first, its symptoms folded under it, then what is open.
//!
//! Findings are drawn by miette's graphical handler; the rest follows its look. Nothing here asks the
//! terminal anything: width, color and characters are the caller's to say.

mod closing;
mod excerpt;
mod finding;
mod grouped;
mod look;
mod narrated;
mod open;
mod page;
mod quiet;
mod second_look;
mod show;
mod symptom;
mod table;
mod timeline;

use std::io;

use kubetriage_model::Report;

pub(crate) use self::look::Tone;
pub(crate) use self::page::Page;
pub use self::show::finding;
use crate::plain::is_live;
use crate::tree;

/// How much of a report is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// One line per finding.
    Quiet,
    /// Root causes in full, symptoms as one line each, open questions, coverage.
    #[default]
    Normal,
    /// Everything: symptoms in full, all evidence, each artifact, each note, the clear rules.
    Verbose,
}

/// What stands together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Group {
    /// Symptoms below their cause, causes in full.
    #[default]
    Cause,
    /// Findings of one rule.
    Rule,
    /// Findings that concern one object.
    Subject,
    /// Findings that are written in one file.
    Artifact,
}

/// How a report is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns to fill; text is wrapped there, commands and manifests never are.
    pub width: usize,
    /// Whether ANSI colors are used.
    pub color: bool,
    /// Whether box-drawing characters are used; ASCII otherwise.
    pub unicode: bool,
    /// How much is told.
    pub detail: Detail,
    /// Most source excerpts drawn per finding, one of each sign in each file; further places are listed by
    /// name. All are drawn when verbose.
    pub snippets: usize,
    /// What stands together.
    pub group: Group,
    /// Whether the report is told in sentences, for screen readers, instead of drawn. Groups are not told then.
    pub narrated: bool,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            unicode: true,
            detail: Detail::Normal,
            snippets: 4,
            group: Group::Cause,
            narrated: false,
        }
    }
}

/// Writes `report` for people.
///
/// Every finding is shown at least once: in full if it is a root cause, else as a symptom of one. Healed
/// findings, open questions and unexplained objects follow under headings of their own, then a line on
/// what was read and a line of counts.
///
/// # Errors
/// Those of `out`.
pub fn text(report: &Report, options: &TextOptions, out: &mut dyn io::Write) -> io::Result<()> {
    if options.detail == Detail::Quiet {
        return quiet::write(report, out);
    }
    if options.narrated {
        return narrated::write(report, options.detail, out);
    }
    let mut page = Page::new(options, out);
    page.known = report.baseline.iter().flat_map(|baseline| baseline.known.clone()).collect();
    closing::heading(&mut page, report)?;
    match options.group {
        Group::Cause => causes(&mut page, report)?,
        group => grouped::write(&mut page, report, group)?,
    }
    open::healed(&mut page, &report.findings)?;
    open::not_assessed(&mut page, &report.not_assessed)?;
    open::unexplained(&mut page, &report.unexplained)?;
    second_look::write(&mut page, report)?;
    if options.detail == Detail::Verbose {
        timeline::write(&mut page, report)?;
        table::artifacts(&mut page, &report.artifacts)?;
        table::clear(&mut page, &report.clear)?;
    }
    closing::coverage(&mut page, report)?;
    closing::summary(&mut page, report)
}

/// Writes the root causes, each with its symptoms.
fn causes(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    for root in tree::roots(&report.findings) {
        finding::write(page, root.finding)?;
        symptom::write(page, &root)?;
        finding::advice(page, root.finding)?;
        if page.detail == Detail::Verbose {
            symptom::write_in_full(page, &root)?;
        }
    }
    Ok(())
}
