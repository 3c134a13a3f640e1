//! Regular expressions of rules: compiled when first used.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::util::syntax;

use super::gate::Gate;
use super::reading::rejoined;

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
            let text = error.syntax_error().map_or_else(|| error.to_string(), ToString::to_string);
            text.lines().last().unwrap_or_default().trim().to_owned()
        })
    }

    /// Returns the compiled pattern; `None` if it does not compile, which loading has refused.
    fn regex(&self) -> Option<&Regex> {
        self.lazy.compiled.get_or_init(|| compile(&self.text, self.exact).ok()).as_ref()
    }

    /// Returns what the group called `name` holds where `text` matches first; of a text that does not match as
    /// it stands, what it holds once the lines are joined.
    pub(crate) fn capture<'t>(&self, text: &'t str, name: &str) -> Option<Cow<'t, str>> {
        if let Some(found) = self.group(text, name) {
            return Some(Cow::Borrowed(found));
        }
        rejoined(text).find_map(|text| self.group(&text, name).map(|found| found.to_owned().into()))
    }

    fn group<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        if !self.gate().admits(text) {
            return None;
        }
        let regex = self.regex()?;
        let mut found = regex.create_captures();
        regex.captures(text, &mut found);
        text.get(found.get_group_by_name(name)?.range())
    }

    /// True if `text` matches as it stands or with its lines joined.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.fits(text) || rejoined(text).any(|text| self.fits(&text))
    }

    /// Nothing is compiled before a text carries what the pattern requires: most bundles never hold what most
    /// patterns want.
    fn fits(&self, text: &str) -> bool {
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

    /// Returns sets of literals, of each of which every matching text contains at least one.
    pub(crate) fn clauses(&self) -> Vec<Vec<String>> {
        self.gate().clauses()
    }

    /// Returns literals of which every matching text contains at least one; none if there is no such set.
    pub(crate) fn literals(&self) -> Option<Vec<String>> {
        self.gate().literals()
    }
}

/// What machines print needs no Unicode in classes and case, whose tables are most of what compiling costs; a
/// pattern that itself holds other letters is compiled with them.
fn compile(text: &str, exact: bool) -> Result<Regex, Box<BuildError>> {
    let unicode = !text.is_ascii();
    let syntax = syntax::Config::new().unicode(unicode).utf8(unicode).case_insensitive(!exact);
    // The gate has looked for literals already: a second search for them would be most of the rest.
    let config = Config::new().auto_prefilter(false).nfa_size_limit(Some(SIZE_LIMIT));
    Regex::builder().syntax(syntax).configure(config).build(text).map_err(Box::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_hold_whole_characters() {
        let pattern = Pattern::new(r#"pull "(?P<image>[^"]+)": (?P<why>.+) (?P<no>x)?\d"#, false);
        let text = r#"PULL "größe:v1": schön, 7"#;
        assert_eq!(pattern.capture(text, "image").as_deref(), Some("größe:v1"));
        assert_eq!(pattern.capture(text, "why").as_deref(), Some("schön,"));
        assert_eq!(pattern.capture(text, "no"), None);
        assert_eq!(pattern.capture("pull", "image"), None);
        assert!(Pattern::new("è", false).is_match("È"));
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
