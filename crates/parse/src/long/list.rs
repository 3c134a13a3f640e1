//! A list of objects as JSON, cut between its items.

use kubetriage_model::{Hint, Interest, Sink};

use super::{Cut, Part};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::formats::manifest;
use crate::prim::json_scan::{skip_blanks, value_end};

/// Longest item that is waited for; what holds a longer one is read as a whole.
const LONGEST: usize = 64 << 20;

/// A JSON list whose items are read one by one.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// Byte behind the bracket that opens the items, in the first part.
    open: usize,
    /// Kind of the items, where the list names it in front of them.
    kind: Option<String>,
}

impl List {
    /// Returns the list that a text starts with; its items say what they are, or the list does before them.
    pub(super) fn of(head: &str) -> Option<Self> {
        let (bracket, kind) = manifest::list_head(head)?;
        Some(Self { open: bracket + 1, kind })
    }

    /// Cuts behind the last whole item that ends its line.
    pub(super) fn cut(&self, text: &str, first: bool) -> Cut {
        let mut at = if first { self.open } else { 0 };
        let mut behind = None;
        loop {
            at = skip_blanks(text, at);
            match text.as_bytes().get(at) {
                Some(b'{') => {}
                None => break,
                // The end of the list, or nothing that an item starts with.
                Some(_) => return behind.map_or(Cut::Over, Cut::Behind),
            }
            let Some(end) = value_end(text, at) else { break };
            behind = line_end(text, end).or(behind);
            at = end;
        }
        match behind {
            Some(behind) => Cut::Behind(behind),
            None if text.len() > LONGEST => Cut::Over,
            None => Cut::More,
        }
    }

    pub(super) fn parse(
        &self,
        part: Part<'_>,
        hint: &Hint,
        interest: &dyn Interest,
        sink: &mut dyn Sink,
    ) -> bool {
        let context =
            Context { hint, command: hint.command.as_deref(), redirected: false, interest };
        let lines = part.text.lines();
        let mut out = Emitter::new(sink, part.text, lines.len());
        let bracket = part.first.then_some(self.open - 1);
        let kind = self.kind.clone();
        let (end, whole) =
            manifest::list_part(&lines, (bracket, part.last), kind, &context, &mut out);
        let (mine, others) = lines.split_at(end.min(lines.len()));
        out.section(mine, manifest::FORMAT.name, context.command);
        out.finish(mine);
        if let Some(rest) = super::from_line(part.text, others.first()) {
            crate::parse(rest, hint, interest, sink);
        }
        whole
    }
}

/// Returns the byte behind the line on which an item ends at `end`, if nothing but a comma follows it there.
fn line_end(text: &str, end: usize) -> Option<usize> {
    let rest = text.as_bytes().get(end..)?;
    let length = rest.iter().position(|byte| !matches!(byte, b',' | b' ' | b'\t' | b'\r'))?;
    (rest.get(length) == Some(&b'\n')).then_some(end + length + 1)
}
