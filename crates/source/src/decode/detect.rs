//! Tells from the first bytes of an artifact how its text is written, or that it is no text.

/// How the bytes of an artifact become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// UTF-8; lines that are not valid are read in a legacy code page or repaired.
    Utf8,
    /// UTF-16, low byte first: what `>` writes in Windows PowerShell.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detected {
    /// Text, behind a byte order mark of `skip` bytes.
    Text {
        /// Its encoding.
        charset: Charset,
        /// Length of the byte order mark.
        skip: usize,
        /// True when the encoding was told by nothing but the pattern of NUL bytes.
        guessed: bool,
    },
    /// Not text; the name of what it is.
    Binary(&'static str),
}

/// Bytes that are looked at.
const SAMPLE: usize = 64 << 10;

/// First bytes of files that are found in bundles and hold no text.
const MAGICS: &[(&[u8], &str)] = &[
    (b"\x7fELF", "an ELF program"),
    (b"MZ\x90\0", "a Windows program"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\x1f\x9d", "data packed by compress"),
    (b"\x04\x22\x4d\x18", "lz4 data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"LPKSHHRH", "a systemd journal"),
    (b"ElfFile\0", "a Windows event log"),
    (b"\xd4\xc3\xb2\xa1", "a packet capture"),
    (b"\x0a\x0d\x0d\x0a", "a packet capture"),
    (b"\xd0\xcf\x11\xe0", "an OLE document"),
];

/// Returns what `head`, the first bytes of an artifact, says about the rest.
pub(crate) fn detect(head: &[u8]) -> Detected {
    let text = |charset, skip| Detected::Text { charset, skip, guessed: false };
    match head {
        [0xef, 0xbb, 0xbf, ..] => return text(Charset::Utf8, 3),
        [0xff, 0xfe, ..] => return text(Charset::Utf16Le, 2),
        [0xfe, 0xff, ..] => return text(Charset::Utf16Be, 2),
        _ => {}
    }
    if let Some((_, what)) = MAGICS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Detected::Binary(what);
    }
    let sample = head.get(..SAMPLE).unwrap_or(head);
    if let Some(charset) = utf16_by_zeros(sample) {
        return Detected::Text { charset, skip: 0, guessed: true };
    }
    if is_binary(sample) { Detected::Binary("binary data") } else { text(Charset::Utf8, 0) }
}

/// Recognizes UTF-16 without a mark: in mostly Western text every second byte is zero.
fn utf16_by_zeros(sample: &[u8]) -> Option<Charset> {
    memchr::memchr(0, sample)?;
    let pairs = sample.len() / 2;
    let mut high_first = 0;
    let mut low_first = 0;
    let mut both = 0;
    for pair in sample.chunks_exact(2) {
        match pair {
            [0, 0] => both += 1,
            [0, _] => high_first += 1,
            [_, 0] => low_first += 1,
            _ => {}
        }
    }
    let mostly = |one: usize, other: usize| one * 10 >= pairs * 4 && other * 50 <= pairs;
    if pairs < 2 || both * 50 > pairs {
        None
    } else if mostly(low_first, high_first) {
        Some(Charset::Utf16Le)
    } else if mostly(high_first, low_first) {
        Some(Charset::Utf16Be)
    } else {
        None
    }
}

/// Tells binary data from text: controls that no terminal or logger writes are frequent in it.
///
/// NUL bytes alone do not make a text binary: rotated and sparse logs are padded with them.
fn is_binary(sample: &[u8]) -> bool {
    let mut controls = 0;
    let mut zeros = 0;
    for &byte in sample {
        match byte {
            0 => zeros += 1,
            0x01..=0x06 | 0x0e..=0x1a | 0x1c..=0x1f => controls += 1,
            _ => {}
        }
    }
    let content = sample.len() - zeros;
    // More than 2 % controls, or 10 % undecodable bytes next to NUL bytes.
    controls * 50 > content || zeros > 0 && undecodable(sample) * 10 > content
}

/// Counts the bytes that are not part of valid UTF-8.
fn undecodable(sample: &[u8]) -> usize {
    sample.utf8_chunks().map(|chunk| chunk.invalid().len()).sum()
}
