//! The outer structure of JSON text, found without reading its values: where a value ends, what the
//! members of an object and the elements of an array are.
//!
//! Linear, without recursion, and forgiving: trailing commas are stepped over, a string ends at the end
//! of its line even when its quote is missing (JSON strings hold no raw line breaks), and text that is
//! cut gives the members before the cut.

use std::ops::Range;

/// Returns the byte behind the value that starts at `start`, `None` when the text ends inside it.
pub(crate) fn value_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(start)? {
        b'"' => string_end(bytes, start),
        b'{' | b'[' => balanced_end(bytes, start),
        _ => {
            let rest = bytes.get(start..)?;
            let stop = |b: &u8| matches!(b, b',' | b'}' | b']' | b'{' | b'[' | b'"' | b'\n');
            rest.iter().position(stop).map(|length| start + length.max(1))
        }
    }
}

/// Returns the first byte at or behind `start` that is neither blank nor a comma.
pub(crate) fn skip_blanks(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let blank = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b',');
    start + rest.iter().position(|b| !blank(b)).unwrap_or(rest.len())
}

/// One step through an object or an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step<'t> {
    /// A member or element: its key (empty in arrays, escapes left as they are) and its value.
    Item {
        /// Key.
        key: &'t str,
        /// Bytes of the value.
        value: Range<usize>,
    },
    /// The array that was asked to be left open: its elements are walked next, see [`Walk::resume`].
    Open {
        /// Place of its bracket.
        start: usize,
    },
    /// The text ends inside the member or element that starts here.
    Cut {
        /// Key.
        key: &'t str,
        /// First byte of the value, or of what is left of the member.
        start: usize,
    },
    /// The closing bracket, and the byte behind it.
    End(usize),
}

/// Walks the members of the object, or the elements of the array, whose bracket stands at `open`.
///
/// After [`Step::Cut`] and [`Step::End`] the walk is over.
#[derive(Debug, Clone)]
pub(crate) struct Walk<'t> {
    text: &'t str,
    position: usize,
    object: bool,
    open: &'static str,
    over: bool,
}

impl<'t> Walk<'t> {
    /// Starts behind the bracket at `open`.
    pub(crate) fn new(text: &'t str, open: usize) -> Self {
        let object = text.as_bytes().get(open) == Some(&b'{');
        Self { text, position: open + 1, object, open: "", over: false }
    }

    /// Starts at `position` inside an object, between two members.
    pub(crate) fn inside_object(text: &'t str, position: usize) -> Self {
        Self { text, position, object: true, open: "", over: false }
    }

    /// Makes the walk hand out the array under `key` unread, as [`Step::Open`].
    pub(crate) fn leaving_open(mut self, key: &'static str) -> Self {
        self.open = key;
        self
    }

    /// Goes on behind an array that was left open and ends before `position`.
    pub(crate) fn resume(&mut self, position: usize) {
        self.position = position;
    }

    fn key(&self, start: usize) -> Option<(&'t str, usize)> {
        if !self.object {
            return Some(("", start));
        }
        let bytes = self.text.as_bytes();
        if bytes.get(start) != Some(&b'"') {
            return None;
        }
        let end = string_end(bytes, start)?;
        let key = self.text.get(start + 1..end - 1)?;
        let colon = skip_blanks(self.text, end);
        if bytes.get(colon) != Some(&b':') {
            return None;
        }
        Some((key, skip_blanks(self.text, colon + 1)))
    }
}

impl<'t> Iterator for Walk<'t> {
    type Item = Step<'t>;

    fn next(&mut self) -> Option<Step<'t>> {
        if self.over {
            return None;
        }
        let start = skip_blanks(self.text, self.position);
        if matches!(self.text.as_bytes().get(start), Some(b'}' | b']')) {
            self.over = true;
            return Some(Step::End(start + 1));
        }
        let Some((key, value)) = self.key(start) else {
            self.over = true;
            return Some(Step::Cut { key: "", start });
        };
        if !key.is_empty() && key == self.open && self.text.as_bytes().get(value) == Some(&b'[') {
            return Some(Step::Open { start: value });
        }
        let Some(end) = value_end(self.text, value) else {
            self.over = true;
            return Some(Step::Cut { key, start: value });
        };
        self.position = end;
        Some(Step::Item { key, value: value..end })
    }
}

/// Returns the byte behind the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut position = start + 1;
    loop {
        let rest = bytes.get(position..)?;
        let found = memchr::memchr3(b'"', b'\\', b'\n', rest)?;
        position += found + 1;
        match rest.get(found) {
            Some(b'\\') => position += 1,
            Some(b'\n') => return Some(position - 1),
            _ => return Some(position),
        }
    }
}

/// Returns the byte behind the bracket that closes the one at `start`.
fn balanced_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut position = start;
    loop {
        match bytes.get(position)? {
            b'"' => {
                position = string_end(bytes, position)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(position + 1);
                }
            }
            _ => {}
        }
        position += 1;
    }
}

/// Returns how many brackets are open behind `line`, when `depth` were open before it.
///
/// `None` when the last one closes in it: the value ends on this line.
pub(crate) fn depth_behind(line: &str, mut depth: usize) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut position = 0;
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'"' => {
                position = string_end(bytes, position).unwrap_or(bytes.len());
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return None;
                }
            }
            _ => {}
        }
        position += 1;
    }
    Some(depth)
}

/// Returns `text` without commas that stand before a closing bracket, `None` when there are none.
pub(crate) fn without_trailing_commas(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut clean = String::new();
    let mut copied = 0;
    let mut position = 0;
    while let Some(byte) = bytes.get(position) {
        match byte {
            b'"' => {
                position = string_end(bytes, position).unwrap_or(bytes.len());
                continue;
            }
            b',' => {
                let next = skip_blanks(text, position + 1);
                if matches!(bytes.get(next), Some(b'}' | b']')) {
                    clean.push_str(text.get(copied..position)?);
                    copied = position + 1;
                    position = next;
                }
            }
            _ => {}
        }
        position += 1;
    }
    (copied > 0).then(|| clean + text.get(copied..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_values() {
        let table = [
            (r#"{"a": "}"} x"#, Some(10)),
            (r#""a\"b" "#, Some(6)),
            ("12,", Some(2)),
            ("[[], {}]", Some(8)),
            (r#"{"a": "b"#, None),
            ("{\"a\": \"b\n}", Some(10)),
        ];
        for (text, end) in table {
            assert_eq!(value_end(text, 0), end, "{text}");
        }
    }

    #[test]
    fn walks_forgive_trailing_commas_and_cuts() {
        let text = r#"{"a": 1, "b": [2, 3,], "c": {"d": "#;
        let steps: Vec<_> = Walk::new(text, 0).collect();
        assert_eq!(steps.len(), 3);
        assert_eq!(steps.last(), Some(&Step::Cut { key: "c", start: 28 }));
        assert_eq!(Walk::new("[1, 2,]", 0).count(), 3);
    }

    #[test]
    fn trailing_commas_are_taken_out_but_not_from_strings() {
        assert_eq!(without_trailing_commas("[1, ]"), Some("[1 ]".to_owned()));
        assert_eq!(without_trailing_commas(r#"[",]"]"#), None);
    }
}
