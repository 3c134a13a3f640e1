//! Cells of one row: at the header's offsets, between wide gaps, or word by word with types.

use nom::combinator::all_consuming;
use nom::{Offset, Parser};

use crate::prim::age::{is_age, restarts, seen};

/// What a cell can hold; decides where a cell ends when blanks were collapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// One word.
    Word,
    /// One word, or nothing.
    Maybe,
    /// A name of an object; masked names count, and `(default)` behind a storage class.
    Name,
    /// `1/2`.
    Fraction,
    /// A whole number.
    Int,
    /// `5`, or `5 (2m10s ago)`.
    Restarts,
    /// `6d19h`.
    Age,
    /// `6d19h`, or nothing.
    MaybeAge,
    /// `6d19h`, or `6d19h (x3 over 7d)`.
    Seen,
    /// `1/2`, `0/1 of 3`.
    Completions,
    /// `*/5 * * * *`, `@daily`.
    Schedule,
    /// `Normal`, `Warning`, or nothing.
    EventType,
    /// `spec.containers{web}`, or nothing.
    FieldPath,
    /// `kubelet`, `kubelet, node-1`, `{kubelet node-1}`, or nothing.
    Source,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Node status: `Ready`, `NotReady`, `Unknown`, with conditions behind a comma.
    NodeStatus,
    /// `v1.30.2`, or nothing for a node whose kubelet never reported.
    Version,
    /// A word that begins with a capital, as every STATUS does.
    Status,
    /// `<none>`, or `app=web,tier=front`.
    Labels,
    /// Words up to the next column.
    Text,
    /// Anything, also nothing; one word when blanks were collapsed.
    Any,
}

impl Cell {
    /// Returns true when `text`, without blanks at its ends, can stand in the cell.
    pub(super) fn accepts(self, text: &str) -> bool {
        match self {
            Self::Word => is_word(text),
            Self::Maybe => text.is_empty() || is_word(text),
            Self::Name => {
                is_word(text.strip_suffix(" (default)").unwrap_or(text))
                    && !text.starts_with(['"', '\'', '='])
            }
            Self::Fraction => is_fraction(text),
            Self::Int => is_int(text),
            Self::Restarts => all_consuming(restarts).parse(text).is_ok(),
            Self::Age => is_age(text),
            Self::MaybeAge => text.is_empty() || is_age(text),
            Self::Seen => all_consuming(seen).parse(text).is_ok(),
            Self::Completions => is_completions(text),
            Self::Schedule => text.starts_with('@') || text.split_whitespace().count() == 5,
            Self::EventType => matches!(text, "" | "Normal" | "Warning"),
            Self::FieldPath => {
                text.is_empty() || (is_word(text) && text.contains(['.', '{']) || text == "<none>")
            }
            Self::Source => text.is_empty() || text.split_whitespace().count() < 3,
            Self::OneOf(words) => words.contains(&text),
            Self::NodeStatus => matches!(
                text.split(',').next().unwrap_or_default(),
                "Ready" | "NotReady" | "Unknown"
            ),
            Self::Status => is_word(text) && text.starts_with(|c: char| c.is_ascii_uppercase()),
            Self::Version => {
                text.is_empty() || text.starts_with('v') && text.contains('.') && is_word(text)
            }
            Self::Labels => text == "<none>" || (is_word(text) && text.contains('=')),
            Self::Text | Self::Any => true,
        }
    }

    /// Returns the least and most words that the cell can span.
    fn words(self) -> (usize, usize) {
        match self {
            Self::Maybe | Self::EventType | Self::FieldPath | Self::MaybeAge | Self::Version => {
                (0, 1)
            }
            Self::Source => (0, 2),
            Self::Name => (1, 2),
            Self::Restarts | Self::Completions => (1, 3),
            Self::Seen => (1, 4),
            Self::Schedule => (1, 5),
            _ => (1, 1),
        }
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

fn is_int(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// True for `1/2`.
pub(super) fn is_fraction(text: &str) -> bool {
    text.split_once('/').is_some_and(|(left, right)| is_int(left) && is_int(right))
}

/// `1/2`, `0/1 of 3`, and `2` of servers before 1.14.
fn is_completions(text: &str) -> bool {
    let (count, of) = text.split_once(" of ").unwrap_or((text, "0"));
    (is_fraction(count) || is_int(count)) && is_int(of)
}

/// Cuts `text` at code-point offsets; `None` when an offset lies inside a word or inside a gap.
pub(super) fn slices<'t>(text: &'t str, starts: &[usize]) -> Option<Vec<&'t str>> {
    let bytes = byte_offsets(text, starts);
    let mut cells = Vec::with_capacity(starts.len());
    for (index, &from) in bytes.iter().enumerate() {
        let to = bytes.get(index + 1).copied().unwrap_or(text.len());
        let cell = text.get(from..to)?;
        let before = text.get(..from)?;
        let blank = cell.trim().is_empty();
        let clean = before.is_empty() || before.ends_with(char::is_whitespace) || cell.is_empty();
        if !clean || (!blank && cell.starts_with(char::is_whitespace)) {
            return None;
        }
        cells.push(cell.trim());
    }
    let first = bytes.first().and_then(|&from| text.get(..from))?;
    first.trim().is_empty().then_some(cells)
}

fn byte_offsets(text: &str, starts: &[usize]) -> Vec<usize> {
    if text.is_ascii() {
        return starts.iter().map(|&start| start.min(text.len())).collect();
    }
    let mut points = text.char_indices().map(|(byte, _)| byte).enumerate();
    let mut here = points.next();
    starts
        .iter()
        .map(|&start| {
            while here.is_some_and(|(point, _)| point < start) {
                here = points.next();
            }
            here.map_or(text.len(), |(_, byte)| byte)
        })
        .collect()
}

/// Cuts `text` at tabs and at runs of two blanks or more; more cells than any table has are not looked for.
pub(super) fn gaps(text: &str) -> Vec<&str> {
    text.split('\t')
        .flat_map(|part| part.split("  "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .take(MOST_WORDS + 1)
        .collect()
}

/// Most words of a row that is read word by word.
const MOST_WORDS: usize = 4096;

/// Reads `text` word by word so that every cell holds what its type asks for.
///
/// Text cells reach as far to the right as the cells behind them allow. Linear in the words.
pub(super) fn by_type<'t>(text: &'t str, types: &[Cell]) -> Option<Vec<&'t str>> {
    let words = words(text);
    if words.len() > MOST_WORDS {
        return None;
    }
    // `next[column]` tells for each word at which word the next cell starts, from the right.
    let mut open = vec![false; words.len() + 1];
    if let Some(end) = open.last_mut() {
        *end = true;
    }
    let mut steps = Vec::with_capacity(types.len());
    for &cell in types.iter().rev() {
        let step = step(text, &words, cell, &open);
        open = step.iter().map(Option::is_some).collect();
        steps.push(step);
    }
    let mut at = 0;
    let mut cells = Vec::with_capacity(types.len());
    for step in steps.iter().rev() {
        let to = step.get(at).copied().flatten()?;
        cells.push(span(text, &words, at, to));
        at = to;
    }
    Some(cells)
}

/// For each word: where a cell of type `cell` that starts there can end, given the ends `open` behind it.
fn step(text: &str, words: &[(usize, usize)], cell: Cell, open: &[bool]) -> Vec<Option<usize>> {
    if cell == Cell::Text {
        let last = open.iter().rposition(|open| *open);
        return (0..open.len()).map(|at| last.filter(|last| *last > at)).collect();
    }
    let (least, most) = cell.words();
    (0..open.len())
        .map(|at| {
            (least..=most).rev().map(|n| at + n).find(|&to| {
                open.get(to).copied().unwrap_or(false) && cell.accepts(span(text, words, at, to))
            })
        })
        .collect()
}

fn words(text: &str) -> Vec<(usize, usize)> {
    text.split_whitespace()
        .take(MOST_WORDS + 1)
        .map(|word| {
            let from = text.offset(word);
            (from, from + word.len())
        })
        .collect()
}

fn span<'t>(text: &'t str, words: &[(usize, usize)], at: usize, to: usize) -> &'t str {
    if to <= at {
        return "";
    }
    let from = words.get(at).map_or(0, |word| word.0);
    let end = words.get(to - 1).map_or(0, |word| word.1);
    text.get(from..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points() {
        assert_eq!(slices("é  b", &[0, 3]), Some(vec!["é", "b"]));
        assert_eq!(slices("a     c", &[0, 3, 6]), Some(vec!["a", "", "c"]));
        assert_eq!(slices("abcd b", &[0, 3]), None, "an offset inside a word");
        assert_eq!(slices("a   b", &[0, 3]), None, "a cell that starts later than its column");
        assert_eq!(slices("a", &[0, 3]), Some(vec!["a", ""]));
    }

    #[test]
    fn gaps_are_two_blanks_or_a_tab() {
        assert_eq!(gaps("a b  c\td   e"), ["a b", "c", "d", "e"]);
    }

    #[test]
    fn types_find_the_cells_of_collapsed_rows() {
        let pod = [Cell::Name, Cell::Fraction, Cell::Word, Cell::Restarts, Cell::Age];
        assert_eq!(
            by_type("web-1 0/1 CrashLoopBackOff 5 (2m10s ago) 121m", &pod),
            Some(vec!["web-1", "0/1", "CrashLoopBackOff", "5 (2m10s ago)", "121m"])
        );
        assert_eq!(by_type("web-1 0/1 Running 5 later", &pod), None);
        let middle = [Cell::Name, Cell::Text, Cell::Age, Cell::Int];
        assert_eq!(by_type("a b 5m c 6m 3", &middle), Some(vec!["a", "b 5m c", "6m", "3"]));
    }
}
