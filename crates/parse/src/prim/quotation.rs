//! Quotations that somebody talks about.

/// Marks that only people put around what a program printed.
const MARKS: &[(char, char)] = &[('`', '`'), ('“', '”'), ('‘', '’')];

/// True for a line that quotes something in front and goes on in its own words: ``- `Error: x` means that …``.
pub(crate) fn is_talked_about(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '-', '*', '•', '>']);
    let Some((_, close)) = MARKS.iter().find(|(open, _)| text.starts_with(*open)) else {
        return false;
    };
    let inner = text.trim_start_matches(|c| MARKS.iter().any(|(open, _)| *open == c));
    let behind = inner.split_once(*close).map(|(_, behind)| behind.trim_start());
    behind.is_some_and(|behind| behind.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::is_talked_about;

    #[test]
    fn words_behind_a_quotation_are_talk() {
        for (line, talk) in [
            ("- `Error: x` means that y", true),
            ("“Error: x” is a symptom", true),
            ("`Error: x`", false),
            ("`Error: x`.", false),
            ("Error: `x` is missing", false),
            ("", false),
        ] {
            assert_eq!(is_talked_about(line), talk, "{line}");
        }
    }
}
