//! Characters that web pages, chat tools and ticket systems change in captured text.
//!
//! Non-breaking blanks become blanks, invisible characters and the rests of colors go, typographic quotes become straight, HTML
//! entities become the characters they stand for. A line keeps its text where nothing of this is in it,
//! which is the case for almost every line.
//!
//! Genuine output can hold all of these too: an admission webhook writes typographic quotes, a proxy HTML.
//! So quotes are mended only where programs print straight ones, entities only in texts without raw angle
//! brackets, and the values of JSON and YAML keep their characters.

use super::emphasis;
use crate::segment::solid::Solid;
use crate::text::Line;

/// A line that needs a text of its own: its index and that text.
pub(in crate::segment) type Mended = Vec<(usize, String)>;

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

/// What kubectl prints in angle brackets.
const PLACEHOLDERS: &[&str] = &["<none>", "<unknown>", "<unset>", "<nil>", "<invalid>"];
/// Beginnings of JSON and YAML documents.
const MANIFESTS: &[&str] = &["{", "[", "apiVersion:", "kind:", "items:", "---"];
/// Words that Kubernetes puts in front of a quoted name.
const QUOTING: &[&str] = &[
    "apps",
    "claim",
    "class",
    "configmap",
    "configmaps",
    "container",
    "endpoint",
    "group",
    "Get",
    "Head",
    "host",
    "image",
    "key",
    "manifest",
    "namespace",
    "node",
    "nodes",
    "Patch",
    "plugin",
    "persistentvolumeclaim",
    "pod",
    "pods",
    "Post",
    "Put",
    "reference",
    "registry",
    "resource",
    "sandbox",
    "secret",
    "secrets",
    "service",
    "serviceaccount",
    "serviceaccounts",
    "StorageClass",
    "user",
    "User",
    "volume",
    "volumes",
    "webhook",
];

/// Returns the lines that read better with other characters.
///
/// In a `solid` run only what stands in front of a line's first visible character is mended: the rest is
/// text as the cluster has it.
pub(in crate::segment) fn mend(lines: &[Line<'_>], solid: &Solid) -> Mended {
    let colored = lines.iter().any(|line| line.text.contains("[0m") || line.text.contains("[m"));
    let seen = |line: &Line<'_>| {
        is_dressed(line.text)
            || has_entity(line.text)
            || colored && color(line.text).is_some()
            || emphasis::is_in(line.text)
    };
    let dressed: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| seen(line)).map(|(index, _)| index).collect();
    if dressed.is_empty() {
        return Mended::new();
    }
    let style = Style::of(lines, &dressed);
    let own = dressed.into_iter().filter_map(|index| Some((index, lines.get(index)?)));
    own.filter_map(|(index, line)| Some((index, style.mended(line.text, solid.holds(line))?)))
        .collect()
}

/// Returns `lines` with the texts of `mended` in place.
pub(in crate::segment) fn apply<'l>(lines: &[Line<'l>], mended: &'l Mended) -> Vec<Line<'l>> {
    let mut lines = lines.to_vec();
    for (index, text) in mended {
        if let Some(line) = lines.get_mut(*index) {
            line.text = text;
        }
    }
    lines
}

/// What the whole text says about its characters.
#[derive(Debug)]
struct Style {
    /// Typographic quotes stand where programs print straight ones, and no straight one is left.
    all_quotes: bool,
    /// Whose the entities are.
    entities: Entities,
    /// JSON or YAML: what stands inside a value is payload.
    manifest: bool,
}

/// Whose the entities of a text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entities {
    /// The payload's: angle brackets are as programs print them.
    Payload,
    /// The author's, but for those in values.
    Author,
    /// The page's, all of them: no quotation mark is left.
    Page,
}

impl Style {
    fn of(lines: &[Line<'_>], dressed: &[usize]) -> Self {
        let any = |what: fn(&str) -> bool| lines.iter().any(|line| what(line.text));
        let mut texts = dressed.iter().filter_map(|index| lines.get(*index));
        let first = lines.iter().find(|line| !line.is_blank()).map_or("", |line| line.text);
        let raw = any(|text| PLACEHOLDERS.iter().any(|held| text.contains(held)));
        let page = any(|text| text.contains("&quot;")) && !any(|text| text.contains('"'));
        let entities = match (raw, page) {
            (true, _) => Entities::Payload,
            (false, true) => Entities::Page,
            (false, false) => Entities::Author,
        };
        Self {
            all_quotes: texts.any(|line| is_machine_quoted(line.text))
                && !any(|text| text.contains('"')),
            entities,
            manifest: MANIFESTS.iter().any(|start| first.starts_with(start))
                && color(first).is_none_or(|found| found.start > 0),
        }
    }

    fn mended(&self, text: &str, solid: bool) -> Option<String> {
        let value = self.manifest || text.starts_with(['{', '"']);
        let colorless = (!value).then(|| without_colors(text)).flatten();
        let shown = colorless.as_deref().unwrap_or(text);
        let weak = (!value).then(|| emphasis::without(shown)).flatten();
        let colorless = weak.or(colorless);
        let text = colorless.as_deref().unwrap_or(text);
        let plain = is_dressed(text).then(|| self.bare(text, solid)).filter(|plain| plain != text);
        let plain = plain.or_else(|| colorless.clone());
        let seen = plain.as_deref().unwrap_or(text);
        let payload = match self.entities {
            Entities::Payload => true,
            Entities::Author => self.manifest || is_json(seen),
            Entities::Page => false,
        };
        if payload || !has_entity(seen) {
            return plain;
        }
        let undone = ENTITIES
            .iter()
            .fold(seen.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
        Some(undone)
    }

    fn bare(&self, text: &str, solid: bool) -> String {
        let value = self.manifest || solid;
        let quotes = self.all_quotes || is_machine_quoted(text);
        // Quotation marks of other languages are the author's own: then all of them on the line are.
        let quotes = quotes && !text.contains(['„', '‚', '«', '»']);
        // What joins emoji and letters of other scripts belongs to them.
        let joins = text.chars().any(|c| !c.is_ascii() && !is_quote(c) && bare(c) == Some(c));
        let mut front = true;
        let keep = |c: char| {
            let margin = front;
            front = front && matches!(bare(c), None | Some(' ' | '-' | '?')) || c == ':';
            match c {
                c if is_quote(c) => bare(c).filter(|_| quotes).or(Some(c)),
                '\u{feff}' if margin || !value => None,
                _ if value && !margin || joins && bare(c).is_none() => Some(c),
                _ => bare(c),
            }
        };
        text.chars().filter_map(keep).collect()
    }
}

/// True when a typographic quote stands where a program prints a straight one: behind `image`, `pods`
/// and the like, behind `=`, `{` and `[`, around a key.
fn is_machine_quoted(text: &str) -> bool {
    let mut marks = text.match_indices(is_quote);
    marks.any(|(at, mark)| {
        let (head, tail) = text.split_at_checked(at).unwrap_or_default();
        let key = tail.get(mark.len()..).is_some_and(|behind| behind.starts_with(':'));
        let word = head
            .strip_suffix(' ')
            .and_then(|head| head.rsplit(|c: char| !c.is_ascii_alphanumeric()).next());
        let told = head.starts_with("**")
            || head.contains("node(s) didn")
            || head.contains("node(s) hadn");
        told || key && head.trim_start().chars().next().is_some_and(|c| is_quote(c) || c == '{')
            || head.ends_with(['=', '{', '['])
            || word.is_some_and(|word| QUOTING.contains(&word))
    })
}

/// Returns where the first color stands whose escape character was lost: `[33m`, `[1;31m`, `[0m`.
fn color(text: &str) -> Option<std::ops::Range<usize>> {
    text.match_indices('[').find_map(|(at, _)| {
        let inside = text.get(at + 1..)?;
        let digits = inside.bytes().take_while(|b| b.is_ascii_digit() || *b == b';').count();
        // An escape that was printed as such is the program's own.
        let printed = ["\u{1b}", "^[", "\\u001b", "\\x1b", "\\033", "\\e"];
        let own = text.get(..at).is_some_and(|head| printed.iter().any(|own| head.ends_with(own)));
        let ends = !own && digits <= 8 && inside.as_bytes().get(digits) == Some(&b'm');
        // `[m` is one, `[map` is not.
        let word = inside.as_bytes().get(digits + 1).is_some_and(u8::is_ascii_alphanumeric);
        let ends = ends && (digits > 0 || !word);
        ends.then_some(at..at + digits + 2)
    })
}

/// Returns the text without such colors, and without what stands for their escape characters.
fn without_colors(text: &str) -> Option<String> {
    color(text)?;
    let mut plain = String::new();
    let mut rest = text;
    while let Some(found) = color(rest) {
        let head = rest.get(..found.start)?;
        plain.push_str(head.strip_suffix('␛').unwrap_or(head));
        rest = rest.get(found.end..)?;
    }
    plain.push_str(rest);
    Some(plain)
}

/// True for (a piece of) JSON: there an entity is payload, and its quote would end a string.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '"', '[']) || text.contains("\":")
}

fn has_entity(text: &str) -> bool {
    memchr::memchr(b'&', text.as_bytes()).is_some()
        && ENTITIES.iter().any(|(entity, _)| text.contains(entity))
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

fn is_dressed(text: &str) -> bool {
    !text.is_ascii() && text.contains(|c| bare(c) != Some(c))
}

/// Returns the plain character for `c`, `None` for one that is not to be seen.
fn bare(c: char) -> Option<char> {
    match c {
        // The arrows tell which column k9s sorts by.
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\u{3000}' | '↑' | '↓' => Some(' '),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '“' | '”' => Some('"'),
        '‘' | '’' => Some('\''),
        other => Some(other),
    }
}
