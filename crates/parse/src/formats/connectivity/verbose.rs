//! What curl tells of a connection (`-v`), and the heads of its answers (`-I`, `-i`).

use kubetriage_model::ConnectivityProbe;

use super::sentence::{failed, probe, word_behind};
use crate::context::Context;
use crate::text::Line;

/// Most lines between the story of a connection and the sentence that ends it.
const NEAR: usize = 4;
/// Most lines of the head of an answer.
const HEAD: usize = 64;

/// Returns the length of the story, or of the head of an answer, that starts at the first line.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text;
    if let Some(told) = first.strip_prefix("< HTTP/").map(|_| first.trim_start_matches("< ")) {
        let asked = super::asked::target(context).is_some();
        status(told).filter(|_| asked)?;
        return Some(lines.iter().take(HEAD).take_while(|line| is_story(line.text)).count().max(1));
    }
    if first.starts_with("HTTP/") {
        let asked = super::asked::target(context).is_some();
        status(first).filter(|_| asked)?;
        let head = lines.iter().take(HEAD).take_while(|line| is_field(line.text)).count();
        return Some(head.max(1));
    }
    let progress = lines.iter().take(NEAR).take_while(|line| is_progress(line.text)).count();
    let opening = lines.get(progress)?.text;
    OPENINGS.iter().any(|start| opening.starts_with(start)).then_some(())?;
    let own = lines.iter().take_while(|line| is_story(line.text)).count();
    let near = lines.iter().skip(own).take(NEAR);
    let ended = near.into_iter().position(|line| line.text.starts_with("curl: ("));
    let ended = ended.map(|at| own + at);
    Some(ended.map_or(own, |at| at + super::sentence::length(lines.get(at..).unwrap_or_default())))
}

/// How the story of a connection begins.
const OPENINGS: &[&str] = &[
    "*   Trying ",
    "* Trying ",
    "* Host ",
    "* Connected to ",
    "* About to connect() to ",
    "* Could not resolve host",
];

/// True for a line of the table with which curl shows the progress of a transfer.
fn is_progress(text: &str) -> bool {
    text.contains("--:--:--")
        || text.trim_start().starts_with("% Total")
        || text.contains("Dload  Upload")
}

fn is_field(text: &str) -> bool {
    text.starts_with("HTTP/") || text.split_once(": ").is_some_and(|(key, _)| !key.contains(' '))
}

/// True for `* Connected …`, `> GET …`, `< HTTP/1.1 …`, `{ [5 bytes data]` and the progress of a transfer.
fn is_story(text: &str) -> bool {
    let mut bytes = text.bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b'*' | b'>' | b'<'), None | Some(b' ')) => true,
        (Some(b'{' | b'}'), Some(b' ')) => text.contains(" bytes data]"),
        _ => is_progress(text),
    }
}

/// Returns the probe and the line that tells how it went.
pub(super) fn read<'t>(lines: &[Line<'t>]) -> Option<(Line<'t>, ConnectivityProbe)> {
    let connected = lines.iter().find_map(|line| line.text.strip_prefix("* Connected to "));
    let host = connected.and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    let port = connected.and_then(|rest| word_behind(rest, &[" port "]));
    let port = port.and_then(|port| port.parse().ok());
    let answered = lines.iter().find_map(|line| {
        let text = line.text.strip_prefix("< ").unwrap_or(line.text);
        Some((*line, status(text)?))
    });
    if let Some(told) = tunnel(lines) {
        return Some(told);
    }
    if let Some((line, status)) = answered {
        let result = Some("ok".to_owned());
        let told = failed("curl", host, port, line.text.trim_start_matches("< "));
        return Some((line, ConnectivityProbe { result, http_status: Some(status), ..told }));
    }
    let ended = lines.iter().find_map(|line| Some((*line, probe(line.text)?)));
    if let Some((line, told)) = ended {
        let told = ConnectivityProbe { host: told.host.or(host), port: told.port.or(port), ..told };
        return Some((line, told));
    }
    let trouble = lines.iter().find(|line| is_trouble(line.text))?;
    let host = host.or_else(|| word_behind(trouble.text, &["resolve host: ", "onnect to "]));
    Some((*trouble, failed("curl", host, port, trouble.text.trim_start_matches("* "))))
}

/// Returns the probe of a proxy that did not make the way to the host: `CONNECT tunnel failed, response 407`.
fn tunnel<'t>(lines: &[Line<'t>]) -> Option<(Line<'t>, ConnectivityProbe)> {
    let line = lines.iter().find(|line| line.text.contains("CONNECT tunnel failed, response "))?;
    let asked = lines.iter().find_map(|line| line.text.strip_prefix("> CONNECT "))?;
    let (host, port) = asked.split_whitespace().next()?.rsplit_once(':')?;
    let told = failed("curl", Some(host.to_owned()), port.parse().ok(), line.text);
    Some((*line, told))
}

/// `HTTP/1.1 401 Unauthorized` gives 401.
fn status(text: &str) -> Option<i64> {
    let code = text.strip_prefix("HTTP/")?.split_whitespace().nth(1)?;
    code.parse().ok().filter(|code| (100..600).contains(code))
}

fn is_trouble(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "Could not resolve host",
        "onnection refused",
        "onnection timed out",
        "Failed to connect",
        "No route to host",
        "SSL certificate problem",
        "Connection reset by peer",
        "Operation timed out",
    ];
    text.starts_with('*') && WORDS.iter().any(|words| text.contains(words))
}
