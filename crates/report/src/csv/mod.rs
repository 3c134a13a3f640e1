//! The report as a table for spreadsheets: one row per finding, open question and unexplained object.
//!
//! RFC 4180 with a header row, UTF-8, lines ending in CR LF. Cells that a spreadsheet would take for a
//! formula begin with an apostrophe (OWASP's "CSV injection").

use std::io;

use csv::{Terminator, Writer, WriterBuilder};
use kubetriage_model::{Evidence, Finding, NotAssessed, Report, Subject, Unexplained};

use crate::plain::{severity, subject, verdict, visible};

/// The columns, in their order; later versions only add at the end.
const COLUMNS: [&str; 21] = [
    "record",
    "severity",
    "verdict",
    "confidence",
    "rule",
    "title",
    "kind",
    "namespace",
    "name",
    "artifact",
    "line",
    "excerpt",
    "count",
    "first_seen",
    "last_seen",
    "affected",
    "cause",
    "fix",
    "commands",
    "docs",
    "id",
];

/// Writes `report` as a table: findings first, then open questions, then what nothing explains.
///
/// `record` says which of the three a row is (`finding`, `not_assessed`, `unexplained`). Lists in one cell
/// stand on lines of their own.
///
/// # Errors
/// Those of `out`.
pub fn csv(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS)?;
    for finding in &report.findings {
        Row::finding(finding).write(&mut table)?;
    }
    for question in &report.not_assessed {
        Row::question(question).write(&mut table)?;
    }
    for object in &report.unexplained {
        Row::unexplained(object).write(&mut table)?;
    }
    table.flush()
}

/// One row: a cell per column, empty where the record has nothing to say.
#[derive(Default)]
struct Row([String; COLUMNS.len()]);

impl Row {
    fn finding(finding: &Finding) -> Self {
        let mut row = Self::default();
        row.set("record", "finding");
        row.set("severity", severity(finding.severity));
        row.set("verdict", verdict(finding.verdict));
        row.set("confidence", crate::plain::confidence(finding.confidence));
        row.set("rule", &finding.rule);
        row.set("title", &finding.title);
        row.subject(&finding.subject);
        row.place(finding.evidence.first());
        row.set("count", &finding.count.to_string());
        row.set("first_seen", finding.first_seen.as_deref().unwrap_or_default());
        row.set("last_seen", finding.last_seen.as_deref().unwrap_or_default());
        row.list("affected", finding.affected.iter().map(subject));
        row.set("cause", &finding.cause);
        if let Some(fix) = finding.fixes.first() {
            let steps = std::iter::once(&fix.title).chain(&fix.steps);
            row.list("fix", steps.cloned());
            row.list("commands", fix.commands.iter().cloned());
        }
        row.list("docs", finding.docs.iter().cloned());
        row.set("id", &finding.id);
        row
    }

    fn question(question: &NotAssessed) -> Self {
        let mut row = Self::default();
        row.set("record", "not_assessed");
        row.set("rule", &question.rule);
        row.set("title", &question.title);
        row.place(question.found.first());
        row.set("cause", &format!("{}: {}", question.missing.join(", "), question.reason));
        row.list("commands", question.collect.iter().cloned());
        row
    }

    fn unexplained(object: &Unexplained) -> Self {
        let mut row = Self::default();
        row.set("record", "unexplained");
        row.set("title", &object.what);
        row.subject(&object.subject);
        row.place(object.evidence.first());
        row
    }

    fn subject(&mut self, subject: &Subject) {
        self.set("kind", subject.kind.as_deref().unwrap_or_default());
        self.set("namespace", subject.namespace.as_deref().unwrap_or_default());
        self.set("name", subject.name.as_deref().unwrap_or_default());
    }

    fn place(&mut self, evidence: Option<&Evidence>) {
        if let Some(evidence) = evidence {
            self.set("artifact", &evidence.artifact);
            self.set("line", &evidence.line.to_string());
            self.set("excerpt", evidence.excerpt.lines().next().unwrap_or_default());
        }
    }

    /// Sets a cell to lines of text.
    fn list(&mut self, column: &str, items: impl Iterator<Item = String>) {
        let lines: Vec<_> = items.map(|item| guarded(&visible(&item))).collect();
        self.put(column, &lines.join("\n"));
    }

    fn set(&mut self, column: &str, text: &str) {
        self.put(column, &guarded(&visible(text)));
    }

    fn put(&mut self, column: &str, text: &str) {
        let cells = COLUMNS.iter().zip(&mut self.0);
        for (_, cell) in cells.filter(|(name, _)| **name == column) {
            text.clone_into(cell);
        }
    }

    fn write(&self, table: &mut Writer<&mut dyn io::Write>) -> io::Result<()> {
        table.write_record(&self.0)?;
        Ok(())
    }
}

/// Returns `text` so that no spreadsheet takes it for a formula.
///
/// Control characters are visible ones by now; blanks before a sign are skipped by some programs, and so
/// are they here. The wide forms of the signs are taken for signs in some locales.
pub(crate) fn guarded(text: &str) -> String {
    let signs = ['=', '+', '-', '@', '|', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.trim_start().starts_with(signs) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for (text, cell) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            (" \u{a0}+1", "' \u{a0}+1"),
            ("-n kube-system", "'-n kube-system"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("web-1", "web-1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
        }
    }

    #[test]
    fn an_excerpt_that_begins_with_a_tab_is_guarded_too() {
        assert_eq!(guarded(&visible("\t=1+1")), "' =1+1");
    }
}
