//! One readable thing of a bundle.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
};

use kubetriage_model::{ArtifactId, Hint, NoteKind};

use crate::{Blocks, Limits, notes::Notes};

/// One file, archive member or stream of a bundle.
#[derive(Debug)]
pub struct Artifact {
    /// Number in the order in which the bundle hands its artifacts out (0-based, without gaps).
    ///
    /// The order depends on nothing but the bundle: folders are walked by name, archives as they are
    /// packed.
    pub id: ArtifactId,
    /// Path in the bundle and what it says.
    pub hint: Hint,
    pub(crate) content: Content,
    pub(crate) size: Option<u64>,
    pub(crate) notes: Notes,
    pub(crate) limits: Limits,
}

/// Where the bytes of an artifact are.
pub(crate) enum Content {
    /// Nothing to read: only its notes matter.
    None,
    /// A file, opened when it is read.
    File(PathBuf),
    /// A stream: standard input or a pipe.
    Stream(Box<dyn Read + Send>),
    /// A member of an archive, already unpacked.
    #[cfg(feature = "archive")]
    Member(Box<dyn Read + Send>),
}

impl Artifact {
    /// Returns the size in bytes, if it is known before reading.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// Returns the decoded text, block by block.
    ///
    /// Meant to be called once: a stream has nothing more to give the second time.
    pub fn blocks(&mut self) -> Blocks {
        let mut notes = std::mem::take(&mut self.notes);
        let reader = match std::mem::replace(&mut self.content, Content::None) {
            Content::None => None,
            Content::Stream(stream) => Some(stream),
            #[cfg(feature = "archive")]
            Content::Member(member) => Some(member),
            Content::File(path) => match File::open(path) {
                Ok(file) => Some(Box::new(file) as Box<dyn Read + Send>),
                Err(error) => {
                    notes.add(NoteKind::Unreadable, unreadable(&error));
                    None
                }
            },
        };
        Blocks::new(self.id, self.size, reader, &self.limits, notes)
    }
}

/// Returns the sentence for an artifact that cannot be opened.
pub(crate) fn unreadable(error: &io::Error) -> String {
    format!("cannot be opened: {error}")
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::File(_) => "File",
            Self::Stream(_) => "Stream",
            #[cfg(feature = "archive")]
            Self::Member(_) => "Member",
        })
    }
}
