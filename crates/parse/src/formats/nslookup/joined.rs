//! Output that was joined onto one line, as page readers and log collectors leave it.
//!
//! `nslookup a.example.com Non-authoritative answer: Name: b.example.com Address: 10.0.0.1 Aliases: …`

use super::label::{Label, label};

/// Starts of sentences that may stand in the middle of a joined line.
const SENTENCES: &[&str] = &["** server can't find ", "*** ", ";; "];

/// True when the command in front of a joined answer runs nslookup in a pod.
pub(super) fn runs_inside(text: &str) -> bool {
    let front = text.split("nslookup ").next().unwrap_or_default();
    front.contains("kubectl ") && [" exec ", " run ", " debug "].iter().any(|v| front.contains(v))
}

/// Cuts a joined line into the lines it was made of; `None` for a line that is not joined.
///
/// A line is joined when two labels stand on it, or one behind other text. What stands before the first
/// label is dropped, except the command `nslookup name`, which is returned as `> name`.
pub(super) fn pieces(text: &str) -> Option<Vec<String>> {
    // Every label ends with a colon, which most lines of prose have not.
    memchr::memchr(b':', text.as_bytes())?;
    let starts = starts(text);
    let labels = starts.iter().filter(|start| start.label.is_some()).count();
    let first = starts.first()?;
    let telling = text.contains("canonical name") || starts.iter().any(Start::is_telling);
    let joined = labels > 1 || (labels == 1 && first.at > 0 && telling);
    if !joined || !(telling || answers(&starts)) {
        return None;
    }
    let mut pieces = Vec::new();
    front(text.get(..first.at)?, &mut pieces);
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(text.len(), |next| next.at);
        cut(text.get(start.at..end)?.trim(), start.label, &mut pieces);
    }
    Some(pieces)
}

/// Where a label or sentence starts.
struct Start {
    at: usize,
    label: Option<Label>,
}

impl Start {
    /// True for labels that nothing but nslookup prints.
    fn is_telling(&self) -> bool {
        matches!(self.label, Some(Label::NonAuthoritative))
    }
}

/// True when a name or a server is followed by its address.
fn answers(starts: &[Start]) -> bool {
    starts.windows(2).any(|pair| {
        matches!(
            pair,
            [
                Start { label: Some(Label::Name | Label::Server), .. },
                Start { label: Some(Label::Address), .. }
            ]
        )
    })
}

fn starts(text: &str) -> Vec<Start> {
    let mut starts = Vec::new();
    let mut blank = true;
    for (at, c) in text.char_indices() {
        if blank && !c.is_whitespace() {
            let rest = text.get(at..).unwrap_or_default();
            let found = label(rest);
            if found.is_some() || SENTENCES.iter().any(|start| rest.starts_with(start)) {
                starts.push(Start { at, label: found.map(|found| found.label) });
            }
        }
        blank = c.is_whitespace();
    }
    starts
}

/// Keeps the question out of what stands before the answer.
fn front(text: &str, pieces: &mut Vec<String>) {
    if let Some((_, asked)) = text.rsplit_once("nslookup ") {
        let name = asked.split_whitespace().find(|word| !word.starts_with('-'));
        pieces.extend(name.map(|name| format!("> {name}")));
        aliases(asked, pieces);
    }
}

/// Cuts the text behind one label into a line per value.
fn cut(text: &str, found: Option<Label>, pieces: &mut Vec<String>) {
    let Some(found) = found.zip(label(text)).filter(|(label, _)| *label != Label::Server) else {
        pieces.push(text.to_owned());
        return;
    };
    let (head, values) = text.split_at_checked(found.1.length).unwrap_or((text, ""));
    let mut words = values.split_whitespace();
    match found.0 {
        Label::NonAuthoritative => {
            pieces.push(head.to_owned());
            aliases(values, pieces);
        }
        Label::Address if !head.ends_with("1:") || values.split_whitespace().count() == 1 => {
            first_and_more(head, &mut words, pieces);
            aliases(values, pieces);
        }
        Label::Aliases => first_and_more(head, &mut words, pieces),
        _ => {
            pieces.push(format!("{head} {}", words.next().unwrap_or_default()));
            aliases(values, pieces);
        }
    }
}

fn first_and_more<'w>(
    head: &str,
    words: &mut impl Iterator<Item = &'w str>,
    pieces: &mut Vec<String>,
) {
    pieces.push(format!("{head} {}", words.next().unwrap_or_default()));
    let plain = |word: &&str| !word.contains(['=', '/', '\'']) && word.contains(['.', ':']);
    pieces.extend(words.take_while(plain).map(|word| format!("  {word}")));
}

/// Takes every `owner canonical name = target` out of `text`; the blank before `canonical` may be lost.
fn aliases(text: &str, pieces: &mut Vec<String>) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("canonical name = ") {
        let owner = before.split_whitespace().last().unwrap_or_default();
        let target = after.split_whitespace().next().unwrap_or_default();
        pieces.push(format!("{owner} canonical name = {target}"));
        rest = after;
    }
}
