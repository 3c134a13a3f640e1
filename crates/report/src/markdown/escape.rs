//! Captured text inside Markdown: it stays text, whatever it holds.

use crate::plain::visible;

/// Returns `text` on one line so that no reader of Markdown or HTML sees markup in it.
///
/// Backslashes go before the marks of `CommonMark` and GitHub; `<`, `>` and `&` become entities, since HTML is
/// Markdown too; a mention of a user is broken by an invisible character.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let text = visible(text);
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let behind = rest.peek().copied().unwrap_or(' ');
        match character {
            // Inside a word it emphasizes nothing.
            '_' if before.is_alphanumeric() && behind.is_alphanumeric() => safe.push('_'),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' if !before.is_alphanumeric() => safe.push_str("@\u{2060}"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                safe.push('\\');
                safe.push(character);
            }
            other => safe.push(other),
        }
        before = character;
    }
    line_start(&safe)
}

/// Returns text that is no list, heading or rule, even at the start of a line.
fn line_start(text: &str) -> String {
    let text = text.trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let numbered =
        digits > 0 && text.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
    if numbered {
        let (number, rest) = text.split_at_checked(digits).unwrap_or((text, ""));
        return format!("{number}\\{rest}");
    }
    if text.starts_with(['-', '+', '=']) { format!("\\{text}") } else { text.to_owned() }
}

/// Returns `text` as a code span: as it is, whatever backticks it holds.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Returns `text` as a code span inside a table, where even there a bar would end the cell.
pub(crate) fn code_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Returns lines of `text` between fences that are longer than any inside, with a line end.
pub(crate) fn fenced(language: &str, text: &str) -> String {
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    let lines: Vec<_> = text.lines().map(|line| visible(line).trim_end().to_owned()).collect();
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

/// Returns a link that shows its address; what is no plain address is shown as text.
pub(crate) fn link(address: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !"<>\"`\\|".contains(c);
    if address.starts_with("https://") && address.chars().all(plain) {
        format!("<{address}>")
    } else {
        escaped(address)
    }
}

/// Returns the length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captured_text_stays_text() {
        for (text, shown) in [
            ("a | b", "a \\| b"),
            ("<script>&", "&lt;script&gt;&amp;"),
            ("*x* _y_ `z` [l](u) ![i](u)", "\\*x\\* \\_y\\_ \\`z\\` \\[l\\](u) \\!\\[i\\](u)"),
            ("# heading", "\\# heading"),
            ("- item\nnext", "\\- item next"),
            ("12. item", "12\\. item"),
            ("ask @octocat", "ask @\u{2060}octocat"),
            ("web@sha256:0", "web@sha256:0"),
            ("\u{1b}[31m", "␛\\[31m"),
        ] {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn code_holds_any_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code("x`y"), "``x`y``");
        assert_eq!(code_cell("a|b"), "`a\\|b`");
        assert_eq!(code(""), "");
        assert_eq!(fenced("", "```\nx\u{1b}"), "````\n```\nx␛\n````\n");
    }

    #[test]
    fn only_plain_addresses_are_links() {
        assert_eq!(link("https://aka.ms/x"), "<https://aka.ms/x>");
        assert_eq!(link("javascript:x"), "javascript:x");
        assert_eq!(link("https://a b<c>"), "https://a b&lt;c&gt;");
    }
}
