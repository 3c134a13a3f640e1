//! Properties over all text fixtures: captures that were cut, mixed up, wrapped, quoted or glued.
//!
//! Whatever happens to a text, parsing ends, does not panic, and accounts for each line at most once; what
//! changes only the dress of a text changes no event.

use std::path::PathBuf;
use std::sync::LazyLock;

use kubetriage_model::{Hint, Parsed};
use proptest::prelude::*;

use crate::harness;

/// Longest text that is taken apart, in bytes.
const LONGEST: usize = 12_000;

static TEXTS: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(texts);

/// Returns the inputs of all formats, and hostile files that are text.
fn texts() -> Vec<(PathBuf, String)> {
    let mut open = vec![harness::testdata("formats"), harness::testdata("hostile")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_none_or(|end| end != "snap" && end != "md")
                && let Ok(text) = std::fs::read_to_string(&path)
                && text.len() < LONGEST
            {
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

fn parsed(input: &str) -> Parsed {
    harness::parsed(input, &Hint::default())
}

/// Returns the statements of a text, without where they stand.
fn said(input: &str) -> Vec<String> {
    let events = parsed(input).events;
    events.iter().map(|event| serde_json::to_string(&event.data).unwrap()).collect()
}

fn chosen() -> impl Strategy<Value = &'static str> {
    any::<prop::sample::Index>().prop_map(|index| index.get(&TEXTS).1.as_str())
}

/// Ways in which people and programs disguise a capture.
fn disguised(text: &str, how: usize, at: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let index = at % lines.len().max(1);
    match how {
        0 => text.chars().take(at % (text.chars().count() + 1)).collect(),
        1 => text.chars().skip(at % (text.chars().count() + 1)).collect(),
        2 => lines
            .iter()
            .enumerate()
            .filter(|(i, _)| *i != index)
            .map(|(_, l)| l.to_string() + "\n")
            .collect(),
        3 => lines
            .iter()
            .enumerate()
            .flat_map(|(i, l)| vec![l.to_string() + "\n"; 1 + usize::from(i == index)])
            .collect(),
        4 => lines
            .iter()
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
            .collect(),
        5 => wrapped(&lines, 80),
        6 => between(&lines, "> ", ""),
        7 => format!("Here it is:\n```console\n{text}\n```\n"),
        8 => format!("PS C:\\> kubectl get pods -A\n{text}"),
        9 => between(&lines, "\t", ""),
        10 => lines.iter().rev().map(|l| l.to_string() + "\n").collect(),
        11 => text.replace("  ", "\t"),
        12 => text.replace('\n', "\\n"),
        13 => between(&lines, "| ", " |"),
        14 => text.replace(' ', "\u{a0}").replace('"', "“"),
        _ => text.replace('\n', "\n\n"),
    }
}

fn between(lines: &[&str], front: &str, back: &str) -> String {
    lines.iter().flat_map(|line| [front, line, back, "\n"]).collect()
}

fn wrapped(lines: &[&str], width: usize) -> String {
    let mut text = String::new();
    for (at, c) in lines.iter().flat_map(|line| line.chars().chain(['\n']).enumerate()) {
        if at > 0 && at % width == 0 && c != '\n' {
            text.push('\n');
        }
        text.push(c);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_disguise_is_survived(text in chosen(), how in 0_usize..16, at in any::<usize>(), again in 0_usize..16) {
        let once = disguised(text, how, at);
        parsed(&once);
        parsed(&disguised(&once, again, at / 7));
    }

    #[test]
    fn any_two_texts_can_be_glued(first in chosen(), second in chosen(), cut in any::<usize>()) {
        let head: String = disguised(first, 0, cut);
        parsed(&format!("{head}{second}"));
        parsed(&format!("{first}\n\n{second}\n$ kubectl get events\n{head}"));
    }

    #[test]
    fn any_characters_are_survived(text in "(?s).{0,400}", lines in prop::collection::vec("[ -~\\t]{0,60}", 0..20)) {
        parsed(&text);
        parsed(&lines.join("\n"));
    }
}

#[test]
fn line_ends_change_no_statement() {
    for (path, text) in TEXTS.iter().filter(|(_, text)| !text.contains('\r')) {
        let windows = text.replace('\n', "\r\n");
        assert_eq!(said(text), said(&windows), "{}", path.display());
    }
}
