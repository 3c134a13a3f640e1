//! Cutting a text into sections: prompts, claims of formats, and what nobody claims.
//!
//! The way of a text: its lines are cut into blocks (what one command printed), each block is offered to
//! the formats line by line, and the first format to claim a line reads on from there. Lines nobody claims
//! are listed as `unrecognized` and count as not understood.

mod block;
pub(crate) mod command;
mod dump;
mod header;
mod prompt;
mod quoted;
mod reading;
mod solid;
mod undress;

pub use reading::{Reading, reading};

use kubetriage_model::{Hint, Interest, NoteKind, Sink};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::{FORMATS, Format};
use crate::formats::{kubectl_describe, kubectl_error, log};
use crate::text::{Line, Text};
use block::Block;
use solid::Solid;
use undress::Part;

/// Name of sections that no format claims.
const UNRECOGNIZED: &str = "unrecognized";
/// What is noted on a document.
const QUOTED: &str = "reads as a document that quotes captures (a runbook, an article): \
                      what it shows is no evidence";

/// Parses the whole text of an artifact.
pub fn parse(text: Text<'_>, hint: &Hint, interest: &dyn Interest, sink: &mut dyn Sink) {
    let physical = text.lines();
    let unfolded = undress::unfold::unfold(&physical);
    let opened = undress::unfold::apply(&physical, &unfolded);
    let solid = Solid::of(&opened);
    let mended = undress::characters::mend(&opened, &solid);
    let lines = undress::characters::apply(&opened, &mended);
    let mut out = Emitter::new(sink, text, physical.len());
    if is_redirected(&lines, hint) {
        let command = hint.command.as_deref();
        let context = Context { hint, command, redirected: true, interest };
        claim_all(&lines, &context, &mut out);
        return out.finish(&physical);
    }
    let first = lines.iter().find(|line| !line.is_blank()).map_or("", |line| line.text);
    let marked = lines.iter().any(|line| dump::is_mark(line.text));
    if is_collected_log(hint) && !marked && reading::is_filed_log(hint, first) {
        let context = Context { hint, command: None, redirected: false, interest };
        read_log(&lines, &context, &mut out);
        return out.finish(&physical);
    }
    let parts = undress::undress(lines, &solid);
    let joined = undress::wrap::broken(&parts);
    let parts = undress::wrap::mend(parts, &joined);
    out.set_joined(joined.iter().map(|line| (line.number, line.pieces)).collect());
    if quoted::is_document(&parts, &hint.path) {
        out.set_quoted(true);
        out.note(None, NoteKind::Quoted, QUOTED);
    }
    for block in blocks(parts, &mut out) {
        out.used(&block.frame);
        let command = block.command.as_ref().or(hint.command.as_deref());
        let context = Context { hint, command, redirected: false, interest };
        if is_log(&block, hint) {
            read_log(&block.lines, &context, &mut out);
        } else {
            claim_all(&block.lines, &context, &mut out);
        }
    }
    out.finish(&physical);
}

/// True for a line with which a transcript goes on: a prompt, the announcement of a command, a fence.
pub(crate) fn interrupts(text: &str) -> bool {
    undress::fence::is_plain_fence(text)
        || prompt::typed(text).is_some()
        || header::announced(text).is_some()
}

/// Cuts the parts of a text into blocks. A part without a command of its own is the output of the command
/// that ends the part before it (a fence with the command, then a fence with its output).
fn blocks<'t>(parts: Vec<Part<'t>>, out: &mut Emitter<'_>) -> Vec<Block<'t>> {
    let mut blocks: Vec<Block<'t>> = Vec::new();
    for part in parts {
        out.used(&part.frame);
        let mut cut = block::cut(&part.lines);
        let open = blocks.last().and_then(|last| last.open_command(part.fenced));
        if let (Some(first), Some(command)) = (cut.first_mut(), open) {
            first.command = Some(command);
        }
        blocks.append(&mut cut);
    }
    blocks
}

/// Parses one newline-aligned block of a log.
///
/// Only lines that `interest` finds become events; the others are counted. A block in which commands were
/// typed is no plain log, although the text began like one, and is parsed as a whole; so is one in which a CI
/// system shows captures.
pub fn scan_log(text: Text<'_>, hint: &Hint, interest: &dyn Interest, sink: &mut dyn Sink) {
    let captures =
        || reading::holds_transcript(text.text) || undress::clock::shows_captures(text.text);
    if !is_collected_log(hint) && captures() {
        parse(text, hint, interest, sink);
        return;
    }
    let context = Context { hint, command: hint.command.as_deref(), redirected: false, interest };
    log::scan(text, &context, sink);
}

/// True when a collector filed the text as the log of a container: what looks like a prompt in it was logged.
fn is_collected_log(hint: &Hint) -> bool {
    hint.container.is_some() && hint.command.is_none()
}

/// True when the name of the file says which objects were described into it, and it begins so: then a prompt,
/// a table or a fence in it belongs to a value.
fn is_redirected(lines: &[Line<'_>], hint: &Hint) -> bool {
    let described = hint.command.as_deref().is_some_and(|command| command.verb == "describe");
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    described && lines.get(first..).is_some_and(kubectl_describe::starts)
}

/// True when the block is a log whatever its lines look like: a typed command or the layout says so.
fn is_log(block: &Block<'_>, hint: &Hint) -> bool {
    let first = block.lines.iter().find(|line| !line.is_blank());
    let filed = reading::is_filed_log(hint, first.map_or("", |line| line.text));
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
        // What kubectl says in front of a log belongs to the log.
        let chosen = Some(&log::FORMAT).filter(|_| log::is_announced(here));
        let claim = FORMATS
            .iter()
            .take(1)
            .chain(chosen)
            .chain(FORMATS.iter().skip(1))
            .filter(|format| !blank && may_stand(format, lines, lines.len() - here.len(), context))
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

/// True when a text of `format` can start at line `at`: in what describe printed into a file stand objects,
/// two blank lines apart, and what kubectl has to say about itself.
fn may_stand(format: &Format, lines: &[Line<'_>], at: usize, context: &Context<'_>) -> bool {
    if !context.redirected {
        return true;
    }
    let above = lines.get(..at).unwrap_or_default();
    let apart = above.iter().rev().take(2).all(Line::is_blank);
    format.name == kubectl_error::FORMAT.name
        || format.name == kubectl_describe::FORMAT.name && apart
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
