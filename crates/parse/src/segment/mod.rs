//! Cutting a text into sections: prompts, claims of formats, and what nobody claims.
//!
//! The way of a text: its lines are cut into blocks (what one command printed), each block is offered to
//! the formats line by line, and the first format to claim a line reads on from there. Lines nobody claims
//! are listed as `unrecognized` and count as not understood.

mod block;
mod command;
mod header;
mod prompt;
mod reading;

pub use reading::{Reading, reading};

use kubetriage_model::{Hint, Interest, Sink};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::{FORMATS, Format};
use crate::formats::{kubectl_error, log};
use crate::text::{Line, Text};
use block::Block;

/// Name of sections that no format claims.
const UNRECOGNIZED: &str = "unrecognized";

/// Parses the whole text of an artifact.
pub fn parse(text: Text<'_>, hint: &Hint, interest: &dyn Interest, sink: &mut dyn Sink) {
    let lines = text.lines();
    let mut out = Emitter::new(sink, text, lines.len());
    for block in block::cut(&lines) {
        out.used(&block.frame);
        let command = block.command.as_ref().or(hint.command.as_ref());
        let context = Context { hint, command, interest };
        if is_log(&block, hint) {
            read_log(&block.lines, &context, &mut out);
        } else {
            claim_all(&block.lines, &context, &mut out);
        }
    }
    out.finish(&lines);
}

/// Parses one newline-aligned block of a log.
pub fn scan_log(text: Text<'_>, hint: &Hint, interest: &dyn Interest, sink: &mut dyn Sink) {
    let context = Context { hint, command: hint.command.as_ref(), interest };
    log::scan(text, &context, sink);
}

/// True when the block is a log whatever its lines look like: a typed command or the layout says so.
fn is_log(block: &Block<'_>, hint: &Hint) -> bool {
    let filed = hint.command.as_ref().is_some_and(block::prints_log);
    block.is_log() || filed && block.command.is_none()
}

/// Reads the output of a command that prints a log: errors of kubectl itself, then the log.
fn read_log(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let mut rest = lines;
    while let Some(n) = claimed(&kubectl_error::FORMAT, rest, context) {
        let (section, after) = rest.split_at(n);
        state(&kubectl_error::FORMAT, section, context, out);
        rest = after;
    }
    if rest.iter().any(|line| !line.is_blank()) {
        let format = log::read(rest, context, out);
        out.section(rest, format, context.command);
    }
}

/// Offers the lines to the formats, from the first line on.
fn claim_all(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let mut rest = lines;
    let mut unclaimed = 0;
    while let Some(here) = rest.get(unclaimed..).filter(|here| !here.is_empty()) {
        let blank = here.first().is_some_and(Line::is_blank);
        let claim = FORMATS
            .iter()
            .filter(|_| !blank)
            .find_map(|format| claimed(format, here, context).map(|n| (format, n)));
        let Some((format, n)) = claim else {
            unclaimed += 1;
            continue;
        };
        let (before, here) = rest.split_at(unclaimed);
        unrecognized(before, context, out);
        let (section, after) = here.split_at(n);
        state(format, section, context, out);
        rest = after;
        unclaimed = 0;
    }
    unrecognized(rest, context, out);
}

/// Returns how many lines `format` claims, if any.
fn claimed(format: &Format, lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    if lines.is_empty() {
        return None;
    }
    (format.claim)(lines, context).filter(|n| *n > 0).map(|n| n.min(lines.len()))
}

fn state(format: &Format, section: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    (format.parse)(section, context, out);
    out.section(section, format.name, context.command);
}

/// Describes lines that nobody claimed; they count as not understood.
fn unrecognized(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let first = lines.iter().position(|line| !line.is_blank());
    let last = lines.iter().rposition(|line| !line.is_blank());
    if let (Some(first), Some(last)) = (first, last) {
        let said = lines.get(first..=last).unwrap_or_default();
        out.section(said, UNRECOGNIZED, context.command);
    }
}
