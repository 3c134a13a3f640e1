//! Which rows of a table still hold.
//!
//! `kubectl get --watch` prints an object anew at every change, `--output-watch-events` also when it is gone:
//! the last row of an object counts, and none of one that was deleted. Other tables have each object once.

use std::collections::HashMap;

use kubetriage_model::Data;

use super::rows::Row;
use crate::text::Line;

/// Kind, namespace and name.
type Key = (String, Option<String>, String);

/// Lines of a row, further lines of its message, and what it states; nothing for lines of standard error.
type Entry<'l, 't> = (&'l [Line<'t>], &'l [Line<'t>], Option<Data>);

/// What the rows of a table state, in their order.
#[derive(Default)]
pub(super) struct Entries<'l, 't> {
    entries: Vec<Option<Entry<'l, 't>>>,
    rows: HashMap<Key, usize>,
}

impl<'l, 't> Entries<'l, 't> {
    /// Takes lines of standard error.
    pub(super) fn push_stderr(&mut self, lines: &'l [Line<'t>]) {
        self.entries.push(Some((lines, &[], None)));
    }

    /// Takes what `row` states, which stands on `lines` and `more`, in place of the object's former row.
    pub(super) fn push_row(
        &mut self,
        row: &Row<'_>,
        (lines, more): (&'l [Line<'t>], &'l [Line<'t>]),
        data: Data,
    ) {
        let gone = matches!(row.get("EVENT"), Some("DELETED" | "ERROR"));
        if let Some(key) = key(&data)
            && let Some(former) = self.rows.insert(key, self.entries.len())
            && let Some(entry) = self.entries.get_mut(former)
        {
            *entry = None;
        }
        self.entries.push((!gone).then_some((lines, more, Some(data))));
    }

    /// Returns what still holds.
    pub(super) fn current(self) -> impl Iterator<Item = Entry<'l, 't>> {
        self.entries.into_iter().flatten()
    }
}

/// Returns what names the object of a row; events have no row but their own.
fn key(data: &Data) -> Option<Key> {
    let (kind, namespace, name) = match data {
        Data::Pod(pod) => ("Pod", pod.namespace.clone(), &pod.name),
        Data::Node(node) => ("Node", None, &node.name),
        Data::Workload(workload) => {
            (workload.kind.as_str(), workload.namespace.clone(), &workload.name)
        }
        Data::Object(object) => (object.kind.as_str(), object.namespace.clone(), &object.name),
        _ => return None,
    };
    Some((kind.to_owned(), namespace, name.clone()))
}
