//! Reading an events table: which lines are rows, which are text of a message, and where the table ends.

use nom::Offset;

use super::brackets::Open;
use super::label::labeled;
use super::outline::{Around, is_foreign, is_next_object, starts_object};
use super::row::{Columns, Row, cell, is_spread, row, tail_at};
use crate::text::Line;

/// Most lines behind a blank line that are searched for a further row.
const GAP_LINES: usize = 500;
/// Most bytes of a message that are searched for its end; recorders cut messages at 1024.
const MESSAGE_BYTES: usize = 4096;
/// Most lines behind a blank line that the end of a capture can leave of a message.
const CUT_LINES: usize = 40;

/// One event with all its lines.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// Its row.
    pub(super) row: Row<'t>,
    /// Index of the first line, and of the line behind the last.
    pub(super) lines: (usize, usize),
    /// Offset of the From column, when the table is aligned.
    pub(super) from: Option<usize>,
}

/// Offsets of a header line.
#[derive(Debug, Clone, Copy)]
struct Header {
    indent: usize,
    age: usize,
    from: usize,
}

/// True for the header of an events table.
pub(super) fn is_header(text: &str) -> bool {
    let mut words = text.split_whitespace();
    match words.next() {
        Some("Type") => words.eq(["Reason", "Age", "From", "Message"]),
        Some("FirstSeen") => words.next() == Some("LastSeen") && words.next() == Some("Count"),
        _ => false,
    }
}

fn is_ruler(text: &str) -> bool {
    text.contains("---") && text.chars().all(|c| c == '-' || c.is_whitespace())
}

impl Header {
    fn read(text: &str) -> Option<Self> {
        let (age, from) = (text.find("  Age")? + 2, text.find("  From")? + 2);
        Some(Self { indent: text.len() - text.trim_start().len(), age, from })
    }

    /// Returns true when rows stand under From, or all under Message because no row has a source. Names that
    /// somebody replaced in a row, and ages, move what stands behind them.
    fn leads(&self, rows: &[Entry<'_>]) -> bool {
        let mut tails = rows.iter().filter_map(|entry| tail_at(&entry.row));
        let message = self.from + "From  ".len();
        tails.clone().any(|at| at == self.from) || tails.all(|at| at == message)
    }
}

/// What stood above the line at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Head,
    Row,
    Text,
    Blank,
}

/// One table.
#[derive(Debug, Default)]
pub(super) struct Table<'t> {
    /// Its events.
    pub(super) entries: Vec<Entry<'t>>,
    /// Lines of `Events:`, header and ruler.
    pub(super) head: usize,
    /// All lines.
    pub(super) len: usize,
    header: Option<Header>,
    /// True when the first row stands under the header as kubectl prints it.
    genuine: bool,
    /// What stands around it.
    around: Around,
    /// True when the text above the line at hand may have been laid out with tabs.
    spread: bool,
}

impl<'t> Table<'t> {
    /// Reads the table that starts at the first of `lines`.
    pub(super) fn read(lines: &[Line<'t>], around: Around) -> Self {
        let mut table = Self { around, ..Self::default() };
        if table.read_head(lines) {
            table.read_rows(lines);
            table.set_columns();
        }
        table
    }

    /// Reads what stands above the rows; false when there are none.
    fn read_head(&mut self, lines: &[Line<'t>]) -> bool {
        let titled = lines.first().and_then(|line| labeled(line.trimmed()));
        let titled = titled.filter(|(label, _)| *label == "Events");
        self.head = usize::from(titled.is_some());
        if titled.is_some_and(|(_, value)| !value.is_empty()) {
            self.len = self.head;
            return false;
        }
        let heading = |line: &Line<'_>| is_header(line.text) || is_ruler(line.text);
        for (at, line) in lines.iter().enumerate().skip(self.head).take(6) {
            if heading(line) {
                self.header = self.header.or_else(|| Header::read(line.text));
                self.head = at + 1;
            } else if !line.is_blank() {
                break;
            }
        }
        self.len = self.head;
        true
    }

    fn read_rows(&mut self, lines: &[Line<'t>]) {
        let mut above = Above::Head;
        // True behind a blank line that no row has followed yet.
        let mut apart = false;
        let mut stop = lines.len();
        let mut at = self.head;
        while let Some(line) = lines.get(at) {
            if line.is_blank() {
                (apart, above) = (true, Above::Blank);
                at += 1;
                continue;
            }
            let rest = lines.get(at..).unwrap_or_default();
            let rows = self.rows(rest, above);
            if !rows.is_empty() {
                at = self.add(at, &rows, above);
                (apart, above) = (false, Above::Row);
                continue;
            }
            let quoted = self.quoted_rows(rest);
            if quoted.is_none() && self.ends(lines, at) {
                stop = at;
                break;
            }
            at += quoted.unwrap_or(1);
            // Behind a blank line, text is the last row's only when another row follows.
            self.extend(if apart { self.len } else { at });
            above = Above::Text;
            self.spread = lines.get(at - 1).is_some_and(|line| is_spread(line.text));
        }
        self.close(lines, stop);
    }

    /// Returns the rows of this table at the front of `lines`, given what stands above them.
    fn rows(&self, lines: &[Line<'t>], above: Above) -> Vec<Row<'t>> {
        let Some(found) = lines.first().and_then(|line| row(line.text)) else { return Vec::new() };
        let headed = above == Above::Head && self.is_aligned(&found);
        match self.entries.first() {
            None if headed => self.run(lines, found),
            None if found.is_sure() => vec![found],
            Some(_) if !self.genuine && found.is_sure() => vec![found],
            Some(_) if above == Above::Text && self.is_headed(&found) => vec![found],
            Some(_) if self.genuine && above == Above::Text => {
                let rows = self.run(lines, found);
                if self.is_tight(lines, &rows) { rows } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// Returns the rows that follow each other at the front and are aligned with the first.
    fn run(&self, lines: &[Line<'t>], first: Row<'t>) -> Vec<Row<'t>> {
        let indent = self.indent(&first);
        let placed = |row: &Row<'_>| match row.columns {
            Columns::Wide(2) => row.start == indent,
            Columns::Wide(1) if !row.kind.is_empty() => row.start == indent,
            Columns::Wide(_) => row.start >= indent,
            Columns::Collapsed | Columns::Legacy => false,
        };
        if !placed(&first) {
            return Vec::new();
        }
        let rows = lines.iter().map_while(|line| row(line.text));
        let rows = rows.take_while(|row| placed(row) && row.age_at == first.age_at);
        // A lone word where types stand is a type.
        let typed = rows.map(|row| match row.columns {
            Columns::Wide(1) if row.kind.is_empty() && row.start == indent => {
                Row { kind: row.reason, reason: "", ..row }
            }
            _ => row,
        });
        typed.collect()
    }

    fn indent(&self, first: &Row<'_>) -> usize {
        let own = self.entries.first().map_or(first.start, |entry| entry.row.start);
        self.header.map_or(own, |header| header.indent)
    }

    /// Returns true when the columns of `rows`, which stand behind text, are as wide as kubectl makes them:
    /// as their longest cell and two blanks. Text with tabs above them may have widened the first two.
    fn is_tight(&self, lines: &[Line<'_>], rows: &[Row<'_>]) -> bool {
        let Some(first) = rows.first() else { return false };
        let longest = |length: fn(&Row<'_>) -> usize| rows.iter().map(length).max().unwrap_or(0);
        let reason = self.indent(first) + longest(|row| row.kind.len()) + 2;
        let age = reason + longest(|row| row.reason.len()) + 2;
        let from = age + longest(|row| row.age_end - row.age_at) + 2;
        let widened = first
            .age_at
            .checked_sub(age)
            .filter(|wider| *wider == 0 || self.spread && rows.iter().all(Row::is_sure));
        let Some(wider) = widened else { return false };
        let from = from + wider;
        let source = rows.iter().filter(|row| tail_at(row) == Some(from));
        let longest = source.map(|row| cell(row.tail.trim_start()).0.chars().count()).max();
        // Without a source, the message stands behind its empty column.
        let message = from + longest.unwrap_or(0) + 2;
        rows.iter().zip(lines).all(|(row, line)| {
            let reasoned = row.reason.is_empty() || {
                let at = line.text.offset(row.reason);
                at >= reason && at <= reason + wider
            };
            reasoned && tail_at(row).is_none_or(|at| at == from || at == message)
        })
    }

    /// Returns how many lines a table takes that a message quotes: its title, header, ruler and rows.
    fn quoted_rows(&self, lines: &[Line<'_>]) -> Option<usize> {
        if !self.genuine || self.around == Around::Anything {
            return None;
        }
        let first = lines.first()?;
        let titled = labeled(first.text).is_some_and(|(label, _)| label == "Events");
        let head = usize::from(titled);
        let header = lines.get(head).filter(|line| is_header(line.text))?;
        let ruled = lines.get(head + 1).is_some_and(|line| is_ruler(line.text));
        let age = Header::read(header.text)?.age;
        let above = head + 1 + usize::from(ruled);
        let rows = lines.iter().skip(above).map_while(|line| row(line.text));
        Some(above + rows.take_while(|row| row.age_at == age).count())
    }

    /// Returns true for a row with all cells that stands exactly under the header although text is above it,
    /// which moves kubectl's own rows: then the text is a sentence that somebody broke.
    fn is_headed(&self, row: &Row<'t>) -> bool {
        self.header.is_some_and(|header| {
            row.is_sure()
                && row.columns == Columns::Wide(2)
                && (row.start, row.age_at) == (header.indent, header.age)
                && tail_at(row) == Some(header.from)
        })
    }

    fn is_aligned(&self, row: &Row<'t>) -> bool {
        self.header.is_some_and(|header| header.age == row.age_at)
    }

    /// Adds the rows that start at line `at`; returns the line behind them.
    fn add(&mut self, at: usize, rows: &[Row<'t>], above: Above) -> usize {
        for (at, row) in (at..).zip(rows) {
            if self.entries.is_empty() {
                self.genuine = above == Above::Head && self.is_aligned(row);
            } else {
                self.extend(at);
            }
            self.entries.push(Entry { row: *row, lines: (at, at + 1), from: None });
            self.len = at + 1;
        }
        at + rows.len()
    }

    /// Gives the last row the lines up to `end`.
    fn extend(&mut self, end: usize) {
        if let Some(last) = self.entries.last_mut() {
            last.lines.1 = end.max(last.lines.1);
            self.len = end;
        }
    }

    /// Returns true when the table ends above line `at`.
    fn ends(&self, lines: &[Line<'_>], at: usize) -> bool {
        let Some(line) = lines.get(at) else { return true };
        if self.entries.is_empty() || at - self.len > GAP_LINES {
            return true;
        }
        let object = starts_object(lines, at);
        if self.genuine && self.around == Around::Objects && !is_next_object(lines, at) {
            return false;
        }
        if object || is_foreign(line.text) {
            return !self.genuine || !self.quotes(lines, at);
        }
        let titled = labeled(line.trimmed()).is_some_and(|(label, _)| label == "Events");
        let apart = at.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(Line::is_blank);
        titled && (!self.genuine || apart && self.around == Around::Anything)
    }

    /// Returns true when the text at `at`, which looks like another object or a prompt, belongs to a
    /// message: a row of this table follows it, or the next of several objects does, which nothing but the
    /// end of this one announces.
    fn quotes(&self, lines: &[Line<'_>], at: usize) -> bool {
        let mut object = starts_object(lines, at);
        let one_of_several = is_next_object(lines, at);
        let mut above = Above::Text;
        let mut bytes = 0;
        let mut next = at + 1;
        while let Some(line) = lines.get(next).filter(|_| bytes < MESSAGE_BYTES) {
            bytes += line.text.len() + 1;
            let rest = lines.get(next..).unwrap_or_default();
            if is_next_object(lines, next) {
                return self.around != Around::Anything && !one_of_several;
            }
            object |= starts_object(lines, next);
            let quoted = self.quoted_rows(rest);
            // The events of that object: it is another one indeed.
            if object && (quoted.is_some() || is_header(line.text)) {
                return false;
            }
            if let Some(count) = quoted {
                next += count;
                above = Above::Text;
                continue;
            }
            if above == Above::Text && !self.rows(rest, Above::Text).is_empty() {
                return true;
            }
            above = if line.is_blank() { Above::Blank } else { Above::Text };
            next += 1;
        }
        false
    }

    /// Decides whether the lines between the last row's paragraph and `stop` belong to its message: they
    /// do when the message has an open bracket that they close, or when kubectl's two blank lines and the
    /// next object follow them.
    fn close(&mut self, lines: &[Line<'_>], stop: usize) {
        let Some(rest) = lines.get(self.len..stop).filter(|rest| rest.len() < GAP_LINES) else {
            return;
        };
        let Some(last) = rest.iter().rposition(|line| !line.is_blank()) else { return };
        if !self.genuine {
            return;
        }
        let separated =
            rest.len() - last == 3 && starts_object(lines, stop) || self.around == Around::Objects;
        if separated {
            return self.extend(self.len + last + 1);
        }
        let own = self.entries.last().and_then(|entry| lines.get(entry.lines.0..entry.lines.1));
        let mut open = Open::default();
        for line in own.unwrap_or_default() {
            open.read(line.text);
        }
        for (at, line) in rest.iter().enumerate() {
            if !open.is_open() {
                return;
            }
            open.read(line.text);
            if !open.is_open() {
                return self.extend(self.len + at + 1);
            }
        }
        // The capture ends inside the message.
        if open.is_open() && stop == lines.len() && rest.len() < CUT_LINES {
            self.extend(self.len + last + 1);
        }
    }

    /// Sets the From column of each block of aligned rows: the header's where the rows keep to it, else two
    /// blanks behind the longest age.
    fn set_columns(&mut self) {
        if !self.genuine {
            return;
        }
        let head = self.head;
        let mut rest = self.entries.as_mut_slice();
        while let Some(first) = rest.first() {
            let headed = first.lines.0 == head;
            let whole = rest.windows(2).take_while(|pair| match pair {
                [a, b] => a.lines.1 == a.lines.0 + 1 && b.lines.0 == a.lines.1,
                _ => false,
            });
            let (block, after) = rest.split_at_mut(whole.count() + 1);
            let longest = block.iter().map(|entry| entry.row.age_end + 2).max();
            let leading = self.header.filter(|header| headed && header.leads(block));
            let from = leading.map(|header| header.from).or(longest);
            for entry in block.iter_mut() {
                entry.from = from;
            }
            rest = after;
        }
    }
}
