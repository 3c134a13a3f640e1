//! What each file of `testdata/hostile` gives, as a golden file.
#![cfg(feature = "archive")]
#![expect(clippy::unwrap_used, reason = "a broken fixture should fail loudly")]

use std::{fmt::Write, path::Path};

use kubetriage_source::{Artifact, Input, Limits, open};

/// Files of the folder that are no input.
const OURS: &[&str] = &["README.md", "reading.snap"];

/// Renders an artifact: its path, its first lines, its notes.
fn shown(mut artifact: Artifact) -> String {
    let mut blocks = artifact.blocks();
    let text: String = blocks.by_ref().map(|block| block.text).collect();
    let reading = blocks.finish();
    let mut shown =
        format!("{}: {} bytes, {} lines\n", artifact.hint.path, reading.bytes, reading.lines);
    for line in text.lines().take(8) {
        writeln!(shown, "    | {line}").unwrap();
    }
    for note in reading.notes {
        let line = note.line.map(|line| format!(" line {line}")).unwrap_or_default();
        writeln!(shown, "    {:?}{line}: {}", note.kind, note.message).unwrap();
    }
    shown
}

#[test]
fn hostile_input_is_read_as_far_as_it_goes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/hostile");
    let bundle = open(&[Input::Path(folder)], &Limits::default()).unwrap();
    let files = bundle.filter(|artifact| !OURS.contains(&artifact.hint.path.as_str()));
    let report: String = files.map(shown).collect();
    insta::with_settings!({
        snapshot_path => "../../../testdata/hostile",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("reading", report) });
}
