//! What a folder gives: every file, in order, and a note for everything that is not read.
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail loudly")]

use std::{fs, path::Path, sync::Mutex};

use kubetriage_model::NoteKind;
use kubetriage_source::{Error, Input, Limits, open};

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Returns paths, texts and kinds of notes.
fn list(inputs: &[&Path]) -> Vec<(String, String, Vec<NoteKind>)> {
    let inputs: Vec<_> = inputs.iter().map(Input::from_argument).collect();
    let artifacts = open(&inputs, &Limits::default()).unwrap();
    let read = |mut artifact: kubetriage_source::Artifact| {
        let mut blocks = artifact.blocks();
        let text = blocks.by_ref().map(|block| block.text).collect();
        let notes = blocks.finish().notes.iter().map(|note| note.kind).collect();
        (artifact.hint.path, text, notes)
    };
    artifacts.map(read).collect()
}

#[test]
fn files_come_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["b/2", "b/.hidden", "a.txt", "c", ".git/config"] {
        write(folder.path(), path, path);
    }
    let found = list(&[folder.path()]);
    let expected = [
        (".git", "", vec![NoteKind::Info]),
        ("a.txt", "a.txt", vec![]),
        ("b/.hidden", "b/.hidden", vec![]),
        ("b/2", "b/2", vec![]),
        ("c", "c", vec![]),
    ];
    assert_eq!(found, expected.map(|(path, text, notes)| (path.into(), text.into(), notes)));
}

#[test]
fn several_inputs_keep_their_names() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "one/pods.txt", "1");
    write(folder.path(), "two/pods.txt", "2");
    let (one, two) = (folder.path().join("one"), folder.path().join("two/pods.txt"));
    let paths: Vec<_> = list(&[&one, &two]).into_iter().map(|found| found.0).collect();
    assert_eq!(paths, ["one/pods.txt", "pods.txt"]);
}

#[test]
fn what_is_given_twice_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "out/pods.txt", "pods");
    let (out, pods) = (folder.path().join("out"), folder.path().join("out/pods.txt"));
    for inputs in [[&out, &pods], [&pods, &out], [&pods, &pods]] {
        let inputs: Vec<&Path> = inputs.into_iter().map(std::path::PathBuf::as_path).collect();
        let texts: String = list(&inputs).into_iter().map(|found| found.1).collect();
        assert_eq!(texts, "pods");
    }
}

#[test]
fn an_empty_folder_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("nothing")).unwrap();
    let expected = [(".".to_owned(), String::new(), vec![NoteKind::Empty])];
    assert_eq!(list(&[folder.path()]), expected);
}

#[cfg(unix)]
#[test]
fn links_are_counted_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("bundle");
    write(&root, "pods/web.log", "text");
    write(folder.path(), "secret", "outside");
    symlink("pods/web.log", root.join("again.log")).unwrap();
    symlink("../secret", root.join("out")).unwrap();
    symlink(".", root.join("loop")).unwrap();
    symlink("gone", root.join("broken")).unwrap();
    let found = list(&[&root]);
    assert_eq!(
        found,
        [
            ("pods/web.log".into(), "text".into(), vec![]),
            (".".into(), String::new(), vec![NoteKind::Info, NoteKind::Info]),
        ]
    );
    // A link that the user names himself is followed.
    assert_eq!(list(&[&root.join("again.log")]).len(), 1);
}

#[test]
fn a_vanished_file_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a", "a");
    write(folder.path(), "b", "b");
    let mut bundle = open(&[Input::from_argument(folder.path())], &Limits::default()).unwrap();
    let mut first = bundle.next().unwrap();
    fs::remove_file(folder.path().join("a")).unwrap();
    let mut blocks = first.blocks();
    assert!(blocks.next().is_none());
    assert_eq!(blocks.finish().notes.first().unwrap().kind, NoteKind::Unreadable);
    assert_eq!(bundle.next().unwrap().blocks().next().unwrap().text, "b");
}

#[test]
fn a_missing_input_is_an_error_that_names_it() {
    let error = open(&[Input::from_argument("no/such/file")], &Limits::default()).unwrap_err();
    assert!(matches!(error, Error::Missing { .. }));
    assert!(error.to_string().contains("no/such/file"));
    assert!(matches!(open(&[], &Limits::default()).unwrap_err(), Error::NoInput));
}

#[test]
fn several_threads_see_every_artifact_once() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..50 {
        write(folder.path(), &format!("{number:02}"), "x");
    }
    let mut bundle = open(&[Input::from_argument(folder.path())], &Limits::default()).unwrap();
    let seen = Mutex::new(Vec::new());
    bundle.each(4, |artifact| seen.lock().unwrap().push((artifact.id.0, artifact.hint.path)));
    let mut seen = seen.into_inner().unwrap();
    seen.sort();
    let expected: Vec<_> = (0..50).map(|n| (n, format!("{n:02}"))).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_known_layout_is_named_and_fills_the_hint() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "support-bundle/cluster-resources/pods/logs/shop/web-0/web.log", "x");
    write(folder.path(), "support-bundle/notes.txt", "x");
    let mut bundle = open(&[Input::from_argument(folder.path())], &Limits::default()).unwrap();
    let hint = bundle.next().unwrap().hint;
    assert_eq!(hint.namespace.as_deref(), Some("shop"));
    assert!(hint.command.unwrap().line.starts_with("kubectl logs"));
    assert_eq!(bundle.by_ref().count(), 1);
    assert_eq!(bundle.layouts().collect::<Vec<_>>(), ["troubleshoot.sh support bundle"]);
}
