//! One line of an events table, alone: what shape it has.
//!
//! Three shapes are known: columns two blanks apart (every kubectl since 1.9), the same copied with
//! single blanks (web pages, chats), and the seven columns of kubectl up to 1.8.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_until};
use nom::character::complete::{char, digit1, multispace0, multispace1};
use nom::combinator::{eof, opt, peek, recognize};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::prim::age::{Seen, age, seen};

/// Most words of a reason.
const REASON_WORDS: usize = 4;

/// How the columns of a row are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// Two blanks or a tab; the number of cells in front of the age.
    Wide(usize),
    /// Single blanks.
    Collapsed,
    /// The seven columns of kubectl up to 1.8.
    Legacy,
}

/// One row as far as the line alone tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    /// How the columns are told apart.
    pub(super) columns: Columns,
    /// Offset of the first cell.
    pub(super) start: usize,
    /// Offset of the age.
    pub(super) age_at: usize,
    /// Offset behind the age.
    pub(super) age_end: usize,
    /// `Normal`, `Warning` or empty.
    pub(super) kind: &'t str,
    /// Reason, may be empty.
    pub(super) reason: &'t str,
    /// Ages and count.
    pub(super) seen: Seen<'t>,
    /// Source and message of a wide row, only the message of the other two.
    pub(super) tail: &'t str,
    /// Source of the other two.
    pub(super) source: &'t str,
    /// Field path of a legacy row (`spec.containers{web}`), else empty.
    pub(super) path: &'t str,
}

impl Row<'_> {
    /// Returns true when the line alone is enough to be taken for an event.
    pub(super) fn is_sure(&self) -> bool {
        let named = self.reason.starts_with(|c: char| c.is_ascii_uppercase());
        let both = !matches!(self.columns, Columns::Wide(cells) if cells < 2);
        both && named && matches!(self.kind, "Normal" | "Warning")
    }
}

/// Reads one line as a row, whatever its shape.
pub(super) fn row(text: &str) -> Option<Row<'_>> {
    let text = text.trim_end();
    let start = text.len() - text.trim_start().len();
    let (_, row) = legacy(text)
        .or_else(|_| wide(text).map(|row| ("", row)).ok_or(()))
        .or_else(|()| collapsed(text))
        .ok()?;
    Some(Row { start, ..row })
}

/// Splits the text at its first gap of two blanks or a tab: the cell, and what follows the gap.
pub(super) fn cell(text: &str) -> (&str, &str) {
    let gap = text.find('\t').into_iter().chain(text.find("  ")).min();
    let (cell, rest) = gap.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    (cell, rest.trim_start())
}

/// Returns the offset of what stands behind the age, if anything does.
pub(super) fn tail_at(row: &Row<'_>) -> Option<usize> {
    let tail = row.tail.trim_start();
    (!tail.is_empty()).then_some(row.age_end + row.tail.len() - tail.len())
}

/// True for text with a gap as tabs leave it.
pub(super) fn is_spread(text: &str) -> bool {
    text.trim().contains("  ")
}

fn wide(text: &str) -> Option<Row<'_>> {
    let mut cells: [&str; 2] = [""; 2];
    let mut rest = text.trim_start();
    let start = text.len() - rest.len();
    for count in 0..=2 {
        let age_at = text.len() - rest.len();
        let (head, after) = cell(rest);
        if let Ok(("", seen)) = seen(head) {
            let (kind, reason) = match (count, cells) {
                (2, [kind, reason]) => (kind, reason),
                (1, [kind @ ("Normal" | "Warning"), _]) => (kind, ""),
                (1, [reason, _]) => ("", reason),
                _ => ("", ""),
            };
            let age_end = age_at + head.len();
            let tail = text.get(age_end..).unwrap_or_default();
            let columns = Columns::Wide(count);
            let (source, path) = ("", "");
            return Some(Row {
                columns,
                start,
                age_at,
                age_end,
                kind,
                reason,
                seen,
                tail,
                source,
                path,
            });
        }
        // A few controllers write a reason of several words.
        let reason = count == 1 && matches!(cells, ["Normal" | "Warning", _]);
        if head.contains(' ') && !(reason && head.split(' ').count() <= REASON_WORDS) {
            return None;
        }
        *cells.get_mut(count)? = head;
        rest = after;
    }
    None
}

fn word(input: &str) -> IResult<&str, &str> {
    take_till1(char::is_whitespace).parse(input)
}

fn kind(input: &str) -> IResult<&str, &str> {
    terminated(alt((tag("Normal"), tag("Warning"))), multispace1).parse(input)
}

/// `source = "{" text "}" | word ["," " " word]`
fn source(input: &str) -> IResult<&str, &str> {
    let braces = recognize(delimited(char('{'), take_until("}"), char('}')));
    let host = preceded(tag(", "), word);
    alt((braces, recognize((take_till1(|c: char| c.is_whitespace() || c == ','), opt(host))), word))
        .parse(input)
}

/// `collapsed = kind reason seen [source] [message]`
fn collapsed(input: &str) -> IResult<&str, Row<'_>> {
    let gap = || alt((multispace1, eof));
    let (rest, (_, kind, reason)) =
        (multispace0, kind, terminated(word, multispace1)).parse(input)?;
    let age_at = input.len() - rest.len();
    let (rest, (seen, age_end)) =
        seen(rest).map(|(rest, s)| (rest, (s, input.len() - rest.len())))?;
    let (tail, source) = preceded(gap(), opt(terminated(source, gap()))).parse(rest)?;
    let source = source.unwrap_or_default();
    let columns = Columns::Collapsed;
    let row =
        Row { columns, start: 0, age_at, age_end, kind, reason, seen, tail, source, path: "" };
    Ok(("", row))
}

/// `legacy = first last count source [path] kind reason message`
fn legacy(input: &str) -> IResult<&str, Row<'_>> {
    let age = || terminated(age, multispace1);
    let count = terminated(digit1, multispace1);
    let (rest, (_, first, last, count)) = (multispace0, age(), age(), count).parse(input)?;
    let age_at = input.len() - rest.len();
    let (rest, source) = terminated(source, multispace1).parse(rest)?;
    let path = preceded(peek(tag("spec.")), terminated(word, multispace1));
    let (rest, (path, kind, reason)) = (opt(path), kind, word).parse(rest)?;
    let seen = Seen { last, count: count.parse().ok(), first: Some(first) };
    let row = Row {
        columns: Columns::Legacy,
        start: 0,
        age_at,
        age_end: age_at,
        kind,
        reason,
        seen,
        tail: rest.trim_start(),
        source,
        path: path.unwrap_or_default(),
    };
    Ok(("", row))
}
