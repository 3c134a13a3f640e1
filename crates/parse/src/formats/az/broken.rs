//! JSON that is not whole: strings that a page broke over several lines, documents that end in the middle.

use serde_json::Value;

use super::json::is_ours;
use crate::text::Line;

/// Most lines over which an envelope is broken.
const BROKEN: usize = 60;
/// Most lines of a document that ends in the middle.
const CUT: usize = 20_000;

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
    if !first.starts_with("{\"") {
        return whole(lines).filter(is_ours).map(|_| extent(lines));
    }
    let mut text: Vec<&str> = Vec::new();
    for line in lines.iter().take(BROKEN) {
        text.push(line.text);
        let closed = line.text.trim_end().ends_with(['}', ']']);
        if text.len() > 1 && closed && join(&text).is_some_and(|value| is_ours(&value)) {
            return Some(text.len());
        }
    }
    None
}

/// True for a document that ends in the middle.
pub(super) fn is_cut(lines: &[Line<'_>]) -> bool {
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    serde_json::from_str::<Value>(&text.join("\n")).is_err() && join(&text).is_none()
}

/// Returns how many lines a cut document has: up to a blank line or one that no JSON has at its start.
fn extent(lines: &[Line<'_>]) -> usize {
    let goes_on = |line: &&Line<'_>| {
        let text = line.trimmed();
        text.starts_with(['"', '{', '}', '[', ']'])
            || text.trim_end_matches(',').parse::<f64>().is_ok()
            || ["null", "true", "false", "..."].iter().any(|word| text.starts_with(word))
    };
    lines.iter().take(CUT).take_while(goes_on).count()
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
        let last = text.last()?.trim_end_matches(',').to_owned();
        let mut open = Vec::new();
        let mut quoted = false;
        let mut escaped = false;
        let head = text.split_last()?.1.join("\n");
        let joined = if head.is_empty() { last } else { format!("{head}\n{last}") };
        for c in joined.chars() {
            match c {
                '"' if !escaped => quoted = !quoted,
                '{' if !quoted => open.push('}'),
                '[' if !quoted => open.push(']'),
                '}' | ']' if !quoted => {
                    open.pop();
                }
                _ => {}
            }
            escaped = c == '\\' && !escaped;
        }
        if open.is_empty() {
            return None;
        }
        let closing: String = open.iter().rev().collect();
        let value = serde_json::from_str(&format!("{joined}{closing}"));
        if let (false, Ok(value)) = (quoted, value) {
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
