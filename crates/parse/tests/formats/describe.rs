//! `kubectl describe`: its cases, and properties over all of them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use kubetriage_model::{Coverage, Event, Hint, Parsed};
use proptest::prelude::*;

use crate::harness::{self, Case, parsed};

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| harness::cases(&["kubectl_describe"]));

/// Shows an event without its empty fields, and the lines of its marks.
fn event(event: &Event) -> String {
    let marks = event.at.marks.iter().map(|mark| format!("{}@{}", mark.field, mark.line));
    let marks = marks.collect::<Vec<_>>().join(" ");
    format!("{}  marks: {marks}\n", harness::event(event))
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
    harness::hold(&CASES, shown);
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
    harness::hold_line_ends(&CASES, shown);
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
