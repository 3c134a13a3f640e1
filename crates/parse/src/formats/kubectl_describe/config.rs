//! Config maps and secrets: what stands under `Data` and its ruler.
//!
//! The values of a config map are printed raw and can hold whole describe outputs, other config maps
//! among them. `Data` opens and `BinaryData` (kubectl 1.22 and later) with the events behind it closes; they
//! are counted like brackets.

use std::collections::BTreeMap;

use kubetriage_model::{ConfigMap, Mark, Secret};

use super::kind::Described;
use super::label::{given, keyed, labeled};
use super::outline::{starts_object, trim_end};
use crate::emitter::{Emitter, mark};
use crate::prim::coredns;
use crate::text::Line;

/// Longest value that is kept, in bytes; longer ones are cut at a character.
const VALUE_BYTES: usize = 1 << 16;
/// Most config maps that a value is taken to quote.
const NESTED: u32 = 32;
/// Most lines searched for the matching `BinaryData` behind the first that would do.
const SEARCH_LINES: usize = 20_000;

/// Returns the line behind the data that starts at line `at` (`Data`, ruled).
pub(super) fn data_end(lines: &[Line<'_>], at: usize) -> usize {
    if !holds_text(lines, at) {
        let rows = lines.iter().skip(at + 2).take_while(|line| !line.is_blank());
        return at + 2 + rows.count();
    }
    text_end(lines, at).unwrap_or_else(|| cut_end(lines, at))
}

/// Returns how many lines the data of a config map take that start at the first of `lines`, `None` when
/// none start there or their end is missing: then a transcript may go on at any line.
pub(crate) fn data_lines(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text.trim_end();
    if first != "Data" || !is_ruled(lines, 0) || !holds_text(lines, 0) {
        return None;
    }
    text_end(lines, 0)
}

/// Returns the line behind the values that start at line `at`, `None` when nothing ends them.
fn text_end(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let mut depth = 1_u32;
    let mut likely = None;
    // Objects that a value quotes and whose events have not come yet.
    let mut quoted = 0_u32;
    for next in at + 2..lines.len() {
        if depth > NESTED || likely.is_some_and(|likely| next > likely + SEARCH_LINES) {
            break;
        }
        let text = lines.get(next).map_or("", |line| line.text);
        if text == "Data" && is_ruled(lines, next) && holds_text(lines, next) {
            depth += 1;
        } else if text == "BinaryData" && is_ruled(lines, next) {
            depth = depth.saturating_sub(1);
            let end = closes(lines, next);
            if depth == 0 && end.is_some() {
                return Some(next);
            }
            likely = likely.or(end.map(|_| next));
        } else if starts_object(lines, next) {
            quoted += 1;
        } else if text.starts_with("Events:") && likely.is_none() {
            likely = (quoted == 0 && ends(lines, next + 1)).then_some(next);
            quoted = quoted.saturating_sub(1);
        }
    }
    likely
}

/// Returns true when the data at line `at` are those of a ConfigMap (or there are none).
fn holds_text(lines: &[Line<'_>], at: usize) -> bool {
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.trim_end());
    is_key(lines, at + 2)
        || matches!(text(at + 2), "" | "BinaryData")
        || text(at + 2).starts_with("Events:")
}

fn is_ruled(lines: &[Line<'_>], at: usize) -> bool {
    lines.get(at + 1).is_some_and(|line| line.text.trim_end() == "====")
}

/// Returns true when line `at` is a key with its ruler, or a key with which the text ends.
fn is_key(lines: &[Line<'_>], at: usize) -> bool {
    let key = lines.get(at).and_then(|line| keyed(line.text.trim_end()));
    key.is_some_and(|(_, value)| value.is_empty())
        && lines.get(at + 1).is_none_or(|line| line.text.trim_end() == "----")
}

/// Returns the line behind the events when `BinaryData` at line `at` ends a ConfigMap.
fn closes(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let sized = |line: &Line<'_>| line.is_blank() || line.trimmed().ends_with(" bytes");
    let below = lines.get(at + 2..)?;
    let next = at + 2 + below.iter().take_while(|line| sized(line)).count();
    let Some(line) = lines.get(next) else { return Some(next) };
    let events = line.text.starts_with("Events:");
    (events && ends(lines, next + 1) || !events && starts_object(lines, next)).then_some(next)
}

/// Returns true when an object may end above line `at`: at the end of the text, above the next object, or
/// above the rows of the events.
fn ends(lines: &[Line<'_>], at: usize) -> bool {
    let Some(rest) = lines.get(at..) else { return true };
    let Some(blank) = rest.iter().position(|line| !line.is_blank()) else { return true };
    let text = rest.get(blank).map_or("", |line| line.text);
    blank == 0 && text.starts_with(' ')
        || starts_object(lines, at + blank)
        || super::outline::is_foreign(text)
}

/// Returns where the data of a ConfigMap end whose own end is missing: above the next object that stands
/// behind two blank lines, else with the text.
fn cut_end(lines: &[Line<'_>], at: usize) -> usize {
    let next = lines.windows(3).enumerate().skip(at).find(|(index, window)| {
        matches!(window, [a, b, _] if a.is_blank() && b.is_blank())
            && starts_object(lines, index + 2)
    });
    next.map_or(lines.len(), |(index, _)| index)
}

/// States a ConfigMap.
pub(super) fn config_map(object: &Described<'_, '_>, name: String, out: &mut Emitter<'_>) {
    let lines = object
        .outline
        .field("Data")
        .map_or_else(Default::default, |field| field.lines.get(2..).unwrap_or_default());
    let closed = object.outline.has("BinaryData");
    let (data, marks) = values(lines, closed);
    let event = ConfigMap { namespace: object.namespace.clone(), name, data };
    let coredns = coredns::Source {
        namespace: event.namespace.as_deref(),
        name: &event.name,
        data: &event.data,
        nested: &[],
        lines,
        repaired: false,
    };
    coredns::state(&coredns, out);
    out.marked(object.outline.body(), marks, event);
}

/// Returns the values by key. `closed` tells that `BinaryData` stands behind the lines.
fn values(lines: &[Line<'_>], closed: bool) -> (BTreeMap<String, String>, Vec<Mark>) {
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_key(lines, *at)).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let spans: Vec<_> =
        starts.iter().zip(ends).filter_map(|(start, end)| lines.get(*start..end)).collect();
    let spaced = is_spaced(&spans, closed);
    let mut data = BTreeMap::new();
    for (index, span) in spans.iter().enumerate() {
        let Some((key, _)) = span.first().and_then(|line| keyed(line.text)) else { continue };
        let last = index + 1 == spans.len();
        let own = span.get(2..).unwrap_or_default();
        let own = if last && !closed {
            trim_end(own)
        } else {
            drop_blank(own, usize::from(spaced) + usize::from(last))
        };
        let text: Vec<&str> = own.iter().map(|line| line.text).collect();
        data.insert(key.to_owned(), bounded(text.join("\n")));
    }
    let marks = lines.first().map(|line| mark("data", line)).into_iter().collect();
    (data, marks)
}

/// Returns true when a blank line stands behind every value, as kubectl 1.31 and later print it. (Another
/// stands before `BinaryData`.) A single value does not tell: then a text of several lines is taken to
/// end with a line end, which looks the same, and a single line is not.
fn is_spaced(spans: &[&[Line<'_>]], closed: bool) -> bool {
    let blanks = |lines: &[Line<'_>]| lines.iter().rev().take_while(|line| line.is_blank()).count();
    let Some((last, rest)) = spans.split_last() else { return false };
    let behind = blanks(last);
    let many_lines = last.len() > behind + 3;
    rest.iter().all(|span| blanks(span) > 0)
        && (!closed || behind > 1)
        && !(rest.is_empty() && behind == 2 && many_lines)
}

/// Drops up to `count` blank lines at the end.
fn drop_blank<'l, 't>(lines: &'l [Line<'t>], count: usize) -> &'l [Line<'t>] {
    let blank = lines.iter().rev().take(count).take_while(|line| line.is_blank()).count();
    lines.get(..lines.len() - blank).unwrap_or(lines)
}

fn bounded(mut text: String) -> String {
    if text.len() > VALUE_BYTES {
        let end = (0..=VALUE_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
    text
}

/// States a Secret: its keys, never what is in them.
pub(super) fn secret(object: &Described<'_, '_>, name: String, out: &mut Emitter<'_>) {
    let data = object
        .outline
        .field("Data")
        .map_or_else(Default::default, |field| field.lines.get(2..).unwrap_or_default());
    let keys = data.iter().filter_map(|line| keyed(line.text)).map(|(key, _)| key.to_owned());
    let event = Secret {
        namespace: object.namespace.clone(),
        name,
        r#type: object.outline.value("Type").and_then(given),
        keys: keys.collect(),
        registries: Vec::new(),
    };
    out.event(object.outline.body(), event);
}

/// Returns true when the object with these data is a ConfigMap rather than a Secret.
pub(super) fn is_config_map(lines: &[Line<'_>]) -> bool {
    holds_text(lines, 0)
        && !lines.iter().any(|line| labeled(line.text).is_some_and(|(l, _)| l == "Type"))
}
