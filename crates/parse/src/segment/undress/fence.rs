//! Fences: markdown's three backticks or tildes, `<pre>` and `<code>` of pages, single backticks around a block.

use super::Part;
use crate::segment::solid::Solid;
use crate::text::Line;

/// Cuts lines at fences. Those of a `solid` run are values that look like fences.
pub(super) fn cut<'t>(lines: &[Line<'t>], solid: &Solid) -> Vec<Part<'t>> {
    let mut parts = vec![Part::default()];
    let manifest = is_manifest(lines);
    for line in lines {
        let value = solid.holds(line) || manifest && !is_plain_fence(line.text);
        match if value { Mark::None } else { mark(line.text) } {
            Mark::None => push(&mut parts, *line),
            Mark::Fence => turn(&mut parts, Some(*line)),
            Mark::Opens(at) => {
                turn(&mut parts, None);
                let mut rest = *line;
                super::cut_front(&mut rest, at);
                push(&mut parts, rest);
            }
            Mark::Closes(at) => {
                let mut head = *line;
                head.text = line.text.get(..at).unwrap_or(line.text);
                push(&mut parts, head);
                turn(&mut parts, None);
            }
            Mark::Inline(from, to) => {
                let mut inside = *line;
                inside.text = line.text.get(..to).unwrap_or(line.text);
                super::cut_front(&mut inside, from);
                push(&mut parts, inside);
            }
            Mark::Tag => {
                parts.push(Part { frame: vec![*line], ..Part::default() });
            }
        }
    }
    parts
}

/// True when the text begins as YAML or JSON: there, indented fences and backticks are values.
fn is_manifest(lines: &[Line<'_>]) -> bool {
    let first = lines.iter().find(|line| !line.is_blank()).map_or("", |line| line.text);
    ["apiVersion:", "kind:", "items:", "{", "["].iter().any(|start| first.starts_with(start))
}

/// True for a fence at the margin.
pub(in crate::segment) fn is_plain_fence(text: &str) -> bool {
    ["```", "~~~", "</pre>", "</code>"].iter().any(|fence| text.starts_with(fence))
}

/// What a line does to the fence around it.
enum Mark {
    None,
    /// The line is a fence.
    Fence,
    /// A fence opens and the content starts at this byte.
    Opens(usize),
    /// The content ends at this byte and the fence closes.
    Closes(usize),
    /// The content stands between these bytes, in single backticks of its own.
    Inline(usize, usize),
    /// The line is nothing but HTML tags of a page.
    Tag,
}

fn mark(text: &str) -> Mark {
    let bare = text.trim();
    match bare.as_bytes().first() {
        Some(b'`' | b'~') if bare.starts_with("```") || bare.starts_with("~~~") => {
            let info = bare.trim_start_matches(['`', '~']).trim();
            if is_info(info) {
                return Mark::Fence;
            }
            Mark::Opens(text.len() - text.trim_start().trim_start_matches(['`', '~']).len())
        }
        Some(b'`') if !bare.get(1..).unwrap_or_default().contains('`') && bare.len() > 1 => {
            Mark::Opens(text.len() - text.trim_start().len() + 1)
        }
        Some(b'`') if is_inline(bare) => {
            let from = text.len() - text.trim_start().len();
            Mark::Inline(from + 1, from + bare.len() - 1)
        }
        Some(b'<') => tag(text),
        _ => closing(text, bare),
    }
}

/// True for a whole line in single backticks that says more than a name.
fn is_inline(bare: &str) -> bool {
    let inside = bare.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    inside.is_some_and(|inside| !inside.contains('`') && !inside.is_empty())
}

/// True for what may stand behind an opening fence: nothing, a language, attributes.
fn is_info(info: &str) -> bool {
    info.is_empty()
        || info.starts_with('{')
        || !info.contains(' ')
        || info.split(' ').nth(1).is_some_and(|word| word.contains('=') || word.starts_with('{'))
}

/// Recognises content with a closing fence, tag or backtick glued behind it.
fn closing(text: &str, bare: &str) -> Mark {
    const ENDS: &[&str] = &["```", "</pre>", "</code>"];
    let end = ENDS.iter().find_map(|end| bare.strip_suffix(end));
    if let Some(head) = end {
        let indent = text.len() - text.trim_start().len();
        return Mark::Closes(indent + head.len());
    }
    if bare == "`" {
        return Mark::Closes(text.len() - text.trim_start().len());
    }
    // A backtick behind a blank continues a PowerShell command; two of them are inline code.
    let single = bare
        .strip_suffix('`')
        .filter(|head| !head.contains('`') && !head.ends_with([' ', '\\']) && !head.is_empty());
    single
        .map_or(Mark::None, |head| Mark::Closes(text.len() - text.trim_start().len() + head.len()))
}

/// Recognises the tags of a page around or in front of content.
fn tag(text: &str) -> Mark {
    const TAGS: &[&str] = &[
        "pre",
        "code",
        "/pre",
        "/code",
        "p",
        "/p",
        "br",
        "br/",
        "br /",
        "div",
        "/div",
        "blockquote",
    ];
    let mut rest = text.trim_start();
    while let Some(inside) = rest.strip_prefix('<') {
        let Some((name, after)) = inside.split_once('>') else { return Mark::None };
        let word = name.split(' ').next().unwrap_or_default();
        if !TAGS.contains(&name) && !TAGS.iter().take(2).any(|tag| *tag == word) {
            break;
        }
        rest = after.trim_start_matches(' ');
    }
    if rest.trim().is_empty() {
        return Mark::Tag;
    }
    if rest.len() == text.trim_start().len() {
        Mark::None
    } else {
        Mark::Opens(text.len() - rest.len())
    }
}

fn push<'t>(parts: &mut [Part<'t>], line: Line<'t>) {
    if let Some(part) = parts.last_mut() {
        part.lines.push(line);
    }
}

/// Starts the part behind a fence: inside if the one before was outside, and the other way round.
fn turn<'t>(parts: &mut Vec<Part<'t>>, fence: Option<Line<'t>>) {
    let inside = parts.last().is_some_and(|part| part.fenced);
    parts.push(Part { lines: Vec::new(), frame: fence.into_iter().collect(), fenced: !inside });
}
