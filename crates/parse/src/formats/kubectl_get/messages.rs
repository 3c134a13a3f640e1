//! Messages of several lines in tables of events: where they end and the next row starts.

use std::borrow::Cow;

use super::blocks::Blocks;
use super::cells;
use super::header::Header;
use super::shapes;
use super::stderr::is_stderr;
use super::table::{Item, Table};
use crate::segment::interrupts;
use crate::text::Line;

/// Most lines between an event's row and the next one: a message, or lines of something else.
const MOST_MESSAGE_LINES: usize = 500;

impl Table {
    /// Walks over a table of `kubectl events` whose rows stand where kubectl puts them.
    pub(super) fn walk_blocks<'l, 't>(
        &self,
        lines: &'l [Line<'t>],
        mut blocks: Blocks,
        mut visit: impl FnMut(Item<'l, 't>),
    ) -> usize {
        let mut at = self.head;
        let mut loose = false;
        while let Some(rest) = lines.get(at..) {
            let count = blocks.rows(rest, loose);
            let Some((rows, behind)) = rest.split_at_checked(count).filter(|_| count > 0) else {
                break;
            };
            let more = behind.get(..self.text_lines(behind, &blocks)).unwrap_or_default();
            let starts = blocks.starts();
            let above = rows.split_last().map_or(rows, |(_, above)| above);
            let own = |row: &'l Line<'t>| {
                let cells = cells::slices(row.text, &starts);
                (std::slice::from_ref(row), Cow::Borrowed(row.text), cells)
            };
            let mores = above.iter().map(|_| &[][..]).chain([more]);
            rows.iter().map(own).zip(mores).for_each(|((lines, text, cells), more)| {
                visit(Item::Row { lines, text, more, cells });
            });
            loose = more.iter().any(|line| line.trimmed().contains("   "));
            at += count + more.len();
        }
        at
    }

    /// Counts the lines at the front that continue the message of a row: all up to the next row of this
    /// table. A table that a message quotes is passed over, unless it is just such a table.
    fn text_lines(&self, rest: &[Line<'_>], blocks: &Blocks) -> usize {
        let mut at = 0;
        let (mut apart, mut loose) = (false, false);
        while let Some(line) = rest.get(at).filter(|_| at < MOST_MESSAGE_LINES) {
            let ahead = rest.get(at..).unwrap_or_default();
            let header = Header::read(line.text).filter(|header| header.has("LAST SEEN"));
            if header.as_ref() == Some(&self.header) {
                break;
            }
            if let Some(header) = header {
                let below = ahead.get(1..).unwrap_or_default();
                at += 1 + Blocks::of(&header).map_or(0, |mut quoted| quoted.rows(below, false));
                continue;
            }
            if !apart && blocks.goes_on(ahead, loose) {
                return at;
            }
            apart = line.is_blank();
            loose |= line.trimmed().contains("   ");
            at += 1;
        }
        Self::last_lines(rest)
    }

    /// Counts the lines at the front that continue the message of an event.
    ///
    /// Lines before a further row of the same table are message text, whatever they look like; behind
    /// the last row only lines that nothing else begins with.
    pub(super) fn message_lines(&self, rest: &[Line<'_>]) -> usize {
        if !self.is_events() || self.head == 0 {
            return 0;
        }
        if rest.first().is_none_or(|line| {
            self.cells(line.text).is_some() || !self.whole_messages && is_stderr(line.text)
        }) {
            return 0;
        }
        // The header of another kind's table, quoted by a message, ends nothing while rows follow.
        let ends = |line: &Line<'_>| {
            !self.whole_messages && is_stderr(line.text)
                || Header::read(line.text).is_some_and(|header| header.has("LAST SEEN"))
        };
        let window = rest.iter().take(MOST_MESSAGE_LINES);
        let until = window.take_while(|line| !ends(line)).position(|l| self.is_row(l.text));
        if let Some(next) = until {
            return if rest.iter().take(next).all(Line::is_blank) { 0 } else { next };
        }
        Self::last_lines(rest)
    }

    /// Counts the lines at the front that continue the message of the last row: those that nothing else
    /// begins with.
    fn last_lines(rest: &[Line<'_>]) -> usize {
        let stop = |line: &Line<'_>| Header::read(line.text).is_some() || is_stderr(line.text);
        let mut count = 0;
        while let Some(line) = rest.get(count).filter(|_| count < MOST_MESSAGE_LINES) {
            let goes_on = line.is_blank() && rest.get(count + 1).is_some_and(|l| is_deep(line, l));
            if stop(line) || (line.is_blank() && !goes_on) || begins_something(line.text) {
                break;
            }
            count += 1;
        }
        count
    }
}

/// True for a line far from the margin; `before` is the line above it.
///
/// What was taken off its front shows as a gap between the offsets of both lines.
fn is_deep(before: &Line<'_>, line: &Line<'_>) -> bool {
    let end = before.offset + before.text.len() as u64;
    let cut = usize::try_from(line.offset.saturating_sub(end)).unwrap_or(0).saturating_sub(2);
    line.indent() + cut >= 8
}

/// True for lines with which the output of another command begins.
fn begins_something(text: &str) -> bool {
    if interrupts(text) {
        return true;
    }
    let starts = ["Name:", "apiVersion:", "NAME:", "Server:", "kind:", "==== ", "$ ", "# ", "PS "];
    starts.iter().any(|start| text.starts_with(start)) || shapes::headerless(text, None).is_some()
}
