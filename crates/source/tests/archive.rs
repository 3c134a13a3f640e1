//! Archives: every member is read, whatever it is packed in, and nothing hostile costs the others.
#![cfg(feature = "archive")]
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail loudly")]

use std::{fs, io::Write, path::Path};

use kubetriage_model::NoteKind;
use kubetriage_source::{Input, Limits, open};

/// Path, text and kinds of notes of an artifact.
type Seen = (String, String, Vec<NoteKind>);

fn list_path(path: &Path, limits: &Limits) -> Vec<Seen> {
    let read = |mut artifact: kubetriage_source::Artifact| {
        let mut blocks = artifact.blocks();
        let text = blocks.by_ref().map(|block| block.text).collect();
        let notes = blocks.finish().notes.iter().map(|note| note.kind).collect();
        (artifact.hint.path, text, notes)
    };
    open(&[Input::Path(path.to_owned())], limits).unwrap().map(read).collect()
}

fn list_with(bytes: &[u8], limits: &Limits) -> Vec<Seen> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    fs::write(&path, bytes).unwrap();
    list_path(&path, limits)
}

fn list(bytes: &[u8]) -> Vec<Seen> {
    list_with(bytes, &Limits::default())
}

fn seen(path: &str, text: &str, notes: &[NoteKind]) -> Seen {
    (path.to_owned(), text.to_owned(), notes.to_vec())
}

/// Writes a tar header by hand, so that its name may be anything.
fn tar_entry(name: &str, kind: tar::EntryType, size: u64, data: &[u8]) -> Vec<u8> {
    let mut header = tar::Header::new_ustar();
    for (byte, wanted) in header.as_old_mut().name.iter_mut().zip(name.bytes()) {
        *byte = wanted;
    }
    header.set_size(size);
    header.set_entry_type(kind);
    if kind.is_symlink() || kind.is_hard_link() {
        header.set_link_name("target").unwrap();
    }
    header.set_cksum();
    let padding = vec![0; data.len().next_multiple_of(512) - data.len()];
    [header.as_bytes(), data, &padding].concat()
}

fn file(name: &str, data: &[u8]) -> Vec<u8> {
    tar_entry(name, tar::EntryType::Regular, data.len() as u64, data)
}

fn tar(entries: &[Vec<u8>]) -> Vec<u8> {
    [entries.concat(), vec![0; 1024]].concat()
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zstd(data: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(data, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Writes a zip as Go does: sizes behind the data. The directory is left out.
fn streamed_zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, data) in files {
        let mut encoder =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        let packed = encoder.finish().unwrap();
        out.extend_from_slice(b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0");
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&packed);
        out.extend_from_slice(b"PK\x07\x08");
        out.extend_from_slice(&[1; 12]);
    }
    out
}

#[test]
fn every_packing_gives_the_same_members() {
    let inner = tar(&[file("b/pods.txt", b"pods\n"), file("b/log", b"log\n")]);
    let expected = [seen("a!b/pods.txt", "pods\n", &[]), seen("a!b/log", "log\n", &[])];
    let halves = inner.split_at(700);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("tar", inner.clone()),
        ("tar.gz", gzip(&inner)),
        ("tar.gz in two parts", [gzip(halves.0), gzip(halves.1)].concat()),
        ("tar.zst", zstd(&inner)),
        ("tar.zst in two frames", [zstd(halves.0), zstd(halves.1)].concat()),
        ("tar.gz.gz", gzip(&gzip(&inner))),
        ("zip", zip(&[("b/pods.txt", b"pods\n"), ("b\\log", b"log\n")])),
    ];
    for (name, bytes) in cases {
        assert_eq!(list(&bytes), expected, "{name}");
    }
    assert_eq!(list(&gzip(b"one log\n")), [seen("a", "one log\n", &[])]);
    assert_eq!(list(&zstd(b"one log\n")), [seen("a", "one log\n", &[])]);
}

#[test]
fn archives_inside_archives_are_opened_to_a_depth() {
    let innermost = zip(&[("pods.txt", b"pods\n")]);
    let nodes = gzip(&tar(&[file("node.zip", &innermost)]));
    let outer = zip(&[("nodes.tgz", &nodes), ("readme", b"hello\n")]);
    let hello = seen("a!readme", "hello\n", &[]);
    let whole = [seen("a!nodes.tgz!node.zip!pods.txt", "pods\n", &[]), hello.clone()];
    assert_eq!(list(&outer), whole);
    let limits = Limits { archive_depth: 2, ..Limits::default() };
    let cut = [seen("a!nodes.tgz!node.zip", "", &[NoteKind::Limit]), hello];
    assert_eq!(list_with(&outer, &limits), cut);
}

#[test]
fn a_zip_without_its_directory_is_read_from_the_front() {
    let streamed = streamed_zip(&[("pods.txt", b"pods\n"), ("dir/log", &b"log\n".repeat(999))]);
    let log = "log\n".repeat(999);
    let found = list(&streamed);
    assert_eq!(found.first().unwrap(), &seen("a!pods.txt", "pods\n", &[]));
    assert_eq!(&found[1], &seen("a!dir/log", &log, &[]));
    // The same inside another archive, and when the buffer is too small for its directory.
    let nested = tar(&[file("n.zip", &zip(&[("pods.txt", b"pods\n"), ("log", b"log\n")]))]);
    let limits = Limits { zip_buffer_bytes: 64, ..Limits::default() };
    let found = list_with(&nested, &limits);
    let expected = [
        seen("a!n.zip!pods.txt", "pods\n", &[]),
        seen("a!n.zip!log", "log\n", &[]),
        seen("a!n.zip", "", &[NoteKind::Info]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn hostile_tar_entries_cost_nothing_but_a_note() {
    use NoteKind::{Binary, Empty, Info};
    use tar::EntryType as Kind;
    let bytes = tar(&[
        file("../../etc/evil", b"1"),
        file("/abs/evil", b"2"),
        tar_entry("link", Kind::Symlink, 0, b""),
        tar_entry("hard", Kind::Link, 0, b""),
        tar_entry("device", Kind::Char, 0, b""),
        tar_entry("folder/", Kind::Directory, 0, b""),
        file("twice", b"3"),
        file("twice", b"4"),
        file("empty", b""),
        file("image.png", b"\x89PNG\r\n\x1a\n"),
        file("last", b"5"),
    ]);
    assert_eq!(
        list(&bytes),
        [
            seen("a!etc/evil", "1", &[Info]),
            seen("a!abs/evil", "2", &[Info]),
            seen("a!twice", "3", &[]),
            seen("a!twice", "4", &[Info]),
            seen("a!empty", "", &[Empty]),
            seen("a!image.png", "", &[Binary]),
            seen("a!last", "5", &[]),
            seen("a", "", &[Info, Info]),
        ]
    );
}

#[test]
fn an_archive_that_ends_early_gives_what_is_there() {
    let log = b"0123456789abcde\n".repeat(100_000);
    let whole = tar(&[file("first", b"first\n"), file("log", &log)]);
    let cut = &whole[..whole.len() / 2];
    let packed = gzip(&whole);
    let packed = &packed[..packed.len() / 2];
    for bytes in [cut, packed] {
        let found = list(bytes);
        assert_eq!(found.first().unwrap(), &seen("a!first", "first\n", &[]));
        let (path, text, notes) = &found[1];
        assert_eq!((path.as_str(), notes.as_slice()), ("a!log", &[NoteKind::Truncated][..]));
        assert!(text.len() > 100_000 && text.starts_with("0123456789abcde\n"), "{}", text.len());
        assert_eq!(&found[2], &seen("a", "", &[NoteKind::Truncated]));
    }
}

#[test]
fn a_lying_size_costs_only_what_lies() {
    let lying = tar_entry("lying", tar::EntryType::Regular, 1 << 30, b"short");
    let found = list(&tar(&[file("good", b"good\n"), lying]));
    assert_eq!(found.first().unwrap(), &seen("a!good", "good\n", &[]));
    let (path, _, notes) = &found[1];
    assert_eq!((path.as_str(), notes.contains(&NoteKind::Truncated)), ("a!lying", true));
}

#[test]
fn bombs_end_at_a_limit() {
    let zeros = vec![b'0'; 8 << 20];
    let bomb = gzip(&tar(&[file("good", b"good\n"), file("zeros", &zeros), file("rest", b"x")]));
    let by_size = Limits { archive_bytes: 1 << 20, ..Limits::default() };
    let found = list_with(&bomb, &by_size);
    assert_eq!(found.first().unwrap(), &seen("a!good", "good\n", &[]));
    assert!(found[1].1.len() < 2 << 20);
    assert_eq!(found[1].2, [NoteKind::Limit]);
    assert_eq!(&found[2], &seen("a", "", &[NoteKind::Limit]));

    let by_member = Limits { member_bytes: 1000, ..Limits::default() };
    let found = list_with(&bomb, &by_member);
    let sizes: Vec<_> = found.iter().map(|(_, text, notes)| (text.len(), notes.len())).collect();
    assert_eq!(sizes, [(5, 0), (1000, 1), (1, 0)]);

    let by_count = Limits { archive_members: 2, ..Limits::default() };
    let found = list_with(&bomb, &by_count);
    assert_eq!(found.last().unwrap(), &seen("a", "", &[NoteKind::Limit]));
    assert_eq!(found.len(), 3);
}

#[test]
fn bombs_inside_archives_end_at_the_limit_of_the_whole() {
    let zeros = vec![b'0'; 4 << 20];
    let once = gzip(&zeros);
    let twice = gzip(&once);
    let limits = Limits { archive_bytes: 1 << 20, ..Limits::default() };
    for (name, bomb) in [
        ("zip", zip(&[("good", b"good\n"), ("zeros", &zeros), ("rest", b"x")])),
        ("gzip in zip", zip(&[("good", b"good\n"), ("zeros.gz", &once), ("rest", b"x")])),
        (
            "gzip in gzip in tar",
            tar(&[file("good", b"good\n"), file("z.gz.gz", &twice), file("rest", b"x")]),
        ),
        (
            "zip in zip",
            zip(&[("good", b"good\n"), ("inner.zip", &zip(&[("zeros", &zeros)])), ("rest", b"x")]),
        ),
        (
            "zip from a pipe",
            streamed_zip(&[("good", b"good\n"), ("zeros", &zeros), ("rest", b"x")]),
        ),
    ] {
        let found = list_with(&bomb, &limits);
        assert_eq!(found.first().unwrap(), &seen("a!good", "good\n", &[]), "{name}");
        assert!(found.iter().all(|(_, text, _)| text.len() < 2 << 20), "{name}");
        let (path, _, notes) = found.last().unwrap();
        assert_eq!((path.as_str(), notes.last()), ("a", Some(&NoteKind::Limit)), "{name}");
        assert!(!found.iter().any(|(path, ..)| path == "a!rest"), "{name}");
    }
}

#[test]
fn a_bomb_ends_at_its_ratio() {
    // Beyond the first 256 MiB: more than 250 times what it was packed to.
    let zeros = vec![0; 1 << 20];
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..300 {
        encoder.write_all(&zeros).unwrap();
    }
    let limits = Limits { archive_ratio: 100, ..Limits::default() };
    let found = list_with(&encoder.finish().unwrap(), &limits);
    assert_eq!(found.last().unwrap(), &seen("a", "", &[NoteKind::Limit]));
}

#[test]
fn members_of_the_same_name_are_all_read() {
    let mut twice = zip(&[("pods.1", b"one\n"), ("pods.2", b"two\n")]);
    for at in 0..twice.len() - 6 {
        if twice[at..].starts_with(b"pods.2") {
            twice[at + 5] = b'1';
        }
    }
    let found = list(&twice);
    let texts: Vec<_> =
        found.iter().map(|(path, text, _)| (path.as_str(), text.as_str())).collect();
    assert_eq!(texts, [("a!pods.1", "one\n"), ("a!pods.1", "two\n"), ("a", "")]);
}

#[test]
fn a_long_name_header_cannot_fill_the_memory() {
    let name = vec![b'n'; 3 << 20];
    let long = tar_entry("././@LongLink", tar::EntryType::GNULongName, name.len() as u64, &name);
    let found = list(&tar(&[file("good", b"good\n"), long, file("x", b"x")]));
    assert_eq!(found, [seen("a!good", "good\n", &[]), seen("a", "", &[NoteKind::Malformed])]);
}

#[test]
fn members_nobody_reads_do_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let big = b"0123456789abcde\n".repeat(150_000);
    fs::write(&path, tar(&[file("big", &big), file("after", b"after\n")])).unwrap();
    let mut bundle = open(&[Input::Path(path.clone())], &Limits::default()).unwrap();
    drop(bundle.next().unwrap());
    assert_eq!(bundle.next().unwrap().blocks().next().unwrap().text, "after\n");
    assert!(bundle.next().is_none());
    // A big member comes in blocks, whole.
    let found = list_path(&path, &Limits { block_bytes: 1 << 16, ..Limits::default() });
    assert!(found.first().unwrap().1.as_bytes() == big);
}

#[test]
fn damaged_archives_never_panic() {
    let inner = tar(&[file("first", b"first\n"), file("second", &b"line\n".repeat(200))]);
    let zipped = zip(&[("first", b"first\n"), ("second", &b"line\n".repeat(200))]);
    for bytes in [gzip(&inner), zstd(&inner), zipped, inner] {
        for at in (0..bytes.len()).step_by(bytes.len() / 24 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            list(&damaged);
            list(&bytes[..at]);
        }
    }
}
