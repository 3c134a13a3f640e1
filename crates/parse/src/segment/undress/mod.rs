//! Taking off what people and pages put around captured text.
//!
//! In this order: lines that hold others ([`unfold`]), characters that pages and chat tools change ([`characters`]), CI clocks in front of
//! every line ([`clock`]), line numbers ([`numbers`]), quote marks and box borders ([`border`]), blank lines that mail clients put
//! behind every line, fences ([`fence`]), common indentation ([`indent`]), breaks of lines that were too
//! long ([`wrap`]). What is taken off counts as
//! understood where it is a line of its own; a line keeps the number and place it has in the artifact.

mod border;
pub(super) mod characters;
pub(super) mod clock;
mod emphasis;
pub(super) mod fence;
mod indent;
mod numbers;
pub(super) mod unfold;
pub(super) mod wrap;

use super::solid::Solid;
use crate::text::Line;

/// A run of lines between two fences.
#[derive(Debug, Default)]
pub(super) struct Part<'t> {
    /// The lines, bare.
    pub(super) lines: Vec<Line<'t>>,
    /// Lines that were taken off whole: fences, box borders, tags.
    pub(super) frame: Vec<Line<'t>>,
    /// True when the lines stood inside a fence.
    pub(super) fenced: bool,
}

/// Returns the parts of a text, bare. What stands in a `solid` run is the printing program's own.
pub(super) fn undress<'t>(mut lines: Vec<Line<'t>>, solid: &Solid) -> Vec<Part<'t>> {
    clock::split(&mut lines);
    clock::strip(&mut lines);
    numbers::strip(&mut lines);
    let frame = border::strip(&mut lines, solid);
    if is_double_spaced(&lines) {
        lines.retain(|line| !line.is_blank());
    }
    let mut parts = fence::cut(&lines, solid);
    for part in &mut parts {
        indent::strip(&mut part.lines, solid);
    }
    if let Some(first) = parts.first_mut() {
        first.frame.extend(frame);
    }
    parts
}

/// True when every second line is blank and no other: what mail clients do to a paste.
fn is_double_spaced(lines: &[Line<'_>]) -> bool {
    const FEWEST: usize = 6;
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let lines = lines.get(first..).unwrap_or_default();
    if lines.len() < FEWEST {
        return false;
    }
    lines.iter().enumerate().all(|(index, line)| line.is_blank() == (index % 2 == 1))
}

/// Cuts `bytes` bytes off the front of a line; its place moves with it.
fn cut_front(line: &mut Line<'_>, bytes: usize) {
    if let Some((_, text)) = line.text.split_at_checked(bytes) {
        line.text = text;
        line.offset += bytes as u64;
    }
}

#[cfg(test)]
mod tests;
