//! The tables of `helm list` and `helm history`.

use kubetriage_model::Helm;

use super::error::of_command;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Statuses of a release; helm 2 prints them in capitals.
const STATUSES: &[&str] = &[
    "deployed",
    "failed",
    "superseded",
    "uninstalled",
    "uninstalling",
    "pending-install",
    "pending-upgrade",
    "pending-rollback",
    "unknown",
];

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    List,
    History,
}

fn table(text: &str) -> Option<Table> {
    let mut words = text.split_whitespace();
    let first = [words.next()?, words.next()?, words.next()?];
    let status = text.contains("STATUS") && text.contains("CHART");
    match first {
        ["NAME", "NAMESPACE", "REVISION"] if status => Some(Table::List),
        ["REVISION", "UPDATED", "STATUS"] if status => Some(Table::History),
        _ => None,
    }
}

/// True for the header of a table.
pub(super) fn is_header(text: &str) -> bool {
    text.starts_with(['N', 'R']) && table(text).is_some()
}

/// Returns the length of the table.
pub(super) fn length(lines: &[Line<'_>]) -> usize {
    let Some(table) = lines.first().and_then(|line| table(line.text)) else { return 0 };
    1 + lines.iter().skip(1).take_while(|line| row(table, line.text).is_some()).count()
}

/// States each row.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(table) = lines.first().and_then(|line| table(line.text)) else { return };
    let mut told = of_command(context);
    // A history is that of one release; the description of a failure names it.
    let named =
        || lines.iter().find_map(|line| release_of(row(table, line.text)?.description.as_deref()?));
    told.release = told.release.or_else(|| named().filter(|_| table == Table::History));
    for line in lines.iter().skip(1) {
        if let Some(mut helm) = row(table, line.text) {
            helm.release = helm.release.or_else(|| told.release.clone());
            helm.namespace = helm.namespace.or_else(|| told.namespace.clone());
            out.event(std::slice::from_ref(line), helm);
        }
    }
}

/// Reads a row: cells by tabs where there are any, else by the status word, before which the time stands.
fn row(table: Table, text: &str) -> Option<Helm> {
    let cells: Vec<&str> = if text.contains('\t') {
        text.split('\t').map(str::trim).collect()
    } else {
        blank_cells(table, text)?
    };
    let cell = |index: usize| {
        cells.get(index).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned())
    };
    let helm = match table {
        Table::List => Helm {
            release: cell(0),
            namespace: cell(1),
            revision: cell(2)?.parse().ok(),
            updated: cell(3),
            status: cell(4),
            chart: cell(5),
            app_version: cell(6),
            ..Helm::default()
        },
        Table::History => {
            let description = cell(cells.len().max(6) - 1);
            Helm {
                revision: cell(0)?.parse().ok(),
                updated: cell(1),
                status: cell(2),
                chart: cell(3),
                app_version: cell(4),
                message: description.as_deref().and_then(failure_of),
                description,
                ..Helm::default()
            }
        }
    };
    let status = helm.status.as_deref()?.to_lowercase();
    (helm.revision.is_some() && STATUSES.contains(&status.as_str())).then_some(helm)
}

/// Cuts a row whose tabs were lost.
fn blank_cells(table: Table, text: &str) -> Option<Vec<&str>> {
    let front = if table == Table::List { 3 } else { 1 };
    let mut cells = Vec::new();
    let mut rest = text.trim();
    for _ in 0..front {
        let (cell, after) = rest.split_once(char::is_whitespace)?;
        cells.push(cell);
        rest = after.trim_start();
    }
    let (at, status) =
        words(rest).find(|(_, word)| STATUSES.contains(&word.to_lowercase().as_str()))?;
    cells.push(rest.get(..at)?.trim());
    cells.push(status);
    rest = rest.get(at + status.len()..)?.trim();
    let (chart, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    cells.push(chart);
    if table == Table::List {
        cells.push(after.trim());
        return Some(cells);
    }
    let (version, description) =
        after.trim().split_once(char::is_whitespace).unwrap_or((after, ""));
    cells.push(version);
    cells.push(description.trim());
    Some(cells)
}

/// Returns the words of `text` with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// Returns the release that the description of a failed revision names.
fn release_of(description: &str) -> Option<String> {
    failure_of(description)?;
    description.split('"').nth(1).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// Returns the error in the description of a failed revision: `Upgrade "web" failed: <error>`.
pub(crate) fn failure_of(description: &str) -> Option<String> {
    let (front, error) = description.split_once("\" failed: ")?;
    let known = ["Release \"", "Upgrade \"", "Rollback \"", "Uninstall \""];
    known.iter().any(|start| front.starts_with(start)).then(|| error.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_with_and_without_tabs() {
        for text in [
            "web \tshop     \t3       \t2026-11-21 20:34:19.1 +0000 UTC\tpending-upgrade\twebapp-1.4.2\t2026.11    ",
            "web shop 3 2026-11-21 20:34:19.1 +0000 UTC pending-upgrade webapp-1.4.2 2026.11",
        ] {
            let helm = row(Table::List, text).unwrap();
            assert_eq!(helm.release.as_deref(), Some("web"));
            assert_eq!(helm.revision, Some(3));
            assert_eq!(helm.updated.as_deref(), Some("2026-11-21 20:34:19.1 +0000 UTC"));
            assert_eq!(helm.status.as_deref(), Some("pending-upgrade"));
            assert_eq!(helm.app_version.as_deref(), Some("2026.11"));
        }
        assert_eq!(row(Table::List, "web   1/1   Running   0   5m"), None);
    }

    #[test]
    fn failed_revisions_carry_their_error() {
        let text = "2 Sat Nov 21 20:29:36 2026 failed webapp-1.4.2 2026.11 Upgrade \"web\" failed: context deadline exceeded";
        let helm = row(Table::History, text).unwrap();
        assert_eq!(helm.message.as_deref(), Some("context deadline exceeded"));
        assert_eq!(helm.updated.as_deref(), Some("Sat Nov 21 20:29:36 2026"));
    }
}
