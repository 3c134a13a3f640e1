//! A comparison as a table for spreadsheets: one row per finding, with what became of it.
//!
//! The same dialect and the same guard against formulas as the table of a report.

use std::io;

use csv::{Terminator, WriterBuilder};
use kubetriage_model::{Compared, Comparison, State};

use super::{lists, reason, spot, ticked};
use crate::csv::guarded;
use crate::plain::{severity, verdict, visible};

/// The columns, in their order; later versions only add at the end.
const COLUMNS: [&str; 19] = [
    "state",
    "severity",
    "verdict",
    "severity_before",
    "verdict_before",
    "rule",
    "title",
    "kind",
    "namespace",
    "name",
    "artifact",
    "line",
    "count",
    "count_before",
    "why",
    "done",
    "verify",
    "commands",
    "id",
];

/// Writes a comparison as a table; `state` says what became of the finding (`new`, `changed`, `resolved`,
/// `not_comparable`, `unchanged`), the cells of a report that does not tell it are empty.
///
/// `done` counts the ticked steps (`1/2`); lists in one cell stand on lines of their own.
///
/// # Errors
/// Those of `out`.
pub fn comparison_csv(comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS)?;
    for (heading, list) in lists(comparison) {
        for one in list {
            table.write_record(row(&heading.replace(' ', "_"), one))?;
        }
    }
    table.flush()
}

/// Returns the cells of a finding.
fn row(state: &str, one: &Compared) -> [String; COLUMNS.len()] {
    let cell = |text: &str| guarded(&visible(text));
    let known = |text: Option<&str>| cell(text.unwrap_or_default());
    let list = |items: &mut dyn Iterator<Item = String>| {
        items.map(|item| cell(&item)).collect::<Vec<_>>().join("\n")
    };
    let weight = |state: Option<State>| known(state.map(|state| severity(state.severity)));
    let sure = |state: Option<State>| known(state.map(|state| verdict(state.verdict)));
    let count =
        |state: Option<State>| state.map(|state| state.count.to_string()).unwrap_or_default();
    let place = spot(one);
    let line = place.filter(|(_, line)| *line > 0).map(|(_, line)| line.to_string());
    let done = one.verify.iter().filter(|step| step.done).count();
    let steps = one.verify.len();
    [
        cell(state),
        weight(one.after),
        sure(one.after),
        weight(one.before),
        sure(one.before),
        cell(&one.rule),
        cell(&one.title),
        known(one.subject.kind.as_deref()),
        known(one.subject.namespace.as_deref()),
        known(one.subject.name.as_deref()),
        known(place.map(|(path, _)| path)),
        line.unwrap_or_default(),
        count(one.after),
        count(one.before),
        cell(&reason(one)),
        if steps > 0 { format!("{done}/{steps}") } else { String::new() },
        list(&mut ticked(one)),
        list(&mut one.collect.iter().cloned()),
        cell(&one.id),
    ]
}
