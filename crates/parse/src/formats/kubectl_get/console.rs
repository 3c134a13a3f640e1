//! Tables of consoles (Lens, Rancher, `OpenShift`, the dashboards of clouds), copied out of a window.
//!
//! ```text
//! Name    Namespace  Containers  Restarts  Controlled By  Node    QoS        Age  Status
//! web-1   shop       1           37        ReplicaSet     node-1  Burstable  3h   CrashLoopBackOff
//! ```
//!
//! Headings are words, not upper case; a tab stands between cells (or a gap, after a second copy), also around
//! empty ones. What they call a column is put in the words of kubectl.

use super::header::{Column, Header, chunks};

/// Headings and the columns of kubectl that hold the same.
const HEADINGS: &[(&str, &str)] = &[
    ("name", "NAME"),
    ("node name", "NAME"),
    ("instance type", "INSTANCE TYPE"),
    ("node group", "NODE GROUP"),
    ("namespace", "NAMESPACE"),
    ("status", "STATUS"),
    ("state", "STATUS"),
    ("conditions", "STATUS"),
    ("ready", "READY"),
    ("restarts", "RESTARTS"),
    ("restart count", "RESTARTS"),
    ("age", "AGE"),
    ("created", "CREATED"),
    ("created at", "CREATED"),
    ("creation", "CREATED"),
    ("node", "NODE"),
    ("pod ip", "IP"),
    ("ip", "IP"),
    ("host ip", "HOST IP"),
    ("owner", "OWNER"),
    ("controlled by", "OWNER"),
    ("containers", "CONTAINERS"),
    ("image", "IMAGES"),
    ("images", "IMAGES"),
    ("qos", "QOS"),
    ("cpu", "CPU"),
    ("memory", "MEMORY"),
    ("cpu (cores)", "CPU"),
    ("memory (bytes)", "MEMORY"),
    ("disk", "DISK"),
    ("roles", "ROLES"),
    ("version", "VERSION"),
    ("taints", "TAINT COUNT"),
    ("labels", "LABELS"),
    ("type", "TYPE"),
    ("severity", "TYPE"),
    ("reason", "REASON"),
    ("message", "MESSAGE"),
    ("object", "OBJECT"),
    ("involved object", "OBJECT"),
    ("resource", "OBJECT"),
    ("source", "SOURCE"),
    ("component", "SOURCE"),
    ("count", "COUNT"),
    ("first seen", "FIRST SEEN"),
    ("last seen", "LAST SEEN"),
    ("last occurrence", "LAST SEEN"),
    ("date", "LAST SEEN"),
    ("sub-object", "SUBOBJECT"),
    ("subobject", "SUBOBJECT"),
];

/// Columns of which the table of a kind has one beside NAME and STATUS.
const OF_PODS: &[&str] = &["RESTARTS", "OWNER", "QOS", "CONTAINERS", "NODE"];

/// Reads the heading of such a table, and the kind of its rows.
pub(super) fn header(text: &str) -> Option<(Header, &'static str)> {
    let tabs = text.contains('\t');
    let cells = if tabs { text.split('\t').map(|cell| (0, cell)).collect() } else { chunks(text) };
    if cells.len() < 3 {
        return None;
    }
    let columns: Option<Vec<Column>> = cells
        .into_iter()
        .map(|(start, cell)| Some(Column { name: known(cell)?.to_owned(), start }))
        .collect();
    let mut header = Header { columns: columns?, aligned: !tabs };
    let kind = kind(&header)?;
    // The name of an event begins with that of its object.
    if kind == "Event"
        && !header.has("OBJECT")
        && let Some(name) = header.columns.iter_mut().find(|column| column.name == "NAME")
    {
        "OBJECT".clone_into(&mut name.name);
    }
    Some((header, kind))
}

fn known(cell: &str) -> Option<&'static str> {
    let cell = cell.trim();
    let told = cell.chars().any(|c| c.is_ascii_lowercase()) || cell.len() < 4;
    let found = HEADINGS.iter().find(|(heading, _)| heading.eq_ignore_ascii_case(cell));
    found.filter(|_| told).map(|(_, name)| *name)
}

fn kind(header: &Header) -> Option<&'static str> {
    let has = |name: &str| header.has(name);
    if has("MESSAGE") && (has("OBJECT") || has("REASON") && (has("TYPE") || has("NAME"))) {
        return Some("Event");
    }
    let object = has("NAME") && has("STATUS");
    let machine = has("INSTANCE TYPE") || has("NODE GROUP");
    if object && (machine || has("ROLES") && has("VERSION")) {
        return Some("Node");
    }
    (object && OF_PODS.iter().filter(|name| has(name)).count() > 0 && !has("ROLES"))
        .then_some("Pod")
}

/// Cuts a row at its tabs; cells at its end may be missing.
pub(super) fn row(text: &str, columns: usize) -> Option<Vec<&str>> {
    let mut cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let fits = cells.len() > 2 && cells.len() <= columns;
    let said = cells.iter().filter(|cell| !cell.is_empty()).count();
    cells.resize(columns, "");
    (fits && said > 1).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_put_in_the_words_of_kubectl() {
        let read = |text: &str| {
            let (header, kind) = header(text)?;
            let names: Vec<_> = header.columns.iter().map(|c| c.name.as_str()).collect();
            Some(format!("{kind}: {}", names.join("|")))
        };
        assert_eq!(
            read("Name\tNamespace\tRestarts\tControlled By\tStatus").as_deref(),
            Some("Pod: NAME|NAMESPACE|RESTARTS|OWNER|STATUS")
        );
        assert_eq!(
            read("Type    Message    Involved Object    Last Seen").as_deref(),
            Some("Event: TYPE|MESSAGE|OBJECT|LAST SEEN")
        );
        assert_eq!(
            read("Name\tRoles\tVersion\tConditions").as_deref(),
            Some("Node: NAME|ROLES|VERSION|STATUS")
        );
        assert_eq!(
            read("Name\tNamespace\tReason\tType\tMessage").as_deref(),
            Some("Event: OBJECT|NAMESPACE|REASON|TYPE|MESSAGE")
        );
        for text in [
            "Name\tValue\tStatus",
            "Type   Reason   Age",
            "Name\tStatus",
            "Name of it\tStatus\tNode",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn cells_may_be_empty() {
        assert_eq!(row("web\t\tRunning", 4), Some(vec!["web", "", "Running", ""]));
        assert_eq!(row("a note", 4), None);
        assert_eq!(row("a\tb\tc\td\te", 4), None);
    }
}
