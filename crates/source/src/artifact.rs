//! One readable thing of a bundle.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use kubetriage_model::{ArtifactId, Hint, NoteKind};

use crate::{Blocks, Limits, failure::Stopped, notes::Notes};

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
            Content::File(path) => match Snapshot::open(&path) {
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

/// A file as long as it was when it was opened: one that grows is not followed, and both growing and shrinking
/// are told.
struct Snapshot {
    file: File,
    size: u64,
    read: u64,
}

impl Snapshot {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(Self { file, size, read: 0 })
    }

    /// Returns what is noted on a file that changes under the reader.
    fn changed(&self, how: &str) -> io::Error {
        let message = format!("the file {how} while it was read: {} bytes were taken", self.read);
        io::Error::other(Stopped { kind: NoteKind::Truncated, message })
    }
}

impl Read for Snapshot {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Files that the system makes up as they are read (in /proc) tell no size.
        if self.size == 0 {
            return self.file.read(buffer);
        }
        let left = self.size - self.read;
        if left == 0 {
            let more = self.file.read(&mut [0])?;
            return if more == 0 { Ok(0) } else { Err(self.changed("grew")) };
        }
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.file.read(buffer.get_mut(..room).unwrap_or_default())?;
        self.read += count as u64;
        if count == 0 && room > 0 { Err(self.changed("shrank")) } else { Ok(count) }
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
