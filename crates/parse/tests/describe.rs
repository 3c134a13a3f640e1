//! Golden tests of `kubectl describe`, and properties over all its fixtures.
//!
//! A case is a folder `testdata/formats/kubectl_describe/<case>` with `input.txt`, the command that
//! printed it in `command.txt` where the case needs one, and what was stated in `expected.snap`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken fixture should fail loudly")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kubetriage_model::{ArtifactId, Command, Coverage, Event, Hint, Interest, Parsed};
use kubetriage_parse::{Text, parse};
use proptest::prelude::*;

struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}

    fn everything(&self) -> bool {
        true
    }
}

struct Case {
    folder: PathBuf,
    input: String,
    hint: Hint,
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("../../testdata/formats/kubectl_describe");
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    let case = |folder: PathBuf| {
        let input = read(&folder.join("input.txt")).unwrap();
        let command = read(&folder.join("command.txt")).map(|text| command(&text));
        Case { folder, input, hint: Hint { command: command.map(Box::new), ..Hint::default() } }
    };
    folders.into_iter().map(case).collect()
});

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

/// Shows an event without its empty fields, and the lines of its marks.
fn event(event: &Event) -> String {
    let at = &event.at;
    let mut text = format!("{} {}-{}\n", event.data.kind(), at.line, at.end_line);
    let data = serde_json::to_value(&event.data).unwrap();
    for (key, value) in data.as_object().unwrap() {
        let empty = value.is_null()
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
        if !empty {
            writeln!(text, "  {key}: {value}").unwrap();
        }
    }
    let marks = at.marks.iter().map(|mark| format!("{}@{}", mark.field, mark.line));
    writeln!(text, "  marks: {}", marks.collect::<Vec<_>>().join(" ")).unwrap();
    text
}

fn coverage(coverage: &Coverage) -> String {
    format!("covers {} {:?} whole: {}\n", coverage.kind, coverage.scope, coverage.whole)
}

fn shown(parsed: &Parsed) -> String {
    let mut text: String = parsed.events.iter().map(event).collect();
    text.extend(parsed.coverage.iter().map(coverage));
    for section in &parsed.sections {
        writeln!(text, "section {}-{} {}", section.line, section.end_line, section.format).unwrap();
    }
    writeln!(text, "lines {} of {}", parsed.used, parsed.total).unwrap();
    text
}

#[test]
fn fixtures_state_what_is_expected() {
    assert!(CASES.len() > 30, "the fixtures are gone");
    for case in CASES.iter() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case.folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
            .bind(|| insta::assert_snapshot!("expected", shown(&parsed(&case.input, &case.hint))));
    }
}

#[test]
fn every_fixture_is_read_as_describe_alone() {
    for case in CASES.iter() {
        let parsed = parsed(&case.input, &case.hint);
        let foreign = parsed.sections.iter().find(|section| section.format != "kubectl_describe");
        assert!(foreign.is_none(), "{}: {foreign:?}", case.folder.display());
        assert_eq!(parsed.used, parsed.total, "{}", case.folder.display());
    }
}

#[test]
fn carriage_returns_change_nothing() {
    for case in CASES.iter() {
        let plain = parsed(&case.input, &case.hint);
        let crlf = parsed(&case.input.replace('\n', "\r\n"), &case.hint);
        assert_eq!(shown(&plain), shown(&crlf), "{}", case.folder.display());
    }
}

/// A capture cut at a line never names an object that the whole one does not have.
#[test]
fn a_cut_capture_names_no_other_objects() {
    for case in CASES.iter() {
        let whole: Vec<_> = parsed(&case.input, &case.hint).events.iter().map(name).collect();
        let ends: Vec<usize> = case.input.match_indices('\n').map(|(at, _)| at + 1).collect();
        for end in ends.iter().step_by(1 + ends.len() / 60) {
            let Some(front) = case.input.get(..*end) else { continue };
            for event in &parsed(front, &case.hint).events {
                let name = name(event);
                assert!(
                    name.1 == "null" || whole.contains(&name),
                    "{} line {}: {name:?}",
                    case.folder.display(),
                    end
                );
            }
        }
    }
}

/// Returns family, kind and name.
fn name(event: &Event) -> (String, String) {
    let data = serde_json::to_value(&event.data).unwrap();
    let field = |name: &str| data.get(name).map(ToString::to_string).unwrap_or_default();
    let object = if event.data.kind() == "kube_event" { "object" } else { "name" };
    (event.data.kind().to_owned(), field(object))
}

/// The lines of all fixtures.
static LINES: LazyLock<Vec<&str>> =
    LazyLock::new(|| CASES.iter().flat_map(|case| case.input.lines()).collect());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A capture may end anywhere, also inside a line.
    #[test]
    fn every_cut_is_read_without_panic(case in 0_usize..1000, at in 0_usize..100_000) {
        let case = &CASES[case % CASES.len()];
        let at = at % (case.input.len() + 1);
        if let Some(front) = case.input.get(..at) {
            let cut = parsed(front, &case.hint);
            prop_assert!(cut.used <= cut.total);
            prop_assert!(cut.events.iter().all(|event| event.at.end <= front.len() as u64));
        }
    }

    /// Lines of all fixtures in any order.
    #[test]
    fn shuffled_lines_are_read_without_panic(picks in prop::collection::vec(0_usize..100_000, 1..80)) {
        let text: Vec<&str> = picks.iter().map(|pick| LINES[pick % LINES.len()]).collect();
        let parsed = parsed(&text.join("\n"), &Hint::default());
        prop_assert!(parsed.used <= parsed.total);
    }
}
