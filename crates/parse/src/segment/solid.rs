//! Solid runs: lines that one program printed in one go.
//!
//! The text inside a described object, a table, a YAML or a JSON document is that program's: a prompt, a fence or a
//! quote mark there is a value (a termination message that shows a shell, a script in an argument), not
//! the transcript's own. The formats say how far their text reaches; they end it where a prompt follows
//! that belongs to nothing they print.

use crate::formats::{kubectl_describe, kubectl_get, manifest};
use crate::text::Line;

/// The solid runs of a text, as ranges of line numbers, in order.
#[derive(Debug, Default)]
pub(super) struct Solid {
    runs: Vec<(u64, u64)>,
}

impl Solid {
    /// Finds the solid runs of `lines`, which start at the margin.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let mut runs = Vec::new();
        let mut at = 0;
        while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
            let length = length(rest).unwrap_or(0);
            let run = rest.get(..length).unwrap_or_default();
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                runs.push((first.number, last.number));
            }
            at += length.max(1);
        }
        Self { runs }
    }

    /// True when `line` stands in a solid run.
    pub(super) fn holds(&self, line: &Line<'_>) -> bool {
        let behind = self.runs.partition_point(|(first, _)| *first <= line.number);
        let run = behind.checked_sub(1).and_then(|at| self.runs.get(at));
        run.is_some_and(|(_, last)| line.number <= *last)
    }
}

/// Returns how many lines the solid run has that starts at the first of `lines`, `None` when none does.
pub(super) fn length(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text;
    let length = match first.as_bytes().first()? {
        b'N' if first.starts_with("Name:") => kubectl_describe::object_lines(lines),
        b'D' => kubectl_describe::data_lines(lines),
        b'N' | b'L' | b'E' | b'F' => kubectl_get::table_lines(lines),
        b'a' | b'i' | b'k' | b'm' | b'-' => manifest::yaml_lines(lines),
        b'{' | b'[' => manifest::json_lines(lines),
        _ => None,
    };
    length.filter(|length| *length > 1)
}
