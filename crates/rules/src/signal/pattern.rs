//! Regular expressions of rules: compiled when first used.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use regex::{Regex, RegexBuilder};

use super::gate::Gate;

/// Largest compiled pattern, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

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
    gate: OnceLock<Gate>,
}

/// Rules share many patterns (an anchor for the forms of one message): each is compiled once.
type Pool = HashMap<(Arc<str>, bool), Arc<Lazy>>;

impl Pattern {
    /// Returns a pattern; nothing is compiled yet.
    pub(crate) fn new(text: &str, exact: bool) -> Self {
        static POOL: LazyLock<Mutex<Pool>> = LazyLock::new(Mutex::default);
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        let text: Arc<str> = text.into();
        let lazy = Arc::clone(pool.entry((Arc::clone(&text), exact)).or_default());
        Self { text, exact, lazy }
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

    /// True if `text` matches. Nothing is compiled before a text carries what the pattern requires: most
    /// bundles never hold what most patterns want.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.gate().admits(text) && self.regex().is_some_and(|regex| regex.is_match(text))
    }

    fn gate(&self) -> &Gate {
        self.lazy.gate.get_or_init(|| Gate::of(&self.text))
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
        self.gate().literals()
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

#[cfg(test)]
mod tests {
    use super::*;

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
