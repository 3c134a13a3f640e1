//! Indentation of whole captures: of a fence, a file, or a block within prose.

use crate::segment::solid::Solid;
use crate::segment::{header, prompt};
use crate::text::Line;

/// Cuts the indentation off that all lines share, else off the indented captures within them.
pub(super) fn strip(lines: &mut [Line<'_>], solid: &Solid) {
    if !dedent(lines) {
        captures(lines, solid);
    }
}

/// Cuts the common indentation off; returns false when there is none.
fn dedent(lines: &mut [Line<'_>]) -> bool {
    let said = lines.iter().filter(|line| !line.is_blank());
    let Some(common) = said.map(Line::indent).min().filter(|common| *common > 0) else {
        return false;
    };
    for line in lines {
        let blanks = line.indent().min(common);
        super::cut_front(line, blanks);
    }
    true
}

/// Dedents blocks behind a blank line that start like a capture (markdown's code by indentation).
fn captures(lines: &mut [Line<'_>], solid: &Solid) {
    let mut at = 1;
    let mut prose = lines.first().is_some_and(|line| is_prose(line));
    while at < lines.len() {
        let blank_before = at.checked_sub(1).and_then(|i| lines.get(i)).is_some_and(Line::is_blank);
        let Some(rest) = lines.get_mut(at..) else { break };
        let Some(first) = rest.first() else { break };
        let indent = first.indent();
        let apart = blank_before && prose && !solid.holds(first);
        if indent >= 2 && apart && starts_capture(first.trimmed()) {
            let length =
                rest.iter().take_while(|line| line.is_blank() || line.indent() >= indent).count();
            let run = rest.get_mut(..length).unwrap_or_default();
            dedent(run);
            at += length.max(1);
            continue;
        }
        if !first.is_blank() {
            prose = is_prose(first);
        }
        at += 1;
    }
}

/// True for a line that may introduce a capture: a sentence at the left border, not a row of a table.
fn is_prose(line: &Line<'_>) -> bool {
    let row = line.text.contains("  ");
    line.indent() == 0
        && !row
        && line.text.split(' ').filter(|word| !word.is_empty()).nth(2).is_some()
}

fn starts_capture(text: &str) -> bool {
    const HEADS: &[&str] = &[
        "NAME ",
        "NAMESPACE ",
        "LAST SEEN ",
        "Name: ",
        "Events:",
        "apiVersion: ",
        "Server:",
        "Error",
        "Warning ",
        "Normal ",
        "{",
        "Type ",
    ];
    HEADS.iter().any(|head| text.starts_with(head))
        || prompt::typed(text).is_some()
        || header::announced(text).is_some()
}
