//! Logs, and how texts are cut into sections.

use std::fmt::Write as _;

use kubetriage_model::{Event, Parsed};

use crate::harness;

#[test]
fn agent_logs_give_their_events() {
    harness::hold(&harness::cases(&["agent_log"]), events);
}

#[test]
fn logs_give_their_events() {
    harness::hold(&harness::cases(&["log"]), events);
}

#[test]
fn texts_are_cut_into_sections() {
    harness::hold(&harness::in_folder("", &harness::testdata("sections")), sections);
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
