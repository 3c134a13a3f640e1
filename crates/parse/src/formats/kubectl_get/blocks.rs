//! Rows of `kubectl events`, told from the lines of messages that only look like rows.
//!
//! kubectl prints all lines of a message, raw. What stands between two rows can be anything: prompts, other
//! tables, whole outputs of kubectl. What gives rows away is their place: a column is as wide as its
//! longest cell in the lines that follow each other, three blanks more, at least six, and never narrower than it
//! was above. A line that only looks like a row hardly stands exactly there.

use super::header::Header;
use crate::prim::age::seen;
use crate::prim::kind::split_object;
use crate::text::Line;

/// Blanks behind the longest cell of a column.
const PADDING: usize = 3;
/// Least width of a column.
const NARROWEST: usize = 6;
/// Most rows that are looked at to learn the width of their columns.
const MOST_ROWS: usize = 10_000;

/// Widths of the columns in front of the message, as the rows read so far have left them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blocks {
    /// Width of NAMESPACE (if there is one), LAST SEEN, TYPE, REASON and OBJECT.
    widths: Vec<usize>,
    /// 1 for a table with a NAMESPACE column, else 0.
    lead: usize,
}

/// One cell: its offset in code points, its length, its text.
#[derive(Debug, Clone, Copy)]
struct Chunk<'t> {
    at: usize,
    length: usize,
    text: &'t str,
}

/// The cells of a row: those in front of OBJECT, OBJECT, and where the message starts.
#[derive(Debug)]
struct Front<'t> {
    before: Vec<Chunk<'t>>,
    object: Chunk<'t>,
    message: Option<usize>,
}

impl Blocks {
    /// Returns the widths of an aligned header, `None` for columns that `kubectl events` does not print.
    pub(super) fn of(header: &Header) -> Option<Self> {
        let names: Vec<&str> = header.columns.iter().map(|column| column.name.as_str()).collect();
        let own = names.strip_prefix(&["NAMESPACE"]).unwrap_or(&names);
        if own != ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"] || !header.aligned {
            return None;
        }
        let widths = header.columns.windows(2).map(|pair| match pair {
            [one, next] => next.start.saturating_sub(one.start),
            _ => 0,
        });
        Some(Self { widths: widths.collect(), lead: usize::from(own.len() < names.len()) })
    }

    /// Returns how many rows stand at the front of `lines`, and takes on their widths. `loose` allows for
    /// wider columns than the rows tell, as text with tabs above them leaves.
    pub(super) fn rows(&mut self, lines: &[Line<'_>], loose: bool) -> usize {
        let Some(first) = lines.first().and_then(|line| self.chunks(line.text)) else { return 0 };
        let objects = first.iter().skip(self.lead + 1).filter(|chunk| is_object(chunk.text));
        for object in objects {
            let run = lines.iter().take(MOST_ROWS);
            let run: Vec<_> = run.map_while(|line| self.front(line.text, object.at)).collect();
            let exact = self.widths_of(&run, false);
            if let Some(widths) = exact.or_else(|| self.widths_of(&run, true).filter(|_| loose)) {
                self.widths = widths;
                return run.len();
            }
        }
        0
    }

    /// Returns the offsets of all columns, that of the message too.
    pub(super) fn starts(&self) -> Vec<usize> {
        let mut start = 0;
        let starts = self.widths.iter().map(|width| {
            start += width;
            start
        });
        std::iter::once(0).chain(starts).collect()
    }

    /// Returns true when the first of `lines` is a row that stands where this table's rows do.
    pub(super) fn goes_on(&self, lines: &[Line<'_>], loose: bool) -> bool {
        self.clone().rows(lines, loose) > 0
    }

    /// Splits a line that starts as a row does at its wide gaps.
    fn chunks<'t>(&self, text: &'t str) -> Option<Vec<Chunk<'t>>> {
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '<') {
            return None;
        }
        let chunks = chunks(text);
        let aged = matches!(seen(chunks.get(self.lead)?.text), Ok(("", _)));
        (aged && chunks.len() > self.lead + 1).then_some(chunks)
    }

    /// Reads a line as a row whose object stands at offset `object`.
    fn front<'t>(&self, text: &'t str, object: usize) -> Option<Front<'t>> {
        let mut before = self.chunks(text)?;
        let place = before.iter().position(|chunk| chunk.at == object)?;
        let message = before.get(place + 1).map(|chunk| chunk.at);
        let object = before.get(place).copied().filter(|chunk| is_object(chunk.text))?;
        before.truncate(place);
        (before.len() > self.lead && before.len() <= self.lead + 3).then_some(Front {
            before,
            object,
            message,
        })
    }

    /// Returns the widths that `rows` have together, if every cell stands where they put it.
    fn widths_of(&self, rows: &[Front<'_>], loose: bool) -> Option<Vec<usize>> {
        let mut widths = Vec::with_capacity(self.widths.len());
        let mut start = 0;
        for (column, held) in self.widths.iter().enumerate() {
            let last = column + 1 == self.widths.len();
            let cell = |row: &Front<'_>| {
                let mut cells = row.before.iter().chain(std::iter::once(&row.object));
                cells.find(|chunk| chunk.at == start).map_or(0, |chunk| chunk.length)
            };
            let longest = rows.iter().map(cell).max().unwrap_or(0);
            let mut width = (longest + PADDING).max(*held).max(NARROWEST);
            let after = |row: &Front<'_>| {
                let mut cells = row.before.iter().map(|chunk| chunk.at);
                let object = (!last).then_some(row.object.at);
                cells.find(|at| *at > start).or(object.filter(|at| *at > start)).or(row.message)
            };
            let next = rows.iter().filter_map(after).min();
            if loose
                && longest > 0
                && let Some(next) = next
            {
                width = width.max(next - start);
            }
            widths.push(width);
            start += width;
        }
        let fitting = Self { widths, lead: self.lead };
        let starts = fitting.starts();
        let [front @ .., object, message] = starts.as_slice() else { return None };
        let fits = |row: &Front<'_>| {
            row.before.iter().all(|chunk| front.contains(&chunk.at))
                && row.object.at == *object
                && row.message.is_none_or(|at| at == *message)
        };
        (!rows.is_empty() && rows.iter().all(fits)).then_some(fitting.widths)
    }
}

/// Returns the chunks of `text` between gaps of three blanks or more.
fn chunks(text: &str) -> Vec<Chunk<'_>> {
    const MOST: usize = 8;
    let mut found: Vec<Chunk<'_>> = Vec::new();
    let (mut at, mut from, mut gap, mut end) = (0, 0, 0, 0);
    let mut start = 0;
    let mut open = false;
    for (point, (byte, c)) in text.char_indices().enumerate() {
        if c == ' ' {
            gap += 1;
            continue;
        }
        if open && gap >= PADDING {
            let cell = text.get(from..end).unwrap_or_default();
            found.push(Chunk { at: start, length: at + 1 - start, text: cell });
            if found.len() >= MOST {
                return found;
            }
            open = false;
        }
        if !open {
            (start, from, open) = (point, byte, true);
        }
        (gap, at, end) = (0, point, byte + c.len_utf8());
    }
    if open {
        let cell = text.get(from..end).unwrap_or_default();
        found.push(Chunk { at: start, length: at + 1 - start, text: cell });
    }
    found
}

/// True for `Pod/web-1`, kinds as the API spells them.
fn is_object(text: &str) -> bool {
    !text.contains(' ')
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && split_object(text).is_some()
}
