//! Scanning a block of a log: only lines of interest are looked at, the others are counted.

use kubetriage_model::Sink;

use super::{kind, record};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::formats::log::origin::Origin;
use crate::text::{Line, Text};

/// Most lines that are looked at around a line of interest.
const WINDOW: usize = 64;

/// Reads one newline-aligned block of a log.
pub(crate) fn scan(text: Text<'_>, context: &Context<'_>, sink: &mut dyn Sink) {
    let mut out = Emitter::new(sink, text, 0);
    if context.interest.everything() {
        let lines = text.lines();
        super::read(&lines, context, &mut out);
    } else {
        let origin = Origin::of(context);
        candidates(text, context, &origin, &mut out);
        if text.offset == 0 {
            let head = head(text);
            let kind = kind(&head);
            out.coverage(&head, kind, None, origin.scope(), origin.whole());
        }
    }
    let count = Count::of(text.text);
    out.finish_log(kind(&head(text)), count.lines, count.blank);
}

/// States the records that hold a place of interest.
fn candidates(text: Text<'_>, context: &Context<'_>, origin: &Origin, out: &mut Emitter<'_>) {
    let mut cursor = Cursor { at: 0, number: text.first_line };
    let mut done = 0;
    context.interest.scan(text.text, &mut |place| {
        if place < done {
            return;
        }
        let window = cursor.window(text, place, done);
        let mut rest = window.as_slice();
        while !rest.is_empty() {
            let (record, after) = rest.split_at(record::length(rest).min(rest.len()));
            rest = after;
            let end = record.last().map_or(0, |line| line.offset + line.text.len() as u64);
            let end = usize::try_from(end - text.offset).unwrap_or(usize::MAX);
            if end >= place {
                origin.state(record, out);
                done = end + 1;
                return;
            }
        }
    });
}

/// A place in the block whose line number is known.
struct Cursor {
    at: usize,
    number: u64,
}

impl Cursor {
    /// Moves to the start of the line at `place` and returns the lines around it: from the start of its
    /// record (not before `done`) on.
    fn window<'t>(&mut self, text: Text<'t>, place: usize, done: usize) -> Vec<Line<'t>> {
        let bytes = text.text.as_bytes();
        let start = line_start(bytes, place);
        let passed = bytes.get(self.at..start).unwrap_or_default();
        self.number += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.at = start;
        let first = self.record_start(text, done);
        let lines = Text {
            text: text.text.get(first.0..).unwrap_or_default(),
            offset: text.offset + first.0 as u64,
            first_line: first.1,
            ..text
        };
        // Almost every record is one line.
        let alone = first.0 == start && !lines.first_lines(1).iter().any(|l| record::opens(l.text));
        lines.first_lines(if alone { 1 } else { WINDOW })
    }

    /// Returns offset and number of the line at which the record of the present line starts.
    fn record_start(&self, text: Text<'_>, done: usize) -> (usize, u64) {
        let bytes = text.text.as_bytes();
        let (mut at, mut number) = (self.at, self.number);
        let mut line = text.text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        for _ in 0..WINDOW / 2 {
            let Some(end) = at.checked_sub(1).filter(|end| *end > done) else { break };
            let start = line_start(bytes, end);
            let before = text.text.get(start..end).unwrap_or_default();
            let before = before.strip_suffix('\r').unwrap_or(before);
            if start < done || !record::continues(line, before) {
                break;
            }
            (at, number, line) = (start, number - 1, before);
        }
        (at, number)
    }
}

/// Returns where the line that holds `place` starts.
fn line_start(bytes: &[u8], place: usize) -> usize {
    let before = bytes.get(..place).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(0, |at| at + 1)
}

/// Returns the first lines of a text.
fn head(text: Text<'_>) -> Vec<Line<'_>> {
    text.first_lines(WINDOW)
}

/// The account of a block's lines.
struct Count {
    lines: u64,
    blank: u64,
}

impl Count {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut count = Self { lines: 0, blank: 0 };
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            count.add(bytes, start, end);
            start = end + 1;
        }
        if start < bytes.len() {
            count.add(bytes, start, bytes.len());
        }
        count
    }

    fn add(&mut self, bytes: &[u8], start: usize, end: usize) {
        self.lines += 1;
        // The first byte tells for almost every line.
        if bytes.get(start).is_some_and(u8::is_ascii_graphic) {
            return;
        }
        let line = bytes.get(start..end).unwrap_or_default();
        let blank = std::str::from_utf8(line).is_ok_and(|line| line.trim().is_empty());
        self.blank += u64::from(blank);
    }
}
