//! Bytes to text: encodings, byte order marks, padding, line ends and terminal escapes.
//!
//! Comes in: pieces of whole lines, still encoded. Goes out: the same lines as UTF-8 with `\n` line
//! ends, one for one, so that line numbers stay those of the file.
//!
//! QUIRKS: `>` of Windows PowerShell writes UTF-16 with a mark, other tools without one; `type a b > c`
//! leaves marks in the middle; rotated logs are padded with NUL bytes; consoles write in their code page;
//! `script(1)` ends lines with `\r\r\n`.

mod detect;
mod legacy;
mod terminal;

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3, memmem};

pub(crate) use detect::{Charset, Detected, detect};

use crate::{notes::Notes, pieces::LineEnd};
use legacy::Legacy;

/// A byte order mark as UTF-8.
const MARK: &str = "\u{feff}";

/// Turns the pieces of one artifact into text.
#[derive(Debug)]
pub(crate) struct Decoder {
    charset: Charset,
    line_end: LineEnd,
    /// Decided at the first line that is not UTF-8.
    legacy: Option<Legacy>,
}

impl Decoder {
    /// Returns a decoder for text that begins with `head`.
    pub(crate) fn new(charset: Charset, head: &[u8]) -> Self {
        let line_end = match charset {
            Charset::Utf16Le => LineEnd::Utf16Le,
            Charset::Utf16Be => LineEnd::Utf16Be,
            // Old Mac tools and some consoles end lines with nothing but \r.
            Charset::Utf8 if memchr(b'\n', head).is_none() && memchr(b'\r', head).is_some() => {
                LineEnd::Byte(b'\r')
            }
            Charset::Utf8 => LineEnd::Byte(b'\n'),
        };
        Self { charset, line_end, legacy: None }
    }

    /// Returns what ends a line of the encoded text.
    pub(crate) fn line_end(&self) -> LineEnd {
        self.line_end
    }

    /// Decodes whole lines; `first_line` is the number of the first one, for notes.
    pub(crate) fn decode(&mut self, bytes: Vec<u8>, first_line: u64, notes: &mut Notes) -> String {
        let text = match self.charset {
            Charset::Utf8 => self.utf8(bytes, first_line, notes),
            Charset::Utf16Le => utf16(encoding_rs::UTF_16LE, &bytes, first_line, notes),
            Charset::Utf16Be => utf16(encoding_rs::UTF_16BE, &bytes, first_line, notes),
        };
        clean(text)
    }

    /// Decodes UTF-8, and repairs what is not.
    fn utf8(&mut self, mut bytes: Vec<u8>, first_line: u64, notes: &mut Notes) -> String {
        if self.line_end == LineEnd::Byte(b'\r') {
            bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        if let Some(at) = memchr(0, &bytes) {
            let line = first_line + newlines(bytes.get(..at).unwrap_or_default());
            notes.encoding(line, "NUL bytes (padding of a sparse or rotated file) were left out");
            bytes.retain(|byte| *byte != 0);
        }
        String::from_utf8(bytes)
            .unwrap_or_else(|error| self.repair(error.as_bytes(), first_line, notes))
    }

    /// Decodes line by line what is not UTF-8 as a whole.
    fn repair(&mut self, bytes: &[u8], first_line: u64, notes: &mut Notes) -> String {
        let legacy = *self.legacy.get_or_insert_with(|| Legacy::guess(bytes));
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
        for (number, line) in (first_line..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            if let Ok(valid) = std::str::from_utf8(line) {
                text.push_str(valid);
                continue;
            }
            notes.encoding(
                number,
                match legacy {
                    Legacy::Damaged => "bytes that are not valid UTF-8 were replaced",
                    Legacy::Windows1252 => "not UTF-8: read as windows-1252",
                    Legacy::Cp850 => "not UTF-8: read as code page 850",
                },
            );
            text.push_str(&legacy.decode(line));
        }
        text
    }
}

/// Decodes UTF-16 of either byte order.
fn utf16(
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
    first_line: u64,
    notes: &mut Notes,
) -> String {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let line = text.find('\u{fffd}').and_then(|at| text.get(..at)).unwrap_or_default();
        let line = first_line + newlines(line.as_bytes());
        notes.encoding(line, "code units that are not valid UTF-16 were replaced");
    }
    match text {
        Cow::Owned(text) => text,
        Cow::Borrowed(text) => text.to_owned(),
    }
}

/// Counts line ends.
pub(crate) fn newlines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Removes what is not text from decoded lines; text without it is returned as it came.
fn clean(text: String) -> String {
    let bytes = text.as_bytes();
    let text = if memmem::find(bytes, MARK.as_bytes()).is_some() || memchr(0, bytes).is_some() {
        text.replace([MARK.chars().next().unwrap_or_default(), '\0'], "")
    } else {
        text
    };
    if memchr3(b'\r', b'\x1b', b'\x08', text.as_bytes()).is_none() {
        return text;
    }
    let mut cleaned = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        cleaned.push_str(&terminal::render(line.trim_end_matches('\r')));
        cleaned.push_str(end);
    }
    cleaned
}
