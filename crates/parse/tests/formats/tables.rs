//! Tables and lone sentences: their cases, and properties over all of them.

use std::fmt::Write as _;

use kubetriage_model::{Data, Hint, Parsed};
use proptest::prelude::*;

use crate::harness::{self, Case, is_told};

fn cases() -> Vec<Case> {
    harness::cases(&["kube_message", "kubectl_get", "status_part"])
}

fn parsed(input: &str) -> Parsed {
    harness::parsed(input, &Hint::default())
}

/// Shows events without their empty fields, coverage, notes, and the account of lines.
fn shown(parsed: &Parsed) -> String {
    let mut text = String::new();
    for event in &parsed.events {
        let mut data = serde_json::to_value(&event.data).unwrap();
        data.as_object_mut().unwrap().retain(|_, value| is_told(value));
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
    harness::hold(&cases(), shown);
}

#[test]
fn carriage_returns_change_nothing() {
    harness::hold_line_ends(&cases(), shown);
}

#[test]
fn every_cut_is_read_without_panic() {
    for Case { folder, input, .. } in cases() {
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
    for Case { folder, input, .. } in cases() {
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
        let lines: Vec<&str> = cases.iter().flat_map(|case| case.input.lines()).collect();
        let text: Vec<&str> =
            picks.iter().filter_map(|pick| lines.get(pick % lines.len()).copied()).collect();
        let parsed = parsed(&text.join("\n"));
        prop_assert!(parsed.used <= parsed.total);
    }
}
