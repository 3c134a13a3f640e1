//! Whether an artifact is a plain log, to be streamed, or wants to be read as a whole.

use kubetriage_model::{ArtifactId, Hint};

use super::{block, header, prompt};
use crate::formats::log;
use crate::text::Text;

/// Lines that are looked at.
const LINES: usize = 64;

/// How an artifact wants to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Block by block, each alone, with [`scan_log`](crate::scan_log): a plain log, of any size.
    Stream,
    /// The whole text at once, with [`parse`](crate::parse).
    Whole,
}

/// Returns how to read an artifact whose text starts with `head` (a few KiB; its last line may be cut).
///
/// A log that a layout files as one is streamed; any other text is when at least four fifths of its first
/// lines are log lines and none of them is a prompt. A caller that holds the whole of a small text may
/// always [`parse`](crate::parse) it: the events are the same.
pub fn reading(head: &str, hint: &Hint) -> Reading {
    if hint.command.as_ref().is_some_and(block::prints_log) {
        return Reading::Stream;
    }
    let text = Text { artifact: ArtifactId(0), text: head, offset: 0, first_line: 1 };
    let lines = text.first_lines(LINES);
    let said = lines.iter().filter(|line| !line.is_blank());
    let (mut all, mut logs) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let is_log = rest.first().is_some_and(|line| log::is_log(line.text));
        let length = if is_log { log::extent(rest) } else { 1 };
        logs += if is_log { length } else { 0 };
        at += length;
    }
    for line in said {
        all += 1;
        if prompt::typed(line.text).is_some() || header::announced(line.text).is_some() {
            return Reading::Whole;
        }
    }
    if all > 0 && logs * 5 >= all * 4 { Reading::Stream } else { Reading::Whole }
}
