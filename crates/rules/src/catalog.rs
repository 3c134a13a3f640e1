//! The catalogue: the loaded rules, by id.

use std::sync::LazyLock;

use crate::error::{LoadError, LoadErrors};
use crate::load::{self, Embedded};
use crate::{LogInterest, Rule};

/// Every rule file, sorted by name.
static EMBEDDED: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// A rule file as handed in: a name for messages, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// Name shown in messages; must end in `<id>.yaml`.
    pub name: String,
    /// Text (YAML).
    pub text: String,
}

/// Which rules take part.
///
/// A selector is a rule id (`image/not-found`), an area (`image`) or a tag (`aks`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these; everything when empty.
    pub only: Vec<String>,
    /// Not these.
    pub skip: Vec<String>,
}

/// A selector that names nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule, area or tag is called `{name}`{}", hint(nearest.as_deref()))]
pub struct UnknownSelector {
    /// What was asked for.
    pub name: String,
    /// The nearest name that exists.
    pub nearest: Option<String>,
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default()
}

/// A set of loaded rules, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    rules: Vec<Rule>,
}

impl Catalog {
    /// Returns the rules that come with the program.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| Catalog::new(embedded()));
        &BUILTIN
    }

    /// Returns the built-in rule files as written, sorted by name.
    pub fn builtin_files() -> impl Iterator<Item = (&'static str, &'static str)> {
        EMBEDDED.iter().map(|rule| (rule.name, rule.text))
    }

    /// Loads rule files, beside the built-in rules if `builtin` is true.
    ///
    /// # Errors
    /// Returns every problem of every file at once.
    pub fn load(files: &[RuleFile], builtin: bool) -> Result<Self, LoadErrors> {
        Self::beside(if builtin { Self::builtin().rules.clone() } else { Vec::new() }, files)
    }

    /// Loads rule files that are being written: one with the path of a built-in rule stands in its place.
    ///
    /// # Errors
    /// Returns every problem of every file at once.
    pub fn draft(files: &[RuleFile]) -> Result<Self, LoadErrors> {
        let name = |file: &RuleFile| file.name.replace('\\', "/");
        let names: Vec<String> = files.iter().map(name).collect();
        let redone = |rule: &Rule| names.iter().any(|name| is_file_of(name, rule));
        let rules = Self::builtin().rules.iter().filter(|rule| !redone(rule)).cloned();
        Self::beside(rules.collect(), files)
    }

    fn beside(mut rules: Vec<Rule>, files: &[RuleFile]) -> Result<Self, LoadErrors> {
        let mut problems = Vec::new();
        for file in files {
            let (rule, mut more) = load::from_yaml(&file.name, &file.text);
            problems.append(&mut more);
            if let Some(rule) = rule {
                problems.extend(defined_twice(&rules, &rule, file));
                rules.push(rule);
            }
        }
        let catalog = Self::new(rules);
        problems.extend(load::across(&catalog.rules));
        // Files in the order given, problems in the order of the lines.
        let number =
            |problem: &LoadError| files.iter().position(|file| file.name == problem.file());
        problems.sort_by_key(|problem| (number(problem), problem.span().start));
        if problems.is_empty() { Ok(catalog) } else { Err(LoadErrors { problems }) }
    }

    fn new(mut rules: Vec<Rule>) -> Self {
        rules.sort_by(|a, b| a.id().cmp(b.id()));
        Self { rules }
    }

    /// Returns the rules, sorted by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns the rule called `id`.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        let index = self.rules.binary_search_by(|rule| rule.id().cmp(id)).ok()?;
        self.rules.get(index)
    }

    /// Returns the rules that `selection` asks for.
    ///
    /// # Errors
    /// Returns the first selector that names no rule, area or tag.
    pub fn select(&self, selection: &Selection) -> Result<Self, UnknownSelector> {
        for name in selection.only.iter().chain(&selection.skip) {
            if !self.rules.iter().any(|rule| selects(name, rule)) {
                return Err(UnknownSelector { name: name.clone(), nearest: self.nearest(name) });
            }
        }
        let wanted = |rule: &&Rule| {
            let listed = |names: &[String]| names.iter().any(|name| selects(name, rule));
            (selection.only.is_empty() || listed(&selection.only)) && !listed(&selection.skip)
        };
        Ok(Self { rules: self.rules.iter().filter(wanted).cloned().collect() })
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let tags = self.rules.iter().flat_map(|rule| rule.tags().iter().map(String::as_str));
        let names = self.rules.iter().flat_map(|rule| [rule.id(), rule.area()]);
        load::nearest(name, &names.chain(tags).collect::<Vec<_>>()).map(str::to_owned)
    }

    /// Returns what a log scanner has to look for so that no rule misses a line.
    pub fn interest(&self) -> LogInterest {
        LogInterest::new(&self.rules)
    }
}

/// Loads the embedded rules on two threads: for a small bundle this is most of the time.
fn embedded() -> Vec<Rule> {
    let load = |rules: &'static [Embedded]| -> Vec<Rule> {
        rules.iter().filter_map(load::embedded).collect()
    };
    let (first, second) = EMBEDDED.split_at(EMBEDDED.len() / 2);
    let other = std::thread::Builder::new().spawn(move || load(second));
    let mut rules = load(first);
    // Where no thread can be had, or it has died, this one does its work.
    let rest = other.ok().and_then(|other| other.join().ok());
    rules.extend(rest.unwrap_or_else(|| load(second)));
    rules
}

/// True if a path ends in the path of a rule, `area/slug.yaml`.
fn is_file_of(path: &str, rule: &Rule) -> bool {
    let rest = path.strip_suffix(rule.file());
    rest.is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

fn defined_twice(rules: &[Rule], rule: &Rule, file: &RuleFile) -> Option<LoadError> {
    let other = rules.iter().find(|other| other.id() == rule.id())?;
    let message = format!("`{}` is already defined by {}", rule.id(), other.file());
    Some(LoadError::new(&file.name, &file.text, "duplicate", message))
}

fn selects(name: &str, rule: &Rule) -> bool {
    rule.id() == name || rule.area() == name || rule.tags().iter().any(|tag| tag == name)
}
