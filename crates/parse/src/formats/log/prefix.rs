//! What tools put in front of a log line.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, one_of, space1};
use nom::combinator::{opt, recognize};
use nom::sequence::delimited;
use nom::{IResult, Parser};
use serde::Deserialize;

use crate::prim::stamp;

/// Most prefixes in front of one line (`--prefix` and `--timestamps` and CRI and syslog).
const MOST: usize = 5;

/// What the prefixes of a line say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prefix {
    pub(super) time: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) pod: Option<String>,
    pub(super) container: Option<String>,
    /// Program in a journal (`kubelet`).
    pub(super) unit: Option<String>,
    /// Host in a journal, which is the node.
    pub(super) host: Option<String>,
}

/// Cuts the prefixes off `line` and returns the rest.
pub(super) fn strip<'t>(line: &'t str, prefix: &mut Prefix) -> Cow<'t, str> {
    let mut rest = line;
    for _ in 0..MOST {
        if let Some(inner) = envelope(rest, prefix) {
            return Cow::Owned(strip(&inner, prefix).into_owned());
        }
        let Some(after) = one(rest, prefix) else { break };
        rest = after;
    }
    Cow::Borrowed(rest)
}

/// Cuts one prefix off.
fn one<'t>(line: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    match line.as_bytes().first()? {
        b'[' => named(line, prefix),
        b'<' => priority(line, prefix),
        b'0'..=b'9' => timed(line, prefix).or_else(|| journal(line, prefix)),
        b'A'..=b'Z' => journal(line, prefix),
        b'a'..=b'z' => journal(line, prefix).or_else(|| stern(line, prefix)),
        _ => None,
    }
}

/// named = "[pod/" pod "/" container "] "
fn named<'t>(line: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    fn grammar(line: &str) -> IResult<&str, (&str, &str)> {
        let part = |line| take_till(|c: char| matches!(c, '/' | ']' | ' '))(line);
        let inside = (tag("pod/"), part, char('/'), part);
        let (rest, (_, pod, _, container)) = delimited(char('['), inside, tag("]")).parse(line)?;
        Ok((rest.strip_prefix(' ').unwrap_or(rest), (pod, container)))
    }
    let (rest, (pod, container)) = grammar(line).ok()?;
    prefix.pod = Some(pod.to_owned());
    prefix.container = Some(container.to_owned());
    Some(rest)
}

/// timed = internet " " (("stdout" | "stderr") " " ("P" | "F") tags " ")? | clock "  "
fn timed<'t>(line: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    if let Ok((rest, time)) = stamp::internet(line) {
        let rest = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
        // The outermost stamp is the collector's; an inner one is closer to the event.
        prefix.time = Some(time.to_owned());
        return Some(
            stream(rest).map(|part| part.content).or_else(|| syslog(rest, prefix)).unwrap_or(rest),
        );
    }
    let (rest, time) = stamp::clock(line).ok()?;
    let rest = rest.strip_prefix("  ")?;
    prefix.time = Some(time.to_owned());
    Some(rest)
}

/// `priority = "<" digits ">" ("1 " internet " " host " " unit " " pid " " id " " data " ")?`, as syslog sends it.
fn priority<'t>(line: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    let (number, rest) = line.strip_prefix('<')?.split_once('>')?;
    number.parse::<u8>().ok().filter(|priority| *priority < 192)?;
    let Some(rest) = rest.strip_prefix("1 ") else {
        return one(rest, prefix);
    };
    let (rest, time) = stamp::internet(rest).ok()?;
    let mut fields = rest.strip_prefix(' ')?.splitn(4, ' ');
    let (host, unit, _pid) = (fields.next()?, fields.next()?, fields.next()?);
    let (_id, rest) = fields.next()?.split_once(' ')?;
    let data = if rest.starts_with('[') {
        rest.find("] ").map(|at| at + 2)
    } else {
        rest.strip_prefix("- ").map(|_| 2)
    };
    prefix.time = Some(time.to_owned());
    prefix.host = Some(host.to_owned());
    prefix.unit = Some(unit.to_owned());
    Some(rest.get(data.unwrap_or(0)..).unwrap_or_default().trim_start_matches('\u{feff}'))
}

/// `syslog = host " " unit ("[" pid "]")? ": "`, behind a time: how rsyslog writes it.
fn syslog<'t>(rest: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    let (host, behind) = rest.split_once(' ')?;
    let (unit, behind) = behind.split_once(": ")?;
    let word = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'/'))
    };
    let name = unit.strip_suffix(']').map_or(Some(unit), |unit| {
        let (name, pid) = unit.split_once('[')?;
        pid.bytes().all(|b| b.is_ascii_digit()).then_some(name)
    })?;
    // Without a process a word and a colon may be anybody's text.
    let told = name.len() < unit.len() || matches!(name, "kernel" | "systemd");
    (told && word(host) && word(name)).then_some(())?;
    prefix.host = Some(host.to_owned());
    prefix.unit = Some(name.to_owned());
    Some(behind)
}

/// A line as a container runtime writes it, behind its time.
pub(super) struct Part<'t> {
    /// `stdout ` or `stderr `.
    pub(super) stream: &'t str,
    /// True for the tag `P`: the next line of the stream goes on.
    pub(super) partial: bool,
    pub(super) content: &'t str,
}

/// stream = ("stdout" | "stderr") " " ("P" | "F") tags " " content
pub(super) fn stream(rest: &str) -> Option<Part<'_>> {
    fn grammar(line: &str) -> IResult<&str, (&str, char)> {
        let mut name = alt((tag("stdout "), tag("stderr ")));
        let (line, stream) = name.parse(line)?;
        let (line, flag) = one_of("PF").parse(line)?;
        let (line, _) = take_till(|c| c == ' ')(line)?;
        Ok((line, (stream, flag)))
    }
    let (content, (stream, flag)) = grammar(rest).ok()?;
    let content = content.strip_prefix(' ').unwrap_or(content);
    Some(Part { stream, partial: flag == 'P', content })
}

/// Docker's json-file envelope.
#[derive(Deserialize)]
struct Envelope {
    log: String,
    time: Option<String>,
}

/// Returns the line inside docker's `{"log":"…","stream":"…","time":"…"}`.
fn envelope(line: &str, prefix: &mut Prefix) -> Option<String> {
    let head = line.get(..line.len().min(64)).unwrap_or_default();
    if !line.starts_with('{') || !(head.contains("\"log\"") || line.contains("\"stream\"")) {
        return None;
    }
    let envelope: Envelope = serde_json::from_str(line).ok()?;
    prefix.time = envelope.time.or(prefix.time.take());
    Some(envelope.log.trim_end_matches(['\n', '\r']).to_owned())
}

/// `journal = month " " day " " clock fraction? " " host " " unit ("[" pid "]")? ": "`
fn journal<'t>(line: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    /// The short name of a month in the language of the machine: `Nov`, `feb`, `févr.`, `Mär`, `5月`.
    fn month(line: &str) -> IResult<&str, &str> {
        const LONGEST: usize = 5;
        let name = take_while_m_n(2, LONGEST, |c: char| c.is_alphabetic() && c != '月');
        let numbered = (digit1, opt(char(' ')), char('月'));
        alt((recognize((name, opt(char('.')))), recognize(numbered))).parse(line)
    }
    fn grammar(line: &str) -> IResult<&str, (&str, &str, &str)> {
        let word = |line| take_till(|c: char| matches!(c, ' ' | '[' | ':'))(line);
        let time = (month, space1, digit1, char(' '), stamp::clock, opt(stamp::fraction));
        let (line, time) = recognize(time).parse(line)?;
        let (line, (_, host, _)) = (char(' '), take_while1(|c| c != ' '), char(' ')).parse(line)?;
        let (line, unit) = word(line)?;
        let (line, _) = opt(delimited(char('['), digit1, char(']'))).parse(line)?;
        let (line, _) = tag(":").parse(line)?;
        Ok((line.strip_prefix(' ').unwrap_or(line), (time, host, unit)))
    }
    let (rest, (time, host, unit)) = grammar(line).ok()?;
    prefix.host = Some(host.to_owned());
    prefix.time = Some(time.to_owned());
    prefix.unit = Some(unit.to_owned());
    Some(rest)
}

/// stern = pod " " container " " line, where the line is a log line of a known form
fn stern<'t>(line: &'t str, prefix: &mut Prefix) -> Option<&'t str> {
    let (pod, rest) = line.split_once(' ')?;
    let rest = rest.strip_prefix("› ").unwrap_or(rest);
    let (container, rest) = rest.split_once(' ')?;
    let name = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
    };
    let hashed = pod.rsplit_once('-').is_some_and(|(_, end)| {
        end.len() == 5 || !end.is_empty() && end.bytes().all(|b| b.is_ascii_digit())
    });
    if !(hashed && name(pod) && name(container) && super::shape::has_structure(rest)) {
        return None;
    }
    prefix.pod = Some(pod.to_owned());
    prefix.container = Some(container.to_owned());
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::{Prefix, strip};

    #[test]
    fn prefixes_are_cut_off_and_read() {
        for (line, rest, wanted) in [
            ("[pod/web-1/app] hello", "hello", "|web-1|app|"),
            ("2026-11-21T10:00:00.123456789Z hello", "hello", "2026-11-21T10:00:00.123456789Z|||"),
            (
                "[pod/web-1/app] 2026-11-21T10:00:00Z hello",
                "hello",
                "2026-11-21T10:00:00Z|web-1|app|",
            ),
            (
                "2026-11-21T10:00:00.1+00:00 stderr F hello",
                "hello",
                "2026-11-21T10:00:00.1+00:00|||",
            ),
            ("2026-11-21T10:00:00.1Z stdout P:x part", "part", "2026-11-21T10:00:00.1Z|||"),
            (
                r#"{"log":"hello\n","stream":"stderr","time":"2026-11-21T10:00:00.1Z"}"#,
                "hello",
                "2026-11-21T10:00:00.1Z|||",
            ),
            ("Nov 21 10:00:00 node-1 kubelet[123]: hello", "hello", "Nov 21 10:00:00|||kubelet"),
            ("5月 13 15:40:17 node-1 kubelet[123]: hello", "hello", "5月 13 15:40:17|||kubelet"),
            ("févr. 16 12:46:00 node-1 k3s[7]: hello", "hello", "févr. 16 12:46:00|||k3s"),
            ("feb 16 12:46:00 node-1 k3s[7]: hello", "hello", "feb 16 12:46:00|||k3s"),
            (
                "Nov  1 10:00:00.123456 node-1 systemd: hello",
                "hello",
                "Nov  1 10:00:00.123456|||systemd",
            ),
            (
                "2026-11-21T10:00:00.1+00:00 node-1 kubelet[12]: hello",
                "hello",
                "2026-11-21T10:00:00.1+00:00|||kubelet",
            ),
            (
                "2026-11-21T10:00:00Z node-1 said: hello",
                "node-1 said: hello",
                "2026-11-21T10:00:00Z|||",
            ),
            (
                "<30>1 2026-11-21T10:00:00Z node-1 kubelet 12 - - hello",
                "hello",
                "2026-11-21T10:00:00Z|||kubelet",
            ),
            ("<30>Nov 21 10:00:00 node-1 dockerd[7]: hello", "hello", "Nov 21 10:00:00|||dockerd"),
            ("<b>bold</b>", "<b>bold</b>", "|||"),
            ("18:23:33  hello", "hello", "18:23:33|||"),
            (
                "web-7d9f8b6c5-x2x4z app level=info msg=hello",
                "level=info msg=hello",
                "|web-7d9f8b6c5-x2x4z|app|",
            ),
            ("hello there world", "hello there world", "|||"),
            ("2026-11-21T10:00:00Z\tINFO\tx", "2026-11-21T10:00:00Z\tINFO\tx", "|||"),
        ] {
            let mut prefix = Prefix::default();
            assert_eq!(strip(line, &mut prefix), rest, "{line}");
            let text = |field: &Option<String>| field.clone().unwrap_or_default();
            let read = [&prefix.time, &prefix.pod, &prefix.container, &prefix.unit].map(text);
            assert_eq!(read.join("|"), wanted, "{line}");
        }
    }
}
