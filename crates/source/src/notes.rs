//! Notes about one artifact while it is read.

use kubetriage_model::{ArtifactId, Note, NoteKind};

/// Different notes kept for one artifact; what exceeds it is counted in a last note.
const MOST: usize = 32;

/// The notes of one artifact. The same remark on many lines is one note with a count.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    entries: Vec<Entry>,
    left_out: u64,
}

/// One remark and how often it was made.
#[derive(Debug)]
struct Entry {
    kind: NoteKind,
    line: Option<u64>,
    message: String,
    lines: u64,
}

impl Notes {
    /// Adds a note about the artifact as a whole.
    pub(crate) fn add(&mut self, kind: NoteKind, message: impl Into<String>) {
        self.push(kind, None, message.into());
    }

    /// Adds a remark that changes nothing, if there is one.
    #[cfg(feature = "archive")]
    pub(crate) fn warn(&mut self, message: Option<&str>) {
        if let Some(message) = message {
            self.add(NoteKind::Info, message);
        }
    }

    /// Returns true when there are no notes.
    #[cfg(feature = "archive")]
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a note about a line (1-based).
    pub(crate) fn at(&mut self, kind: NoteKind, line: u64, message: impl Into<String>) {
        self.push(kind, Some(line), message.into());
    }

    /// Adds a note about how a line was decoded; further lines with the same remark are counted.
    pub(crate) fn encoding(&mut self, line: u64, message: &str) {
        let known = self.entries.iter_mut().find(|entry| entry.message == message);
        match known {
            Some(entry) => entry.lines += 1,
            None => self.push(NoteKind::Encoding, Some(line), message.to_owned()),
        }
    }

    fn push(&mut self, kind: NoteKind, line: Option<u64>, message: String) {
        if self.entries.len() < MOST {
            self.entries.push(Entry { kind, line, message, lines: 1 });
        } else {
            self.left_out += 1;
        }
    }

    /// Returns the notes in the order in which they were made.
    pub(crate) fn finish(self, artifact: ArtifactId) -> Vec<Note> {
        let left_out = (self.left_out > 0).then(|| Entry {
            kind: NoteKind::Limit,
            line: None,
            message: format!("{} more notes on this artifact are not shown", self.left_out),
            lines: 1,
        });
        let note = |entry: Entry| Note {
            artifact,
            line: entry.line,
            kind: entry.kind,
            message: match entry.lines {
                1 => entry.message,
                lines => format!("{} (and {} more places)", entry.message, lines - 1),
            },
        };
        self.entries.into_iter().chain(left_out).map(note).collect()
    }
}
