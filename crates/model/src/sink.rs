//! How parsers hand over what they state, and how they learn which log lines matter.

use crate::{ArtifactId, Command, Coverage, Event, Note};

/// One recognised section of an artifact: the output of one command, or one block of one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The artifact.
    pub artifact: ArtifactId,
    /// Name of the format (`kubectl_get`), or `unrecognized`.
    pub format: &'static str,
    /// First line (1-based).
    pub line: u64,
    /// Last line (1-based, inclusive).
    pub end_line: u64,
    /// The command that printed it, if the capture tells.
    pub command: Option<Box<Command>>,
}

/// Receives what parsers state. Parsers cannot fail, so there is no error here.
pub trait Sink {
    /// Returns true if `event`, which has no excerpt and no marks yet, is worth completing; one that is not
    /// wanted may be counted here and is not handed over. Asked once for each statement.
    fn wants(&mut self, _event: &Event) -> bool {
        true
    }
    /// Takes one statement.
    fn event(&mut self, event: Event);
    /// Takes one note.
    fn note(&mut self, note: Note);
    /// Takes one statement about completeness.
    fn coverage(&mut self, coverage: Coverage);
    /// Takes the description of a section, after its events.
    fn section(&mut self, section: Section);
    /// Takes the line accounting of a text: non-blank lines, and how many of them were understood.
    ///
    /// Blocks of one artifact report one after the other; the figures add up.
    fn lines(&mut self, artifact: ArtifactId, total: u64, used: u64, blank: u64);
}

/// Tells a scanner which log lines may matter, without telling it why.
///
/// Every other format is parsed whole; logs are scanned (they are most of a bundle's bytes).
pub trait Interest: Sync {
    /// Calls `found` with the byte offset of each place in `text` that makes its line worth parsing, in
    /// ascending order. Several places on one line are allowed.
    fn scan(&self, text: &str, found: &mut dyn FnMut(usize));
    /// True when every line shall become an event (the `parse` command).
    fn everything(&self) -> bool {
        false
    }
}

/// A sink that keeps everything, in order.
#[derive(Debug, Default, Clone)]
pub struct Parsed {
    /// Statements in the order of the text.
    pub events: Vec<Event>,
    /// Notes in the order of the text.
    pub notes: Vec<Note>,
    /// Statements about completeness.
    pub coverage: Vec<Coverage>,
    /// Sections in the order of the text.
    pub sections: Vec<Section>,
    /// Non-blank lines.
    pub total: u64,
    /// Non-blank lines that were understood.
    pub used: u64,
    /// Blank lines.
    pub blank: u64,
}

impl Sink for Parsed {
    fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    fn coverage(&mut self, coverage: Coverage) {
        self.coverage.push(coverage);
    }

    fn section(&mut self, section: Section) {
        self.sections.push(section);
    }

    fn lines(&mut self, _artifact: ArtifactId, total: u64, used: u64, blank: u64) {
        self.total += total;
        self.used += used;
        self.blank += blank;
    }
}

impl Parsed {
    /// Adds what another text of the same artifact stated, behind what is already here.
    pub fn append(&mut self, later: Self) {
        join(&mut self.events, later.events);
        join(&mut self.notes, later.notes);
        join(&mut self.coverage, later.coverage);
        join(&mut self.sections, later.sections);
        self.total += later.total;
        self.used += later.used;
        self.blank += later.blank;
    }

    /// Gives back memory that was set aside for more; a bundle may have a million artifacts that state little.
    pub fn shrink_to_fit(&mut self) {
        self.events.shrink_to_fit();
        self.notes.shrink_to_fit();
        self.coverage.shrink_to_fit();
        self.sections.shrink_to_fit();
    }
}

/// Puts `later` behind `all`; the first of many costs no copy.
fn join<T>(all: &mut Vec<T>, mut later: Vec<T>) {
    if all.is_empty() {
        *all = later;
    } else {
        all.append(&mut later);
    }
}
