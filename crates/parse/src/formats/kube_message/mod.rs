//! Sentences that only Kubernetes writes, on a line of their own: what people paste into tickets.
//!
//! No command prints them alone; they are the MESSAGE of an event or the message of a container's state,
//! copied without the row around it.
//!
//! ```text
//! Failed to pull image "registry.contoso.com/web:1": … 401 Unauthorized
//! 0/3 nodes are available: 3 Insufficient cpu.
//! event for web-1: {kubelet node-1} Failed: Error: ErrImagePull
//! [Warning][jenkins/build-1-x2x4z][Failed] Error: ErrImagePull
//! ```
//!
//! Each becomes a `kube_event` with the message, with the reason where the wording has only one, and
//! without an object unless the kubelet names its pod inside (`… in pod web-1_shop(uid)`). The sentence has to begin the line: in the middle of prose it is not a statement.
//!
//! # QUIRKS
//!
//! - In front may stand blanks, a list mark, a time stamp, a word in brackets (`[ERROR ImagePull]: `), a
//!   level (`WARNING: `), quotation marks, `Message:`, `"message": "`
//!   (then `\"` inside is unescaped), a field path (`spec.containers{web}: `) or
//!   `(combined from similar events): `, the last two alone or together.
//! - A runner of GitLab says of its job first (`ERROR: Job failed: prepare environment: `); of a table of markdown the
//!   cell counts that holds the sentence, where no other cell explains it.
//! - A sentence broken over several lines is joined while a quotation mark or bracket is open, or the line
//!   ends in a colon or comma; without a blank at the widths of terminals, with one elsewhere.
//!
//! Skipped: nothing; lines that are no such sentence are not claimed.

mod front;
mod wording;

use std::borrow::Cow;

use kubetriage_model::{KubeEvent, ObjectRef};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::event_text::{pod_inside, service_inside};
use crate::prim::quotation::is_talked_about;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kube_message", claim, parse };

/// Most lines of one broken sentence.
const MOST_LINES: usize = 12;
/// Widths at which terminals break lines within words.
const TERMINAL_WIDTHS: &[usize] = &[80, 100, 120, 132, 160, 200];

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    sentence(first.text).map(|_| 1 + broken_lines(lines))
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let text = joined(lines);
    if let Some(sentence) = sentence(&text) {
        let named = sentence.namespace.is_some();
        let namespace = if named { sentence.namespace.clone() } else { context.namespace() };
        out.event(lines, KubeEvent { namespace, ..sentence });
    }
}

/// Reads a line that is one such sentence.
fn sentence(text: &str) -> Option<KubeEvent> {
    if text.len() < 12 || is_cited(text) {
        return None;
    }
    let told = front::event_for(text).or_else(|| front::in_brackets(text));
    if let Some(event) = told.or_else(|| front::state_of_pod(text)).or_else(|| front::awaited(text))
    {
        return Some(event);
    }
    if is_talked_about(text) {
        return None;
    }
    if let Some(cell) = front::cell(text) {
        return sentence(cell);
    }
    let text = front::back_off(text).unwrap_or(text);
    let (message, container) = front::strip(text);
    let message = without_dots(message.trim());
    let reason = wording::reason(message)?;
    let pod = pod_inside(message).map(|(namespace, name)| ("Pod", namespace, name));
    let service = || service_inside(message).map(|(namespace, name)| ("Service", namespace, name));
    let told = pod.or_else(service);
    Some(KubeEvent {
        namespace: told.map(|(_, namespace, _)| namespace.to_owned()),
        object: told.map(|(kind, _, name)| ObjectRef {
            kind: Some(kind.to_owned()),
            name: name.to_owned(),
        }),
        container: container.map(str::to_owned),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        message: Some(message.to_owned()),
        ..KubeEvent::default()
    })
}

/// True for a line of prose that begins with a sentence in code marks and goes on behind them.
fn is_cited(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', '•', ' ', '\t']);
    let rest = text.strip_prefix('`').and_then(|text| text.split_once('`'));
    rest.is_some_and(|(_, behind)| behind.starts_with(' ') && !behind.trim().is_empty())
}

/// Returns a sentence without the full stop that somebody put behind its own.
fn without_dots(sentence: &str) -> &str {
    let dots = sentence.ends_with("..") && !sentence.ends_with("...");
    if dots { sentence.trim_end_matches('.') } else { sentence }
}

/// Counts the lines behind the first that belong to the same sentence.
fn broken_lines(lines: &[Line<'_>]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let mut open = Open::default();
    // Quotation marks around the sentence, and the comma behind them, are not its own.
    let (sentence_text, _) = front::strip(first.text);
    open.read(&sentence_text);
    let mut hangs = sentence_text.trim_end().ends_with([':', ',']);
    let mut count = 0;
    for pair in lines.windows(2).take(MOST_LINES) {
        let [line, next] = pair else { break };
        if count > 0 {
            open.read(line.text);
            hangs = line.text.trim_end().ends_with([':', ',']);
        }
        let other = next.is_blank() || next.text.contains(":  ") || sentence(next.text).is_some();
        // An address is never the beginning of what follows.
        let address = next.trimmed().starts_with("https://");
        if other || !(open.is_open() || hangs || address) {
            break;
        }
        count += 1;
    }
    // A sentence that never closes was cut: its other lines are unknown.
    if count == MOST_LINES { 0 } else { count }
}

/// What is open at the end of the text read so far.
#[derive(Default)]
struct Open {
    quoted: bool,
    brackets: i32,
}

impl Open {
    fn read(&mut self, text: &str) {
        let mut escaped = false;
        for c in text.chars() {
            match c {
                '\\' if !escaped => {
                    escaped = true;
                    continue;
                }
                '"' if !escaped => self.quoted = !self.quoted,
                '[' | '{' | '(' => self.brackets += 1,
                ']' | '}' | ')' => self.brackets -= 1,
                _ => {}
            }
            escaped = false;
        }
    }

    fn is_open(&self) -> bool {
        self.quoted || self.brackets > 0
    }
}

fn joined<'t>(lines: &[Line<'t>]) -> Cow<'t, str> {
    let Some((first, more)) = lines.split_first() else { return Cow::Borrowed("") };
    if more.is_empty() {
        return Cow::Borrowed(first.text);
    }
    let mut text = first.text.trim_end().to_owned();
    let mut width = first.text.chars().count();
    for line in more {
        if !TERMINAL_WIDTHS.contains(&width) {
            text.push(' ');
        }
        text.push_str(line.text.trim());
        width = line.text.chars().count();
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests;
