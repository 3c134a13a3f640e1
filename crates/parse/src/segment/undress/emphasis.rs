//! Markdown's emphasis within captured text: `**ImagePullBackOff**`, `*Pending*`. Underscores are letters of
//! too many names (`__address__`).
//!
//! Only marks that stand in pairs around a word, or a few, and touch it are taken off: an asterisk of a
//! schedule (`*/5 * * * *`), of a path (`/**/`) or of nslookup's failures (`** server can't find`) is none.

/// Marks, longest first.
const MARKS: &[&str] = &["***", "**", "*"];
/// Longest text between two marks, in bytes.
const LONGEST: usize = 120;

/// True when a line may hold emphasis: what keeps big texts fast.
pub(super) fn is_in(text: &str) -> bool {
    without(text).is_some()
}

/// Returns the line without the marks of its emphasis, `None` when there are none.
pub(super) fn without(text: &str) -> Option<String> {
    memchr::memchr(b'*', text.as_bytes())?;
    let mut plain = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some((start, mark, end)) = next(rest) {
        found = true;
        plain.push_str(rest.get(..start)?);
        plain.push_str(rest.get(start + mark..end)?);
        rest = rest.get(end + mark..)?;
    }
    plain.push_str(rest);
    found.then_some(plain)
}

/// Returns where the first emphasis starts, the length of its mark, and where the text within it ends.
fn next(text: &str) -> Option<(usize, usize, usize)> {
    let starts = text.char_indices().filter(|(_, c)| *c == '*').map(|(at, _)| at);
    starts
        .filter(|at| is_border(text.get(..*at).and_then(|head| head.chars().next_back())))
        .find_map(|start| {
            let behind = text.get(start..)?;
            let mark = MARKS.iter().find(|mark| behind.starts_with(**mark))?;
            let inside = behind.get(mark.len()..)?;
            let length = inside.find(*mark).filter(|length| *length <= LONGEST)?;
            let (held, after) = (inside.get(..length)?, inside.get(length + mark.len()..)?);
            let whole = held.starts_with(char::is_alphanumeric)
                && held.ends_with(|c: char| c.is_alphanumeric() || ":.)".contains(c))
                && !held.contains("  ")
                && is_border(after.chars().next());
            whole.then_some((start, mark.len(), start + mark.len() + length))
        })
}

/// True for what may stand beside a mark on its outer side.
fn is_border(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || "([|,.;:)]".contains(c))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn only_pairs_around_words_are_emphasis() {
        for (text, wanted) in [
            (
                "web-1  0/1  **ImagePullBackOff**  0  3d",
                Some("web-1  0/1  ImagePullBackOff  0  3d"),
            ),
            (
                "Validating image pull permission: **FAILED**",
                Some("Validating image pull permission: FAILED"),
            ),
            ("*web-1*  0/1  *Pending*", Some("web-1  0/1  Pending")),
            ("  **Warning  Failed**  5m", None),
            ("** server can't find contoso.example: NXDOMAIN", None),
            ("*** UnKnown can't find contoso.example: Non-existent domain", None),
            ("*/5 * * * *   False", None),
            ("path: /**/x/**", None),
            ("  * spec.containers[0]: Invalid * value", None),
            ("source_labels: [__address__]", None),
        ] {
            assert_eq!(without(text).as_deref(), wanted, "{text}");
        }
    }
}
