//! A comparison as JSON lines: one record a line.

use std::io;

use kubetriage_model::Comparison;
use schemars::JsonSchema;
use serde::Serialize;

use super::json::{Compared, Side, Summary};
use crate::printed;

/// Name and version of the form.
const SCHEMA: &str = "kubetriage.diff-record/1";

/// One line; `record` says what it is, the other fields are those of the same thing in `kubetriage.diff/1`.
///
/// `diff` comes first, `summary` last: a file without a summary is not whole. Readers shall accept records and
/// fields they do not know.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record<'a> {
    /// The first line: the two reports.
    Diff(Sides<'a>),
    /// Live in AFTER and not there before, or healed before.
    New(Box<Compared<'a>>),
    /// Live in both with another verdict or severity.
    Changed(Box<Compared<'a>>),
    /// Live before, and AFTER shows that it is so no more.
    Resolved(Box<Compared<'a>>),
    /// Live before; AFTER lacks what it was read from.
    NotComparable(Box<Compared<'a>>),
    /// Live in both, just so.
    Unchanged(Box<Compared<'a>>),
    /// The last line: how many there are of each.
    Summary(Summary),
}

/// The two reports.
#[derive(Debug, Serialize, JsonSchema)]
struct Sides<'a> {
    /// Always `kubetriage.diff-record/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The earlier report.
    before: Side<'a>,
    /// The later report.
    after: Side<'a>,
}

/// Writes a comparison as one JSON object a line, each with a field `record` that says what it is.
///
/// # Errors
/// Those of `out`.
pub fn comparison_json_lines(comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
    let mut write = |record: Record<'_>| printed::line(&record, out);
    let (before, after) = ((&comparison.before).into(), (&comparison.after).into());
    write(Record::Diff(Sides { schema: SCHEMA, before, after }))?;
    comparison.new.iter().try_for_each(|one| write(Record::New(Box::new(one.into()))))?;
    comparison.changed.iter().try_for_each(|one| write(Record::Changed(Box::new(one.into()))))?;
    comparison.resolved.iter().try_for_each(|one| write(Record::Resolved(Box::new(one.into()))))?;
    let open = &comparison.not_comparable;
    open.iter().try_for_each(|one| write(Record::NotComparable(Box::new(one.into()))))?;
    let same = &comparison.unchanged;
    same.iter().try_for_each(|one| write(Record::Unchanged(Box::new(one.into()))))?;
    write(Record::Summary(comparison.into()))
}

/// Returns the JSON Schema (2020-12) of one line of what [`comparison_json_lines`] writes.
pub fn comparison_record_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Record<'_>);
    schema.insert("$id".to_owned(), SCHEMA.into());
    schema.insert("title".to_owned(), "kubetriage diff record, version 1".into());
    schema.to_value()
}
