//! Raw bytes cut at line ends.
//!
//! Blocks of a file are decoded one by one, so each must hold whole lines. The cutter carries the last,
//! unfinished line over to the next piece, and cuts a line that is longer than the limit.

use std::io::{self, Read};

use memchr::memrchr_iter;

use crate::Limits;

/// Bytes read first from something whose size nobody knows.
const FIRST_BYTES: usize = 64 << 10;

/// The byte sequence that ends a line, as the encoding writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// One byte (`\n`, or `\r` in texts that know no other).
    Byte(u8),
    /// A little-endian UTF-16 `\n` at an even offset.
    Utf16Le,
    /// A big-endian UTF-16 `\n` at an even offset.
    Utf16Be,
}

impl LineEnd {
    /// Returns the bytes of the line end.
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Byte(byte) => std::slice::from_ref(byte),
            Self::Utf16Le => b"\n\0",
            Self::Utf16Be => b"\0\n",
        }
    }

    /// Returns the offset behind the last line end in `bytes` that ends behind `from`.
    fn last(self, bytes: &[u8], from: usize) -> Option<usize> {
        let (from, tail) = self.tail(bytes, from);
        let mut ends = memrchr_iter(self.anchor(), tail);
        ends.find_map(|at| self.end_at(tail, at)).map(|end| from + end)
    }

    /// Returns the offset behind the first line end in `bytes`.
    fn first(self, bytes: &[u8]) -> Option<usize> {
        let mut ends = memchr::memchr_iter(self.anchor(), bytes);
        ends.find_map(|at| self.end_at(bytes, at))
    }

    /// Returns the byte that every line end contains.
    fn anchor(self) -> u8 {
        match self {
            Self::Byte(byte) => byte,
            Self::Utf16Le | Self::Utf16Be => b'\n',
        }
    }

    /// Returns the part of `bytes` from the code unit that holds offset `from`, and its offset.
    fn tail(self, bytes: &[u8], from: usize) -> (usize, &[u8]) {
        let from = if matches!(self, Self::Byte(_)) { from } else { from & !1 };
        (from, bytes.get(from..).unwrap_or_default())
    }

    /// Returns the offset behind the line end whose anchor byte stands at `at`.
    fn end_at(self, bytes: &[u8], at: usize) -> Option<usize> {
        match self {
            Self::Byte(_) => Some(at + 1),
            Self::Utf16Le => {
                (at.is_multiple_of(2) && bytes.get(at + 1) == Some(&0)).then_some(at + 2)
            }
            Self::Utf16Be => {
                (!at.is_multiple_of(2) && bytes.get(at - 1) == Some(&0)).then_some(at + 1)
            }
        }
    }
}

/// Whole lines of a reader, still encoded.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    /// The bytes; they end with a line end unless the text ends here.
    pub(crate) bytes: Vec<u8>,
    /// Bytes that were left out because the (only) line of the piece is longer than the limit.
    pub(crate) left_out: u64,
}

/// Cuts a reader into [`Piece`]s.
pub(crate) struct Pieces<R> {
    reader: R,
    /// Bytes read but not yet handed out.
    carry: Vec<u8>,
    ended: bool,
    /// Bytes to read next: small files must not cost a buffer of a whole piece.
    fill_bytes: usize,
    piece_bytes: usize,
    line_bytes: usize,
    /// Bytes taken from the reader so far.
    pub(crate) bytes_read: u64,
    /// Why reading stopped before the end.
    pub(crate) failure: Option<io::Error>,
}

impl<R: Read> Pieces<R> {
    /// Returns a cutter for a reader that holds `size` bytes, as far as anyone knows.
    pub(crate) fn new(reader: R, size: Option<u64>, limits: &Limits) -> Self {
        // A limit below the size of a piece counts too.
        let whole_bytes = usize::try_from(limits.whole_bytes).unwrap_or(usize::MAX);
        let least = limits.line_bytes.min(whole_bytes).max(64);
        let piece_bytes = limits.block_bytes.min(least).max(16);
        let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or(FIRST_BYTES);
        Self {
            reader,
            carry: Vec::new(),
            ended: false,
            fill_bytes: size.saturating_add(1).clamp(16, piece_bytes),
            piece_bytes,
            line_bytes: limits.line_bytes.max(64),
            bytes_read: 0,
            failure: None,
        }
    }

    /// Reads up to one piece ahead and returns what is waiting to be handed out.
    pub(crate) fn peek(&mut self) -> &[u8] {
        if self.carry.is_empty() && !self.ended {
            let mut buffer = Vec::new();
            self.fill(&mut buffer);
            self.carry = buffer;
        }
        &self.carry
    }

    /// Returns true when everything was handed out.
    pub(crate) fn is_done(&self) -> bool {
        self.ended && self.carry.is_empty()
    }

    /// Drops the first `count` bytes of what is waiting.
    pub(crate) fn skip(&mut self, count: usize) {
        self.carry.drain(..count.min(self.carry.len()));
    }

    /// Returns the next piece, or `None` at the end.
    pub(crate) fn next(&mut self, line_end: LineEnd) -> Option<Piece> {
        let mut bytes = std::mem::take(&mut self.carry);
        let mut searched = 0;
        loop {
            if !self.ended && (bytes.len() < self.piece_bytes || searched > 0) {
                self.fill(&mut bytes);
            }
            let end = if self.ended { None } else { line_end.last(&bytes, searched) };
            if let Some(end) = end {
                self.carry = bytes.split_off(end);
                return Some(Piece { bytes, left_out: 0 });
            }
            if self.ended {
                return self.rest(bytes, line_end);
            }
            if bytes.len() > self.line_bytes {
                return Some(self.cut(bytes, line_end));
            }
            searched = bytes.len();
        }
    }

    /// Hands out what is left once the reader has ended.
    fn rest(&mut self, bytes: Vec<u8>, line_end: LineEnd) -> Option<Piece> {
        if bytes.len() > self.line_bytes && line_end.first(&bytes).is_none() {
            return Some(self.cut(bytes, line_end));
        }
        (!bytes.is_empty()).then_some(Piece { bytes, left_out: 0 })
    }

    /// Cuts the line in `bytes` at the limit and reads past its end.
    fn cut(&mut self, mut bytes: Vec<u8>, line_end: LineEnd) -> Piece {
        let mut rest = bytes.split_off((self.line_bytes & !1).min(bytes.len()));
        let mut left_out = 0;
        while line_end.first(&rest).is_none() && !self.ended {
            // Keep an even number of bytes and the last unit: a line end may span two reads.
            let keep = if rest.len().is_multiple_of(2) { 2 } else { 1 }.min(rest.len());
            left_out += (rest.len() - keep) as u64;
            rest.drain(..rest.len() - keep);
            self.fill(&mut rest);
        }
        if let Some(end) = line_end.first(&rest) {
            let behind = rest.split_off(end);
            left_out += (rest.len() - line_end.bytes().len()) as u64;
            bytes.extend_from_slice(line_end.bytes());
            self.carry = behind;
        } else {
            left_out += rest.len() as u64;
        }
        Piece { bytes, left_out }
    }

    /// Reads one piece's length of bytes behind what `buffer` holds, or up to the end.
    fn fill(&mut self, buffer: &mut Vec<u8>) {
        let start = buffer.len();
        let wanted = start + self.fill_bytes;
        self.fill_bytes = self.piece_bytes;
        buffer.resize(wanted, 0);
        let mut filled = start;
        while let Some(room) = buffer.get_mut(filled..wanted).filter(|room| !room.is_empty()) {
            match self.reader.read(room) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.ended = true;
                    break;
                }
            }
        }
        buffer.truncate(filled);
        self.bytes_read += (filled - start) as u64;
    }
}

impl<R> std::fmt::Debug for Pieces<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pieces").field("bytes_read", &self.bytes_read).finish_non_exhaustive()
    }
}
