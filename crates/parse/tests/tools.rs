//! Golden tests of the formats that command-line tools print, and properties over all their fixtures.
//!
//! A case is a folder `testdata/formats/<format>/<case>` with `input.txt`, the command that printed it in
//! `command.txt` where the case needs one (`key: value` lines), and what was stated in `expected.snap`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken fixture should fail loudly")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kubetriage_model::{ArtifactId, Command, Hint, Interest, Parsed};
use kubetriage_parse::{Text, parse};
use proptest::prelude::*;

/// The formats whose fixtures this file owns.
const FORMATS: &[&str] = &[
    "arc_diagnoser",
    "az",
    "cluster_tool",
    "connectivity",
    "dig",
    "flux_cli",
    "getent",
    "helm",
    "host",
    "kubectl_error",
    "kubectl_top",
    "nslookup",
    "periscope",
    "resolve_dns_name",
];

struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}

    fn everything(&self) -> bool {
        true
    }
}

/// One fixture.
struct Case {
    format: &'static str,
    folder: PathBuf,
    input: String,
    hint: Hint,
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/formats");
    let mut cases = Vec::new();
    for format in FORMATS {
        let Ok(folders) = std::fs::read_dir(root.join(format)) else { continue };
        let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        for folder in folders {
            let Some(input) = read(&folder.join("input.txt")) else { continue };
            let command = read(&folder.join("command.txt")).map(|text| command(&text));
            let hint = Hint { command: command.map(Box::new), ..Hint::default() };
            cases.push(Case { format, folder, input, hint });
        }
    }
    cases
}

fn command(text: &str) -> Command {
    let mut command = Command::default();
    for (key, value) in text.lines().filter_map(|line| line.split_once(": ")) {
        let value = value.to_owned();
        match key {
            "tool" => command.tool = value,
            "verb" => command.verb = value,
            "resource" => command.resource = Some(value),
            "name" => command.name = Some(value),
            "namespace" => command.namespace = Some(value),
            "inner" => command.inner = value.split(' ').map(str::to_owned).collect(),
            "line" => command.line = value,
            "prompt" => command.prompt = Some(value),
            "output" => command.output = Some(value),
            other => panic!("unknown key {other}"),
        }
    }
    command
}

fn parsed(input: &str, hint: &Hint) -> Parsed {
    let text = Text { artifact: ArtifactId(0), text: input, offset: 0, first_line: 1 };
    let mut parsed = Parsed::default();
    parse(text, hint, &Everything, &mut parsed);
    parsed
}

/// Shows sections, events without their empty fields, notes, and the account of lines.
fn shown(parsed: &Parsed) -> String {
    let mut text = String::new();
    for section in &parsed.sections {
        writeln!(text, "section {}-{} {}", section.line, section.end_line, section.format).unwrap();
    }
    for event in &parsed.events {
        let at = &event.at;
        writeln!(text, "{} {}-{}", event.data.kind(), at.line, at.end_line).unwrap();
        let data = serde_json::to_value(&event.data).unwrap();
        for (key, value) in data.as_object().unwrap() {
            let empty = value.is_null()
                || value.as_array().is_some_and(Vec::is_empty)
                || value.as_object().is_some_and(serde_json::Map::is_empty);
            if !empty {
                writeln!(text, "  {key}: {value}").unwrap();
            }
        }
        for mark in &at.marks {
            writeln!(text, "  @{} line {}", mark.field, mark.line).unwrap();
        }
    }
    for note in &parsed.notes {
        writeln!(text, "note {:?} {:?} {}", note.line, note.kind, note.message).unwrap();
    }
    writeln!(text, "lines {} of {}", parsed.used, parsed.total).unwrap();
    text
}

#[test]
fn fixtures_state_what_is_expected() {
    let cases = cases();
    assert!(cases.len() > 40, "the fixtures are gone");
    for case in cases {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
            .bind(|| insta::assert_snapshot!("expected", shown(&parsed(&case.input, &case.hint))));
    }
}

#[test]
fn every_fixture_is_read_by_its_own_format_alone() {
    for case in cases() {
        let parsed = parsed(&case.input, &case.hint);
        for section in &parsed.sections {
            let noise = section.format == "kubectl_error" && parsed.sections.len() > 1;
            assert!(
                section.format == case.format || noise,
                "{} reads lines {}-{} of {}",
                section.format,
                section.line,
                section.end_line,
                case.folder.display(),
            );
        }
    }
}

#[test]
fn carriage_returns_change_nothing() {
    for case in cases() {
        let plain = parsed(&case.input, &case.hint);
        let crlf = parsed(&case.input.replace('\n', "\r\n"), &case.hint);
        assert_eq!(shown(&plain), shown(&crlf), "{}", case.folder.display());
    }
}

#[test]
fn every_cut_is_read_without_panic() {
    for case in cases() {
        let step = (case.input.len() / 30).max(1);
        let ends = (0..case.input.len()).step_by(step);
        for front in ends.filter_map(|end| case.input.get(..end)) {
            let cut = parsed(front, &case.hint);
            assert!(cut.used <= cut.total);
            let inside = cut.events.iter().all(|event| event.at.end <= front.len() as u64);
            assert!(inside, "{}", case.folder.display());
        }
    }
}

/// The lines of all fixtures.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = |case: Case| case.input.lines().map(str::to_owned).collect::<Vec<_>>();
    cases().into_iter().flat_map(lines).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Lines of all fixtures in any order.
    #[test]
    fn shuffled_lines_are_read_without_panic(picks in prop::collection::vec(0_usize..100_000, 1..60)) {
        let text: Vec<&str> =
            picks.iter().filter_map(|pick| LINES.get(pick % LINES.len()).map(String::as_str)).collect();
        let parsed = parsed(&text.join("\n"), &Hint::default());
        prop_assert!(parsed.used <= parsed.total);
    }
}
