//! Rows of `kubectl get events` and `kubectl events`.

use kubetriage_model::{Data, KubeEvent, ObjectRef};
use nom::combinator::recognize;
use nom::{Offset, Parser};

use super::cells::{Cell, slices};
use super::rows::Row;
use crate::prim::age::seen;
use crate::prim::event_text::{container, field_path, reporter};
use crate::prim::kind::{api_kind, kind_or_same, split_object};

/// The front of an event row, up to the message: every cell is one word, empty ones are missing.
#[derive(Debug, Clone)]
pub(super) struct Parts<'t> {
    /// The words before the age: the change of a watch, the namespace.
    pub(super) lead: Vec<&'t str>,
    /// `5m`, or `2m (x4 over 5m)`.
    pub(super) seen: &'t str,
    /// `Normal`, `Warning`, or empty.
    pub(super) r#type: &'t str,
    /// Reason, or empty.
    pub(super) reason: &'t str,
    /// `pod/web-1`.
    pub(super) object: &'t str,
    /// All that stands behind the object.
    pub(super) rest: &'t str,
}

/// `row = lead * (word ws) seen ws [type ws] [reason ws] object [ws rest]`, however wide the gaps.
///
/// The columns of `kubectl events` move after a message of several lines, so offsets do not count.
pub(super) fn row_parts(text: &str, lead: usize) -> Option<Parts<'_>> {
    let mut input = text.trim_start();
    if lead > 0 && input.len() < text.len() {
        return None;
    }
    let mut before = Vec::with_capacity(lead);
    for _ in 0..lead {
        let (first, rest) = word(input)?;
        before.push(first);
        input = rest;
    }
    let (rest, seen) = recognize(seen).parse(input).ok()?;
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let (mut r#type, mut reason) = ("", "");
    let (mut object, mut rest) = word(rest.trim_start())?;
    if matches!(object, "Normal" | "Warning") {
        r#type = object;
        (object, rest) = word(rest)?;
    }
    if !is_object(object) {
        reason = object;
        (object, rest) = word(rest)?;
    }
    // Types of other controllers (`Error`): a word more in front of an object of a known kind.
    if r#type.is_empty() && !is_object(object) && is_capital(reason) && is_capital(object) {
        (r#type, reason) = (reason, object);
        (object, rest) = word(rest)?;
    }
    // Servers of 1.13 print the kind alone.
    let told = is_object(object) || !r#type.is_empty() && !reason.is_empty() && is_kind(object);
    told.then_some(Parts { lead: before, seen, r#type, reason, object, rest })
}

/// Returns the first word and what follows it and its blanks.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    (!word.is_empty()).then(|| (word, rest.trim_start()))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_kind(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase()) && api_kind(word).is_some()
}

fn is_object(word: &str) -> bool {
    split_object(word).is_some() || word == "/"
}

/// Cells behind the object in `-o wide`, cut at the header's offsets or word by word.
pub(super) struct Wide<'t> {
    /// `spec.containers{web}`, or empty.
    pub(super) subobject: &'t str,
    /// `kubelet, node-1`, or empty.
    pub(super) source: &'t str,
    /// Message and the cells behind it.
    pub(super) rest: &'t str,
}

/// Reads SUBOBJECT and SOURCE: between the header's `offsets` (up to MESSAGE) when they fit, else by words.
pub(super) fn wide<'t>(text: &'t str, parts: &Parts<'t>, offsets: Option<&[usize]>) -> Wide<'t> {
    let cells = offsets.and_then(|offsets| slices(text, offsets)).unwrap_or_default();
    match cells.as_slice() {
        [.., object, subobject, source, rest] if *object == parts.object => {
            Wide { subobject, source, rest }
        }
        _ => wide_words(parts.rest),
    }
}

fn wide_words(rest: &str) -> Wide<'_> {
    let mut rest = rest;
    let mut subobject = "";
    if let Some((first, after)) = word(rest)
        && first.starts_with("spec.")
    {
        (subobject, rest) = (first, after);
    }
    let (source, rest) = source_words(rest);
    Wide { subobject, source, rest }
}

/// `source = word | word "," ws word`
fn source_words(input: &str) -> (&str, &str) {
    let Some((first, after)) = word(input) else { return ("", input) };
    let mut end = first.len();
    if first.ends_with(',')
        && let Some((host, _)) = word(after)
    {
        end = input.offset(host) + host.len();
    }
    let (source, rest) = input.split_at_checked(end).unwrap_or((input, ""));
    (source, rest.trim_start())
}

/// Splits the cells behind MESSAGE (one word each) off the right end; `types` are those columns.
///
/// A former tab in the message moves what is behind it, so these cells are read from the right.
pub(super) fn message_and_tail<'t>(
    rest: &'t str,
    types: &[Cell],
) -> Option<(&'t str, Vec<&'t str>)> {
    let mut message = rest.trim_end();
    let mut tail = Vec::with_capacity(types.len());
    for cell in types.iter().rev() {
        let from = message.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let last = message.get(from..)?;
        if !cell.accepts(last) {
            return None;
        }
        tail.push(last);
        message = message.get(..from)?.trim_end();
    }
    tail.reverse();
    Some((message, tail))
}

/// States a row of any column set.
pub(super) fn state(row: &Row<'_>, namespace: Option<String>) -> Data {
    let (source, host) = row.get("SOURCE").map_or((None, None), reporter);
    let seen = row.get("LAST SEEN").and_then(|text| seen(text).ok()).map(|(_, seen)| seen);
    let text = row.long_text("MESSAGE");
    let (in_message, message) = field_path(&text);
    let first = seen.and_then(|seen| seen.first).map(str::to_owned);
    KubeEvent {
        namespace,
        object: object(row),
        container: row.get("SUBOBJECT").and_then(container).or(in_message).map(str::to_owned),
        r#type: row.owned("TYPE"),
        reason: row.owned("REASON"),
        message: row.has("MESSAGE").then(|| message.to_owned()),
        source,
        host,
        count: count(row, seen.and_then(|seen| seen.count)),
        first_seen: row.owned("FIRST SEEN").or(first),
        last_seen: seen.map(|seen| seen.last.to_owned()).or_else(|| row.owned("LAST SEEN")),
    }
    .into()
}

/// The COUNT column, else the parentheses behind the age. `kubectl events` prints no parentheses for
/// one time, and is known by the capital that begins the kind; a count of 0 means unknown.
fn count(row: &Row<'_>, in_parentheses: Option<i64>) -> Option<i64> {
    if row.has("COUNT") {
        return row.int("COUNT").filter(|count| *count > 0);
    }
    let capital = |object: &str| object.starts_with(|c: char| c.is_ascii_uppercase());
    in_parentheses.or_else(|| row.get("OBJECT").is_some_and(capital).then_some(1))
}

fn object(row: &Row<'_>) -> Option<ObjectRef> {
    if let Some((kind, name)) = row.get("OBJECT").and_then(split_object) {
        return Some(ObjectRef { kind: Some(kind), name: name.to_owned() });
    }
    if let Some((kind, name)) = row.get("OBJECT").and_then(spoken) {
        return Some(ObjectRef { kind: Some(kind), name: name.to_owned() });
    }
    if let Some(kind) = row.get("OBJECT").filter(|word| is_kind(word)) {
        return Some(ObjectRef { kind: Some(kind_or_same(kind)), name: String::new() });
    }
    let kind = row.get("KIND").map(kind_or_same);
    let name = row.get("OBJECT").or_else(|| row.get("NAME"))?;
    // Servers 1.9 to 1.13 print the event's own name: the object's, a dot and 16 hexadecimal digits.
    let own = name
        .rsplit_once('.')
        .filter(|(_, id)| id.len() >= 15 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    (kind.is_some() || row.get("OBJECT").is_some())
        .then(|| ObjectRef { kind, name: own.map_or(name, |(name, _)| name).to_owned() })
}

/// Reads an object as consoles show it: `Pod: web-1`, `Pod web-1`.
fn spoken(cell: &str) -> Option<(String, &str)> {
    let (kind, name) = cell.split_once(": ").or_else(|| cell.split_once(' '))?;
    let known = is_word(kind) && !name.contains(char::is_whitespace);
    known
        .then(|| api_kind(&kind.to_ascii_lowercase()))
        .flatten()
        .map(|kind| (kind.to_owned(), name))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_cells_do_not_move_the_others() {
        let parts = row_parts("demo   3m30s                   Pod/web-1   a  b", 1);
        let parts = parts.expect("a row");
        assert_eq!((parts.r#type, parts.reason), ("", ""));
        assert_eq!((parts.object, parts.rest), ("Pod/web-1", "a  b"));
        assert!(row_parts("   Normal  Fake  1s  kubelet  not an event", 1).is_none());
        assert!(row_parts("5m Normal Pulled", 0).is_none());
        let parts = row_parts("5m Warning Failed pod Failed to pull image", 0).expect("a row");
        assert_eq!((parts.object, parts.rest), ("pod", "Failed to pull image"));
        assert!(row_parts("5m Warning Failed shortly after", 0).is_none());
    }
}
