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
        Some(b'0'..=b'9' | b'[' | b'{' | b'<' | b'A'..=b'Z' | b'a'..=b'z' | b'/') => {}
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
        Some(b'I' | b'W' | b'E' | b'F') => klog::is_klog(line) || leveled(line) || is_console(line),
        Some(b'D' | b'P' | b'T') => leveled(line) || is_console(line),
        Some(b'0'..=b'9') => stamped(line) || of_spark(line),
        Some(b'[') => bracketed(line) || of_kernel(line) || of_airflow(line),
        Some(b'/') => of_corefile(line),
        Some(b'a'..=b'z') => pairs::is_logfmt(line) || is_start_error(line) || of_coredns(line),
        _ => false,
    }
}

/// True for a line of logrus on a terminal; with the last word of a tool (`FATA[0002] pulling image: …`) it
/// answers its command.
fn is_console(line: &str) -> bool {
    !line.starts_with("FATA") && body::console(line).is_some()
}

/// True for the whole log of a container whose program cannot be started, as the runtime writes it:
/// `exec /app: exec format error`, `standard_init_linux.go:228: exec user process caused: exec format error`.
fn is_start_error(line: &str) -> bool {
    // Compose puts its service in front.
    let service =
        |(service, _): &(&str, &str)| !service.is_empty() && !service.trim().contains(' ');
    let line = line.split_once("| ").filter(service).map_or(line, |(_, rest)| rest);
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

/// `of_airflow = "[" date ", " clock [" UTC"] "] {" file ".py:" line "} " level`
fn of_airflow(line: &str) -> bool {
    line.split_once("] {").is_some_and(|(time, rest)| {
        let source = rest.split_once('}').map_or("", |(source, _)| source);
        time.len() < 40 && time.contains(':') && source.contains(".py:") && source.len() < 80
    })
}

/// `of_spark = year "/" month "/" day " " clock " " level " " class ": "`
fn of_spark(line: &str) -> bool {
    let mut words = line.splitn(4, ' ');
    let (date, clock) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let digits = |text: &str, sign: char| {
        text.len() == 8
            && text.split(sign).all(|part| part.len() == 2 && part.parse::<u8>().is_ok())
    };
    let level = words.next().unwrap_or_default();
    digits(date, '/') && digits(clock, ':') && body::level(level).is_some()
}

/// `of_kernel = "[" blank* digits "." digit{6} "] "`, as dmesg prints the seconds since the start.
fn of_kernel(line: &str) -> bool {
    let inside = line.strip_prefix('[').map(str::trim_start);
    let Some((clock, rest)) = inside.and_then(|inside| inside.split_once(']')) else {
        return false;
    };
    let seconds = clock.split_once('.').is_some_and(|(whole, part)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits(whole) && part.len() == 6 && digits(part)
    });
    seconds && rest.starts_with(' ')
}

/// `of_corefile = path ":" line " - Error during parsing: " …`, with which CoreDNS refuses its configuration.
fn of_corefile(line: &str) -> bool {
    line.split_once(" - Error during parsing: ").is_some_and(|(place, _)| {
        let number = place.rsplit_once(':').map(|(_, number)| number);
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    })
}

/// True for an error with which CoreDNS refuses its configuration, without a level in front.
fn of_coredns(line: &str) -> bool {
    line.starts_with("cannot serve dns://") && line.contains("already defined")
        || line.starts_with("plugin/")
            && (line.contains(": this plugin can only be used once per Server Block")
                || line.contains(" - Error during parsing: "))
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
    fn kernels_and_corefiles_have_lines_of_their_own() {
        for (line, log) in [
            ("[1234567.890123] Memory cgroup out of memory: Killed process 1 (java)", true),
            ("[    0.000000] Linux version 5.15", true),
            (
                "/etc/coredns/custom/dp.override:3 - Error during parsing: Unknown directive 'x'",
                true,
            ),
            ("plugin/hosts: this plugin can only be used once per Server Block", true),
            ("cannot serve dns://.:53 - it is already defined", true),
            ("ERRO[0039] Error encountered while importing x", true),
            ("ERROR[0039] Error encountered", false),
            ("plugin/hosts is made for this", false),
            ("/etc/coredns/custom/dp.override", false),
            ("[1.5] a list item", false),
        ] {
            assert_eq!(is_log(line), log, "{line}");
        }
    }

    #[test]
    fn a_program_that_cannot_be_started_leaves_a_log() {
        for (line, log) in [
            ("exec /app: exec format error", true),
            ("api-1  | exec /app: exec format error", true),
            ("standard_init_linux.go:228: exec user process caused: exec format error", true),
            ("exec format error is what the pod says", false),
            ("exec /app", false),
        ] {
            assert_eq!(is_log(line), log, "{line}");
        }
    }
}
