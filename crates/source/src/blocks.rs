//! The decoded text of an artifact, block by block.

use std::io::Read;

use kubetriage_model::{ArtifactId, Note, NoteKind};

use crate::{
    Limits,
    decode::{Decoder, Detected, detect, newlines},
    failure::describe,
    notes::Notes,
    pieces::{Piece, Pieces},
};

/// A piece of decoded text that holds whole lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The text, with `\n` line ends; ends with one unless the artifact ends here without it.
    pub text: String,
    /// Byte offset in the decoded text of the artifact (0-based).
    pub offset: u64,
    /// Number of the first line (1-based).
    pub first_line: u64,
}

impl Block {
    /// Cuts the block at byte `at` of its text, which starts a line, and returns what follows.
    ///
    /// # Panics
    ///
    /// Like [`String::split_off`], inside a character or behind the end.
    #[must_use]
    pub fn split_off(&mut self, at: usize) -> Self {
        let text = self.text.split_off(at);
        let first_line = self.first_line + newlines(self.text.as_bytes());
        Self { text, offset: self.offset + self.text.len() as u64, first_line }
    }
}

/// What reading an artifact found out about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Size in bytes, as it lies in the bundle (unpacked, not decoded).
    pub bytes: u64,
    /// Bytes of decoded text handed out.
    pub text_bytes: u64,
    /// Lines handed out.
    pub lines: u64,
    /// What could not be read, or not as it stands.
    pub notes: Vec<Note>,
}

/// Iterator over the [`Block`]s of one artifact.
///
/// Take blocks until `None`, then ask [`finish`](Self::finish) what was noted on the way. An artifact
/// that is no text gives no blocks.
#[derive(Debug)]
pub struct Blocks {
    artifact: ArtifactId,
    size: Option<u64>,
    pieces: Pieces<Box<dyn Read + Send>>,
    decoder: Option<Decoder>,
    started: bool,
    offset: u64,
    /// Number of the next line (1-based).
    line: u64,
    open_line: bool,
    notes: Notes,
}

impl Blocks {
    /// Returns the blocks of `reader` (`None` when there is nothing to read); `notes` were made before.
    pub(crate) fn new(
        artifact: ArtifactId,
        size: Option<u64>,
        reader: Option<Box<dyn Read + Send>>,
        limits: &Limits,
        notes: Notes,
    ) -> Self {
        let started = reader.is_none();
        let reader = reader.unwrap_or_else(|| Box::new(std::io::empty()));
        Self {
            artifact,
            size,
            pieces: Pieces::new(reader, size, limits),
            decoder: None,
            started,
            offset: 0,
            line: 1,
            open_line: false,
            notes,
        }
    }

    /// Appends the blocks behind `first` to it, up to `max_bytes` of text in all.
    ///
    /// For formats that need the whole text, after a look at its first block. What exceeds the limit is
    /// left out with a note; lines stay whole.
    pub fn join(&mut self, mut first: Block, max_bytes: u64) -> Block {
        for block in self.by_ref() {
            if first.text.len() as u64 + block.text.len() as u64 > max_bytes {
                let message = format!("only the first {} bytes were read", first.text.len());
                self.notes.at(NoteKind::Limit, block.first_line, message);
                break;
            }
            first.text.push_str(&block.text);
        }
        first
    }

    /// Returns sizes and notes. Complete once the iterator has returned `None`.
    pub fn finish(mut self) -> Reading {
        let read = self.decoder.is_some() && self.pieces.is_done();
        if read && self.offset == 0 && self.pieces.failure.is_none() {
            self.notes.add(NoteKind::Empty, "empty: there is no text in it");
        }
        if let Some(error) = self.pieces.failure.take() {
            let (kind, message) = describe(&error, self.pieces.bytes_read);
            self.notes.add(kind, message);
        }
        let bytes = self.size.filter(|_| self.decoder.is_none()).unwrap_or(self.pieces.bytes_read);
        Reading {
            bytes,
            text_bytes: self.offset,
            lines: self.line - 1 + u64::from(self.open_line),
            notes: self.notes.finish(self.artifact),
        }
    }

    /// Looks at the first bytes and decides how the rest is read.
    fn start(&mut self) {
        self.started = true;
        let head = self.pieces.peek();
        match detect(head) {
            Detected::Binary(what) => {
                let message = format!("{what}: listed, not read as text");
                self.notes.add(NoteKind::Binary, message);
            }
            Detected::Text { charset, skip, guessed } => {
                self.decoder = Some(Decoder::new(charset, head));
                self.pieces.skip(skip);
                if guessed {
                    self.notes.add(NoteKind::Encoding, "no byte order mark: read as UTF-16");
                }
            }
        }
    }

    /// Decodes a piece and moves the place on.
    fn block(&mut self, piece: Piece) -> Option<Block> {
        if piece.left_out > 0 {
            let message =
                format!("the line is too long: its last {} bytes are left out", piece.left_out);
            self.notes.at(NoteKind::Limit, self.line, message);
        }
        let text = self.decoder.as_mut()?.decode(piece.bytes, self.line, &mut self.notes);
        let block = Block { text, offset: self.offset, first_line: self.line };
        self.offset += block.text.len() as u64;
        self.line += newlines(block.text.as_bytes());
        self.open_line = !block.text.is_empty() && !block.text.ends_with('\n');
        Some(block)
    }
}

impl Iterator for Blocks {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        if !self.started {
            self.start();
        }
        loop {
            let line_end = self.decoder.as_ref()?.line_end();
            let piece = self.pieces.next(line_end)?;
            let block = self.block(piece)?;
            if !block.text.is_empty() {
                return Some(block);
            }
        }
    }
}
