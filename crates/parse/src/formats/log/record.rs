//! Lines that belong together: multi-line klog values, CRI partial lines, wrapped objects.

use std::borrow::Cow;

use super::prefix::{self, Part};
use crate::formats::agent_log;
use crate::prim::stamp;
use crate::text::Line;

/// Most lines of a klog value or of a wrapped object.
const MOST: usize = 64;
/// Most partial lines of one record.
const MOST_PARTS: usize = 1024;

/// Returns how many of the lines form the record that starts at the first of them (at least one).
pub(super) fn length(lines: &[Line<'_>]) -> usize {
    let Some(first) = lines.first() else { return 1 };
    if opens_value(first.text) {
        return until(lines, MOST, |line| closes_value(line.text)).unwrap_or(1);
    }
    if let Some(Part { stream, partial: true, .. }) = part(first.text) {
        // Parts without an end are a record all the same, so that no line is asked twice.
        let most = lines.len().min(MOST_PARTS);
        let ends = |line: &Line<'_>| {
            part(line.text).is_none_or(|part| part.stream == stream && !part.partial)
        };
        return until(lines, MOST_PARTS, ends).unwrap_or(most);
    }
    if is_open_object(first.text) {
        return wrapped(lines).unwrap_or(1);
    }
    1
}

/// True for a line that may go on in the next one.
pub(super) fn opens(line: &str) -> bool {
    opens_value(line) || is_partial(line) || is_open_object(line)
}

/// True for a line that can only be read together with the one before it.
pub(super) fn continues(line: &str, before: &str) -> bool {
    is_partial(before)
        || between_streams(line, before)
        || opens_value(before)
        || (line.starts_with('\t') && before.starts_with('\t'))
        || (closes_value(line) && before.starts_with('\t'))
}

/// Returns the lines of a record that belong together: the parts of a CRI line without what the other
/// stream said between them, and each line of that.
pub(super) fn streams<'r, 't>(record: &'r [Line<'t>]) -> Vec<Cow<'r, [Line<'t>]>> {
    let Some(first) = record.first().and_then(|line| part(line.text)) else {
        return vec![Cow::Borrowed(record)];
    };
    let own = |line: &&Line<'_>| part(line.text).is_none_or(|part| part.stream == first.stream);
    let (own, other): (Vec<&Line<'_>>, Vec<&Line<'_>>) = record.iter().partition(own);
    let other = other.into_iter().map(|line| Cow::Borrowed(std::slice::from_ref(line)));
    std::iter::once(Cow::Owned(own.into_iter().copied().collect())).chain(other).collect()
}

/// Returns the text of a record as one line, or with its line ends for a klog value.
pub(super) fn text<'t>(record: &[Line<'t>]) -> Cow<'t, str> {
    let Some((first, more)) = record.split_first() else { return Cow::Borrowed("") };
    if more.is_empty() {
        return Cow::Borrowed(first.text);
    }
    let mut whole = first.text.to_owned();
    for line in more {
        if opens_value(first.text) {
            whole.push('\n');
            whole.push_str(line.text);
        } else if is_partial(first.text) {
            whole.push_str(content(line.text));
        } else {
            whole.push_str(line.text);
        }
    }
    if is_object(&whole) {
        return Cow::Owned(whole);
    }
    // An editor that wraps at blanks takes the blank away.
    let lines = record.iter().map(|line| line.text.trim()).collect::<Vec<_>>();
    let spaced = lines.join(" ");
    Cow::Owned(if is_object(&spaced) { spaced } else { whole })
}

fn is_object(text: &str) -> bool {
    text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn opens_value(line: &str) -> bool {
    line.ends_with("=<")
}

fn closes_value(line: &str) -> bool {
    line.starts_with(" >")
}

/// True for a CRI line with the tag `P`.
fn is_partial(line: &str) -> bool {
    part(line).is_some_and(|part| part.partial)
}

/// True for two CRI lines of different streams: the first may stand between two parts of the other.
fn between_streams(line: &str, before: &str) -> bool {
    part(line).zip(part(before)).is_some_and(|(line, before)| line.stream != before.stream)
}

fn content(line: &str) -> &str {
    part(line).map_or(line, |part| part.content)
}

/// Reads a CRI line with its time.
fn part(line: &str) -> Option<Part<'_>> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (rest, _) = stamp::internet(line).ok()?;
    prefix::stream(rest.strip_prefix(' ')?)
}

/// True for the first line of an agent's object that goes on in the next line.
fn is_open_object(line: &str) -> bool {
    line.starts_with('{')
        && !line.trim_end().ends_with(['}', '`'])
        && (line.contains("\"Message\"") || agent_log::looks_like(line) || line.trim() == "{")
}

/// Returns the length of an object that a terminal wrapped: up to the line that closes it.
fn wrapped(lines: &[Line<'_>]) -> Option<usize> {
    let next = lines.get(1)?.text;
    if next.trim_start().starts_with('{') || next.trim().is_empty() {
        return None;
    }
    let length = until(lines, MOST, |line| line.text.trim_end().ends_with('}'))?;
    let whole = lines.get(1..length)?;
    whole.iter().all(|line| !line.text.starts_with("{ \"") && !line.is_blank()).then_some(length)
}

/// Returns the number of lines up to and with the first one behind the first that `ends`.
fn until(lines: &[Line<'_>], most: usize, ends: impl Fn(&Line<'_>) -> bool) -> Option<usize> {
    let behind = lines.iter().skip(1).take(most);
    behind.into_iter().position(ends).map(|at| at + 2)
}
