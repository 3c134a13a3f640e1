//! Parts of captures: what somebody cut out of them.

use super::{Form, form, loose};
use crate::captures::{Capture, Kind};
use crate::dressed::Dressed;

pub(super) const FORMS: &[Form] = &[
    // What an object is called stands above, so the subject of the rest may be unknown.
    loose(4, "only the events", |c| described(c, "Events:", None)),
    loose(4, "from the volumes on", |c| described(c, "Volumes:", None)),
    loose(4, "without the events", |c| described(c, "Name:", Some("Events:"))),
    loose(4, "head only", |c| described(c, "Name:", Some("Conditions:"))),
    loose(4, "from the conditions on", |c| described(c, "Conditions:", None)),
    loose(4, "containers only", |c| described(c, "Containers:", Some("Conditions:"))),
    // A fragment of JSON or YAML is read line by line, and only what stands in it counts.
    loose(17, "starts in the middle", |c| {
        let fragment = matches!(c.kind, Kind::Json | Kind::Yaml);
        let from = status(c)?;
        fragment.then(|| Dressed::plain(&c.text).only(|line| line >= from))
    }),
    loose(17, "ends in the middle", |c| {
        let fragment = matches!(c.kind, Kind::Json | Kind::Yaml);
        let end = c.lines().len() as u64;
        fragment.then(|| Dressed::plain(&c.text).only(|line| line + 4 < end).over(&["..."]))
    }),
    form(4, "last line not ended", |c| {
        let table = c.kind == Kind::Table;
        table.then(|| Dressed::plain(c.text.trim_end()))
    }),
];

/// Returns the lines of a described object from one label on, and up to another.
fn described(capture: &Capture, from: &str, to: Option<&str>) -> Option<Dressed> {
    let lines = capture.lines();
    let place = |label: &str| lines.iter().position(|line| line.starts_with(label));
    let first = place(from).filter(|_| capture.kind == Kind::Describe)?;
    let end = to.map_or(Some(lines.len()), place)?;
    Some(Dressed::plain(&capture.text).only(|line| line > first as u64 && line <= end as u64))
}

/// Returns the line on which the status of an object starts.
fn status(capture: &Capture) -> Option<u64> {
    let is_status = |line: &&str| ["status:", "\"status\": {"].contains(&line.trim());
    capture.lines().iter().position(is_status).map(|at| at as u64 + 1)
}
