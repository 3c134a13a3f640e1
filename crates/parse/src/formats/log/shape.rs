//! Recognising log lines, cheaply: this is asked for every line that no other format wants.

use nom::Parser;
use nom::branch::alt;

use super::{body, json, klog, pairs, prefix, record};
use crate::formats::agent_log;
use crate::prim::stamp;
use crate::text::Line;

/// True for a line that only a log holds.
pub(crate) fn is_log(line: &str) -> bool {
    let mut seen = prefix::Prefix::default();
    match line.as_bytes().first() {
        Some(b'0'..=b'9' | b'[' | b'{' | b'A'..=b'Z' | b'a'..=b'z') => {}
        _ => return false,
    }
    has_structure(line) || {
        let rest = prefix::strip(line, &mut seen);
        // A clock alone is no sign: `10:00:00  text` may be anything.
        seen != prefix::Prefix::default()
            && (seen.time.as_ref().is_none_or(|time| time.len() > 8) || has_structure(&rest))
    }
}

/// Returns the container that kubectl chose, from what it says in front of a log: `Defaulted container
/// "web" out of: web, sidecar`.
pub(super) fn defaulted(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("Defaulted container \"")
        .or_else(|| line.strip_prefix("Defaulting container name to "))?;
    rest.split(['"', '.']).next()
}

/// True for a line with the structure of a log line, prefixes apart.
pub(super) fn has_structure(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(b'{') => agent_log::looks_like(line) || json::is_line(line.trim_end()),
        Some(b'I' | b'W' | b'E' | b'F') => klog::is_klog(line) || leveled(line),
        Some(b'D') => leveled(line),
        Some(b'0'..=b'9') => stamped(line),
        Some(b'[') => bracketed(line),
        Some(b'a'..=b'z') => pairs::is_logfmt(line) || is_start_error(line),
        _ => false,
    }
}

/// True for the whole log of a container whose program cannot be started, as the runtime writes it:
/// `exec /app: exec format error`, `standard_init_linux.go:228: exec user process caused: exec format error`.
fn is_start_error(line: &str) -> bool {
    line.starts_with("exec ") && line.trim_end().ends_with(": exec format error")
        || line.starts_with("standard_init_linux.go:")
}

/// stamped = stamp (blank | ":" | end) | seconds tab level tab
fn stamped(line: &str) -> bool {
    let mut fields = line.splitn(3, '\t');
    let seconds = fields.next().is_some_and(|time| time.parse::<f64>().is_ok());
    if seconds && fields.next().is_some_and(|word| body::level(word).is_some()) {
        return true;
    }
    stamp::stamp(line)
        .is_ok_and(|(rest, _)| rest.is_empty() || rest.starts_with([' ', '\t', ':', ']']))
}

/// `bracketed = "[" (level | stamp) "]"`
fn bracketed(line: &str) -> bool {
    const LEVELS: &[&str] =
        &["INFO", "ERROR", "WARNING", "WARN", "DEBUG", "FATAL", "TRACE", "info", "error", "warn"];
    let Some(inside) = line.strip_prefix('[') else { return false };
    let closes = |word: &&&str| inside.strip_prefix(**word).is_some_and(|r| r.starts_with(']'));
    let stamp = alt((stamp::stamp,)).parse(inside);
    LEVELS.iter().any(|word| closes(&word)) || stamp.is_ok_and(|(rest, _)| rest.starts_with(']'))
}

/// leveled = level ":" word ":"     (Python's `ERROR:root:message`)
fn leveled(line: &str) -> bool {
    let Some((word, rest)) = line.split_once(':') else { return false };
    matches!(word, "INFO" | "ERROR" | "WARNING" | "DEBUG" | "FATAL" | "CRITICAL")
        && rest
            .split_once(':')
            .is_some_and(|(module, _)| !module.is_empty() && !module.contains(' '))
}

/// Returns how many of the lines go on with the log that starts at the first of them.
pub(crate) fn extent(lines: &[Line<'_>]) -> usize {
    let mut end = 0;
    while let Some(rest) = lines.get(end..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.first() else { break };
        let length = record::length(rest);
        let defaulted = end == 0 && defaulted(first.text).is_some();
        if length == 1 && !defaulted && !is_log(first.text) && !is_trace(first.text, end) {
            break;
        }
        end += length;
    }
    end.max(1)
}

/// True for a line of a stack trace or an indented continuation, behind at least one log line.
fn is_trace(line: &str, before: usize) -> bool {
    const HEADS: &[&str] = &[
        "goroutine ",
        "panic: ",
        "Caused by: ",
        "Traceback (most recent",
        "\tat ",
        "created by ",
        "Exception in thread",
        "fatal error: ",
        "runtime.",
        "main.",
    ];
    before > 0 && (line.starts_with('\t') || HEADS.iter().any(|head| line.starts_with(head)))
}

#[cfg(test)]
mod tests {
    use super::is_log;

    #[test]
    fn a_program_that_cannot_be_started_leaves_a_log() {
        for (line, log) in [
            ("exec /app: exec format error", true),
            ("standard_init_linux.go:228: exec user process caused: exec format error", true),
            ("exec format error is what the pod says", false),
            ("exec /app", false),
        ] {
            assert_eq!(is_log(line), log, "{line}");
        }
    }
}
