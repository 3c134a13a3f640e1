//! Values of a group, as texts show them.

use std::collections::BTreeSet;

use kubetriage_mask as mask;
use kubetriage_model::{Data, Subject};

use super::combine::Ground;
use super::evidence::witnesses;
use super::group::Group;
use crate::facts::Identity;
use crate::signal::As;
use crate::template::Template;

/// Most values that a sentence lists.
const LISTED: usize = 3;

/// Values that follow from kept ones: name, the value that it is cut from, and how.
pub(crate) const DERIVED: &[(&str, &str, As)] = &[
    ("registry", "image", As::Registry),
    ("repository", "image", As::Repository),
    ("registry_name", "registry", As::RegistryName),
    ("pool", "node", As::Pool),
    ("scale_set", "node", As::ScaleSet),
    ("instance", "node", As::Instance),
];

/// What is known of one group.
pub(super) struct Wording<'g> {
    ground: &'g Ground<'g>,
    group: &'g Group,
    /// Objects concerned, sorted, each once.
    pub(super) objects: Vec<&'g Identity>,
}

impl<'g> Wording<'g> {
    pub(super) fn new(ground: &'g Ground<'g>, group: &'g Group) -> Self {
        let mut seen = BTreeSet::new();
        let events = super::members(ground, group);
        let mut objects: Vec<&Identity> = events
            .filter_map(|event| ground.facts.fact(event)?.object)
            .filter(|object| seen.insert(object.key.as_str()))
            .collect();
        objects.sort_by(|a, b| a.key.cmp(&b.key));
        Self { ground, group, objects }
    }

    /// Returns the different values kept under `name`, as captured, in the order of signals and lines.
    fn told<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'g str> + 'a {
        let mut seen = BTreeSet::new();
        let kept = witnesses(self.ground, self.group).flat_map(move |(signal, witness)| {
            let keeps =
                self.ground.rule.signals.get(signal).map_or(&[][..], |signal| &signal.keeps);
            let values = keeps.iter().zip(&witness.kept).enumerate();
            let named = values.filter(move |(_, (keep, _))| keep.name == name);
            named.flat_map(move |(at, (_, kept))| {
                // Of a list of values a group that is made by one of them speaks of that one.
                let own = self.joined(signal, at);
                kept.iter().filter(move |kept| own.is_none_or(|own| own == kept.key))
            })
        });
        kept.filter(move |kept| seen.insert(kept.key.as_str())).map(|kept| kept.text.as_str())
    }

    /// Returns the value that makes the group, if the kept value `at` of `signal` is joined by.
    fn joined(&self, signal: usize, at: usize) -> Option<&'g str> {
        let joins = &self.ground.rule.joins;
        let join = joins.iter().position(|join| join.members.contains(&(signal, at)))?;
        self.group.key.get(join)?.value()
    }

    /// Returns the value kept under `name` if all witnesses agree in it.
    pub(super) fn only(&self, name: &str) -> Option<String> {
        let mut told = self.told(name);
        let only = told.next()?;
        told.next().is_none().then(|| mask::clean(only))
    }

    /// Returns the value of a join in this group, as the first witness writes it.
    pub(super) fn of_join(&self, name: &str) -> Option<String> {
        self.told(name).next().map(mask::clean)
    }

    /// Returns the values kept under `name` as a sentence lists them.
    fn listed(&self, name: &str) -> Option<String> {
        let told: Vec<&str> = self.told(name).collect();
        let shown: Vec<String> = told.iter().take(LISTED).map(|text| mask::clean(text)).collect();
        list(&shown, told.len())
    }

    /// Fills a sentence: several values are listed.
    pub(super) fn sentence(&self, template: &Template) -> String {
        template.fill(&|name| self.given(name).or_else(|| self.listed(name)))
    }

    /// Fills the first of several sentences whose places are all known, else the last.
    pub(super) fn telling(&self, texts: &[Template]) -> String {
        let whole = |text: &&Template| text.names().all(|name| self.knows(name));
        let text = texts.iter().find(whole).or(texts.last());
        text.map(|text| self.sentence(text)).unwrap_or_default()
    }

    /// Fills a command: of several values the first, what is not kept from the names of the bundle.
    pub(super) fn command(&self, template: &Template) -> String {
        let line = template.fill_command(&|name| self.first(name));
        self.ground.names.fill_command(&line)
    }

    /// Fills a manifest as a command, without the quotes of a shell.
    pub(super) fn manifest(&self, template: &Template) -> String {
        self.ground.names.fill(&template.fill(&|name| self.first(name)))
    }

    fn first(&self, name: &str) -> Option<String> {
        match name {
            "objects" | "object" => self.objects.first().map(|object| object.name.clone()),
            _ => self.given(name).or_else(|| self.of_join(name)).or_else(|| self.derived(name)),
        }
    }

    /// What follows from another value need not be kept.
    fn derived(&self, name: &str) -> Option<String> {
        if name == "node" {
            return self.node();
        }
        let (_, from, shape) = DERIVED.iter().find(|(derived, ..)| *derived == name)?;
        shape.cut(&self.first(from)?)
    }

    /// Returns the node that this is about, or on which the first pod runs.
    fn node(&self) -> Option<String> {
        let first = self.objects.first()?;
        if first.kind.as_deref() == Some("Node") {
            return Some(first.name.clone());
        }
        let facts = self.ground.facts;
        let pods = facts.of_kind("pod").iter().filter_map(|event| facts.fact(*event));
        let mut own = pods.filter(|fact| fact.object.is_some_and(|object| object.key == first.key));
        own.find_map(|fact| match &fact.event.data {
            Data::Pod(pod) => pod.node.clone(),
            _ => None,
        })
    }

    /// Fills a text only if all its places are known.
    pub(super) fn whole(&self, template: &Template) -> Option<String> {
        let known = template.names().all(|name| self.knows(name));
        known.then(|| template.fill(&|name| self.first(name)))
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.given(name).is_some() || self.told(name).next().is_some()
    }

    /// True if a command can be filled in with `name`: it is told, or follows from what is.
    pub(super) fn fills(&self, name: &str) -> bool {
        self.knows(name) || self.derived(name).is_some()
    }

    /// The places that every text may have; a kept value of the same name comes first.
    fn given(&self, name: &str) -> Option<String> {
        if self.kept(name) {
            return None;
        }
        match name {
            "count" => Some(self.objects.len().max(1).to_string()),
            "objects" => {
                let shown = self.objects.iter().take(LISTED).map(|object| object.name.clone());
                list(&shown.collect::<Vec<_>>(), self.objects.len())
            }
            "object" => self.objects.first().map(|object| object.name.clone()),
            "namespace" => self.objects.iter().find_map(|object| object.namespace.clone()),
            _ => None,
        }
    }

    fn kept(&self, name: &str) -> bool {
        let signals = &self.ground.rule.signals;
        signals.iter().flat_map(|signal| &signal.keeps).any(|keep| keep.name == name)
            && self.told(name).next().is_some()
    }

    /// Returns what the finding is about.
    pub(super) fn subject(&self) -> Subject {
        if let Some(text) = &self.ground.rule.subject {
            let fill = |part: &Option<Template>| part.as_ref().and_then(|text| self.whole(text));
            return Subject {
                kind: fill(&text.kind),
                namespace: fill(&text.namespace),
                name: fill(&text.name),
            };
        }
        let rule = self.ground.rule;
        let per = rule.per.first().and_then(|join| rule.joins.get(*join));
        match (self.objects.as_slice(), per) {
            ([object], _) => object.subject(),
            // A group whose value is not told has no name, and so no kind.
            ([], Some(join)) if self.of_join(&join.name).is_none() => Subject::default(),
            (_, Some(join)) => Subject {
                kind: Some(capital(&join.name)),
                namespace: None,
                name: self.of_join(&join.name),
            },
            (objects, None) => Subject {
                kind: common(objects.iter().map(|object| object.kind.as_deref())),
                namespace: common(objects.iter().map(|object| object.namespace.as_deref())),
                name: None,
            },
        }
    }
}

/// `a`, `a and b`, `a, b, c and 4 more`: of `count` values the first.
fn list(shown: &[String], count: usize) -> Option<String> {
    match shown {
        [] => None,
        [one] => Some(one.clone()),
        [first @ .., last] if count <= LISTED => Some(format!("{} and {last}", first.join(", "))),
        many => Some(format!("{} and {} more", many.join(", "), count - many.len())),
    }
}

fn common<'v>(mut values: impl Iterator<Item = Option<&'v str>>) -> Option<String> {
    let first = values.next()??;
    values.all(|value| value == Some(first)).then(|| first.to_owned())
}

fn capital(name: &str) -> String {
    let mut signs = name.chars();
    let first = signs.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(signs).collect()
}
