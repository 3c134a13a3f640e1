//! What command-line tools print: their cases, and properties over all of them.

use std::fmt::Write as _;
use std::sync::LazyLock;

use kubetriage_model::{Event, Hint, Parsed};
use proptest::prelude::*;

use crate::harness::{self, Case, parsed};

/// The formats whose fixtures this file owns.
const FORMATS: &[&str] = &[
    "arc_diagnoser",
    "argo_cli",
    "az",
    "cluster_tool",
    "connectivity",
    "container_list",
    "dig",
    "flux_cli",
    "getent",
    "helm",
    "host",
    "kubectl_error",
    "kubectl_template",
    "kubectl_top",
    "nslookup",
    "periscope",
    "resolve_dns_name",
    "terraform",
];

fn cases() -> Vec<Case> {
    harness::cases(FORMATS)
}

/// Shows an event without its empty fields, and the lines of its marks.
fn event(event: &Event) -> String {
    let mut text = harness::event(event);
    for mark in &event.at.marks {
        writeln!(text, "  @{} line {}", mark.field, mark.line).unwrap();
    }
    text
}

/// Shows sections, events, notes, and the account of lines.
fn shown(parsed: &Parsed) -> String {
    let mut text = String::new();
    for section in &parsed.sections {
        writeln!(text, "section {}-{} {}", section.line, section.end_line, section.format).unwrap();
    }
    text.extend(parsed.events.iter().map(event));
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
    harness::hold(&cases, shown);
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
    harness::hold_line_ends(&cases(), shown);
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
