//! Evidence as source code for miette: the captured lines themselves, at their real line numbers.
//!
//! A finding carries the lines it cites, so no file is read again and a line of a ten-gigabyte log costs
//! nothing. The cited lines of all files lie one after the other in one text, cut into regions: a region
//! is a run of neighboring lines of one file. A span never reaches across two regions, which makes
//! miette draw one box per region, each under its own `path:line:column`.

use std::collections::BTreeMap;

use kubetriage_model::Evidence;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::plain::{label, shorten, visible, visible_char};

/// Lines shown of one statement; the rest of a long one says little.
const LINES_PER_EXCERPT: usize = 4;

/// Most characters of a statement told in full.
const IN_FULL: usize = 600;

/// The cited lines of a finding, with a label on each cited value.
#[derive(Debug, Default)]
pub(super) struct Excerpts {
    text: String,
    regions: Vec<Region>,
    labels: Vec<Label>,
}

/// A run of neighboring lines of one file.
#[derive(Debug)]
struct Region {
    name: String,
    start: usize,
    end: usize,
    /// 0-based.
    first_line: usize,
    line_count: usize,
}

/// A value in the text, by bytes, and the column it has in its file (0-based, characters).
#[derive(Debug)]
struct Label {
    start: usize,
    length: usize,
    column: usize,
    name: String,
}

/// What one line of a file shows.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// Column and width (0-based, characters; width 0 is the whole line) to names.
    marks: BTreeMap<(usize, usize), String>,
}

impl Excerpts {
    /// Lays out `evidence` for a page of `width` columns, files in the order of their first mention.
    pub(super) fn new(evidence: &[&Evidence], width: usize) -> Self {
        let mut files: Vec<(&str, BTreeMap<usize, Line>)> = Vec::new();
        for one in evidence {
            let known = files.iter().position(|(name, _)| *name == one.artifact);
            let index = known.unwrap_or_else(|| {
                files.push((&one.artifact, BTreeMap::new()));
                files.len() - 1
            });
            if let Some((_, lines)) = files.get_mut(index) {
                add(lines, one);
            }
        }
        let mut excerpts = Self::default();
        for (name, lines) in &files {
            excerpts.file(&visible(name), lines, width);
        }
        excerpts
    }

    /// True when there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Returns the labels as miette wants them.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels
            .iter()
            .map(|label| LabeledSpan::new(Some(label.name.clone()), label.start, label.length))
    }

    /// Appends the cited lines of one file, one region per run.
    fn file(&mut self, name: &str, lines: &BTreeMap<usize, Line>, width: usize) {
        let mut behind = None;
        let digits = lines.last_key_value().map_or(1, |(last, _)| (last + 1).to_string().len());
        for (&number, line) in lines {
            if behind != Some(number) {
                self.regions.push(Region {
                    name: name.to_owned(),
                    start: self.text.len(),
                    end: self.text.len(),
                    first_line: number,
                    line_count: 0,
                });
            }
            // One blank, the number, and ` │ ` stand before the text.
            self.line(line, width.saturating_sub(digits + 4));
            if let Some(region) = self.regions.last_mut() {
                region.end = self.text.len();
                region.line_count += 1;
            }
            behind = Some(number + 1);
        }
    }

    /// Appends one line, cut to `width` characters around its first mark.
    fn line(&mut self, line: &Line, width: usize) {
        let whole: Vec<char> = line.text.chars().collect();
        let focus = line.marks.keys().next().map(|&mark| telling(&whole, mark, width));
        let window = Window::new(&whole, focus.unwrap_or_default(), width);
        for (&(column, length), name) in &line.marks {
            let (start, length) = telling(&whole, (column, length), width);
            let (from, to) = window.clip(start, length);
            let start = self.text.len() + window.bytes(from);
            let length = window.bytes(to) - window.bytes(from);
            self.labels.push(Label { start, length, column, name: name.clone() });
        }
        self.text.push_str(&window.shown);
        self.text.push('\n');
    }

    /// Returns the region that holds all of `span`.
    fn region(&self, span: &SourceSpan) -> Option<&Region> {
        let index = self.regions.partition_point(|region| region.end <= span.offset());
        self.regions.get(index).filter(|region| {
            region.start <= span.offset() && span.offset() + span.len() <= region.end
        })
    }
}

/// Adds the lines and the mark of one piece of evidence.
fn add(lines: &mut BTreeMap<usize, Line>, evidence: &Evidence) {
    let first = bounded(evidence.line.saturating_sub(1));
    for (index, text) in evidence.excerpt.lines().take(LINES_PER_EXCERPT).enumerate() {
        let line = lines.entry(first + index).or_default();
        if line.text.len() < text.len() {
            line.text = text.chars().map(visible_char).collect();
        }
    }
    let column = bounded(evidence.column.saturating_sub(1));
    let width = bounded(evidence.width);
    let names = lines.entry(first).or_default().marks.entry((column, width)).or_default();
    let name = label(evidence);
    if names.is_empty() {
        *names = name;
    } else if !names.split(", ").any(|known| known == name) {
        names.push_str(", ");
        names.push_str(&name);
    }
}

/// Returns a place as an index that can be added to without overflow.
fn bounded(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX).min(usize::MAX / 8)
}

/// Returns the statement that `evidence` marks, if its line is too long to be drawn whole.
///
/// Of a table row it is the column with the mark and what is behind it; a very long one is cut.
pub(super) fn in_full(evidence: &Evidence, width: usize) -> Option<String> {
    let line: Vec<char> = visible(evidence.excerpt.lines().next()?).chars().collect();
    let digits = evidence.line.to_string().len();
    if line.len() + digits + 4 <= width {
        return None;
    }
    let mark = (bounded(evidence.column.saturating_sub(1)), bounded(evidence.width));
    let (start, _) = telling(&line, mark, 0);
    let before = line.get(..start).unwrap_or_default();
    let gap = before.windows(2).rposition(|pair| pair == [' ', ' ']);
    let statement: String = line.get(gap.map_or(0, |gap| gap + 2)..)?.iter().collect();
    Some(shorten(statement.trim(), IN_FULL))
}

/// Returns column and length of the part of a mark to draw: all of it where it fits into `width`.
///
/// Of a table row that does not fit, the last column tells most: it is the message.
fn telling(line: &[char], (column, length): (usize, usize), width: usize) -> (usize, usize) {
    let (start, length) = if length == 0 { trimmed(line) } else { (column, length) };
    let end = start.saturating_add(length).min(line.len());
    if start + width >= end {
        return (start, length);
    }
    let marked = line.get(start..end).unwrap_or_default();
    let gap = marked.windows(2).rposition(|pair| pair == [' ', ' ']);
    gap.map_or((start, length), |gap| (start + gap + 2, end - start - gap - 2))
}

/// Returns column and length of the text between the blanks at both ends.
fn trimmed(line: &[char]) -> (usize, usize) {
    let start = line.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
    let end = line.iter().rposition(|c| !c.is_whitespace()).map_or(start, |last| last + 1);
    (start, end - start)
}

/// The part of a long line that fits, with an ellipsis where it was cut.
struct Window {
    shown: String,
    /// Characters of the line before the part.
    from: usize,
    /// Characters of the part.
    count: usize,
}

impl Window {
    /// Cuts `line` to `width` characters so that the value at column and length `focus` is seen.
    fn new(line: &[char], (column, length): (usize, usize), width: usize) -> Self {
        let width = width.max(8);
        // From the start while the value is in reach, else with up to a third of the room before it.
        let from = if line.len() <= width || column + length < width {
            0
        } else {
            let before = width.saturating_sub(length + 1).clamp(2, width / 3);
            column.saturating_sub(before).min(line.len() - width)
        };
        let to = line.len().min(from + width);
        let mut part: Vec<char> = line.get(from..to).unwrap_or_default().to_vec();
        if let Some(first) = part.first_mut().filter(|_| from > 0) {
            *first = '…';
        }
        if let Some(last) = part.last_mut().filter(|_| to < line.len()) {
            *last = '…';
        }
        if part.is_empty() {
            part.push(' ');
        }
        Self { shown: part.iter().collect(), from, count: part.len() }
    }

    /// Returns first character and the one behind the last of a value, inside the part, never empty.
    fn clip(&self, column: usize, length: usize) -> (usize, usize) {
        let start = column.saturating_sub(self.from).min(self.count - 1);
        let end = (column + length).saturating_sub(self.from).clamp(start + 1, self.count);
        (start, end)
    }

    /// Returns the byte at which the character with the given index begins.
    fn bytes(&self, character: usize) -> usize {
        self.shown.chars().take(character).map(char::len_utf8).sum()
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let region = self.region(span).ok_or(MietteError::OutOfBounds)?;
        let bytes = self.text.as_bytes().get(region.start..region.end).unwrap_or_default();
        let label = self.labels.iter().find(|label| label.start == span.offset());
        Ok(Box::new(MietteSpanContents::new_named(
            region.name.clone(),
            bytes,
            SourceSpan::from((region.start, bytes.len())),
            region.first_line,
            label.map_or(0, |label| label.column),
            region.line_count,
        )))
    }
}
