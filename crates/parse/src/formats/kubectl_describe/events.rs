//! The `Events:` table: its rows, their messages of any number of lines, and its end.
//!
//! kubectl prints messages raw. The lines behind the first stand at the margin, may look like anything,
//! and end the alignment: rows behind them have other column offsets. What a genuine table never does
//! tells rows from lines that only look like one: rows stand at the header's indentation, rows that
//! follow each other are aligned, and no row follows a blank line (messages are trimmed).

use kubetriage_model::{KubeEvent, ObjectRef};

use super::event_table::{Entry, Table, is_header};
use super::label::given;
use super::outline::Around;
use super::row::{Columns, Row, cell, row};
use crate::emitter::Emitter;
use crate::prim::event_text;
use crate::text::Line;

/// The object whose events a table lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Involved {
    /// Namespace, if the object has one and it is known.
    pub(super) namespace: Option<String>,
    /// Kind and name, if known.
    pub(super) object: Option<ObjectRef>,
}

/// Returns how many lines the table takes that starts at the first of `lines`: at its `Events:`, at its
/// header, or at a row.
pub(super) fn extent(lines: &[Line<'_>], around: Around) -> usize {
    Table::read(lines, around).len
}

/// Returns true when an events table without its `Events:` starts at the first of `lines`.
pub(super) fn starts_table(lines: &[Line<'_>]) -> bool {
    let Some(line) = lines.first() else { return false };
    if is_header(line.text) {
        return true;
    }
    row(line.text).is_some_and(|row| row.is_sure())
}

/// States the events of the table in `lines`.
pub(super) fn state(
    lines: &[Line<'_>],
    involved: &Involved,
    around: Around,
    out: &mut Emitter<'_>,
) {
    let table = Table::read(lines, around);
    out.used(lines.get(..table.head).unwrap_or_default());
    let found = table.entries.iter().filter(|_| involved.object.is_none()).find_map(named);
    let involved = found.as_ref().unwrap_or(involved);
    for entry in &table.entries {
        let own = lines.get(entry.lines.0..entry.lines.1).unwrap_or_default();
        out.event(own, event(entry, own, involved));
    }
}

/// Returns the pod that a row names itself: `Successfully assigned shop/web-1 to node-1`, `… in pod
/// web-1_shop(uid)`; all rows of a table are about one object.
fn named(entry: &Entry<'_>) -> Option<Involved> {
    let (_, message) = tail(entry);
    let assigned = || {
        let message = message.strip_prefix("Successfully assigned ")?;
        message.split_once(" to ")?.0.split_once('/')
    };
    let scheduled = entry.row.reason == "Scheduled";
    let pod = if scheduled { assigned() } else { event_text::pod_inside(message) };
    let service = || event_text::service_inside(message).map(|told| ("Service", told));
    let (kind, (namespace, name)) = pod.map(|told| ("Pod", told)).or_else(service)?;
    let object = ObjectRef { kind: Some(kind.to_owned()), name: name.to_owned() };
    Some(Involved { namespace: Some(namespace.to_owned()), object: Some(object) })
}

fn event(entry: &Entry<'_>, lines: &[Line<'_>], involved: &Involved) -> KubeEvent {
    let Row { seen, .. } = entry.row;
    let (source, first) = tail(entry);
    let (source, host) = event_text::reporter(source);
    let message = lines.iter().skip(1).fold(first.trim().to_owned(), |mut message, line| {
        let shown = message.trim_end_matches("\\r").len();
        message.truncate(shown);
        message.push('\n');
        message.push_str(line.text.trim_end());
        message
    });
    let (path, message) = event_text::field_path(message.trim());
    let path = path.or_else(|| event_text::container(entry.row.path));
    KubeEvent {
        namespace: involved.namespace.clone(),
        object: involved.object.clone(),
        container: path.map(str::to_owned),
        r#type: given(entry.row.kind),
        reason: given(entry.row.reason),
        message: Some(message.trim_end_matches("\\r")).filter(|m| !m.is_empty()).map(str::to_owned),
        source,
        host,
        count: Some(seen.count.unwrap_or(1)),
        first_seen: given(seen.first.unwrap_or(seen.last)),
        last_seen: given(seen.last),
    }
}

/// Returns source and first message line of a row.
fn tail<'t>(entry: &Entry<'t>) -> (&'t str, &'t str) {
    let Row { columns, source, tail, age_end, .. } = entry.row;
    if !matches!(columns, Columns::Wide(_)) {
        return (source, tail);
    }
    let text = tail.trim_start();
    let at = age_end + tail.len() - text.len();
    if entry.from.is_some_and(|from| at > from) {
        return ("", text);
    }
    let (source, message) = cell(text);
    // A cell that starts where the column does is the source, whatever words it has.
    if entry.from == Some(at) {
        return (source, message);
    }
    let plain = !source.contains(' ')
        || source.split_once(", ").is_some_and(|(a, b)| !a.contains(' ') && !b.contains(' '));
    if plain { (source, message) } else { ("", text) }
}
