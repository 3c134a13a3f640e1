//! Files that change under the reader, folders deeper than paths may be long, lines longer than memory should hold.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail loudly")]

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use kubetriage_model::NoteKind;
use kubetriage_source::{Artifact, Input, Limits, Reading, open};

/// Opens the folder and returns its artifacts.
fn artifacts(folder: &Path, limits: &Limits) -> Vec<Artifact> {
    open(&[Input::Path(folder.to_owned())], limits).unwrap().collect()
}

/// Reads an artifact to its end, calling `meanwhile` behind the first block.
fn read(mut artifact: Artifact, meanwhile: impl FnOnce()) -> (String, Reading) {
    let mut blocks = artifact.blocks();
    let mut text = blocks.next().map(|block| block.text).unwrap_or_default();
    meanwhile();
    text.extend(blocks.by_ref().map(|block| block.text));
    (text, blocks.finish())
}

fn line(number: usize) -> String {
    format!("{number:07} a line of a log that is written while it is read\n")
}

fn small_blocks() -> Limits {
    Limits { block_bytes: 1 << 10, ..Limits::default() }
}

#[test]
fn a_file_that_grows_is_read_as_it_was_when_it_was_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("web.log");
    let before: String = (0..100).map(line).collect();
    fs::write(&path, &before).unwrap();
    let artifact = artifacts(folder.path(), &small_blocks()).pop().unwrap();
    let (text, reading) = read(artifact, || {
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&vec![b'x'; 1 << 20]).unwrap();
    });
    assert_eq!(text, before);
    let note = reading.notes.first().unwrap();
    assert!(note.kind == NoteKind::Truncated && note.message.contains("grew"), "{note:?}");
}

#[test]
fn a_file_that_shrinks_is_read_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("web.log");
    fs::write(&path, (0..100).map(line).collect::<String>()).unwrap();
    let artifact = artifacts(folder.path(), &small_blocks()).pop().unwrap();
    let (text, reading) = read(artifact, || {
        OpenOptions::new().write(true).open(&path).unwrap().set_len(2_000).unwrap();
    });
    assert!(text.len() >= 1_000 && text.len() <= 3_000, "{}", text.len());
    let note = reading.notes.first().unwrap();
    assert!(note.kind == NoteKind::Truncated && note.message.contains("shrank"), "{note:?}");
}

#[test]
fn a_file_that_becomes_a_folder_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("web.log");
    fs::write(&path, "text\n").unwrap();
    let artifact = artifacts(folder.path(), &Limits::default()).pop().unwrap();
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let (text, reading) = read(artifact, || {});
    assert_eq!(text, "");
    assert_eq!(reading.notes.first().unwrap().kind, NoteKind::Unreadable);
}

/// Makes a folder with a file a thousand folders down. Longer paths than the system takes are made from the end.
fn deep(root: &Path, name: &str) {
    let below = root.join("below");
    fs::create_dir(&below).unwrap();
    fs::write(below.join("deep.txt"), "deep\n").unwrap();
    for _ in 0..4 {
        let top = root.join("top");
        let end = (0..250).fold(top.clone(), |path, _| path.join(name));
        fs::create_dir_all(&end).unwrap();
        fs::rename(&below, end.join("below")).unwrap();
        fs::rename(&top, &below).unwrap();
    }
}

#[test]
fn a_folder_deeper_than_a_path_may_be_long_costs_only_what_lies_below() {
    for (name, is_reached) in [("d", true), ("a_folder_name", false)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("zz.txt"), "behind\n").unwrap();
        deep(folder.path(), name);
        let all = artifacts(folder.path(), &Limits::default()).into_iter();
        let found: Vec<_> = all.map(|one| read(one, || {})).collect();
        let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts.last(), Some(&"behind\n"));
        assert_eq!(texts.contains(&"deep\n"), is_reached, "{name}");
        let mut notes = found.iter().flat_map(|(_, reading)| &reading.notes);
        assert_eq!(notes.any(|note| note.kind == NoteKind::Unreadable), !is_reached);
    }
}

#[test]
fn what_may_not_be_read_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let (closed, secret) = (folder.path().join("closed"), folder.path().join("secret.log"));
    fs::create_dir(&closed).unwrap();
    fs::write(closed.join("inside.txt"), "inside\n").unwrap();
    fs::write(&secret, "secret\n").unwrap();
    fs::write(folder.path().join("zz.txt"), "behind\n").unwrap();
    let allow = |mode| {
        fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).unwrap();
        fs::set_permissions(&secret, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o000);
    // Nothing is closed to root: then everything is read.
    let is_root = fs::read_dir(&closed).is_ok();
    let all = artifacts(folder.path(), &Limits::default()).into_iter();
    let found: Vec<_> = all.map(|one| read(one, || {})).collect();
    allow(0o700);
    let texts: String = found.iter().map(|(text, _)| text.as_str()).collect();
    let notes = found.iter().flat_map(|(_, reading)| &reading.notes);
    let refused = notes.filter(|note| note.kind == NoteKind::Unreadable).count();
    let expected = if is_root { ("inside\nsecret\nbehind\n", 0) } else { ("behind\n", 2) };
    assert_eq!((texts.as_str(), refused), expected);
}

#[test]
fn a_line_of_64_mib_is_cut_and_what_is_behind_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = File::create(folder.path().join("long.log")).unwrap();
    // A hole: the system makes up the bytes between.
    file.write_all(b"start ").unwrap();
    file.seek(SeekFrom::Start(64 << 20)).unwrap();
    file.write_all(b" end\nbehind\n").unwrap();
    let mut long = artifacts(folder.path(), &Limits::default()).pop().unwrap();
    let mut blocks = long.blocks();
    let (mut largest, mut last) = (0, String::new());
    for block in blocks.by_ref() {
        largest = largest.max(block.text.len());
        last = block.text;
    }
    let limit = Limits::default().line_bytes;
    assert!(largest <= 2 * limit && last.ends_with("behind\n"), "{largest}");
    let notes = blocks.finish().notes;
    assert!(notes.iter().any(|note| note.kind == NoteKind::Limit), "{notes:?}");
}

#[test]
fn a_crowd_of_empty_files_is_read() {
    const FILES: usize = 5_000;
    let folder = tempfile::tempdir().unwrap();
    for number in 0..FILES {
        File::create(folder.path().join(format!("{number:06}.log"))).unwrap();
    }
    let found = artifacts(folder.path(), &Limits::default());
    assert_eq!(found.len(), FILES);
    let (text, reading) = read(found.into_iter().next().unwrap(), || {});
    assert_eq!((text.as_str(), reading.notes.first().unwrap().kind), ("", NoteKind::Empty));
}
