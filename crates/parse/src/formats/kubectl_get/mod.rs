//! Tables of `kubectl get` and `kubectl events` (also `oc get`), of any resource.
//!
//! Printed by servers of any version: columns and cells are the server's, layout and cuts the client's.
//!
//! ```text
//! NAMESPACE   NAME     READY   STATUS             RESTARTS        AGE
//! demo        web-1    0/1     CrashLoopBackOff   5 (2m10s ago)   121m
//! ```
//!
//! | rows of | become |
//! |---|---|
//! | pods | `pod` |
//! | nodes | `node` |
//! | events, in all column orders since 1.2 | `kube_event`; the kind of OBJECT as the API spells it |
//! | deployments, replicasets, statefulsets, daemonsets, jobs | `workload` |
//! | any other kind | `object`: STATUS, labels, other columns in `fields` by lower-case name |
//!
//! The kind is that of the row's NAME (`pod/web-1`), else what the columns give away, else what the
//! command asked for. Every table states its coverage; `No resources found` states an empty one.
//!
//! Skipped, but counted as read: headers, `-o name` lists, rows of a kind that nothing tells.
//!
//! # QUIRKS
//!
//! - Cells are cut at the header's offsets (in code points), else between gaps of two blanks, else word by
//!   word with types: rows that a watch, a tab in a cell or a collapsing editor has moved.
//! - Headers may be missing (`--no-headers`): pods, nodes, workloads, services, namespaces and events are
//!   known by the shape of their rows; they may be wrapped by a terminal, and so may rows.
//! - Messages of `kubectl events` run over several lines, and columns move behind them: lines between two rows
//!   are message text, also when they look like rows but start left of the header's columns.
//! - Lines of standard error may stand between rows.
//! - A watch prints an object at every change: its last row counts, none of a deleted object's.
//! - A last row may be cut: the cells in front of the cut count, and the table covers less than all.
//! - Consoles (Lens, Rancher, `OpenShift`) have headings of their own and a tab between cells.
//! - A blank line may follow every line; `...` may stand for rows left out.

mod absent;
mod blocks;
mod cells;
mod console;
mod coverage;
mod current;
mod custom;
mod events;
mod header;
mod kinds;
mod messages;
mod names;
mod nodes;
mod pods;
mod rows;
mod shapes;
mod stderr;
mod table;
mod workloads;

use kubetriage_model::NoteKind;

use self::current::Entries;
use self::rows::Row;
use self::table::{Item, Table};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::formats::kubectl_error;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubectl_get", claim, parse };

/// Tools and verbs whose output never is a table of objects, whatever its lines look like.
fn is_other_command(context: &Context<'_>) -> bool {
    context.command.is_some_and(|command| {
        let lists = command.tool == "kubectl"
            || matches!(command.tool.as_str(), "flux" | "velero") && command.verb == "get";
        !lists || matches!(command.verb.as_str(), "logs" | "exec" | "config")
    })
}

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    if first.is_blank() || is_other_command(context) {
        return None;
    }
    if absent::read(first.text).is_some() {
        return Some(1);
    }
    names::claim(lines).or_else(|| Some(Table::start(lines, context)?.walk(lines, |_| {})))
}

/// Returns how many lines the table with a header takes that starts at the first of `lines`, `None` when
/// none does.
pub(crate) fn table_lines(lines: &[Line<'_>]) -> Option<usize> {
    let table = Table::headed(lines, None)?;
    Some(table.walk(lines, |_| {}))
}

/// True for the heading of a table, whatever stands below it.
pub(crate) fn is_header(text: &str) -> bool {
    header::Header::read(text).is_some() || console::header(text).is_some()
}

/// States the rows below the header that `lines` start with; returns how many lines the table takes.
pub(crate) fn parse_rows(
    lines: &[Line<'_>],
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) -> usize {
    Table::start(lines, context).map_or(0, |table| parse_table(&table, lines, context, out))
}

/// True for a row of a table of events, which needs no header to be known.
pub(crate) fn is_event_row(text: &str) -> bool {
    shapes::headerless(text, Some("Event")).is_some()
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(first) = lines.first() else { return };
    if let Some(absent) = absent::read(first.text) {
        coverage::of_absent(&absent, lines, context, out);
    } else if let Some(table) = Table::start(lines, context) {
        parse_table(&table, lines, context, out);
    } else {
        out.used(lines);
    }
}

/// Returns how many lines the table takes.
fn parse_table(
    table: &Table,
    lines: &[Line<'_>],
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) -> usize {
    out.used(lines.get(..table.head).unwrap_or_default());
    let around = context.namespace();
    // A console shows a page of what there is.
    let (mut any, mut whole) = (false, !table.tabbed);
    let mut entries = Entries::default();
    let around = around.as_deref();
    let length = table.walk(lines, |item| match item {
        Item::Stderr(lines) => entries.push_stderr(lines),
        Item::Elision(lines) => {
            whole = false;
            out.used(lines);
        }
        Item::Cut(lines, cells) => {
            (any, whole) = (any || cells.is_some(), false);
            out.used(lines);
            out.note(lines.first(), NoteKind::Truncated, "the text ends inside a row");
            if let Some(cells) = cells {
                push(table, &cells, (lines, &[]), around, &mut entries);
            }
        }
        Item::Row { lines, text, more, cells } => {
            any = true;
            out.used(lines);
            out.used(more);
            if let Some(cells) = cells.or_else(|| table.cells(&text)) {
                push(table, &cells, (lines, more), around, &mut entries);
            }
        }
    });
    for (lines, more, data) in entries.current() {
        match data {
            None => parse_stderr(lines, context, out),
            Some(data) if more.is_empty() => out.event(lines, data),
            Some(data) => out.event(&[lines, more].concat(), data),
        }
    }
    if any {
        coverage::of_table(table, whole, lines, context, out);
    }
    length
}

/// Takes what the `cells` of a row state, which stand on its lines and on further lines of its message.
fn push<'l, 't>(
    table: &Table,
    cells: &[&str],
    (lines, more): (&'l [Line<'t>], &'l [Line<'t>]),
    around: Option<&str>,
    entries: &mut Entries<'l, 't>,
) {
    let row = Row { columns: &table.header.columns, cells, more };
    if let Some(data) = rows::state(&row, &table.kind, around) {
        entries.push_row(&row, (lines, more), data);
    }
}

/// Gives the lines of standard error inside a table to the format that reads them.
fn parse_stderr(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    for line in lines.chunks(1) {
        if (kubectl_error::FORMAT.claim)(line, context).is_some() {
            (kubectl_error::FORMAT.parse)(line, context, out);
        }
    }
}

#[cfg(test)]
mod tests;
