//! The clock a CI system puts in front of every line.
//!
//! `2022-10-05T14:53:30.7486813Z `, `[2022-10-05T14:53:30.748Z] `, `18:23:33  `, also two of them, also behind
//! the names of job and step with tabs. The same stamp in front
//! of log lines is theirs (`kubectl logs --timestamps`), so it is only taken off when what stands behind
//! it is no log: a command, a table, a description.

use crate::prim::stamp;
use crate::segment::{header, prompt};
use crate::text::Line;

/// Lines that are looked at to decide.
const HEAD: usize = 200;

/// Cuts the clock off every line that has one, if the text is a CI log of captures.
pub(super) fn strip(lines: &mut [Line<'_>]) {
    let said = lines.iter().filter(|line| !line.is_blank()).take(HEAD);
    let (mut all, mut clocked, mut captures) = (0_usize, 0_usize, false);
    for line in said {
        all += 1;
        if let Some(length) = clock(line.text) {
            clocked += 1;
            captures |= line.text.get(length..).is_some_and(is_capture);
        }
    }
    if !captures || all < 2 || clocked * 10 < all * 9 {
        return;
    }
    for line in lines {
        if let Some(length) = clock(line.text) {
            super::cut_front(line, length);
            let group = ["##[command]", "##[group]Run ", "##[error]", "##[endgroup]", "[command]"];
            let mark = group.iter().find(|mark| line.text.starts_with(**mark));
            super::cut_front(line, mark.map_or(0, |mark| mark.len()));
        }
    }
}

/// Cuts lines that hold several lines of a registry check, as a page leaves them that loses line breaks, in
/// front of every clock in brackets.
pub(super) fn split(lines: &mut Vec<Line<'_>>) {
    const FEWEST: usize = 3;
    let clocks = |line: &Line<'_>| -> Vec<usize> {
        let marks = memchr::memmem::find_iter(line.text.as_bytes(), b"[20");
        let clocks = marks.filter(|at| line.text.get(*at..).and_then(stamp).is_some());
        clocks.collect()
    };
    if !lines.iter().any(|line| clocks(line).len() >= FEWEST) {
        return;
    }
    let mut apart = Vec::new();
    for line in lines.iter() {
        let found = clocks(line);
        let starts = std::iter::once(0).chain(found.iter().copied().filter(|at| *at > 0));
        let ends = found.iter().copied().filter(|at| *at > 0).chain([line.text.len()]);
        for (start, end) in starts.zip(ends) {
            let text = line.text.get(start..end).unwrap_or_default().trim_end();
            apart.push(Line { text, number: line.number, offset: line.offset + start as u64 });
        }
    }
    *lines = apart;
}

/// Heads of captures that are searched for behind the clock of a CI system.
const CAPTURED: &[&str] = &[
    "NAME ",
    "NAMESPACE ",
    "LAST SEEN ",
    "Name:  ",
    "Events:",
    "##[",
    "[command]",
    "Error from server",
    "Error: INSTALLATION FAILED: ",
    "Error: UPGRADE FAILED: ",
    "ERROR: (",
    "ERROR: Unable to ",
    "ERROR: Could not connect to the registry",
    "WARNING: Unable to get AAD authorization",
    "ERROR: failed to solve: ",
    "Unable to find image '",
    "The push refers to repository [",
    "Non-authoritative answer:",
];

/// True when lines with a clock in front show captures somewhere in `text`: a CI log of commands and not the
/// log of a program. Asked for every block of a log: a text whose first line has no such clock costs nothing.
pub(in crate::segment) fn shows_captures(text: &str) -> bool {
    const MOST: usize = 100;
    let first = text.lines().find(|line| !line.trim().is_empty());
    if first.and_then(clock).is_none() {
        return false;
    }
    let bytes = text.as_bytes();
    CAPTURED.iter().any(|head| {
        memchr::memmem::find_iter(bytes, head.as_bytes()).take(MOST).any(|at| {
            let before = bytes.get(..at).unwrap_or_default();
            let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
            let line = text.get(start..).and_then(|rest| rest.lines().next());
            line.and_then(clock).is_some_and(|length| start + length == at)
        })
    })
}

/// Returns the length of the clock in front of `text`, blanks included, and of a second one behind it (that
/// of the runner behind that of the log's viewer).
fn clock(text: &str) -> Option<usize> {
    let step = step(text);
    let behind = text.get(step..)?;
    let first = stamp(behind)?;
    let again = behind.get(first..).and_then(stamp).unwrap_or(0);
    Some(step + first + again)
}

/// Returns the length of `job TAB step TAB` in front of a line, as `gh run view --log` writes it; 0 without.
fn step(text: &str) -> usize {
    const LONGEST: usize = 200;
    let tabs: Vec<usize> = text
        .bytes()
        .take(LONGEST)
        .enumerate()
        .filter_map(|(at, byte)| (byte == b'\t').then_some(at + 1))
        .take(2)
        .collect();
    let end = tabs.get(1).copied().unwrap_or(0);
    let dated = text
        .get(end..)
        .is_some_and(|rest| stamp::internet(rest.trim_start_matches('\u{feff}')).is_ok());
    if dated { end } else { 0 }
}

/// Returns the length of one clock.
fn stamp(text: &str) -> Option<usize> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '[') {
        return None;
    }
    let rest = if let Some(inside) = text.strip_prefix('[') {
        let rest = stamp::internet(inside).ok()?.0.strip_prefix(']')?;
        rest.strip_prefix(' ').unwrap_or(rest)
    } else if let Ok((rest, _)) = stamp::internet(text) {
        if rest.is_empty() { rest } else { rest.strip_prefix(' ')? }
    } else {
        stamp::clock(text).ok()?.0.strip_prefix("  ")?
    };
    Some(text.len() - rest.len())
}

/// True for a line that only stands in the output of a command, or that types one.
fn is_capture(text: &str) -> bool {
    CAPTURED.iter().any(|head| text.starts_with(head))
        || text.starts_with("apiVersion: ")
        || prompt::typed(text).is_some()
        || header::announced(text).is_some()
}
