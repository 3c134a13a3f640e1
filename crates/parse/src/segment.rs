//! Cutting a text into sections: prompts, claims of formats, and what nobody claims.

use kubetriage_model::{Hint, Interest, Sink};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::FORMATS;
use crate::text::{Line, Text};

/// How an artifact wants to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Block by block, each alone: a plain log, of any size.
    Stream,
    /// The whole text at once.
    Whole,
}

/// Returns how to read an artifact whose text starts with `head` (a few KiB).
pub fn reading(_head: &str, _hint: &Hint) -> Reading {
    Reading::Whole
}

/// Parses the whole text of an artifact.
pub fn parse(text: Text<'_>, hint: &Hint, interest: &dyn Interest, sink: &mut dyn Sink) {
    let lines = text.lines();
    let mut out = Emitter::new(sink, text, lines.len());
    let context = Context { hint, command: hint.command.as_ref(), interest };
    let mut rest: &[Line<'_>] = &lines;
    while !rest.is_empty() {
        let claim = FORMATS.iter().find_map(|format| {
            (format.claim)(rest, &context).filter(|n| *n > 0).map(|n| (format, n.min(rest.len())))
        });
        let Some((format, n)) = claim else {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        let (section, after) = rest.split_at(n);
        (format.parse)(section, &context, &mut out);
        out.section(section, format.name, context.command);
        rest = after;
    }
    out.finish(&lines);
}

/// Parses one newline-aligned block of a log.
pub fn scan_log(text: Text<'_>, hint: &Hint, interest: &dyn Interest, sink: &mut dyn Sink) {
    parse(text, hint, interest, sink);
}
