//! One row, cell by column name, and which family states it.

use std::collections::BTreeMap;

use kubetriage_model::{Data, Object, Secret};

use super::header::Column;
use super::{events, nodes, pods, workloads};
use crate::prim::kind::{is_namespaced, split_object};
use crate::text::Line;

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    /// The columns.
    pub(super) columns: &'r [Column],
    /// The cells, one for each column, without blanks at their ends.
    pub(super) cells: &'r [&'r str],
    /// Further lines of the last cell.
    pub(super) more: &'r [Line<'r>],
}

impl<'r> Row<'r> {
    /// Returns true when the table has a column called `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }

    /// Returns the cell of a column; `None` without the column, for an empty cell and for `<none>`.
    pub(super) fn get(&self, name: &str) -> Option<&'r str> {
        let index = self.columns.iter().position(|column| column.name == name)?;
        self.cells.get(index).copied().filter(|cell| !cell.is_empty() && *cell != "<none>")
    }

    /// Returns the cell of a column as own text.
    pub(super) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// Returns the cell of a column as a number.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        self.get(name)?.parse().ok()
    }

    /// Returns both numbers of a cell such as `1/2`.
    pub(super) fn fraction(&self, name: &str) -> Option<(i64, i64)> {
        let (left, right) = self.get(name)?.split_once('/')?;
        Some((left.parse().ok()?, right.parse().ok()?))
    }

    /// Returns a cell that runs on over further lines, line breaks kept.
    pub(super) fn long_text(&self, name: &str) -> String {
        let mut text = self.get(name).unwrap_or_default().to_owned();
        for line in self.more {
            text.push('\n');
            text.push_str(line.text);
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Returns the LABELS column, name to value.
    pub(super) fn labels(&self) -> BTreeMap<String, String> {
        let pairs = self.get("LABELS").into_iter().flat_map(|labels| labels.split(','));
        pairs
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    fn name(&self) -> Option<&'r str> {
        let name = self.get("NAME").or_else(|| self.get("POD"))?;
        Some(name.strip_suffix(" (default)").unwrap_or(name))
    }
}

/// States a row of a table of `kind` (empty when unknown); `around` is the namespace of the section.
///
/// A NAME such as `pod/web-1` tells the kind of its own row. `None` when no kind is known.
pub(super) fn state(row: &Row<'_>, kind: &str, around: Option<&str>) -> Option<Data> {
    let around = around.map(str::to_owned);
    if kind == "Event" {
        return Some(events::state(row, row.owned("NAMESPACE").or(around)));
    }
    let name = row.name()?;
    // The command line of Argo CD writes the namespace in front of the name.
    let placed = name.split_once('/').filter(|_| row.has("PROJECT"));
    let (kind, name, around) = if let Some((namespace, name)) = placed {
        (kind.to_owned(), name, Some(namespace.to_owned()))
    } else {
        let (kind, name) = split_object(name).unwrap_or_else(|| (kind.to_owned(), name));
        (kind, name, row.owned("NAMESPACE").or(around))
    };
    let namespace = around.filter(|_| is_namespaced(&kind));
    let name = name.to_owned();
    // Up to 1.5, nodes have the columns that namespaces have.
    let is_node = kind == "Namespace" && row.get("STATUS").is_some_and(is_node_status);
    match if is_node { "Node" } else { kind.as_str() } {
        "" => None,
        "Pod" => Some(pods::state(row, name, namespace)),
        "Node" => Some(nodes::state(row, name)),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" => {
            Some(workloads::state(row, kind, name, namespace))
        }
        "Secret" => Some(secret(row, name, namespace)),
        _ => Some(object(row, kind, name, namespace)),
    }
}

fn is_node_status(word: &str) -> bool {
    matches!(word.split(',').next(), Some("Ready" | "NotReady"))
}

/// A Secret: a table tells its type and how many keys it has, and no value.
fn secret(row: &Row<'_>, name: String, namespace: Option<String>) -> Data {
    Secret { namespace, name, r#type: row.owned("TYPE"), ..Secret::default() }.into()
}

/// Any other object: its STATUS, its labels, and all other columns by lower-case name.
fn object(row: &Row<'_>, kind: String, name: String, namespace: Option<String>) -> Data {
    let own = |column: &&Column| {
        !matches!(column.name.as_str(), "NAMESPACE" | "NAME" | "EVENT" | "LABELS" | "STATUS")
    };
    let fields = row
        .columns
        .iter()
        .filter(own)
        .filter_map(|column| Some((column.name.to_ascii_lowercase(), row.owned(&column.name)?)))
        .collect();
    let status = row.owned("STATUS").or_else(|| row.owned("PHASE"));
    Object { kind, namespace, name, status, labels: row.labels(), fields, ..Object::default() }
        .into()
}
