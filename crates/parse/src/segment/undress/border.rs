//! Quote marks and box borders in front of (and behind) lines.
//!
//! `> ` in front of at least three lines one after the other is a quotation (mail, markdown, nested as
//! well); a single `> ` is the prompt of a shell or of nslookup. `│ ` is the border of a terminal program
//! (k9s, Terraform).

use crate::segment::solid::Solid;
use crate::segment::{header, prompt};
use crate::text::Line;

/// Fewest lines of a quotation within other text.
const FEWEST: usize = 3;
/// Deepest quotation in a quotation.
const DEEPEST: usize = 8;
/// Borders of boxes.
const BORDERS: &[char] = &['│', '┃', '║', '▏', '▕'];

/// Cuts marks and borders off; returns the lines that are nothing else.
pub(super) fn strip<'t>(lines: &mut Vec<Line<'t>>, solid: &Solid) -> Vec<Line<'t>> {
    quotes(lines, solid);
    boxes(lines, solid)
}

fn quotes(lines: &mut [Line<'_>], solid: &Solid) {
    let said = lines.iter().filter(|line| !line.is_blank()).count();
    let mut start = 0;
    while let Some(rest) = lines.get_mut(start..).filter(|rest| !rest.is_empty()) {
        let length =
            rest.iter().take_while(|line| is_quoted(line.text) && !solid.holds(line)).count();
        let run = rest.get_mut(..length).unwrap_or_default();
        let request = run.first().is_some_and(|line| is_request(line.text));
        let spoken = || run.iter().any(|line| is_sentence(line.text));
        let quoted = length >= FEWEST || length > 0 && (length == said || spoken());
        if !request && quoted {
            let _levels = (0..DEEPEST).take_while(|_| unquote(run)).count();
        }
        start += length.max(1);
    }
}

/// True for a quoted line of several words, which is nothing that is typed at nslookup's prompt.
fn is_sentence(text: &str) -> bool {
    const FEWEST_WORDS: usize = 4;
    text.trim_start_matches(['>', ' ']).split_whitespace().count() >= FEWEST_WORDS
}

fn is_quoted(text: &str) -> bool {
    match text.bytes().find(|byte| !matches!(byte, b' ' | b'\t')) {
        Some(first) if first.is_ascii_graphic() => first == b'>',
        _ => text.trim_start().starts_with('>'),
    }
}

/// True for `> GET /v2/ HTTP/1.1`, with which curl tells what it asked for.
fn is_request(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (mark, method, _, version) = (words.next(), words.next(), words.next(), words.next());
    mark == Some(">")
        && method.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()))
        && version.is_some_and(|word| word.starts_with("HTTP/"))
}

/// Cuts one level of marks off, if every line has it and they are no prompts.
fn unquote(run: &mut [Line<'_>]) -> bool {
    let quoted = run.iter().all(|line| is_quoted(line.text) || line.is_blank());
    let prompts = run.iter().filter(|line| prompt::typed(line.text).is_some()).count();
    let marks = run.iter().filter(|line| is_quoted(line.text)).count();
    if !quoted || marks == 0 || prompts == run.len() {
        return false;
    }
    let behind = |line: &Line<'_>| line.text.trim_start().strip_prefix('>').map(str::len);
    // Without a blank behind every mark, the blank behind one is the captured line's own.
    let blank = run.iter().filter_map(|line| Some((line, behind(line)?))).all(|(line, length)| {
        let rest = line.text.get(line.text.len() - length..).unwrap_or_default();
        rest.is_empty() || rest.starts_with([' ', '>'])
    });
    for line in run {
        let Some(length) = behind(line) else { continue };
        super::cut_front(line, line.text.len() - length);
        super::cut_front(line, usize::from(blank && line.text.starts_with(' ')));
    }
    true
}

fn boxes<'t>(lines: &mut Vec<Line<'t>>, solid: &Solid) -> Vec<Line<'t>> {
    let bordered = |line: &Line<'_>| {
        !line.text.is_ascii() && line.text.trim_start().starts_with(BORDERS) && !solid.holds(line)
    };
    let ruled = lines.iter().any(|line| is_ruler(line.text));
    if lines.iter().filter(|line| bordered(line)).nth(usize::from(!ruled)).is_none() {
        return plain_boxes(lines);
    }
    for line in lines.iter_mut().filter(|line| bordered(line)) {
        let rest = line.text.trim_start();
        let rest = rest.strip_prefix(BORDERS).unwrap_or(rest);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        super::cut_front(line, line.text.len() - rest.len());
        line.text = line.text.trim_end();
        line.text = line.text.strip_suffix(BORDERS).unwrap_or(line.text).trim_end();
    }
    let dropped = |line: &&Line<'_>| {
        is_ruler(line.text) && header::screen_of_k9s(line.text).is_none() && !solid.holds(line)
    };
    let (rulers, rest) = lines.iter().partition(dropped);
    *lines = rest;
    rulers
}

/// Cuts off the borders of boxes drawn with `+`, `-` and `|`, of one column; returns their rulers.
fn plain_boxes<'t>(lines: &mut Vec<Line<'t>>) -> Vec<Line<'t>> {
    let ruler = |line: &Line<'_>| {
        let inside = line.text.trim().strip_prefix('+').and_then(|rest| rest.strip_suffix('+'));
        inside.is_some_and(|inside| inside.len() > 8 && inside.bytes().all(|byte| byte == b'-'))
    };
    let inside =
        |line: &&Line<'_>| line.text.trim().starts_with('|') && line.text.trim_end().ends_with('|');
    let first = lines.iter().position(ruler);
    let last = lines.iter().rposition(ruler);
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let Some(content) = lines.get_mut(first + 1..last) else { return Vec::new() };
    if content.is_empty() || !content.iter().filter(|line| !ruler(line)).all(|line| inside(&line)) {
        return Vec::new();
    }
    for line in content {
        let rest = line.text.trim_start().trim_start_matches('|');
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        super::cut_front(line, line.text.len() - rest.len());
        line.text = line.text.trim_end().trim_end_matches('|').trim_end();
    }
    let (rulers, rest) = lines.iter().partition(|line| ruler(line));
    *lines = rest;
    rulers
}

/// True for the top and bottom of a box, with or without a title.
fn is_ruler(text: &str) -> bool {
    let text = text.trim();
    let drawn = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    text.starts_with(['╷', '╵', '┌', '└', '╭', '╰', '╔', '╚', '┏', '┗', '─', '├'])
        && (text.ends_with(drawn))
}
