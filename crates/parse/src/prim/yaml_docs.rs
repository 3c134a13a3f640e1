//! The outer structure of YAML text, found by lines: documents, top-level keys, items of a list.
//!
//! Only block style is cut, and only where it cannot be anything else: `---` in column 0 always starts a
//! document (the text of block scalars is indented), and `- ` at the indentation of a list's first item
//! always starts an item (whatever belongs to an item is indented deeper).

use std::ops::Range;

use crate::text::Line;

/// Returns the documents of `lines` as index ranges, without their `---` and `...` lines.
///
/// A top-level `apiVersion` or `kind` that the document already has starts the next one: two outputs in
/// one file, with nothing between them.
pub(crate) fn documents(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut seen = [false; 2];
    for (index, line) in lines.iter().enumerate() {
        if is_marker(line.text) {
            found.push(start..index);
            start = index + 1;
            seen = [false; 2];
            continue;
        }
        let Some(at) = ["apiVersion:", "kind:"].iter().position(|key| line.text.starts_with(key))
        else {
            continue;
        };
        let again = seen.get(at) == Some(&true);
        if again {
            found.push(start..index);
            start = index;
            seen = [false; 2];
        }
        if let Some(seen) = seen.get_mut(at) {
            *seen = true;
        }
    }
    found.push(start..lines.len());
    found.retain(|range| {
        lines.get(range.clone()).unwrap_or_default().iter().any(|line| !is_filler(line.text))
    });
    found
}

/// True for a line that starts or ends a document.
pub(crate) fn is_marker(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let Some(rest) = text.strip_prefix("---").or_else(|| text.strip_prefix("...")) else {
        return false;
    };
    rest.trim().is_empty() || rest.trim_start().starts_with('#')
}

/// True for a line without content: blank or comment.
pub(crate) fn is_filler(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with('#')
}

/// Returns key and value of a line `key: value`, the key without quotes.
///
/// A key that holds blanks is none: it is a sentence.
pub(crate) fn key_value(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (key, rest) = if let Some(quote @ (b'"' | b'\'')) = text.as_bytes().first() {
        let rest = text.get(1..)?;
        let end = memchr::memchr(*quote, rest.as_bytes())?;
        (rest.get(..end)?, rest.get(end + 1..)?.trim_start().strip_prefix(':')?)
    } else {
        let colon = colon(text)?;
        (text.get(..colon)?, text.get(colon + 1..)?)
    };
    let sentence = key.is_empty() || key.contains([' ', '\t', '{', '}', '"']);
    (!sentence).then(|| (key, rest.trim()))
}

/// Returns the place of the first `:` that is followed by a blank or ends the text.
fn colon(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes)
        .find(|at| matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\r')))
}

/// Returns the items of the block list whose first item is among `lines`, as index ranges.
///
/// The list ends at the first line that is indented less than its items, or as deep without being an
/// item; `lines` has to start at the first item.
pub(crate) fn items(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let Some(indent) = lines.first().map(Line::indent) else {
        return found;
    };
    for (index, line) in lines.iter().enumerate() {
        if is_filler(line.text) {
            continue;
        }
        let depth = line.indent();
        if depth == indent && is_item(line.text) {
            found.push(index..index + 1);
        } else if depth <= indent {
            break;
        } else if let Some(item) = found.last_mut() {
            item.end = index + 1;
        }
    }
    found
}

/// True for a line that starts a list item.
pub(crate) fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    text == "-" || text.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Line<'_>> {
        (1..).zip(text.lines()).map(|(number, text)| Line { text, number, offset: 0 }).collect()
    }

    #[test]
    fn documents_are_cut_at_markers_only() {
        let text = lines("---\n# Source: a\n---\na: |\n  ---\n  b\n--- # c\nd: 1\n");
        assert_eq!(documents(&text), [3..6, 7..8]);
    }

    #[test]
    fn documents_are_cut_where_their_head_comes_again() {
        let text = lines("apiVersion: v1\nkind: Pod\napiVersion: v1\nkind: Node\nkind: Pod\n");
        assert_eq!(documents(&text), [0..2, 2..4, 4..5]);
    }

    #[test]
    fn items_end_with_their_list() {
        let text = lines("- a: |\n    - x\n  b: 1\n-\n  c: 2\nkind: List\n");
        assert_eq!(items(&text), [0..3, 3..5]);
    }

    #[test]
    fn keys() {
        let table = [
            ("  kind: Pod", Some(("kind", "Pod"))),
            ("kind:", Some(("kind", ""))),
            ("\"a b\": 1", None),
            ("'f:x': {}", Some(("f:x", "{}"))),
            ("http://x", None),
            ("Failed to pull: no", None),
        ];
        for (text, expected) in table {
            assert_eq!(key_value(text), expected, "{text}");
        }
    }
}
