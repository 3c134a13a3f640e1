//! Where lines end and how wide the gaps are.

use super::{Form, form};
use crate::captures::{Capture, Kind};
use crate::dressed::Dressed;

pub(super) const FORMS: &[Form] = &[
    form(13, "refilled at 72, at the margin", |c| refilled(c, 72, "")),
    form(13, "refilled at 100, indented", |c| refilled(c, 100, "    ")),
    form(14, "tabs instead of gaps", |c| gapped(c, "\t")),
    form(15, "gaps collapsed", |c| gapped(c, " ")),
    form(15, "gaps and margins collapsed", |c| {
        (c.kind != Kind::Yaml).then(|| Dressed::each(&c.text, |_, line| words(line)))
    }),
    form(16, "cut at 80", |c| cut(c, 80)),
    form(16, "cut at 100", |c| cut(c, 100)),
    form(16, "cut at 120", |c| cut(c, 120)),
    form(16, "cut at 200", |c| cut(c, 200)),
    form(28, "filled up to the width of the window", |c| {
        Some(Dressed::each(&c.text, |_, line| format!("{line:180}")))
    }),
    form(30, "a blank line behind every line", |c| {
        Some(Dressed::spread(&c.text, |_, line| vec![line.to_owned(), String::new()]))
    }),
    form(30, "a blank line behind every line, blank lines left as they are", |c| {
        Some(Dressed::spread(&c.text, |_, line| match line {
            "" => vec![String::new()],
            _ => vec![line.to_owned(), String::new()],
        }))
    }),
    Form { joins: true, ..form(31, "on one line", flattened) },
];

/// Puts a short text on one line, as a page does that loses all line breaks.
fn flattened(capture: &Capture) -> Option<Dressed> {
    let short = matches!(capture.kind, Kind::Dns | Kind::Message) && capture.text.len() < 2500;
    let joined = words(&capture.text);
    short.then(|| Dressed { lines: vec![(joined, 0)] })
}

fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn margin(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap()
}

/// Replaces each gap of two and more blanks within a line. In YAML a gap is part of a value.
fn gapped(capture: &Capture, gap: &str) -> Option<Dressed> {
    (capture.kind != Kind::Yaml).then(|| {
        Dressed::each(&capture.text, |_, line| {
            let cells = line.trim().split("  ").map(str::trim).filter(|cell| !cell.is_empty());
            format!("{}{}", margin(line), cells.collect::<Vec<_>>().join(gap))
        })
    })
}

/// Breaks long sentences at blanks, also those in the last cell of a row. What has a syntax is not refilled,
/// and neither is the front of a row.
fn refilled(capture: &Capture, width: usize, front: &str) -> Option<Dressed> {
    if matches!(capture.kind, Kind::Json | Kind::Yaml | Kind::Log) {
        return None;
    }
    Some(Dressed::spread(&capture.text, |_, line| {
        let cells = line.trim_end().rfind("  ").map_or(0, |gap| gap + 2);
        let (head, sentence) = line.split_at(cells);
        let mut lines = vec![head.to_owned()];
        for (index, word) in sentence.split(' ').enumerate() {
            let last = lines.last_mut().unwrap();
            if index > 0 && last.chars().count() + 1 + word.chars().count() > width {
                lines.push(format!("{front}{word}"));
                continue;
            }
            last.push_str(if index > 0 { " " } else { "" });
            last.push_str(word);
        }
        lines
    }))
}

/// Breaks lines where the window ends, in the middle of words.
#[expect(clippy::unnecessary_wraps, reason = "all forms are dressed in one way")]
fn cut(capture: &Capture, width: usize) -> Option<Dressed> {
    Some(Dressed::spread(&capture.text, |_, line| {
        let chars: Vec<char> = line.chars().collect();
        if chars.is_empty() {
            return vec![String::new()];
        }
        chars.chunks(width).map(|part| part.iter().collect()).collect()
    }))
}
