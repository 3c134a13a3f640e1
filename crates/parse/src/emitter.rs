//! What parsers state, on its way to the sink: provenance, excerpts and line accounting.

use std::collections::BTreeMap;

use kubetriage_model::{
    Coverage, Data, Event, Mark, Note, NoteKind, Provenance, Scope, Section, Sink,
};

use crate::text::{Line, Text};

/// Longest excerpt of one line, in bytes; longer lines are cut at a character.
const EXCERPT_LINE: usize = 2048;
/// Most lines of an excerpt.
const EXCERPT_LINES: usize = 4;

/// Takes statements from a format's parser, adds where they stand, and keeps the account of lines.
pub(crate) struct Emitter<'e> {
    sink: &'e mut dyn Sink,
    text: Text<'e>,
    used: Vec<bool>,
    quoted: bool,
    /// Lines that were made of several: number of the first, and how many.
    joined: BTreeMap<u64, usize>,
}

impl<'e> Emitter<'e> {
    /// Returns an emitter for one text of `lines` lines.
    pub(crate) fn new(sink: &'e mut dyn Sink, text: Text<'e>, lines: usize) -> Self {
        Self { sink, text, used: vec![false; lines], quoted: false, joined: BTreeMap::new() }
    }

    /// Returns the text between two byte offsets of the artifact's decoded text, if it is at hand.
    pub(crate) fn slice(&self, bytes: std::ops::Range<u64>) -> Option<&'e str> {
        let place = |offset: u64| usize::try_from(offset.checked_sub(self.text.offset)?).ok();
        self.text.text.get(place(bytes.start)?..place(bytes.end)?)
    }

    /// Tells which lines were made of several: the number of the first, and how many.
    pub(crate) fn set_joined(&mut self, joined: BTreeMap<u64, usize>) {
        self.joined = joined;
    }

    /// Returns how many lines of the artifact a line was made of.
    fn pieces(&self, line: &Line<'_>) -> usize {
        self.joined.get(&line.number).copied().unwrap_or(1)
    }

    /// Marks everything stated from now on as quoted by a document, or not.
    pub(crate) fn set_quoted(&mut self, quoted: bool) {
        self.quoted = quoted;
    }

    /// States `data`, read from `lines` (at least one).
    pub(crate) fn event(&mut self, lines: &[Line<'_>], data: impl Into<Data>) {
        self.statement(lines, Vec::new(), false, data.into());
    }

    /// States `data`, which `lines` only quote: never evidence.
    pub(crate) fn quoting(&mut self, lines: &[Line<'_>], data: impl Into<Data>) {
        let before = std::mem::replace(&mut self.quoted, true);
        self.event(lines, data);
        self.quoted = before;
    }

    /// States `data`, read from `lines` by repairing broken syntax.
    pub(crate) fn repaired(&mut self, lines: &[Line<'_>], data: impl Into<Data>) {
        self.statement(lines, Vec::new(), true, data.into());
    }

    /// States `data`, read from `lines`; `marks` tell on which line single fields stand.
    pub(crate) fn marked(&mut self, lines: &[Line<'_>], marks: Vec<Mark>, data: impl Into<Data>) {
        self.statement(lines, marks, false, data.into());
    }

    /// States `data`, read from lines that must not be shown: no excerpt, and marks without text.
    pub(crate) fn concealed(
        &mut self,
        lines: &[Line<'_>],
        mut marks: Vec<Mark>,
        data: impl Into<Data>,
    ) {
        self.used(lines);
        for mark in &mut marks {
            mark.text.clear();
        }
        let at = Provenance { marks, ..self.place(lines) };
        let event = Event { data: data.into(), at, repaired: false, quoted: self.quoted };
        if self.sink.wants(&event) {
            self.sink.event(event);
        }
    }

    /// States `data` with everything that can be said about its reading.
    pub(crate) fn statement(
        &mut self,
        lines: &[Line<'_>],
        marks: Vec<Mark>,
        repaired: bool,
        data: Data,
    ) {
        self.used(lines);
        self.part(lines, marks, repaired, data);
    }

    /// States `data` that stands on lines which another statement has counted: a part of a whole.
    ///
    /// Takes the same time however many lines the whole has.
    pub(crate) fn part(
        &mut self,
        lines: &[Line<'_>],
        marks: Vec<Mark>,
        repaired: bool,
        data: Data,
    ) {
        self.lazily(lines, || marks, repaired, data);
    }

    /// States `data` as [`Emitter::part`] does; its marks are only made where somebody wants the statement.
    pub(crate) fn lazily(
        &mut self,
        lines: &[Line<'_>],
        marks: impl FnOnce() -> Vec<Mark>,
        repaired: bool,
        data: Data,
    ) {
        let mut event = Event { data, at: self.place(lines), repaired, quoted: self.quoted };
        if self.sink.wants(&event) {
            event.at.excerpt = excerpt(lines);
            event.at.marks = marks();
            self.sink.event(event);
        }
    }

    /// Counts `lines` as understood without a statement of their own (headers, rulers, prompts).
    pub(crate) fn used(&mut self, lines: &[Line<'_>]) {
        for line in lines {
            let index = usize::try_from(line.number - self.text.first_line).unwrap_or(usize::MAX);
            let pieces = self.pieces(line);
            self.used.iter_mut().skip(index).take(pieces).for_each(|used| *used = true);
        }
    }

    /// Notes something about a place.
    pub(crate) fn note(&mut self, line: Option<&Line<'_>>, kind: NoteKind, message: &str) {
        let line = line.map(|line| line.number);
        let message = message.to_owned();
        self.sink.note(Note { artifact: self.text.artifact, line, kind, message });
    }

    /// States that a source of `kind` events was captured here.
    #[expect(clippy::too_many_arguments, reason = "the fields of `Coverage`, one each")]
    pub(crate) fn coverage(
        &mut self,
        lines: &[Line<'_>],
        kind: &'static str,
        object_kind: Option<&str>,
        scope: Scope,
        whole: bool,
    ) {
        if self.quoted {
            return;
        }
        let at = self.provenance(lines.get(..1).unwrap_or_default());
        let object_kind = object_kind.map(str::to_owned);
        self.sink.coverage(Coverage { kind, object_kind, scope, whole, at });
    }

    /// Describes the section that was just parsed.
    pub(crate) fn section(
        &mut self,
        lines: &[Line<'_>],
        format: &'static str,
        command: Option<&kubetriage_model::Command>,
    ) {
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            self.sink.section(Section {
                artifact: self.text.artifact,
                format,
                line: first.number,
                end_line: last.number + self.pieces(last) as u64 - 1,
                command: command.cloned().map(Box::new),
            });
        }
    }

    /// Reports the account of lines; call once, at the end of the text.
    pub(crate) fn finish(self, lines: &[Line<'_>]) {
        let blank = lines.iter().filter(|line| line.is_blank()).count() as u64;
        let total = lines.len() as u64 - blank;
        let used =
            lines.iter().zip(&self.used).filter(|(line, used)| **used && !line.is_blank()).count()
                as u64;
        self.sink.lines(self.text.artifact, total, used, blank);
    }

    /// Describes the block of a log that was scanned and reports the account of its lines, all of which
    /// count as understood; call once, instead of [`Emitter::finish`].
    pub(crate) fn finish_log(self, format: &'static str, lines: u64, blank: u64) {
        let (artifact, line) = (self.text.artifact, self.text.first_line);
        if lines > 0 {
            let end_line = line + lines - 1;
            let section = Section { artifact, format, line, end_line, command: None };
            self.sink.section(section);
        }
        self.sink.lines(artifact, lines - blank, lines - blank, blank);
    }

    /// Returns the byte behind a line in the artifact. A line whose text was mended is not a slice of the
    /// artifact's text; it ends where its physical line does.
    fn end_of(&self, line: &Line<'_>) -> u64 {
        let whole = self.text.text;
        let start = usize::try_from(line.offset.saturating_sub(self.text.offset)).unwrap_or(0);
        let slice = whole.get(start..).unwrap_or_default();
        let same = std::ptr::eq(slice.as_ptr(), line.text.as_ptr());
        if same {
            return line.offset + line.text.len() as u64;
        }
        let mut ends = memchr::memchr_iter(b'\n', slice.as_bytes());
        let end = ends.nth(self.pieces(line) - 1).unwrap_or(slice.len());
        let end = slice.get(..end).map_or(end, |line| line.trim_end_matches('\r').len());
        line.offset + end as u64
    }

    fn provenance(&self, lines: &[Line<'_>]) -> Provenance {
        Provenance { excerpt: excerpt(lines), ..self.place(lines) }
    }

    /// Returns where `lines` stand, without what they say.
    fn place(&self, lines: &[Line<'_>]) -> Provenance {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return Provenance { artifact: self.text.artifact, ..Provenance::default() };
        };
        Provenance {
            artifact: self.text.artifact,
            start: first.offset,
            end: self.end_of(last),
            line: first.number,
            end_line: last.number + self.pieces(last) as u64 - 1,
            ..Provenance::default()
        }
    }
}

/// Returns the mark of `field` on `line`.
pub(crate) fn mark(field: &'static str, line: &Line<'_>) -> Mark {
    Mark { field, line: line.number, text: cut(line.text).to_owned() }
}

fn excerpt(lines: &[Line<'_>]) -> String {
    let mut text = String::new();
    for (index, line) in lines.iter().take(EXCERPT_LINES).enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(cut(line.text));
    }
    text
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(EXCERPT_LINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
