//! Streams packed by gzip, zstd and xz, all their frames one after the other.

use std::io::{self, BufRead, BufReader, Read};

use ruzstd::decoding::{
    BlockDecodingStrategy, FrameDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

use crate::failure::limit;

/// Bytes read at once from what is packed.
const BUFFER_BYTES: usize = 128 << 10;

/// Memory that a stream of xz may ask for, in KiB: enough for `xz -9`.
const XZ_KIB: u32 = 80 << 10;

/// Unpacks gzip.
pub(super) fn gzip<'r>(packed: impl Read + 'r) -> impl Read + 'r {
    flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, packed))
}

/// Unpacks zstd.
pub(super) fn zstd<'r>(packed: impl Read + 'r) -> impl Read + 'r {
    Frames { source: BufReader::with_capacity(BUFFER_BYTES, packed), frame: None }
}

/// Unpacks xz, as `sos report` packs its archives.
pub(super) fn xz<'r>(packed: impl Read + 'r) -> impl Read + 'r {
    let source = BufReader::with_capacity(BUFFER_BYTES, packed);
    Modest(lzma_rust2::XzReader::new_mem_limit(source, true, XZ_KIB))
}

/// A reader whose lack of memory is a limit of ours.
struct Modest<R>(R);

impl<R: Read> Read for Modest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::OutOfMemory => {
                limit("asks for more memory than unpacking may take: not unpacked".to_owned())
            }
            _ => error,
        })
    }
}

/// A zstd stream: frames one after the other (`pzstd` and `cat` make several).
struct Frames<R: Read> {
    source: BufReader<R>,
    /// The frame being unpacked.
    frame: Option<Box<FrameDecoder>>,
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.frame.is_some() || !self.source.fill_buf()?.is_empty() {
            let Some(frame) = &mut self.frame else {
                self.frame = open(&mut self.source)?;
                continue;
            };
            while frame.can_collect() == 0 && !frame.is_finished() {
                frame
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
            }
            let count = frame.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.frame = None;
        }
        Ok(0)
    }
}

/// Opens the next frame, or skips one that holds no data.
fn open<R: Read>(source: &mut BufReader<R>) -> io::Result<Option<Box<FrameDecoder>>> {
    let mut frame = Box::new(FrameDecoder::new());
    match frame.init(source.by_ref()) {
        Ok(()) => Ok(Some(frame)),
        Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
            length,
            ..
        })) => {
            io::copy(&mut source.take(length.into()), &mut io::sink())?;
            Ok(None)
        }
        Err(error) => Err(io::Error::other(error)),
    }
}
