//! nslookup
//!
//! Printed by `nslookup [-options] name [server]` of BIND 9.10 to 9.20, BusyBox before and since 1.29, and
//! Windows in English, French, German, Italian and Spanish:
//!
//! ```text
//! Server:         10.0.0.10
//! Address:        10.0.0.10#53
//!
//! Non-authoritative answer:
//! contoso.azurecr.io   canonical name = contoso.privatelink.azurecr.io.
//! Name:   contoso.privatelink.azurecr.io
//! Address: 10.224.1.20
//! ```
//!
//! Each lookup is one `dns_answer`, whatever became of it: A and AAAA of one name, BusyBox's block per record
//! type and the names that the search list tried all belong to one question. The server's own address is
//! never an answer. What kubectl prints around the lookup is used without a statement; a lookup that could
//! not be started, or whose answer is missing (Windows writes failures to the other stream), is noted.
//!
//! QUIRKS:
//! - The `Server:` block may be missing, tabs may be blanks, everything may stand on one line, the output may
//!   be glued behind the command.
//! - A good address beside `** server can't find …` is a good answer: only the other record type is missing.
//! - Failures may stand above the `Server:` block they belong to (two streams in one file).
//! - Tries that time out above an answer mean nothing; a closed port is `UNREACHABLE`, not `REFUSED`.
//! - BIND and BusyBox print the chain as `canonical name =`, Windows as `Aliases:` with the asked name first.
//! - `*** Can't find server name for address …` is about the server's own name.

mod failure;
mod item;
mod joined;
mod label;
mod lookup;

use kubetriage_model::NoteKind;

use self::item::{Item, item};
use self::lookup::Lookup;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::exec_noise::ExecNoise;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "nslookup", claim, parse };

/// Most lines of one block of `-debug`.
const DEBUG_BLOCK: usize = 200;
/// How far a first line may look ahead for what makes it one.
const AHEAD: usize = 6;

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    if joined::pieces(first.text).is_none() && !starts(lines) {
        return None;
    }
    let mut used = 0;
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let length = step(lines.get(index..).unwrap_or_default());
        if length == 0 && !line.is_blank() {
            break;
        }
        index += length.max(1);
        if length > 0 {
            used = index;
        }
    }
    Some(used)
}

/// Returns how many of the lines are one step of the output: 0 for a line that is not nslookup's.
fn step(lines: &[Line<'_>]) -> usize {
    let Some(line) = lines.first() else { return 0 };
    if line.is_blank() {
        return 0;
    }
    match item(line.text) {
        Some(Item::Fence) => debug_block(lines),
        Some(_) => 1,
        None => usize::from(joined::pieces(line.text).is_some() || is_typed_name(lines)),
    }
}

/// Returns the length of a block between two rulers of `-debug`, 1 for a ruler alone.
fn debug_block(lines: &[Line<'_>]) -> usize {
    let inside = lines.iter().skip(1).take(DEBUG_BLOCK);
    let opens = inside.clone().next().is_some_and(|line| {
        line.trimmed() == "QUESTIONS:"
            || line.text.starts_with("Got answer")
            || line.text.starts_with("SendRequest")
    });
    let closes = inside.clone().position(|line| line.trimmed().starts_with("--------"));
    match closes {
        Some(index) if opens => index + 2,
        None if opens => 1 + inside.take_while(|line| !line.is_blank()).count(),
        _ => 1,
    }
}

/// A name alone on a line: the question typed at a `> ` prompt that was cut off, or the owner of an SOA record.
fn is_typed_name(lines: &[Line<'_>]) -> bool {
    let mut next = lines.iter().skip(1).filter(|line| !line.is_blank());
    let name = lines.first().is_some_and(|line| {
        line.text.contains('.') && crate::prim::dns::host_name(line.text).is_some()
    });
    name && next.next().is_some_and(|line| {
        let soa = line.trimmed().starts_with("origin = ")
            || line.trimmed().starts_with("primary name server = ");
        (soa && line.indent() > 0) || matches!(item(line.text), Some(Item::Server(_)))
    })
}

/// True when nslookup's output starts at the first line.
fn starts(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first() else { return false };
    let mut rest = lines.iter().skip(1).filter(|line| !line.is_blank()).take(AHEAD);
    match item(first.text) {
        Some(Item::NonAuthoritative(_) | Item::Cname(..) | Item::Transport(_)) => true,
        Some(Item::Failed(failure)) => failure.name.is_some() || failure.passing,
        Some(Item::Server(_) | Item::Name(_)) => {
            rest.next().is_some_and(|line| matches!(item(line.text), Some(Item::Address { .. })))
        }
        Some(Item::Fence) => debug_block(lines) > 1,
        Some(Item::Noise(ExecNoise::Chatter)) => rest
            .position(|line| !matches!(item(line.text), Some(Item::Noise(_))))
            .is_some_and(|skipped| starts_plainly(lines, skipped + 1)),
        _ => false,
    }
}

/// True when nslookup's output starts behind `skipped` lines of chatter.
fn starts_plainly(lines: &[Line<'_>], skipped: usize) -> bool {
    let mut left = skipped;
    let behind = lines.iter().position(|line| {
        if line.is_blank() {
            return false;
        }
        left = left.wrapping_sub(1);
        left == usize::MAX
    });
    let rest = behind.and_then(|index| lines.get(index..)).unwrap_or_default();
    rest.first().is_some_and(|line| !matches!(item(line.text), Some(Item::Noise(_))))
        && starts(rest)
}

/// A lookup and the lines it was read from.
struct Run {
    lookup: Lookup,
    from: usize,
    to: usize,
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let runs = search_steps_folded(runs(lines));
    let only = runs.iter().filter(|run| run.lookup.is_stated()).count() == 1;
    let count = runs.len();
    for (index, run) in runs.into_iter().enumerate() {
        let Some(lines) = lines.get(run.from..=run.to) else { continue };
        if run.lookup.is_cut() && index + 1 == count {
            let message =
                "the answer of this lookup is missing; failures of nslookup go to the error stream";
            out.note(lines.first(), NoteKind::Truncated, message);
        } else if run.lookup.is_stated() {
            let (answer, marks) = run.lookup.answer(context, only);
            out.marked(lines, marks, answer);
        }
    }
    for line in lines {
        if item(line.text) == Some(Item::Noise(ExecNoise::NotStarted)) {
            out.note(
                Some(line),
                NoteKind::Info,
                "the lookup did not run: its program is not there",
            );
        }
    }
}

/// Gathers the lines into lookups.
fn runs(lines: &[Line<'_>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run = Run { lookup: Lookup::default(), from: 0, to: 0 };
    let mut heading: Option<usize> = None;
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let rest = lines.get(index..).unwrap_or_default();
        if line.is_blank() {
            run.lookup.blank();
        }
        for item in items(line, rest) {
            if matches!(item, Item::NonAuthoritative(_)) && run.lookup.has_result() {
                heading = Some(index);
                continue;
            }
            if run.lookup.ends_before(&item) {
                let from = heading.unwrap_or(index);
                let next = Run { lookup: Lookup::default(), from, to: index };
                runs.push(std::mem::replace(&mut run, next));
            }
            if heading.take().is_some() {
                run.lookup.take(Item::NonAuthoritative(false), line);
            }
            run.lookup.take(item, line);
            run.to = index;
        }
        index += step(rest).max(1);
    }
    run.to = run.to.max(heading.unwrap_or(0));
    runs.push(run);
    runs
}

/// Reads a line, cutting it first when it holds several.
fn items(line: &Line<'_>, rest: &[Line<'_>]) -> Vec<Item> {
    match joined::pieces(line.text) {
        Some(pieces) => {
            let inside = joined::runs_inside(line.text).then_some(Item::Inside);
            pieces.iter().filter_map(|piece| item(piece)).chain(inside).collect()
        }
        None => item(line.text).or_else(|| typed(line, rest)).into_iter().collect(),
    }
}

/// Reads a name that stands alone above the `Server:` block of its lookup.
fn typed(line: &Line<'_>, rest: &[Line<'_>]) -> Option<Item> {
    let next = rest.iter().skip(1).find(|line| !line.is_blank())?;
    let above_server = matches!(item(next.text), Some(Item::Server(_)));
    crate::prim::dns::host_name(line.text).filter(|_| above_server).map(Item::Ask)
}

/// Lets a lookup take over the lines of the tries that its search list made before it.
fn search_steps_folded(runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::new();
    for run in runs.into_iter().rev() {
        match kept.last_mut() {
            Some(later) if run.lookup.is_search_step_of(&later.lookup) => {
                later.from = run.from;
                later.lookup.searched(&run.lookup);
            }
            _ => kept.push(run),
        }
    }
    kept.reverse();
    kept
}
