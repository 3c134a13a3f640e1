//! What could not be read, and where.

use serde::Serialize;

use crate::ArtifactId;

/// Class of a note, for counting and for "why" in a not-assessed verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteKind {
    /// The file has no content.
    Empty,
    /// The file could not be opened or read.
    Unreadable,
    /// Not text; listed only.
    Binary,
    /// Bytes were not valid in the detected encoding and were replaced, or the encoding was guessed.
    Encoding,
    /// The text ends in the middle of a statement.
    Truncated,
    /// A statement was read although its syntax is broken.
    Repaired,
    /// A statement could not be read.
    Malformed,
    /// A limit stopped the reading.
    Limit,
    /// The content quotes captures (a runbook, an article) and is not evidence.
    Quoted,
    /// Values were replaced by a log cleaner.
    Scrubbed,
    /// Something worth knowing that changes no verdict.
    Info,
}

/// A note on one artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The artifact.
    pub artifact: ArtifactId,
    /// Line (1-based), if the note is about a place.
    pub line: Option<u64>,
    /// Class.
    pub kind: NoteKind,
    /// One sentence: what was found and what was expected.
    pub message: String,
}
