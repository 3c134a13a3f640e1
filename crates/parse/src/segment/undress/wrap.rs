//! Lines that were broken because they were too long, put together again.
//!
//! A terminal breaks a line where its window ends, in the middle of words; mail clients and people fill
//! lines up to some width and break between words. In both cases no line is longer than the width, and
//! the first word of a line would not have fitted onto the line above it. What follows such a break is
//! joined to it unless it starts something itself: a row, a label, a prompt, whatever a format claims.
//!
//! Tables, answers of DNS tools and other texts whose every line is a statement are left alone; their
//! formats know their own broken rows. In JSON only what is broken within a string is joined.

use std::ops::Range;

use kubetriage_model::{Hint, Interest};

use super::Part;
use crate::context::Context;
use crate::format::{FORMATS, Format};
use crate::formats::{agent_log, az, helm, kube_message, kubectl_describe, kubectl_error};
use crate::formats::{kubectl_get, log};
use crate::segment::interrupts;
use crate::text::Line;

/// Narrowest width at which lines are broken.
const NARROWEST: usize = 60;
/// Most lines that are made of one.
const MOST_PIECES: usize = 40;
/// Lines that a format is shown when it is asked whether it claims the first.
const WINDOW: usize = 8;
/// Widths of windows as terminals open them.
const USUAL_WIDTHS: &[usize] = &[80, 100, 120, 132, 160, 200];

/// One line made of several: where it stands and its text.
#[derive(Debug)]
pub(in crate::segment) struct Joined {
    /// Index of the part.
    part: usize,
    /// Index of the first line in its part.
    at: usize,
    /// Number of lines it was made of.
    pub(in crate::segment) pieces: usize,
    /// Number of its first line in the artifact.
    pub(in crate::segment) number: u64,
    text: String,
}

/// First line and number of lines of each line that was broken.
type Runs = Vec<(usize, usize)>;

/// How the lines of a text were broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// Where the window ends.
    Hard,
    /// Between words.
    Soft,
}

/// Returns the lines of `parts` that were broken.
pub(in crate::segment) fn broken(parts: &[Part<'_>]) -> Vec<Joined> {
    let mut joined = Vec::new();
    for (part, lines) in parts.iter().map(|part| part.lines.as_slice()).enumerate() {
        let Some(text) = Broken::of(lines) else { continue };
        for (at, pieces) in text.runs {
            let run = lines.get(at..at + pieces).unwrap_or_default();
            // What was unfolded out of one line was not broken by a window.
            if !run.is_sorted_by(|line, next| line.number < next.number) {
                continue;
            }
            let number = run.first().map_or(0, |line| line.number);
            joined.push(Joined { part, at, pieces, number, text: join(run, text.width, text.how) });
        }
    }
    joined
}

/// Puts the lines of `joined` in place of their pieces.
pub(in crate::segment) fn mend<'t>(
    mut parts: Vec<Part<'t>>,
    joined: &'t [Joined],
) -> Vec<Part<'t>> {
    for one in joined.iter().rev() {
        let Some(lines) = parts.get_mut(one.part).map(|part| &mut part.lines) else { continue };
        if let Some(line) = lines.get_mut(one.at) {
            line.text = &one.text;
            lines.drain(one.at + 1..one.at + one.pieces);
        }
    }
    parts
}

/// A text with broken lines.
struct Broken {
    width: usize,
    how: Break,
    runs: Runs,
}

impl Broken {
    fn of(lines: &[Line<'_>]) -> Option<Self> {
        let said = lines.iter().filter(|line| !line.is_blank());
        let filled = said.clone().filter(|line| line.text.ends_with(' ')).count();
        // Lines filled up with blanks to the width of a window are not broken there.
        let filled = filled > 1 && filled * 2 > said.count();
        let own =
            |line: &Line<'_>| if filled { line.text.trim_end() } else { line.text }.chars().count();
        let widths: Vec<usize> = lines.iter().map(own).collect();
        let width = widths.iter().copied().max().filter(|width| *width >= NARROWEST)?;
        let view = View { lines, widths: &widths, width };
        if !(1..lines.len()).any(|at| view.may_go_on(at)) {
            return None;
        }
        let (hard, soft) = view.breaks();
        let count = |runs: &[(usize, usize)]| runs.iter().map(|(_, n)| n - 1).sum::<usize>();
        let (how, runs) = if count(&hard) >= count(&soft) && view.is_sure(&hard) {
            (Break::Hard, hard)
        } else if count(&soft) > 1 {
            (Break::Soft, soft)
        } else {
            return None;
        };
        (!runs.is_empty()).then_some(Self { width, how, runs })
    }
}

/// A text under the eyes.
struct View<'l, 't> {
    lines: &'l [Line<'t>],
    widths: &'l [usize],
    width: usize,
}

impl View<'_, '_> {
    /// True when line `at` could go on the line above it, as far as their widths and its front tell.
    fn may_go_on(&self, at: usize) -> bool {
        let (Some(line), Some(above)) = (self.lines.get(at), at.checked_sub(1)) else {
            return false;
        };
        let word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        let room = self.width - self.widths.get(above).copied().unwrap_or(0);
        word > 0 && room < word + 1
    }

    /// True when line `at` stands behind a line as long as the window is wide.
    fn is_cut(&self, at: usize) -> bool {
        at < self.lines.len()
            && at.checked_sub(1).and_then(|above| self.widths.get(above)) == Some(&self.width)
    }

    /// Returns the lines that were broken, under the assumption of either kind of break.
    fn breaks(&self) -> (Runs, Runs) {
        let (mut hard, mut soft) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(rest) = self.lines.get(at..).filter(|rest| !rest.is_empty()) {
            let (format, length) = region(rest);
            let range = at..at + length;
            at = range.end;
            let solid = format.is_some_and(|own| SOLID.iter().any(|solid| solid.name == own.name));
            if let Some(length) = json_lines(rest) {
                at = self.strings(range.start..range.end.max(range.start + length), &mut hard);
            } else if !solid {
                let ends = [
                    self.sentences(range.clone(), Break::Hard, &mut hard),
                    self.sentences(range, Break::Soft, &mut soft),
                ];
                at = ends.into_iter().fold(at, usize::max);
            }
        }
        (hard, soft)
    }

    /// Finds broken lines among sentences, rows and labels; returns behind which line they end.
    fn sentences(&self, range: Range<usize>, how: Break, runs: &mut Runs) -> usize {
        let mut at = range.start;
        while at < range.end {
            let mut pieces = 1;
            let speaks = how == Break::Hard || self.lines.get(at..).is_some_and(is_sentence);
            while speaks && pieces < MOST_PIECES && self.goes_on(at + pieces, how) {
                pieces += 1;
            }
            if pieces > 1 {
                runs.push((at, pieces));
            }
            at += pieces;
        }
        at
    }

    fn goes_on(&self, at: usize, how: Break) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        let margin = how == Break::Soft || line.indent() < 2;
        let above = self.lines.get(at - 1).map_or("", |above| above.text);
        // Below an indented row nothing of its table stands at the margin.
        let row = has_gap(above)
            && has_gap(line.text)
            && (how == Break::Soft || line.indent() > 0 || !above.starts_with("  "));
        margin
            && !row
            && self.may_go_on(at)
            && (how == Break::Soft || self.is_cut(at))
            && !self.lines.get(at..).is_some_and(|lines| starts(lines, within_quotes(above)))
    }

    /// Finds lines of JSON that end within a string; returns behind which line they end.
    fn strings(&self, range: Range<usize>, runs: &mut Runs) -> usize {
        let mut at = range.start;
        while at < range.end {
            let mut pieces = 1;
            let mut open = self.opens_string(at);
            while open && pieces < MOST_PIECES && self.is_cut(at + pieces) {
                open ^= self.opens_string(at + pieces);
                pieces += 1;
            }
            if pieces > 1 && !open {
                runs.push((at, pieces));
            }
            at += pieces;
        }
        at
    }

    fn opens_string(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| quotes(line.text) % 2 == 1)
    }

    /// True when the breaks are no accident: several of them, a usual width, or one within quotes.
    fn is_sure(&self, runs: &[(usize, usize)]) -> bool {
        let count: usize = runs.iter().map(|(_, pieces)| pieces - 1).sum();
        let within = |(at, _): &(usize, usize)| self.opens_string(*at);
        count > 1 || USUAL_WIDTHS.contains(&self.width) || runs.iter().any(within)
    }
}

/// The interest of somebody who only asks where lines start.
struct Nothing;

impl Interest for Nothing {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}
}

/// Formats whose every line is a statement, and those that join their own lines.
const SOLID: &[&Format] = &[
    &agent_log::FORMAT,
    &crate::formats::arc_diagnoser::FORMAT,
    &crate::formats::config_data::FORMAT,
    &crate::formats::connectivity::FORMAT,
    &crate::formats::dig::FORMAT,
    &crate::formats::getent::FORMAT,
    &crate::formats::nslookup::FORMAT,
    &crate::formats::resolve_dns_name::FORMAT,
];

/// Returns how many lines the JSON takes that starts at the first of `lines`: up to its closing bracket, or
/// all when there is none.
fn json_lines(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first().filter(|line| is_json(line.trimmed()))?;
    let closes = |line: &Line<'_>| {
        line.indent() == first.indent() && line.text.trim_start().starts_with(['}', ']'])
    };
    let single = first.text.trim_end().ends_with(['}', ']']);
    let end = lines.iter().skip(1).position(closes).map_or(lines.len(), |at| at + 2);
    Some(if single { 1 } else { end })
}

/// Returns the format that claims the first of `lines`, and how many it claims.
fn region(lines: &[Line<'_>]) -> (Option<&'static Format>, usize) {
    if lines.first().is_none_or(Line::is_blank) {
        return (None, 1);
    }
    let claim = FORMATS.iter().find_map(|format| Some((format, claim(format, lines)?)));
    match claim {
        Some((format, length)) => (Some(format), length.clamp(1, lines.len())),
        None => (None, 1),
    }
}

fn claim(format: &Format, lines: &[Line<'_>]) -> Option<usize> {
    let hint = Hint::default();
    let context = Context { hint: &hint, command: None, redirected: false, interest: &Nothing };
    (format.claim)(lines, &context).filter(|n| *n > 0)
}

/// True when something starts at the first of `lines`; within quotes, what looks like a label is none.
fn starts(lines: &[Line<'_>], quoted: bool) -> bool {
    let Some(first) = lines.first() else { return false };
    let text = first.trimmed();
    if first.is_blank() || interrupts(first.text) || opens(text) {
        return true;
    }
    if !quoted && is_label(text) || log::is_log(first.text) {
        return true;
    }
    let near = lines.get(..lines.len().min(WINDOW)).unwrap_or_default();
    // A word in the middle of a sentence is small; only what has a shape of its own starts with one.
    let small = text.starts_with(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit());
    let shaped = |format: &&Format| !small || SHAPED.iter().any(|own| own.name == format.name);
    FORMATS.iter().filter(shaped).any(|format| claim(format, near).is_some())
}

/// Formats whose lines are known by their shape, also those that start with a small letter.
const SHAPED: &[&Format] = &[&kubectl_describe::FORMAT, &kubectl_get::FORMAT, &log::FORMAT];

/// Formats of sentences.
const SPEAKING: &[&Format] = &[
    &az::FORMAT,
    &helm::FORMAT,
    &kube_message::FORMAT,
    &kubectl_error::FORMAT,
    &crate::formats::container_tool::FORMAT,
];

/// True when a sentence starts at the first of `lines`, alone or behind the cells of an event.
fn is_sentence(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.get(..1) else { return false };
    let text = first.first().map_or("", |line| line.text);
    kubectl_describe::is_event_row(text)
        || kubectl_get::is_event_row(text)
        || text.starts_with("[2") && opens(text)
        || SPEAKING.iter().any(|format| claim(format, first).is_some())
}

/// `label = upper-case letter *(letter | digit | " " | "-" | "." | "/" | "_" | "(" | ")") ":" (end | blank)`
fn is_label(text: &str) -> bool {
    let Some((label, value)) = text.split_once(':') else { return false };
    let letters = |c: char| c.is_ascii_alphanumeric() || " -./_()".contains(c);
    label.starts_with(|c: char| c.is_ascii_uppercase())
        && label.len() < 40
        && label.chars().all(letters)
        && (value.is_empty() || value.starts_with([' ', '\t']))
}

/// True for a line with a gap as between the cells of a table.
fn has_gap(text: &str) -> bool {
    let text = text.trim();
    text.contains("  ") || text.contains('\t')
}

/// True for a line that opens or closes a bracket of JSON, or a line of a list or a heading.
fn opens(text: &str) -> bool {
    is_json(text)
        || matches!(text.trim_end_matches(','), "}" | "]")
        || ["- ", "* ", "# ", "## ", "[1", "[2", "---", "***", "==="]
            .iter()
            .any(|h| text.starts_with(h))
}

fn is_json(text: &str) -> bool {
    matches!(text, "{" | "[")
        || ["{\"", "[{", "{ \"", "[\""].iter().any(|head| text.starts_with(head))
}

/// True for a line that leaves a string of YAML or a quotation open.
fn within_quotes(text: &str) -> bool {
    quotes(text) % 2 == 1 || text.matches('\'').count() % 2 == 1
}

/// Counts the quotation marks that no backslash stands in front of.
fn quotes(text: &str) -> usize {
    let mut escaped = false;
    text.bytes()
        .filter(|byte| {
            let counts = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            counts
        })
        .count()
}

fn join(run: &[Line<'_>], width: usize, how: Break) -> String {
    let mut text = String::new();
    for (index, line) in run.iter().enumerate() {
        if how == Break::Soft && index > 0 {
            text.truncate(text.trim_end().len());
            text.push(' ');
            text.push_str(line.text.trim_start());
        } else {
            text.push_str(line.text);
        }
        if how == Break::Hard && index + 1 < run.len() {
            let lost = width.saturating_sub(line.text.chars().count());
            text.extend(std::iter::repeat_n(' ', lost));
        }
    }
    text
}
