//! A table of `kubectl get`, cut between its rows: every part is read below the header.

use kubetriage_model::{ArtifactId, Coverage, Event, Hint, Interest, Note, Section, Sink};

use super::{Cut, Part};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::formats::kubectl_get;
use crate::segment::interrupts;
use crate::text::Text;

/// Length at which a part is cut, in bytes: the rows of a part are looked at together.
const LONGEST: usize = 128 << 10;
/// Lines of the head that are looked at.
const LINES: usize = 64;

/// A table with a header.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The line of the header, with its line end.
    header: String,
}

impl Table {
    /// Returns the table that a text starts with, if nothing but its rows follows.
    pub(super) fn of(head: &str, hint: &Hint) -> Option<Self> {
        if hint.container.is_some() {
            return None;
        }
        let text = Text { artifact: ArtifactId(0), text: head, offset: 0, first_line: 1 };
        let lines = text.first_lines(LINES);
        let (header, rows) = lines.split_first()?;
        // A message may have several lines, of which only the first is a row.
        let plain = !header.text.split_whitespace().any(|column| column == "MESSAGE");
        let whole = plain && rows.len() + 1 == LINES && rows.iter().all(|row| is_row(row.text));
        let table = whole && kubectl_get::table_lines(&lines) == Some(LINES);
        table.then(|| Self { header: format!("{}\n", header.text) })
    }

    /// Parts are as long as they come, as long as they hold nothing but rows.
    pub(super) fn cut(text: &str, first: bool) -> Cut {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let is_header = first && at == 0;
            if at >= LONGEST || !is_header && !is_row(line.trim_end()) {
                break;
            }
            at += line.len();
        }
        if at == 0 { Cut::Over } else { Cut::Behind(at) }
    }

    pub(super) fn parse(
        &self,
        part: Part<'_>,
        hint: &Hint,
        interest: &dyn Interest,
        sink: &mut dyn Sink,
    ) {
        let is_own = part.text.text.lines().next().is_some_and(is_row);
        if part.first || !is_own {
            return crate::parse(part.text, hint, interest, sink);
        }
        let text = format!("{}{}", self.header, part.text.text);
        let headed = Text {
            text: &text,
            offset: part.text.offset.saturating_sub(self.header.len() as u64),
            first_line: part.text.first_line.saturating_sub(1),
            ..part.text
        };
        let lines = headed.lines();
        let context =
            Context { hint, command: hint.command.as_deref(), redirected: false, interest };
        let mut below = Below(sink);
        let mut out = Emitter::new(&mut below, headed, lines.len());
        let length = kubectl_get::parse_rows(&lines, &context, &mut out);
        let (rows, others) = lines.split_at(length.min(lines.len()));
        out.section(rows.get(1..).unwrap_or_default(), kubectl_get::FORMAT.name, context.command);
        out.finish(rows);
        if let Some(rest) = super::from_line(headed, others.first()) {
            crate::parse(rest, hint, interest, sink);
        }
    }
}

/// True for a line that is as rows are: a name, and more behind a wide gap.
fn is_row(line: &str) -> bool {
    let is_name =
        |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(byte);
    let name = line.bytes().take_while(is_name).count();
    name > 0 && line.get(name..).is_some_and(|rest| rest.starts_with("  ")) && !interrupts(line)
}

/// Takes the header out of the account of lines: it was counted in the first part.
struct Below<'s>(&'s mut dyn Sink);

impl Sink for Below<'_> {
    fn wants(&mut self, event: &Event) -> bool {
        self.0.wants(event)
    }

    fn event(&mut self, event: Event) {
        self.0.event(event);
    }

    fn note(&mut self, note: Note) {
        self.0.note(note);
    }

    fn coverage(&mut self, coverage: Coverage) {
        self.0.coverage(coverage);
    }

    fn section(&mut self, section: Section) {
        self.0.section(section);
    }

    fn lines(&mut self, artifact: ArtifactId, total: u64, used: u64, blank: u64) {
        self.0.lines(artifact, total.saturating_sub(1), used.saturating_sub(1), blank);
    }
}
