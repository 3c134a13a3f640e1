//! JSON that is not whole: strings that a page broke over several lines, documents that end in the middle.

use serde_json::Value;

use super::json::{has_key, is_ours};
use crate::text::Line;

/// Most lines over which an envelope is broken.
const BROKEN: usize = 60;
/// Most lines of a document that ends in the middle.
const CUT: usize = 2_000;
/// Lines at the top in which a key of Azure stands.
const NEAR: usize = 60;

/// Joins lines that break strings, without a blank at the break and with one.
pub(super) fn join(lines: &[&str]) -> Option<Value> {
    if lines.len() > BROKEN {
        return None;
    }
    ["", " "].iter().find_map(|between| serde_json::from_str(&lines.join(between)).ok())
}

/// Returns the length of a document whose end the brackets of its lines do not tell.
pub(super) fn length(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text;
    let near = lines.get(..lines.len().min(NEAR))?;
    if !near.iter().any(|line| has_key(line.text)) {
        return None;
    }
    if first.starts_with("{\"") {
        return broken(lines);
    }
    let bare = ["{", "["].contains(&first.trim_end());
    whole(lines).filter(|value| bare && is_ours(value)).map(|_| extent(lines))
}

/// Returns the length of a document whose first line ends within a string.
fn broken(lines: &[Line<'_>]) -> Option<usize> {
    let mut open = Open::default();
    for (index, line) in lines.iter().take(BROKEN).enumerate() {
        open.read(line.text);
        if index == 0 && !open.quoted {
            return None;
        }
        if open.brackets.is_empty() && !open.quoted {
            let text: Vec<&str> = lines.iter().take(index + 1).map(|line| line.text).collect();
            return join(&text).filter(is_ours).map(|_| index + 1);
        }
    }
    None
}

/// What is open at the end of the text read so far.
#[derive(Default)]
struct Open {
    brackets: Vec<char>,
    quoted: bool,
    escaped: bool,
}

impl Open {
    fn read(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '"' if !self.escaped => self.quoted = !self.quoted,
                '{' if !self.quoted => self.brackets.push('}'),
                '[' if !self.quoted => self.brackets.push(']'),
                '}' | ']' if !self.quoted => {
                    self.brackets.pop();
                }
                _ => {}
            }
            self.escaped = c == '\\' && !self.escaped;
        }
    }
}

/// True for a document that ends in the middle.
pub(super) fn is_cut(lines: &[Line<'_>]) -> bool {
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    serde_json::from_str::<Value>(&text.join("\n")).is_err() && join(&text).is_none()
}

/// Returns how many lines a cut document has: up to a blank line, one that no JSON has at its start, or the next document.
fn extent(lines: &[Line<'_>]) -> usize {
    let mut first = true;
    let mut goes_on = |line: &&Line<'_>| {
        let next = !std::mem::take(&mut first) && line.text.starts_with(['{', '[']);
        if next {
            return false;
        }
        let text = line.trimmed();
        text.starts_with(['"', '{', '}', '[', ']'])
            || text.trim_end_matches(',').parse::<f64>().is_ok()
            || ["null", "true", "false", "..."].iter().any(|word| text.starts_with(word))
    };
    lines.iter().take(CUT).take_while(&mut goes_on).count()
}

/// Reads what stands whole in a document that ends in the middle: lines up to the last whole member, with the
/// brackets closed that are open there.
pub(super) fn whole(lines: &[Line<'_>]) -> Option<Value> {
    let length = extent(lines);
    let own = lines.get(..length)?;
    if own.len() < 3 {
        return None;
    }
    let mut text: Vec<&str> = own.iter().map(|line| line.text.trim_end()).collect();
    for _ in 0..3 {
        let (last, head) = text.split_last()?;
        let last = last.trim_end_matches(',');
        let mut open = Open::default();
        for line in head {
            open.read(line);
        }
        open.read(last);
        if open.brackets.is_empty() {
            return None;
        }
        let closing: String = open.brackets.iter().rev().collect();
        let value = serde_json::from_str(&format!("{}\n{last}{closing}", head.join("\n")));
        if let (false, Ok(value)) = (open.quoted, value) {
            return Some(value);
        }
        text.pop();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&'static str]) -> Vec<Line<'static>> {
        (1_u64..).zip(texts).map(|(number, text)| Line { text, number, offset: 0 }).collect()
    }

    #[test]
    fn what_stands_whole_is_read() {
        let cut = lines(&[
            "{",
            "  \"extensionType\": \"microsoft.flux\",",
            "  \"provisioningState\": \"Failed\",",
            "  \"stat",
        ]);
        let value = whole(&cut).expect("a value");
        assert_eq!(value.get("provisioningState").and_then(Value::as_str), Some("Failed"));
        assert_eq!(length(&cut), Some(4));
        assert!(is_cut(&cut));
        let other = lines(&["{", "  \"color\": \"red\",", "  \"size\": 1,", "  \"we"]);
        assert_eq!(length(&other), None);
    }

    #[test]
    fn broken_strings_are_joined() {
        let broken = lines(&[
            "{\"code\":\"DeploymentFailed\",\"message\":\"At least one resource deployment operation ",
            "failed.\",\"details\":[{\"code\":\"X\",\"message\":\"deep\"}]}",
            "next",
        ]);
        assert_eq!(length(&broken), Some(2));
        assert!(!is_cut(broken.get(..2).unwrap_or_default()));
    }
}
