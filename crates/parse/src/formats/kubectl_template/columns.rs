//! Columns that somebody chose, of fields that the tables of the server do not show.

use super::Value;
use super::template::path;
use crate::context::Context;
use crate::prim::kind::api_kind;
use crate::text::Line;

/// Parts of paths that only this reading knows.
const OWN: &[&str] = &["lastState", "terminated", "conditions", "waiting.message"];

/// The columns of a command: heading and path of each.
pub(super) struct Chosen {
    /// Kind of the objects.
    pub(super) kind: &'static str,
    columns: Vec<(String, String)>,
}

/// Returns the columns that the command above chose, if one is of interest here.
pub(super) fn chosen(context: &Context<'_>) -> Option<Chosen> {
    let command = context.command.filter(|command| command.verb == "get")?;
    let list = command.output.as_deref()?.strip_prefix("custom-columns=")?;
    let kind = api_kind(command.resource.as_deref()?)?;
    if !matches!(kind, "Pod" | "Node") || !OWN.iter().any(|part| list.contains(part)) {
        return None;
    }
    // The kubelet puts the condition Ready of its node last.
    let list = list.replace("conditions[-1]", "conditions[==Ready]");
    let column = |text: &str| {
        let (heading, selected) = text.split_once(':')?;
        Some((heading.to_owned(), path(&format!(".{}", selected.trim_start_matches('.')), &[])?))
    };
    let columns: Option<Vec<_>> = list.split(',').map(column).collect();
    columns.map(|columns| Chosen { kind, columns })
}

impl Chosen {
    /// Returns how many lines the table takes; `None` where its heading does not stand first.
    pub(super) fn length(&self, lines: &[Line<'_>]) -> Option<usize> {
        let headings = self.columns.iter().map(|(heading, _)| heading.as_str());
        cells(lines.first()?.text).eq(headings).then_some(())?;
        let row = |line: &&Line<'_>| cells(line.text).count() == self.columns.len();
        Some(lines.iter().take_while(row).count())
    }

    /// Returns the rows with their values.
    pub(super) fn rows<'l, 't>(
        &self,
        lines: &'l [Line<'t>],
    ) -> impl Iterator<Item = (&'l Line<'t>, Vec<Value<'t>>)> {
        let paths = || self.columns.iter().map(|(_, path)| path.clone());
        lines.iter().skip(1).map(move |line| (line, paths().zip(cells(line.text)).collect()))
    }
}

/// Returns the cells of a line; none is empty, and three blanks stand between.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    text.split("  ").map(str::trim).filter(|cell| !cell.is_empty())
}
