//! What stands in a file is what comes out, however the file is written.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail loudly")]

use std::{fs, path::Path};

use kubetriage_model::NoteKind;
use kubetriage_source::{Block, Input, Limits, Reading, open};
use proptest::prelude::*;

/// Reads the only artifact of a file with the given content.
fn read(bytes: &[u8], limits: &Limits) -> (Vec<Block>, Reading) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("capture.txt");
    fs::write(&path, bytes).unwrap();
    read_path(&path, limits)
}

fn read_path(path: &Path, limits: &Limits) -> (Vec<Block>, Reading) {
    let mut bundle = open(&[Input::Path(path.to_owned())], limits).unwrap();
    let mut blocks = bundle.next().unwrap().blocks();
    assert!(bundle.next().is_none());
    let found: Vec<_> = blocks.by_ref().collect();
    (found, blocks.finish())
}

/// Returns the text, and checks on the way that offsets and line numbers follow from it.
fn joined(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        assert_eq!(block.offset, text.len() as u64);
        assert_eq!(block.first_line, 1 + text.matches('\n').count() as u64);
        assert!(text.is_empty() || text.ends_with('\n'), "a block begins inside a line");
        text.push_str(&block.text);
    }
    text
}

fn text_of(bytes: &[u8]) -> String {
    joined(&read(bytes, &Limits::default()).0)
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn bytes_in_memory_read_as_a_file_of_that_name() {
    let bytes: std::sync::Arc<[u8]> = utf16("\u{feff}NAME READY\nweb 1/1", true).into();
    let inputs = ["a/pods.txt", "b/pods.txt"]
        .map(|name| Input::Bytes { name: name.to_owned(), bytes: bytes.clone() });
    let bundle = open(&inputs, &Limits::default()).unwrap();
    let texts: Vec<_> = bundle
        .map(|mut artifact| {
            (artifact.hint.path.clone(), joined(&artifact.blocks().collect::<Vec<_>>()))
        })
        .collect();
    let text = || "NAME READY\nweb 1/1".to_owned();
    assert_eq!(texts, [("a/pods.txt".to_owned(), text()), ("b/pods.txt".to_owned(), text())]);
}

#[test]
fn every_spelling_of_a_text_reads_the_same() {
    let text = "NAME   READY\nweb-1  1/1   Schlüssel “x” 日本\n\nend";
    let mark = [0xef, 0xbb, 0xbf];
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("plain", text.into()),
        ("CRLF", text.replace('\n', "\r\n").into()),
        ("script(1)", text.replace('\n', "\r\r\n").into()),
        ("mark", [&mark, text.as_bytes()].concat()),
        ("two marks", [&mark, &mark, text.as_bytes()].concat()),
        ("colors", text.replace("web-1", "\x1b[32mweb-1\x1b[0m").into()),
        ("old line ends", text.replace('\n', "\r").into()),
        ("padding", [&[0; 5000], text.as_bytes()].concat()),
        ("UTF-16LE", utf16(&format!("\u{feff}{text}"), true)),
        ("UTF-16BE", utf16(&format!("\u{feff}{text}"), false)),
        ("UTF-16LE, no mark", utf16(text, true)),
        ("UTF-16BE, no mark", utf16(text, false)),
        ("UTF-16LE, CRLF", utf16(&text.replace('\n', "\r\n"), true)),
    ];
    for (name, bytes) in cases {
        assert_eq!(text_of(&bytes), text, "{name}");
    }
}

#[test]
fn every_oddity_is_noted_once() {
    let cases: &[(&[u8], NoteKind, Option<u64>)] = &[
        (b"", NoteKind::Empty, None),
        (b"\xef\xbb\xbf", NoteKind::Empty, None),
        (b"\x7fELF\x02\x01\x01 and so on", NoteKind::Binary, None),
        (b"\x01\x02\x03\x04binary", NoteKind::Binary, None),
        (b"one\ntwo\0\0\0\nthr\0ee\n", NoteKind::Encoding, Some(2)),
        (b"ok\nnicht aufgel\xf6st\nzur\xfcck\n", NoteKind::Encoding, Some(2)),
        (b"o\0n\0e\0\n\0t\0w\0o\0", NoteKind::Encoding, None),
    ];
    for (bytes, kind, line) in cases {
        let (_, reading) = read(bytes, &Limits::default());
        let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.line)).collect();
        assert_eq!(notes, [(*kind, *line)], "{:?}", reading.notes);
        assert_eq!(reading.bytes, bytes.len() as u64);
    }
}

#[test]
fn honest_text_has_no_notes() {
    let (blocks, reading) = read("first\nzweite Ä\n".as_bytes(), &Limits::default());
    let expected = Reading { bytes: 16, text_bytes: 16, lines: 2, notes: vec![] };
    assert_eq!((blocks.len(), reading), (1, expected));
}

#[test]
fn an_endless_line_costs_itself_and_nothing_else() {
    let limits = Limits { block_bytes: 64, line_bytes: 256, ..Limits::default() };
    let long = "x".repeat(5000);
    for (before, end) in [("a\n", "\n"), ("", "\n"), ("a\n", "\r\n")] {
        let (blocks, reading) = read(format!("{before}{long}{end}last\n").as_bytes(), &limits);
        let text = joined(&blocks);
        let kept = text.lines().map(str::len).max();
        assert_eq!((kept, text.lines().last()), (Some(256), Some("last")));
        assert_eq!(reading.lines, 2 + before.len() as u64 / 2);
        assert_eq!(reading.notes.first().map(|note| note.kind), Some(NoteKind::Limit));
    }
    let (blocks, reading) = read(&utf16(&format!("a\n{long}\nlast"), true), &limits);
    assert_eq!(joined(&blocks).lines().map(str::len).collect::<Vec<_>>(), [1, 128, 4]);
    assert_eq!(reading.lines, 3);
    // Without any line end behind it.
    let (blocks, reading) = read(long.as_bytes(), &limits);
    assert_eq!((joined(&blocks).len(), reading.lines, reading.bytes), (256, 1, 5000));
}

#[test]
fn join_gives_the_whole_text_up_to_a_limit() {
    let limits = Limits { block_bytes: 16, ..Limits::default() };
    let lines = "a line of text\n".repeat(100);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    fs::write(&path, &lines).unwrap();
    for (most, whole) in [(10_000, true), (100, false)] {
        let mut bundle = open(&[Input::Path(path.clone())], &limits).unwrap();
        let mut blocks = bundle.next().unwrap().blocks();
        let first = blocks.next().unwrap();
        let text = blocks.join(first, most).text;
        assert!(lines.starts_with(&text) && text.ends_with('\n'));
        assert_eq!(text.len() == lines.len(), whole);
        assert_eq!(blocks.finish().notes.is_empty(), whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn blocks_of_any_size_give_the_same_text(
        lines in prop::collection::vec("[a-zäß日\u{1b}\\[m ]{0,40}", 0..30),
        size in 16_usize..300,
        ending in prop::sample::select(vec!["\n", "\r\n"]),
        wide in any::<bool>(),
    ) {
        let text = lines.join(ending);
        let bytes = if wide { utf16(&format!("\u{feff}{text}"), true) } else { text.into_bytes() };
        let limits = Limits { block_bytes: size, ..Limits::default() };
        let (blocks, reading) = read(&bytes, &limits);
        let text = joined(&blocks);
        prop_assert_eq!(&text, &text_of(&bytes));
        prop_assert_eq!(text.lines().count() as u64, reading.lines);
    }

    #[test]
    fn random_bytes_never_panic_and_keep_their_lines(
        bytes in prop::collection::vec(
            prop::sample::select(vec![0, 8, b'\n', b'\r', 0x1b, b'[', b']', b'a', b' ', 0x85, 0xc3, 0xef, 0xbb, 0xbf, 0xff, 0xfe]),
            0..400,
        ),
        size in 16_usize..64,
    ) {
        let limits = Limits { block_bytes: size, line_bytes: 100, ..Limits::default() };
        let (blocks, reading) = read(&bytes, &limits);
        let text = joined(&blocks);
        prop_assert_eq!(text.len() as u64, reading.text_bytes);
        let odd = text.contains(['\u{1b}', '\r', '\0', '\u{feff}']);
        prop_assert!(!odd);
    }
}
