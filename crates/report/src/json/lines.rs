//! The report as JSON lines: one record a line, so that a reader need not hold all of it.

use std::io;

use kubetriage_model::Report;
use schemars::JsonSchema;
use serde::Serialize;

use super::convert::findings;
use super::document::{
    Artifact, Bundle, Captured, Finding, NotAssessed, Summary, Tool, Unexplained,
};
use super::second_look::{Baseline, Suppressed, Suppression};
use crate::printed;

/// Name and version of the form.
const SCHEMA: &str = "kubetriage.record/1";

/// One line; `record` says what it is, the other fields are those of the same thing in `kubetriage.report/1`.
///
/// `run` comes first, `summary` last: a file without a summary is not whole. Readers shall accept records and
/// fields they do not know.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record<'a> {
    /// The first line: the program and the bundle.
    Run(Run<'a>),
    /// A rule that fired.
    Finding(Box<Finding<'a>>),
    /// An open question.
    NotAssessed(NotAssessed<'a>),
    /// Something unwell that no rule explains.
    Unexplained(Unexplained<'a>),
    /// A finding that a suppression took out of the list.
    Suppressed(Box<Suppressed<'a>>),
    /// What became of one entry of a suppression file.
    Suppression(Suppression<'a>),
    /// The comparison with an earlier report.
    Baseline(Baseline<'a>),
    /// A rule for which everything needed was there and it is not so.
    Clear(Clear<'a>),
    /// What of one event kind the bundle holds.
    Captured(Captured<'a>),
    /// What was read of one file or archive member.
    Artifact(Artifact<'a>),
    /// The last line: the totals.
    Summary(Summary<'a>),
}

/// The program and the bundle.
#[derive(Debug, Serialize, JsonSchema)]
struct Run<'a> {
    /// Always `kubetriage.record/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The program that made the report.
    tool: Tool<'a>,
    /// The bundle as a whole.
    bundle: Bundle<'a>,
}

/// A rule that is clear.
#[derive(Debug, Serialize, JsonSchema)]
struct Clear<'a> {
    /// Rule id.
    rule: &'a str,
}

/// Writes `report` as one JSON object a line, each with a field `record` that says what it is.
///
/// # Errors
/// Those of `out`.
pub fn json_lines(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let tool = Tool { name: &report.tool.name, version: &report.tool.version };
    let bundle = Bundle::from(&report.bundle);
    let mut write = |record: Record<'_>| printed::line(&record, out);
    write(Record::Run(Run { schema: SCHEMA, tool, bundle }))?;
    for finding in findings(report) {
        write(Record::Finding(Box::new(finding)))?;
    }
    report.not_assessed.iter().try_for_each(|one| write(Record::NotAssessed(one.into())))?;
    report.unexplained.iter().try_for_each(|one| write(Record::Unexplained(one.into())))?;
    report.suppressed.iter().try_for_each(|one| write(Record::Suppressed(Box::new(one.into()))))?;
    report.suppressions.iter().try_for_each(|one| write(Record::Suppression(one.into())))?;
    report.baseline.iter().try_for_each(|one| write(Record::Baseline(one.into())))?;
    report.clear.iter().try_for_each(|rule| write(Record::Clear(Clear { rule })))?;
    report.captured.iter().try_for_each(|one| write(Record::Captured(one.into())))?;
    report.artifacts.iter().try_for_each(|one| write(Record::Artifact(one.into())))?;
    write(Record::Summary(report.into()))
}

/// Returns the JSON Schema (2020-12) of one line of what [`json_lines`] writes.
pub fn record_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record<'_>);
    schema.insert("$id".to_owned(), SCHEMA.into());
    schema.insert("title".to_owned(), "kubetriage record, version 1".into());
    schema.to_value()
}
