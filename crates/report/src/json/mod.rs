//! The machine form `kubetriage.report/1`: a promise with a published schema.
//!
//! Field names are fixed from the first version; later ones only add. What is unknown is `null`, never
//! left out. The schema is derived from the structs that are written, so the two cannot drift.

mod convert;
mod document;
mod lines;
mod second_look;

use std::io;

use kubetriage_model::Report;

use self::document::Document;
pub use self::lines::{json_lines, record_schema};
use crate::printed;

/// Writes `report` as one JSON document, indented, with a line end.
///
/// The same report gives the same bytes. Control characters are escaped as JSON demands.
///
/// # Errors
/// Those of `out`.
pub fn json(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    printed::document(&Document::from(report), out)
}

/// Returns the JSON Schema (2020-12) of what [`json`] writes.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Document<'_>);
    schema.insert("$id".to_owned(), document::SCHEMA.into());
    schema.insert("title".to_owned(), "kubetriage report, version 1".into());
    schema.to_value()
}
