//! Errors of kubectl itself
//!
//! Printed by every kubectl command (1.9 to 1.37) on its error stream, when the capture could not be made:
//!
//! ```text
//! E1121 20:27:16.883437    1237 memcache.go:265] "Unhandled Error" err="couldn't get current server API …"
//! The connection to the server 10.224.3.99:443 was refused - did you specify the right host or port?
//! Error from server (Forbidden): secrets is forbidden: User "anna@contoso.com" cannot list resource …
//! error: the server doesn't have a resource type "extensions"
//! ```
//!
//! One `kubectl_error` per error. Repeated lines of the discovery cache (`memcache.go`) belong to the error
//! they announce; without one they are an error themselves. What the command asked for comes from the
//! command, else from the message. Lines that `kubectl exec` and `run` add (`Defaulted container …`,
//! `command terminated with exit code 1`) are used without a statement. A failed listing covers nothing, so
//! no coverage is stated.
//!
//! QUIRKS: messages of admission webhooks span lines; a program that is missing in a container is an error of
//! kubectl (`error: Internal error occurred: …`) or of the runtime (`OCI runtime exec failed: …`), and is noted.

mod message;

use kubetriage_model::{KubectlError, NoteKind};

use self::message::{Parts, first_line, is_cache_line, progress};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::exec_noise::{ExecNoise, exec_noise, not_started};
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubectl_error", claim, parse };

/// Most lines that continue one message.
const CONTINUED: usize = 64;

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    // What kubectl says of a container is the kubelet's sentence.
    let of_container = first.text.starts_with("Warning: container ");
    let warning = first.text.starts_with("Warning: ") && !of_container && by_kubectl(context);
    if warning || exec_noise(first.text).is_some() {
        return Some(1);
    }
    let cached = announced(lines);
    let rest = lines.get(cached..).unwrap_or_default();
    let told =
        rest.first().is_some_and(|line| first_line(line.text, by_kubectl(context)).is_some());
    if !told && progress(first.text).is_some() {
        return None;
    }
    if !told {
        return (cached > 0).then_some(cached);
    }
    let first = rest.first().map_or("", |line| line.text);
    Some(cached + 1 + continued(first, rest.get(1..).unwrap_or_default(), context))
}

/// Counts the lines in front of an error: of the discovery cache, and of a rollout that is waited for.
fn announced(lines: &[Line<'_>]) -> usize {
    lines
        .iter()
        .take_while(|line| is_cache_line(line.text) || progress(line.text).is_some())
        .count()
}

/// True when `lines` start with the log that kubectl writes while it tries to reach the API server, and its
/// error follows.
pub(crate) fn is_retrying(lines: &[Line<'_>]) -> bool {
    let cached = lines.iter().take_while(|line| is_cache_line(line.text)).count();
    cached > 0 && lines.get(cached).is_some_and(|line| first_line(line.text, true).is_some())
}

/// True when a bare `error: …` is surely kubectl's own: not another tool's, and not a line of a container's log.
fn by_kubectl(context: &Context<'_>) -> bool {
    let logged = context.hint.container.is_some()
        || context.command.is_some_and(|command| command.verb == "logs");
    let own =
        context.command.is_none_or(|command| matches!(command.tool.as_str(), "kubectl" | "oc"));
    own && !logged
}

/// Returns how many lines continue a message: a list with `* `, the reasons of webhooks, indented text.
fn continued(first: &str, lines: &[Line<'_>], context: &Context<'_>) -> usize {
    let report = first.trim_end().ends_with("denied the request:");
    let mut used = 0;
    for (index, line) in lines.iter().take(CONTINUED).enumerate() {
        let text = line.text;
        let goes_on = text.starts_with([' ', '\t', '['])
            || text.starts_with("* ")
            || text.starts_with("- ")
            || (report && is_report_heading(text));
        if first_line(text, by_kubectl(context)).is_some()
            || !(goes_on || (report && line.is_blank()))
        {
            break;
        }
        if !line.is_blank() {
            used = index + 1;
        } else if !report {
            break;
        }
    }
    used
}

/// True for the headings of a denial that is a small report: `resource Pod/… was blocked …`, `policy-name:`.
fn is_report_heading(text: &str) -> bool {
    let text = text.trim_end();
    (text.ends_with(':') && !text.contains(' '))
        || text.starts_with("resource ")
        || text.starts_with("policy ")
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let cached = announced(lines);
    let told = lines.get(cached).and_then(|line| first_line(line.text, by_kubectl(context)));
    let parts = match told {
        Some(parts) => Some(parts),
        None => lines.first().and_then(|line| message::cache_error(line.text)),
    };
    let Some(parts) = parts else { return noise(lines, out) };
    let more = lines.get(cached + 1..).unwrap_or_default();
    let mut text = parts.message.to_owned();
    for line in more {
        text.push('\n');
        text.push_str(line.trimmed());
    }
    let stated = lines.get(if told.is_some() { cached } else { 0 }..).unwrap_or(lines);
    if text.len() < 4096 && not_started(&text) {
        out.note(
            stated.first(),
            NoteKind::Info,
            "the command did not run: its program is not in the container",
        );
    }
    out.used(lines);
    let waited =
        lines.get(..cached).unwrap_or_default().iter().find_map(|line| progress(line.text));
    out.event(stated, error(&parts, text, waited, context));
}

fn noise(lines: &[Line<'_>], out: &mut Emitter<'_>) {
    out.used(lines);
    let Some(line) = lines.first() else { return };
    if exec_noise(line.text) == Some(ExecNoise::NotStarted) {
        out.note(
            Some(line),
            NoteKind::Info,
            "the command did not run: its program is not in the container",
        );
        let message = Some(line.trimmed().to_owned());
        out.event(lines, KubectlError { message, ..KubectlError::default() });
    }
}

fn error(
    parts: &Parts<'_>,
    message: String,
    waited: Option<message::Subject>,
    context: &Context<'_>,
) -> KubectlError {
    let command = context.command;
    let subject = message::subject(parts.message);
    let subject = waited.filter(|_| subject.name.is_none()).unwrap_or(subject);
    let asked = command.filter(|_| subject.resource.is_none());
    KubectlError {
        reason: parts.reason.map(str::to_owned),
        resource: subject.resource.or_else(|| asked.and_then(|command| command.resource.clone())),
        namespace: subject.namespace.or_else(|| context.namespace()),
        name: subject.name.or_else(|| asked.and_then(|command| command.name.clone())),
        message: Some(message),
    }
}
