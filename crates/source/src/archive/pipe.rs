//! How the bytes of a member travel from the unpacking thread to the reading one.

use std::{
    io::{self, Read},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
};

/// Bytes of one chunk.
pub(super) const CHUNK_BYTES: usize = 256 << 10;
/// Chunks that may wait to be read.
const WAITING: usize = 8;

/// Bytes, or why there are no more.
type Chunk = io::Result<Vec<u8>>;

/// The reading end of a member that is still being unpacked.
#[derive(Debug)]
pub(super) struct Pipe {
    chunks: Receiver<Chunk>,
    chunk: io::Cursor<Vec<u8>>,
}

/// Returns the two ends of a pipe that holds at most 2 MiB.
pub(super) fn pipe() -> (SyncSender<Chunk>, Pipe) {
    let (sender, chunks) = sync_channel(WAITING);
    (sender, Pipe { chunks, chunk: io::Cursor::default() })
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.chunk.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            match self.chunks.recv() {
                Ok(chunk) => self.chunk = io::Cursor::new(chunk?),
                // The other end is gone: the member ends here.
                Err(_) => return Ok(0),
            }
        }
    }
}

/// A reader that fails once: puts an error behind the bytes that came before it.
#[derive(Debug)]
pub(crate) struct Failing(pub(crate) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
