//! Reads values of a rule file's tree; every problem is noted and reading goes on.

use std::ops::Range;

use crate::error::LoadError;
use crate::tree::{Entry, Node, Tree};

/// Collects what is wrong with one rule file.
pub(super) struct Reader<'f> {
    file: &'f str,
    text: &'f str,
    pub(super) problems: Vec<LoadError>,
}

/// The entries of a map whose keys are known.
pub(super) struct Fields<'t> {
    entries: &'t [Entry<'t>],
    span: Range<usize>,
}

impl<'t> Fields<'t> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Tree<'t>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    pub(super) fn entries(&self) -> &'t [Entry<'t>] {
        self.entries
    }
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f str, text: &'f str) -> Self {
        Self { file, text, problems: Vec::new() }
    }

    /// Notes a problem at `span`.
    pub(super) fn wrong(&mut self, code: &'static str, span: &Range<usize>, message: String) {
        let mut problem = LoadError::new(self.file, self.text, code, message);
        problem.span = clamp(span, self.text.len());
        self.problems.push(problem);
    }

    /// Notes a name that does not exist, with the nearest one that does.
    pub(super) fn unknown<'n>(
        &mut self,
        what: &str,
        name: &str,
        span: &Range<usize>,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        self.wrong("unknown_name", span, format!("there is no {what} called `{name}`"));
        let help = nearest(name, &known).map_or_else(
            || format!("known: {}", known.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        self.help(help);
    }

    /// Adds advice to the problem noted last.
    pub(super) fn help(&mut self, help: impl Into<String>) {
        if let Some(problem) = self.problems.last_mut() {
            problem.help = Some(help.into());
        }
    }

    /// Reads a map with keys of a fixed set.
    pub(super) fn fields<'t>(
        &mut self,
        tree: &'t Tree<'t>,
        what: &str,
        known: &[&str],
    ) -> Fields<'t> {
        let fields = self.map(tree, what);
        for entry in fields.entries {
            if !known.contains(&entry.key.as_ref()) {
                self.unknown(
                    &format!("key of {what}"),
                    &entry.key,
                    &entry.span,
                    known.iter().copied(),
                );
            }
        }
        fields
    }

    /// Reads a map with keys that the author chooses.
    pub(super) fn map<'t>(&mut self, tree: &'t Tree<'t>, what: &str) -> Fields<'t> {
        if let Node::Map(entries) = &tree.node {
            return Fields { entries, span: tree.span.clone() };
        }
        self.expected(tree, &format!("{what} as a map"));
        Fields { entries: &[], span: tree.span.clone() }
    }

    /// Notes that a key is missing unless it is there.
    pub(super) fn need<'t>(
        &mut self,
        fields: &Fields<'t>,
        key: &str,
        what: &str,
    ) -> Option<&'t Tree<'t>> {
        let found = fields.get(key);
        if found.is_none() {
            self.wrong("missing_key", &fields.span, format!("{what} has no `{key}`"));
        }
        found
    }

    /// Reads text; numbers and truth values are text as they are written.
    pub(super) fn text(&mut self, tree: &Tree<'_>, what: &str) -> Option<String> {
        match &tree.node {
            Node::Text(text) if text.trim().is_empty() => {
                self.wrong("empty", &tree.span, format!("{what} is empty"));
                None
            }
            Node::Text(text) => Some(text.to_string()),
            Node::Int(number) => Some(number.to_string()),
            Node::Bool(flag) => Some(flag.to_string()),
            Node::Null | Node::List(_) | Node::Map(_) => {
                self.expected(tree, &format!("{what} as text"));
                None
            }
        }
    }

    /// Reads one text or a list of texts, each with its place.
    pub(super) fn texts(&mut self, tree: &Tree<'_>, what: &str) -> Vec<(String, Range<usize>)> {
        let items = self.items(tree, what);
        items.iter().filter_map(|item| Some((self.text(item, what)?, item.span.clone()))).collect()
    }

    /// Reads a list, or a single value as a list of one; an empty list is a problem.
    pub(super) fn items<'t>(&mut self, tree: &'t Tree<'t>, what: &str) -> &'t [Tree<'t>] {
        match &tree.node {
            Node::List(items) => {
                if items.is_empty() {
                    self.wrong("empty", &tree.span, format!("{what} is empty"));
                }
                items
            }
            _ => std::slice::from_ref(tree),
        }
    }

    pub(super) fn flag(&mut self, tree: &Tree<'_>, what: &str) -> bool {
        if let Node::Bool(flag) = tree.node {
            return flag;
        }
        self.expected(tree, &format!("{what} as true or false"));
        false
    }

    pub(super) fn number(&mut self, tree: &Tree<'_>, what: &str) -> Option<i64> {
        if let Node::Int(number) = tree.node {
            return Some(number);
        }
        self.expected(tree, &format!("{what} as a number"));
        None
    }

    fn expected(&mut self, tree: &Tree<'_>, expected: &str) {
        let found = match tree.node {
            Node::Null => "nothing",
            Node::Bool(_) => "true or false",
            Node::Int(_) => "a number",
            Node::Text(_) => "text",
            Node::List(_) => "a list",
            Node::Map(_) => "a map",
        };
        self.wrong("wrong_type", &tree.span, format!("found {found}, expected {expected}"));
    }
}

/// Labels point at one line: maps and lists are marked where they begin.
fn clamp(span: &Range<usize>, length: usize) -> Range<usize> {
    let start = span.start.min(length);
    start..span.end.clamp(start, length)
}

/// Returns the name that the author may have meant.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let close = |other: &&str| strsim::jaro_winkler(name, other);
    let best = known.iter().copied().max_by(|a, b| close(a).total_cmp(&close(b)))?;
    (close(&best) > 0.8).then_some(best)
}
