//! One log line without its prefixes: time, level, origin, message.

use nom::Parser;
use nom::bytes::complete::{take_till1, take_while};
use nom::character::complete::char;
use nom::sequence::delimited;

use super::{json, klog, pairs};
use crate::prim::{stamp, unescape};

/// What a line says by itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) time: Option<String>,
    pub(super) level: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) message: String,
}

/// Words for levels, as programs print them, and the word the event carries.
const LEVELS: &[(&str, &str)] = &[
    ("trace", "trace"),
    ("debug", "debug"),
    ("dbg", "debug"),
    ("verbose", "debug"),
    ("info", "info"),
    ("information", "info"),
    ("inf", "info"),
    ("notice", "notice"),
    ("warn", "warning"),
    ("warning", "warning"),
    ("wrn", "warning"),
    ("error", "error"),
    ("err", "error"),
    ("fatal", "fatal"),
    ("critical", "fatal"),
    ("crit", "fatal"),
    ("panic", "fatal"),
    ("dpanic", "fatal"),
    ("alert", "fatal"),
    ("emerg", "fatal"),
    ("fail", "error"),
    ("trac", "trace"),
    ("debu", "debug"),
    ("erro", "error"),
    ("fata", "fatal"),
    ("pani", "fatal"),
];

/// Returns the level that `word` names, in the one spelling that events have.
pub(super) fn level(word: &str) -> Option<String> {
    let word = word.trim();
    LEVELS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|(_, level)| (*level).to_owned())
}

/// Reads one line.
pub(super) fn read(line: &str) -> Body {
    let text = line.trim_end();
    let structured = match text.as_bytes().first() {
        Some(b'{') => json::read(text),
        Some(b'I' | b'W' | b'E' | b'F') => klog::read(text),
        Some(b'a'..=b'z') => pairs::read(text),
        _ => None,
    };
    structured.or_else(|| tabbed(text)).unwrap_or_else(|| free(text))
}

/// tabbed = (stamp | seconds) tab level (tab logger)? (tab caller)? tab message (tab object)?     (zap console)
fn tabbed(text: &str) -> Option<Body> {
    let mut fields = text.split('\t');
    let time = fields.next()?;
    let timed = stamp::stamp(time).is_ok() || time.parse::<f64>().is_ok();
    let level = fields.next().and_then(level).filter(|_| timed)?;
    let mut rest = fields.collect::<Vec<_>>();
    let object = rest.pop_if(|last| last.starts_with('{'));
    let message = rest.pop().unwrap_or_default();
    let mut message = unescape::nested(message).into_owned();
    let details = object.map(json::details).unwrap_or_default();
    message.push_str(&details);
    let origin = rest.first().map(|name| (*name).to_owned());
    Some(Body { time: Some(time.to_owned()), level: Some(level), origin, message })
}

/// `free = (stamp | "[" stamp "]")? bracket* level? origin? message`
fn free(text: &str) -> Body {
    let mut body = Body::default();
    let mut rest = text;
    if let Some((time, after)) = leading_stamp(rest) {
        body.time = Some(time.to_owned());
        rest = after;
    }
    if let Some((level, after)) = console(rest) {
        body.level = Some(level);
        rest = after;
    }
    for _ in 0..3 {
        let Some((word, after)) = bracket(rest) else { break };
        match (level(word), &body.level, &body.origin) {
            (Some(level), None, _) => body.level = Some(level),
            (None, _, None) if body.time.is_some() || body.level.is_some() => {
                body.origin = Some(word.trim().to_owned());
            }
            _ => break,
        }
        rest = after;
    }
    if body.level.is_none() {
        rest = bare_level(rest, &mut body);
    }
    if body.level.is_some() && body.origin.is_none() {
        rest = plugin(rest, &mut body);
    }
    body.message = unescape::nested(rest).into_owned();
    body
}

/// `console = level{4} "[" digits "] "`, as logrus prints to a terminal: the seconds since the start.
pub(super) fn console(text: &str) -> Option<(String, &str)> {
    const WIDTH: usize = 4;
    let (word, rest) = text.split_at_checked(WIDTH)?;
    let (seconds, rest) = rest.strip_prefix('[')?.split_once("] ")?;
    let counted = !seconds.is_empty() && seconds.bytes().all(|b| b.is_ascii_digit());
    let capitals = word.bytes().all(|b| b.is_ascii_uppercase());
    Some((level(word).filter(|_| counted && capitals)?, rest.trim_start()))
}

fn leading_stamp(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[').unwrap_or(text);
    let (rest, time) = stamp::stamp(inner).ok()?;
    let rest = if inner.len() < text.len() { rest.strip_prefix(']')? } else { rest };
    Some((time, rest.trim_start_matches([' ', '\t', '-', ':', '|'])))
}

/// `bracket = "[" word "]" " "*`
fn bracket(text: &str) -> Option<(&str, &str)> {
    let word = take_till1(|c: char| matches!(c, ']' | '[' | '"' | '{'));
    let closed: nom::IResult<&str, &str> = delimited(char('['), word, char(']')).parse(text);
    let (rest, word) = closed.ok()?;
    let end: nom::IResult<&str, &str> = take_while(|c| c == ' ')(rest);
    (word.len() < 40).then(|| (word, end.map_or(rest, |(rest, _)| rest)))
}

/// Takes a level in capitals (`ERROR app - …`, `WARN: …`, `INFO:root:…`) off the front of `text`.
fn bare_level<'t>(text: &'t str, body: &mut Body) -> &'t str {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let Some((word, rest)) = text.split_at_checked(len) else { return text };
    let capitals = word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let Some(level) = level(word).filter(|_| capitals || body.time.is_some() && len > 2) else {
        return text;
    };
    if !(rest.is_empty() || rest.starts_with([' ', ':', '\t', '|', '-'])) {
        return text;
    }
    body.level = Some(level);
    rest.trim_start_matches([' ', ':', '\t', '|', '-'])
}

/// plugin = "plugin/" name ": " message     (CoreDNS)
fn plugin<'t>(text: &'t str, body: &mut Body) -> &'t str {
    let Some((name, rest)) = text
        .split_once(": ")
        .filter(|(name, _)| name.starts_with("plugin/") && !name.contains(' '))
    else {
        return text;
    };
    body.origin = Some(name.to_owned());
    rest
}

#[cfg(test)]
mod tests;
