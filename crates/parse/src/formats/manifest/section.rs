//! The text of a section as one piece, and the way back from its bytes to lines.

use std::borrow::Cow;
use std::ops::Range;

use crate::emitter::Emitter;
use crate::text::Line;

/// The claimed lines as one text.
///
/// Lines that follow each other in the artifact are borrowed as they are; lines whose gutters or quote
/// marks were cut off are joined.
#[derive(Debug)]
pub(super) struct Section<'t> {
    /// The text.
    pub(super) text: Cow<'t, str>,
    /// The lines.
    pub(super) lines: &'t [Line<'t>],
    /// First byte of each line in `text`.
    starts: Vec<usize>,
}

impl<'t> Section<'t> {
    /// Joins `lines`, which are part of the emitter's text.
    pub(super) fn new<'e: 't>(lines: &'t [Line<'t>], out: &Emitter<'e>) -> Self {
        let base = lines.first().map_or(0, |line| line.offset);
        let end_of = |line: &Line<'_>| line.offset + line.text.len() as u64;
        let follows = |pair: &[Line<'_>]| match pair {
            [one, next] => matches!(out.slice(end_of(one)..next.offset), Some("\n" | "\r\n")),
            _ => true,
        };
        // A line that was mended or joined is no slice of the artifact's text.
        let own = |line: &Line<'_>| {
            out.slice(line.offset..end_of(line))
                .is_some_and(|text| std::ptr::eq(text.as_ptr(), line.text.as_ptr()))
        };
        let whole = lines.iter().all(own) && lines.windows(2).all(follows);
        let end = lines.last().map_or(0, end_of);
        let borrowed = if whole { out.slice(base..end) } else { None };
        if let Some(text) = borrowed {
            let start = |line: &Line<'_>| usize::try_from(line.offset - base).unwrap_or(usize::MAX);
            return Self {
                text: Cow::Borrowed(text),
                lines,
                starts: lines.iter().map(start).collect(),
            };
        }
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(text.len());
            text.push_str(line.text);
            text.push('\n');
        }
        Self { text: Cow::Owned(text), lines, starts }
    }

    /// Returns the index of the line that holds the byte at `offset`.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Returns the index of the first line that starts at or behind `offset`.
    pub(super) fn line_behind(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start < offset)
    }

    /// Returns the lines that hold `bytes`.
    pub(super) fn lines_of(&self, bytes: &Range<usize>) -> &'t [Line<'t>] {
        let first = self.line_at(bytes.start);
        let last = self.line_at(bytes.end.saturating_sub(1).max(bytes.start));
        self.lines.get(first..=last).unwrap_or_default()
    }

    /// Returns `bytes` as a line of their own, if they stand on one line: an item of a minified list.
    pub(super) fn part_of_line(&self, bytes: &Range<usize>) -> Option<Line<'_>> {
        let index = self.line_at(bytes.start);
        let line = self.lines.get(index).filter(|_| index == self.line_at(bytes.end - 1))?;
        let within = bytes.start - self.starts.get(index)?;
        let text = line.text.get(within..within + bytes.len())?;
        Some(Line { text, number: line.number, offset: line.offset + within as u64 })
    }

    /// Returns the text of the lines in `range`, with their line ends.
    pub(super) fn text_of(&self, range: &Range<usize>) -> &str {
        let start = self.starts.get(range.start).copied().unwrap_or(self.text.len());
        let end = self.starts.get(range.end).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default()
    }
}
