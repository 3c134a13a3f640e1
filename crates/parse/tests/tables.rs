//! Golden tests of tables and lone sentences, and properties over all their fixtures.
//!
//! A case is a folder `testdata/formats/<format>/<case>` with `input.txt` and what was stated in `expected.snap`.

#![expect(clippy::unwrap_used, reason = "a broken fixture should fail loudly")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kubetriage_model::{ArtifactId, Data, Hint, Interest, Parsed};
use kubetriage_parse::{Text, parse};
use proptest::prelude::*;

const FORMATS: &[&str] = &["kube_message", "kubectl_get", "status_part"];

struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}

    fn everything(&self) -> bool {
        true
    }
}

/// One fixture: its folder and its text.
type Case = (PathBuf, String);

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/formats");
    let folders = |format| std::fs::read_dir(root.join(format)).unwrap();
    let mut cases: Vec<Case> = FORMATS
        .iter()
        .flat_map(folders)
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.clone(), std::fs::read_to_string(path.join("input.txt")).unwrap()))
        .collect();
    cases.sort();
    cases
}

fn parsed(input: &str) -> Parsed {
    let text = Text { artifact: ArtifactId(0), text: input, offset: 0, first_line: 1 };
    let mut parsed = Parsed::default();
    parse(text, &Hint::default(), &Everything, &mut parsed);
    parsed
}

/// Shows events without their empty fields, coverage, notes, and the account of lines.
fn shown(parsed: &Parsed) -> String {
    let mut text = String::new();
    for event in &parsed.events {
        let mut data = serde_json::to_value(&event.data).unwrap();
        let fields = data.as_object_mut().unwrap();
        fields.retain(|_, value| {
            !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
        });
        fields.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
        let (line, end) = (event.at.line, event.at.end_line);
        writeln!(text, "{line}-{end} {} {data}", event.data.kind()).unwrap();
    }
    for coverage in &parsed.coverage {
        let (kind, of) = (coverage.kind, coverage.object_kind.as_deref().unwrap_or_default());
        let (scope, whole) = (&coverage.scope, coverage.whole);
        writeln!(text, "covers {kind} {of} {scope:?} whole={whole}").unwrap();
    }
    for note in &parsed.notes {
        writeln!(text, "note {:?} {:?} {}", note.line, note.kind, note.message).unwrap();
    }
    writeln!(text, "lines {} of {}", parsed.used, parsed.total).unwrap();
    text
}

#[test]
fn fixtures_state_what_is_expected() {
    for (folder, input) in cases() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("expected", shown(&parsed(&input))));
    }
}

#[test]
fn carriage_returns_change_nothing() {
    for (folder, input) in cases() {
        let crlf = input.replace('\n', "\r\n");
        assert_eq!(shown(&parsed(&input)), shown(&parsed(&crlf)), "{}", folder.display());
    }
}

#[test]
fn every_cut_is_read_without_panic() {
    for (folder, input) in cases() {
        let whole = parsed(&input).events.len();
        for end in (0..=input.len()).step_by((input.len() / 25).max(1)) {
            let Some(front) = input.get(..end) else { continue };
            let cut = parsed(front);
            assert!(cut.used <= cut.total);
            assert!(cut.events.len() <= whole + 1, "{} cut at {end}", folder.display());
        }
    }
}

/// The pods of a text, as far as every layout tells.
fn pods(input: &str) -> Vec<String> {
    let events = parsed(input).events;
    let pods = events.into_iter().filter_map(|event| match event.data {
        Data::Pod(pod) => Some(format!(
            "{:?} {} {:?}/{:?} {:?} {:?}",
            pod.namespace, pod.name, pod.ready, pod.total, pod.status, pod.restarts
        )),
        _ => None,
    });
    pods.collect()
}

#[test]
fn collapsed_blanks_and_tabs_give_the_same_pods() {
    let mut compared = 0;
    for (folder, input) in cases() {
        if !folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pods")) {
            continue;
        }
        let respaced = |gap: &str| -> String {
            let cells = |line: &str| {
                let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
                cells.collect::<Vec<_>>().join(gap) + "\n"
            };
            input.lines().map(cells).collect()
        };
        let plain = pods(&input);
        assert!(!plain.is_empty());
        assert_eq!(plain, pods(&respaced(" ")), "{} with single blanks", folder.display());
        assert_eq!(plain, pods(&respaced("\t")), "{} with tabs", folder.display());
        compared += 1;
    }
    assert!(compared > 4, "the fixtures are gone");
}

#[test]
fn a_big_table_is_read_row_by_row() {
    let mut text = "NAMESPACE   NAME          READY   STATUS    RESTARTS      AGE\n".to_owned();
    for index in 0..10_000 {
        writeln!(text, "demo        web-{index:08}  1/1     Running   3 (2d ago)    34d").unwrap();
    }
    assert_eq!(parsed(&text).events.len(), 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Lines of all fixtures in any order.
    #[test]
    fn shuffled_lines_are_read_without_panic(picks in prop::collection::vec(0_usize..100_000, 1..60)) {
        let cases = cases();
        let lines: Vec<&str> = cases.iter().flat_map(|(_, input)| input.lines()).collect();
        let text: Vec<&str> =
            picks.iter().filter_map(|pick| lines.get(pick % lines.len()).copied()).collect();
        let parsed = parsed(&text.join("\n"));
        prop_assert!(parsed.used <= parsed.total);
    }
}
