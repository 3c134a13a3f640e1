//! Golden tests of logs and of sectioning: each folder in `testdata` holds one input and what is read of it.
//!
//! `INSTA_UPDATE=always cargo test -p kubetriage-parse --test logs` rewrites the expectations.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kubetriage_model::{ArtifactId, Event, Hint, Interest, Parsed};
use kubetriage_parse::{Text, parse};

/// Every line is of interest.
struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}

    fn everything(&self) -> bool {
        true
    }
}

#[test]
fn agent_logs_give_their_events() {
    each_case("formats/agent_log", events);
}

#[test]
fn logs_give_their_events() {
    each_case("formats/log", events);
}

#[test]
fn texts_are_cut_into_sections() {
    each_case("sections", sections);
}

fn each_case(folder: &str, shown: fn(&Parsed) -> String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(folder);
    let cases = cases(&root);
    assert!(!cases.is_empty(), "no case in {}", root.display());
    for case in cases {
        let text = read(&case.join("input.txt"));
        let mut parsed = Parsed::default();
        let text = Text { artifact: ArtifactId(0), text: &text, offset: 0, first_line: 1 };
        parse(text, &Hint::default(), &Everything, &mut parsed);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&case);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("expected", shown(&parsed)));
    }
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn cases(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).into_iter().flatten();
    let mut cases: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    cases.retain(|path| path.join("input.txt").is_file());
    cases.sort();
    cases
}

/// Shows each event: its lines, its family, the fields that are set.
fn events(parsed: &Parsed) -> String {
    let mut text = String::new();
    for event in &parsed.events {
        let _ = writeln!(text, "{}", event_line(event));
    }
    let _ = write!(text, "{} of {} lines used", parsed.used, parsed.total);
    text
}

fn event_line(event: &Event) -> String {
    let mut data = serde_json::to_value(&event.data).unwrap_or_default();
    if let Some(fields) = data.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    let repaired = if event.repaired { " repaired" } else { "" };
    let quoted = if event.quoted { " quoted" } else { "" };
    let at = &event.at;
    format!("{}-{} {}{repaired}{quoted} {data}", at.line, at.end_line, event.data.kind())
}

/// Shows each section: its lines, its format, its command, and how many events were read in it.
fn sections(parsed: &Parsed) -> String {
    let mut text = String::new();
    for section in &parsed.sections {
        let within = |event: &&Event| (section.line..=section.end_line).contains(&event.at.line);
        let count = parsed.events.iter().filter(within).count();
        let command = section.command.as_ref().map_or("", |command| command.line.as_str());
        let (line, end) = (section.line, section.end_line);
        let _ = writeln!(text, "{line}-{end} {} | {command} | {count} events", section.format);
    }
    for note in &parsed.notes {
        let _ = writeln!(text, "note {:?}: {}", note.kind, note.message);
    }
    let _ = write!(text, "{} of {} lines used", parsed.used, parsed.total);
    text
}
