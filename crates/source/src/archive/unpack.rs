//! The unpacking thread: what each thing is, and how its bytes are handed out.

use std::{
    fs::File,
    io::{self, Cursor, Read, Seek, SeekFrom},
    rc::Rc,
    sync::mpsc::SyncSender,
};

use kubetriage_model::NoteKind;

use super::{
    Message, Packed, budget,
    budget::Budget,
    compressed, head,
    kind::{Kind, kind},
    pipe::{CHUNK_BYTES, Failing, pipe},
};
use crate::{Limits, artifact::Content, bundle::Found, failure::limit, notes::Notes};

/// Packings directly around each other (`x.gz.gz`) that are opened.
const MOST_LAYERS: u32 = 3;

/// Why unpacking ends before the archive does.
#[derive(Debug)]
pub(super) enum Halt {
    /// Nobody takes the artifacts any more.
    Unheard,
    /// A limit of the whole input was reached.
    Exhausted(String),
}

/// Where in the nesting something lies.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Archives around it.
    pub(super) depth: u32,
    /// Packings between it and the archive around it.
    pub(super) layers: u32,
}

/// Unpacks one input.
pub(super) struct Unpacker<'u> {
    out: &'u SyncSender<Message>,
    pub(super) limits: &'u Limits,
    pub(super) budget: Rc<Budget>,
}

impl<'u> Unpacker<'u> {
    /// Returns an unpacker that hands its artifacts to `out`.
    pub(super) fn new(out: &'u SyncSender<Message>, limits: &'u Limits) -> Self {
        Self { out, limits, budget: Budget::new(limits.clone()) }
    }

    /// Unpacks the whole input.
    pub(super) fn run(&mut self, packed: Packed, name: &str) {
        let halted = match packed {
            Packed::File(file) => self.file(file, name),
            Packed::Stream(stream) => {
                let mut reader = budget::Packed { reader: stream, budget: Rc::clone(&self.budget) };
                self.unpack(&mut reader, Found::new(name.to_owned()), Place::default())
            }
        };
        if let Err(Halt::Exhausted(message)) = halted {
            // Whoever is gone by now does not miss it.
            let _ = self.remark(name, NoteKind::Limit, message);
        }
    }

    /// Unpacks a file; a zip is read by its directory.
    fn file(&mut self, mut file: File, name: &str) -> Result<(), Halt> {
        let (first, _) = head(&mut file);
        if let Err(error) = file.seek(SeekFrom::Start(0)) {
            return self.remark(name, NoteKind::Unreadable, format!("cannot be read: {error}"));
        }
        let mut reader = budget::Packed { reader: file, budget: Rc::clone(&self.budget) };
        if kind(&first) == Some(Kind::Zip) {
            if self.zip(io::BufReader::new(&mut reader), name, Place::default())? {
                return Ok(());
            }
            if let Err(error) = reader.seek(SeekFrom::Start(0)) {
                return self.remark(name, NoteKind::Unreadable, format!("cannot be read: {error}"));
            }
            return self.zip_stream(&mut reader, name, Place::default());
        }
        self.unpack(&mut reader, Found::new(name.to_owned()), Place::default())
    }

    /// Unpacks whatever `reader` holds: an archive, something packed, or the bytes of an artifact.
    pub(super) fn unpack(
        &mut self,
        reader: &mut dyn Read,
        found: Found,
        place: Place,
    ) -> Result<(), Halt> {
        let (first, failure) = head(&mut { &mut *reader });
        let kind = kind(&first);
        let mut reader = Cursor::new(first).chain(Failing(failure)).chain(reader);
        let Some(kind) = kind else { return self.member(&mut reader, found) };
        let too_deep = place.depth >= self.limits.archive_depth || place.layers >= MOST_LAYERS;
        if too_deep {
            return self.too_deep(found);
        }
        let deeper = Place { layers: place.layers + 1, ..place };
        match kind {
            Kind::Gzip => {
                let mut plain = self.booked(compressed::gzip(reader));
                self.unpack(&mut plain, found, deeper)
            }
            Kind::Zstd => {
                let mut plain = self.booked(compressed::zstd(reader));
                self.unpack(&mut plain, found, deeper)
            }
            Kind::Xz => {
                let mut plain = self.booked(compressed::xz(reader));
                self.unpack(&mut plain, found, deeper)
            }
            Kind::Tar => self.tar(&mut reader, &found.path, place),
            Kind::Zip => self.buffered_zip(&mut reader, &found.path, place),
        }
    }

    /// Returns a reader whose bytes count as unpacked.
    pub(super) fn booked<R: Read>(&self, reader: R) -> budget::Unpacked<R> {
        budget::Unpacked { reader, budget: Rc::clone(&self.budget) }
    }

    fn too_deep(&mut self, mut found: Found) -> Result<(), Halt> {
        let most = self.limits.archive_depth;
        let message = format!("an archive inside {most} archives: not unpacked");
        found.notes.add(NoteKind::Limit, message);
        self.hand_out(found)
    }

    /// Hands out the bytes of `reader` as the content of `found`.
    pub(super) fn member(&mut self, reader: &mut dyn Read, mut found: Found) -> Result<(), Halt> {
        let mut reader = Bounded { reader, left: self.limits.member_bytes };
        let chunk = Chunk::read(&mut reader);
        if chunk.last {
            found.size = Some(chunk.bytes.len() as u64);
            let content = Cursor::new(chunk.bytes).chain(Failing(chunk.failure));
            found.content = Content::Member(Box::new(content));
            self.hand_out(found)?;
        } else {
            let (sender, pipe) = pipe();
            found.content = Content::Member(Box::new(pipe));
            self.hand_out(found)?;
            chunk.pour(&mut reader, &sender);
        }
        self.check()
    }

    /// Hands out an artifact.
    pub(super) fn hand_out(&mut self, found: Found) -> Result<(), Halt> {
        self.out.send(Message::Found(Box::new(found))).map_err(|_| Halt::Unheard)
    }

    /// Hands out a remark on an archive.
    pub(super) fn remark(
        &mut self,
        name: &str,
        kind: NoteKind,
        message: impl Into<String>,
    ) -> Result<(), Halt> {
        let mut found = Found::new(name.to_owned());
        found.notes.add(kind, message);
        self.hand_out(found)
    }

    /// Hands out the remarks on an archive, if there are any.
    pub(super) fn remarks(&mut self, name: &str, notes: Notes) -> Result<(), Halt> {
        if notes.is_empty() {
            return Ok(());
        }
        self.hand_out(Found { notes, ..Found::new(name.to_owned()) })
    }

    /// Ends the unpacking once the budget is exhausted.
    pub(super) fn check(&self) -> Result<(), Halt> {
        self.budget.exhausted().map_or(Ok(()), |message| Err(Halt::Exhausted(message)))
    }
}

/// Returns the name of a member of the archive `archive`.
pub(super) fn inside(archive: &str, member: &str) -> String {
    format!("{archive}!{member}")
}

/// Adds to `notes` why an archive could not be read on after `members` members.
pub(super) fn damaged(notes: &mut Notes, error: &io::Error, members: u64) {
    // The tar reader tells the end of its input only in words.
    let words = error.to_string();
    let cut = error.kind() == io::ErrorKind::UnexpectedEof
        || ["unexpected EOF", "failed to read entire"].iter().any(|said| words.contains(said));
    let kind = if cut { NoteKind::Truncated } else { NoteKind::Malformed };
    let what = if cut { "the archive is cut off" } else { "the archive is damaged" };
    notes.add(kind, format!("{what} behind {members} members: {error}"));
}

/// Up to one chunk's length of a reader.
struct Chunk {
    bytes: Vec<u8>,
    /// True when the reader has ended.
    last: bool,
    failure: Option<io::Error>,
}

impl Chunk {
    fn read(reader: &mut impl Read) -> Self {
        let mut bytes = Vec::new();
        let result = reader.take(CHUNK_BYTES as u64).read_to_end(&mut bytes);
        let last = bytes.len() < CHUNK_BYTES;
        Self { bytes, last, failure: result.err() }
    }

    /// Sends this chunk and what follows it, as long as somebody reads.
    ///
    /// A reader that is gone does not want the rest of this member, but maybe the next one.
    fn pour(mut self, reader: &mut impl Read, sender: &SyncSender<io::Result<Vec<u8>>>) {
        while sender.send(Ok(self.bytes)).is_ok() {
            if let Some(error) = self.failure {
                // The member ends here, read or not.
                let _ = sender.send(Err(error));
                break;
            }
            if self.last {
                break;
            }
            self = Self::read(reader);
        }
    }
}

/// A reader that fails when a member is longer than its limit.
struct Bounded<'r> {
    reader: &'r mut dyn Read,
    left: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).clamp(1, buffer.len().max(1));
        let count = self.reader.read(buffer.get_mut(..room).unwrap_or_default())?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(limit("longer than the limit for one archive member: cut".to_owned()));
            }
        }
        Ok(count)
    }
}
