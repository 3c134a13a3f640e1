//! dig
//!
//! Printed by `dig [@server] name [type]` of BIND 9.10 to 9.20, also `dig +short` and `+noall +answer`:
//!
//! ```text
//! ; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> contoso.azurecr.io
//! ;; global options: +cmd
//! ;; Got answer:
//! ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 13535
//! ;; flags: qr rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1
//!
//! ;; QUESTION SECTION:
//! ;contoso.azurecr.io.            IN      A
//!
//! ;; ANSWER SECTION:
//! contoso.azurecr.io.     5       IN      CNAME   contoso.privatelink.azurecr.io.
//! contoso.privatelink.azurecr.io. 5 IN    A       10.224.1.20
//!
//! ;; SERVER: 10.0.0.10#53(10.0.0.10) (UDP)
//! ```
//!
//! Each message, and each attempt that got none, is one `dns_answer`. Only the answer section counts; the
//! other sections are used without a statement.
//!
//! QUIRKS: tries that failed stand above the banner; `+short` has no name of its own, so the name comes
//! from the command; no answer and `NOERROR` is `NODATA`, also with a chain of aliases that ends nowhere.

mod short;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::dns::{Message, Record, Signs, asked, marks, place, transport};
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "dig", claim, parse };

/// Start of the banner.
const BANNER: &str = "; <<>> DiG";
/// Most failed tries above a banner: five per server, three servers, and some.
const TRIES: usize = 32;

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    if !starts(lines, context) {
        return short::claim(lines, context);
    }
    let mut used = 0;
    for (index, line) in lines.iter().enumerate() {
        if belongs(line.text) {
            used = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    Some(used)
}

fn starts(lines: &[Line<'_>], context: &Context<'_>) -> bool {
    let Some(first) = lines.first().map(|line| line.text) else { return false };
    if first.starts_with(BANNER) || first.starts_with(";; Got answer:") || is_header(first) {
        return true;
    }
    if transport(first).is_some() {
        let by_dig = context.command.is_some_and(|command| command.tool == "dig");
        let banner = |line: &Line<'_>| !line.is_blank() && transport(line.text).is_none();
        return by_dig
            || lines
                .iter()
                .take(TRIES)
                .find(|line| banner(line))
                .is_some_and(|line| line.text.starts_with(BANNER));
    }
    Record::read(first).is_some_and(|record| matches!(record.kind, "A" | "AAAA" | "CNAME"))
}

fn is_header(text: &str) -> bool {
    text.starts_with(";; ->>HEADER<<-")
}

fn belongs(text: &str) -> bool {
    text.starts_with(';') || Record::read(text).is_some()
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if !lines.first().is_some_and(|line| belongs(line.text)) {
        return short::parse(lines, context, out);
    }
    let mut rest = lines;
    while !rest.is_empty() {
        let (run, after) = rest.split_at(run_length(rest));
        let mut message = Message::default();
        let mut question = asked(context, "dig");
        for line in run {
            if let Some((_, words)) = line.text.rsplit_once("<<>>") {
                question = crate::prim::dns::question(words.split_whitespace(), "dig");
            }
            message.line(line.text);
        }
        out.used(run);
        if !message.is_empty() {
            let mut answer = message.answer(question);
            place(&mut answer, context, Signs::default());
            out.marked(trimmed(run), marks(&answer, run), answer);
        }
        rest = after;
    }
}

/// Returns how many lines belong to the first message or attempt, at least one.
fn run_length(lines: &[Line<'_>]) -> usize {
    let mut message = Message::default();
    for (index, line) in lines.iter().enumerate() {
        let opens = line.text.starts_with(BANNER)
            || line.text.starts_with(";; Got answer:")
            || is_header(line.text)
            || transport(line.text).is_some();
        let closed = message.is_whole() && !line.text.starts_with(";; Got answer:");
        if index > 0 && opens && closed && !closing(line.text) {
            return index;
        }
        message.line(line.text);
    }
    lines.len()
}

/// True for the line that ends an attempt; it never starts one.
fn closing(text: &str) -> bool {
    text.trim() == ";; no servers could be reached"
}

/// Returns `lines` without blank lines at both ends.
fn trimmed<'a, 't>(lines: &'a [Line<'t>]) -> &'a [Line<'t>] {
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let last = lines.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
    lines.get(first..last).unwrap_or(lines)
}
