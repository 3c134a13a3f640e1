//! Archives as streams: members become artifacts while the archive is being unpacked.
//!
//! ```text
//! reading threads:  Bundle::next ──◄── channel of artifacts ──◄── unpacking thread ──◄── file or stdin
//!                   Blocks       ──◄── channel of chunks, for members beyond 256 KiB
//! ```
//!
//! One thread unpacks; nothing is written to disk; both channels are bounded, so memory stays flat
//! whatever the size. Small members travel whole, big ones chunk by chunk. A member that nobody reads is
//! skipped when its artifact is dropped.
//!
//! | packed as | read with | members |
//! |---|---|---|
//! | tar (any dialect) | `tar`, entry by entry | `a.tar!dir/file` |
//! | gzip, zstd, xz around a tar | streaming, all frames | `a.tar.gz!dir/file` |
//! | gzip, zstd, xz around one file | streaming | the packed file itself, `app.log.gz` |
//! | zip file, or zip in memory | `zip`, by its directory | `a.zip!dir/file` |
//! | zip without directory, piped or long | local headers, front to back | `a.zip!dir/file` |
//!
//! QUIRKS: extensions lie, so first bytes decide; Go writes zip sizes behind the data; links repeat logs
//! (counted once); names may be absolute, lead outside, or not be UTF-8; archives end early.

mod budget;
mod compressed;
mod kind;
mod name;
mod pipe;
mod tape;
mod unpack;
mod zip_file;
mod zip_stream;

use std::{
    fs::File,
    io::{self, Read},
    sync::mpsc::{Receiver, sync_channel},
};

use kubetriage_model::NoteKind;

use kind::HEAD_BYTES;
pub(crate) use kind::kind;
pub(crate) use pipe::Failing;

use crate::{Limits, bundle::Found};
use unpack::Unpacker;

/// Members that may wait to be taken; each holds at most 256 KiB.
const WAITING: usize = 64;

/// An archive, opened.
pub(crate) enum Packed {
    /// A file, which can be searched.
    File(File),
    /// A stream.
    Stream(Box<dyn Read + Send>),
}

/// Iterator over the members of an archive, in the order in which they are packed.
#[derive(Debug)]
pub(crate) struct Members {
    artifacts: Receiver<Message>,
    name: String,
    done: bool,
}

/// What the unpacking thread says.
#[derive(Debug)]
pub(crate) enum Message {
    /// A member, or a remark on the archive.
    Found(Box<Found>),
    /// There is nothing more.
    Done,
}

impl Members {
    /// Starts to unpack `packed`, shown as `name`.
    pub(crate) fn of(packed: Packed, name: String, limits: &Limits) -> Self {
        let (sender, artifacts) = sync_channel(WAITING);
        let (limits, shown) = (limits.clone(), name.clone());
        let thread = std::thread::Builder::new().name("unpack".to_owned());
        let spawned = thread.spawn(move || {
            Unpacker::new(&sender, &limits).run(packed, &shown);
            // Nobody listening is no trouble of the archive.
            let _ = sender.send(Message::Done);
        });
        // Without a thread the channel is closed, and the archive counts as failed.
        drop(spawned);
        Self { artifacts, name, done: false }
    }

    /// Returns the remark on an unpacking thread that ended before its work.
    fn failed(&self) -> Found {
        let mut found = Found::new(self.name.clone());
        let message = "unpacking failed inside the archive: members may be missing";
        found.notes.add(NoteKind::Malformed, message);
        found
    }
}

impl Iterator for Members {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if self.done {
            return None;
        }
        match self.artifacts.recv() {
            Ok(Message::Found(found)) => return Some(*found),
            Ok(Message::Done) => self.done = true,
            Err(_) => {
                self.done = true;
                return Some(self.failed());
            }
        }
        None
    }
}

/// Reads the first bytes of `reader`, as many as [`kind()`] wants to see.
///
/// What came before an error is kept.
pub(crate) fn head(reader: &mut impl Read) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let failure = reader.take(HEAD_BYTES as u64).read_to_end(&mut head).err();
    (head, failure)
}
