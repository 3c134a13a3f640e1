//! Regular expressions of rules: compiled when first used, and the literals that they require.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

use super::test::contains;

/// Largest compiled pattern, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// So many texts are refused by their literals before a pattern is compiled all the same: compiling costs
/// as much as some hundred such looks, and most bundles never hold what most patterns want.
const PATIENCE: u32 = 256;

/// A pattern as written, case-insensitive unless `exact`.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    text: Arc<str>,
    exact: bool,
    lazy: Arc<Lazy>,
}

/// What a pattern is turned into once it is needed.
#[derive(Debug, Default)]
struct Lazy {
    compiled: OnceLock<Option<Regex>>,
    literals: OnceLock<Option<Vec<String>>>,
    refused: AtomicU32,
}

impl Pattern {
    /// Returns a pattern; nothing is compiled yet.
    pub(crate) fn new(text: &str, exact: bool) -> Self {
        Self { text: text.into(), exact, lazy: Arc::default() }
    }

    /// Compiles the pattern, telling what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        compile(&self.text, self.exact).map(drop).map_err(|error| {
            let text = error.to_string();
            text.lines().last().unwrap_or_default().trim().to_owned()
        })
    }

    /// Returns the compiled pattern; `None` if it does not compile, which loading has refused.
    pub(crate) fn regex(&self) -> Option<&Regex> {
        self.lazy.compiled.get_or_init(|| compile(&self.text, self.exact).ok()).as_ref()
    }

    /// True if `text` matches. A pattern that was not needed yet is compiled only for a text that holds
    /// one of its required literals.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        !self.is_refused(text) && self.regex().is_some_and(|regex| regex.is_match(text))
    }

    fn is_refused(&self, text: &str) -> bool {
        if self.lazy.compiled.get().is_some() {
            return false;
        }
        let literals = self.lazy.literals.get_or_init(|| self.literals());
        let Some(literals) = literals else { return false };
        let absent = !literals.iter().any(|literal| contains(text, literal, false));
        absent && self.lazy.refused.fetch_add(1, Ordering::Relaxed) < PATIENCE
    }

    /// Returns the names of the groups, in order, without compiling.
    pub(crate) fn groups(&self) -> Vec<String> {
        let mut names = Vec::new();
        for part in self.text.split("(?").skip(1) {
            let name = part.strip_prefix("P<").or_else(|| part.strip_prefix('<'));
            let name = name.filter(|name| !name.starts_with(['=', '!']));
            if let Some((name, _)) = name.and_then(|name| name.split_once('>')) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Returns literals of which every matching text contains at least one; none if there is no such set.
    pub(crate) fn literals(&self) -> Option<Vec<String>> {
        let hir = regex_syntax::parse(&self.text).ok()?;
        required(&hir)
    }
}

fn compile(text: &str, exact: bool) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&ascii(text)).case_insensitive(!exact).size_limit(SIZE_LIMIT).build()
}

/// Returns the pattern with ASCII in place of Unicode classes: what machines print needs no more, and the
/// tables of Unicode are most of what compiling a pattern costs.
fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 16);
    let (mut in_class, mut signs) = (false, text.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '[' => in_class = true,
            ']' => in_class = false,
            '\\' => {
                match (signs.next(), in_class) {
                    (Some('d'), true) => plain.push_str("0-9"),
                    (Some('d'), false) => plain.push_str("[0-9]"),
                    (Some('w'), true) => plain.push_str("0-9A-Za-z_"),
                    (Some('w'), false) => plain.push_str("[0-9A-Za-z_]"),
                    (Some('s'), true) => plain.push_str(r" \t\r\n"),
                    (Some('s'), false) => plain.push_str(r"[ \t\r\n]"),
                    (Some('S'), false) => plain.push_str(r"[^ \t\r\n]"),
                    (Some('b'), false) => plain.push_str(r"(?-u:\b)"),
                    (Some(other), _) => plain.extend(['\\', other]),
                    (None, _) => plain.push('\\'),
                }
                continue;
            }
            _ => {}
        }
        plain.push(sign);
    }
    plain
}

/// Recursion follows the nesting of a pattern that the parser has already limited.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            Some(vec![String::from_utf8_lossy(&literal.0).to_ascii_lowercase()])
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(|set| worth(set)),
        HirKind::Alternation(parts) => {
            let sets: Option<Vec<_>> = parts.iter().map(required).collect();
            sets.map(|sets| sets.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// A set of literals is worth as much as its shortest one is long.
pub(crate) fn worth(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required_literals_are_found() {
        for (pattern, literals) in [
            (r"^Failed to pull image (?P<image>\S+)", Some(vec!["failed to pull image "])),
            (r"no such host|i/o timeout", Some(vec!["no such host", "i/o timeout"])),
            (r"x+(abc|defg)?\d", Some(vec!["x"])),
            (r"\d+", None),
        ] {
            let expected = literals.map(|list| list.iter().map(|&s| s.to_owned()).collect());
            assert_eq!(Pattern::new(pattern, false).literals(), expected, "{pattern}");
        }
    }

    #[test]
    fn classes_are_those_of_ascii() {
        for (pattern, plain) in [
            (r"\d+ \S", r"[0-9]+ [^ \t\r\n]"),
            (r#"[^"\s]\w"#, r#"[^" \t\r\n][0-9A-Za-z_]"#),
            (r"\[a\]\.\b", r"\[a\]\.(?-u:\b)"),
        ] {
            assert_eq!(ascii(pattern), plain);
        }
    }

    #[test]
    fn a_pattern_is_compiled_only_for_a_text_that_may_match() {
        let pattern = Pattern::new("Failed to pull image (?P<image>.+)", false);
        assert!(!pattern.is_match("all is well"));
        assert!(pattern.lazy.compiled.get().is_none());
        assert!(pattern.is_match("FAILED TO PULL IMAGE web"));
        assert!(!pattern.is_match("failed to pull image "));
    }

    #[test]
    fn groups_are_named_without_compiling() {
        let pattern = Pattern::new(r"(?P<a>x)(?<b>y)(?:z)(?i)w", false);
        assert_eq!(pattern.groups(), ["a", "b"]);
        assert!(Pattern::new("(", false).check().is_err());
    }
}
