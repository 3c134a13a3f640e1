//! Characters that web pages, chat tools and ticket systems change in captured text.
//!
//! Non-breaking blanks become blanks, invisible characters go, typographic quotes become straight, HTML
//! entities outside of JSON become the characters they stand for. A line keeps its text where nothing of
//! this is in it, which is the case for almost every line.

use crate::text::Line;

/// A line that needs a text of its own: its index and that text.
pub(crate) type Mended = Vec<(usize, String)>;

/// HTML entities and what they stand for; `&amp;` is last so that `&amp;lt;` is undone once only.
const ENTITIES: &[(&str, &str)] = &[
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
];

/// Returns the lines that read better with other characters.
pub(crate) fn mend(lines: &[Line<'_>]) -> Mended {
    lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| mended(line.text).map(|text| (index, text)))
        .collect()
}

/// Returns `lines` with the texts of `mended` in place.
pub(crate) fn apply<'l>(lines: &[Line<'l>], mended: &'l Mended) -> Vec<Line<'l>> {
    let mut lines = lines.to_vec();
    for (index, text) in mended {
        if let Some(line) = lines.get_mut(*index) {
            line.text = text;
        }
    }
    lines
}

fn mended(text: &str) -> Option<String> {
    let mut plain = None;
    if !text.is_ascii() && text.contains(is_dressed) {
        // Quotation marks of other languages are the author's own: then all of them on the line are.
        let own = text.contains(['„', '‚', '«', '»']);
        let keep = |c: char| if own && is_quote(c) { Some(c) } else { bare(c) };
        plain = Some(text.chars().filter_map(keep).collect::<String>());
    }
    let seen = plain.as_deref().unwrap_or(text);
    if memchr::memchr(b'&', seen.as_bytes()).is_some() && has_entity(seen) && !is_json(seen) {
        let undone = ENTITIES
            .iter()
            .fold(seen.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
        plain = Some(undone);
    }
    plain
}

/// True for (a piece of) JSON: there an entity is payload, and its quote would end a string.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '"', '[']) || text.contains("\":")
}

fn has_entity(text: &str) -> bool {
    ENTITIES.iter().any(|(entity, _)| text.contains(entity))
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

fn is_dressed(c: char) -> bool {
    bare(c) != Some(c)
}

/// Returns the plain character for `c`, `None` for one that is not to be seen.
fn bare(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\u{3000}' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '“' | '”' => Some('"'),
        '‘' | '’' => Some('\''),
        other => Some(other),
    }
}
