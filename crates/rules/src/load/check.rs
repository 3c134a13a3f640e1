//! Checks that need the whole rule, or all rules at once.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::prove::{Answer, cases_of};
use super::reader::{Reader, nearest};
use crate::engine::DERIVED;
use crate::error::LoadError;
use crate::rule::{Condition, Definition, Explains, Rule};
use crate::signal::{From, Signal};
use crate::template::Template;
use crate::tree::{Node, Tree};

/// Places that the engine fills in every text.
pub(crate) const GIVEN: &[&str] = &["count", "objects", "object", "namespace"];

/// What any two findings can agree in: the objects that they are about, where these live, and the statement on
/// which both rest.
const JOINS: &[&str] = &["object", "namespace", "node", "statement"];

/// Verbs of commands that only read; `exec` and `run` are for lookups inside the cluster.
const READ_ONLY: &[&str] = &[
    "kubectl get",
    "kubectl describe",
    "kubectl logs",
    "kubectl exec",
    "kubectl top",
    "kubectl version",
    "kubectl auth can-i",
    "kubectl api-resources",
    "kubectl cluster-info",
    "kubectl rollout status",
    "kubectl rollout history",
    "helm list",
    "helm status",
    "helm history",
    "helm get",
    "helm show",
    "az aks show",
    "az aks list",
    "az aks check-acr",
    "az aks nodepool list",
    "az aks nodepool show",
    "az aks get-upgrades",
    "az acr show",
    "az acr list",
    "az acr check-health",
    "az acr repository",
    "az acr manifest",
    "az acr network-rule list",
    "az acr private-endpoint-connection list",
    "az k8s-extension show",
    "az k8s-extension list",
    "az k8s-extension troubleshoot",
    "az connectedk8s show",
    "az connectedk8s troubleshoot",
    "az role assignment list",
    "az network",
    "az lock list",
    "az policy",
    "az vmss identity show",
    "az ad sp credential list",
    "nslookup",
    "dig",
    "crictl",
    "journalctl",
    "curl",
];

/// Checks one rule by itself.
pub(super) fn alone(reader: &mut Reader<'_>, tree: &Tree<'_>, rule: &Definition) {
    // What cannot be read is not used, not kept and not said: that says nothing new.
    let is_read = reader.problems.is_empty();
    for signal in &rule.signals {
        let span = place(tree, &["look_for", &signal.name]);
        patterns_compile(reader, signal, &span);
        literals_exist(reader, signal, &span);
        kept_sources_exist(reader, signal, &span);
    }
    if is_read {
        signals_are_used(reader, tree, rule);
        groups_are_kept(reader, tree, rule);
        texts_are_bound(reader, tree, rule);
    }
    commands_only_read(reader, tree, rule);
    cases_suffice(reader, tree);
}

fn signals_are_used(reader: &mut Reader<'_>, tree: &Tree<'_>, rule: &Definition) {
    let mut used: BTreeSet<usize> = rule.condition.signals(true).into_iter().collect();
    used.extend(rule.healing.iter().map(|healing| healing.later));
    used.extend(rule.support.iter().chain(&rule.background));
    for (index, signal) in rule.signals.iter().enumerate() {
        if !used.contains(&index) {
            let span = place(tree, &["look_for", &signal.name]);
            reader.wrong("unused_signal", &span, format!("signal `{}` is not used", signal.name));
            reader.help("name it in `fire_when`, in `unless`, in `support` or in `background`");
        }
    }
}

fn patterns_compile(reader: &mut Reader<'_>, signal: &Signal, span: &Range<usize>) {
    let tests = signal.about.iter().chain(signal.choices.iter().flatten());
    let mut patterns: Vec<_> = tests.flat_map(|test| test.test.patterns()).collect();
    for from in signal.keeps.iter().flat_map(|keep| &keep.from) {
        if let From::Group { pattern, group, .. } = from {
            patterns.push(pattern);
            if !pattern.groups().contains(group) {
                let message = format!("no pattern of `{}` has a group `{group}`", signal.name);
                reader.wrong("missing_group", span, message);
            }
        }
    }
    for pattern in patterns {
        if let Err(message) = pattern.check() {
            reader.wrong("pattern", span, format!("a pattern does not compile: {message}"));
        }
    }
}

/// Logs are scanned, not parsed: a rule has to say which bytes make a line worth parsing.
fn literals_exist(reader: &mut Reader<'_>, signal: &Signal, span: &Range<usize>) {
    let on_logs = signal.kinds.iter().any(|kind| matches!(*kind, "log" | "agent_log"));
    let literals = signal.literals().unwrap_or_default();
    if on_logs && crate::signal::worth(&literals) < 3 {
        let message = format!("signal `{}` requires no text of a log line", signal.name);
        reader.wrong("no_literal", span, message);
        reader.help("test `message` with `has`, or name words of the line in `hint`");
    }
}

fn kept_sources_exist(reader: &mut Reader<'_>, signal: &Signal, span: &Range<usize>) {
    for (index, keep) in signal.keeps.iter().enumerate() {
        let earlier = signal.keeps.get(..index).unwrap_or_default();
        for name in keep.from.iter().flat_map(names_of) {
            if !earlier.iter().any(|other| other.name == name) {
                let known = earlier.iter().map(|keep| keep.name.as_str());
                reader.unknown("value kept before", name, span, known);
            }
        }
    }
}

/// Returns the kept values that a source of another one speaks of.
fn names_of(from: &From) -> Vec<&str> {
    match from {
        From::Kept(name) => vec![name.as_str()],
        From::Words(words) => words.names().collect(),
        From::Field(_) | From::Group { .. } => Vec::new(),
    }
}

fn groups_are_kept(reader: &mut Reader<'_>, tree: &Tree<'_>, rule: &Definition) {
    let bound = bound(&rule.condition, &rule.signals);
    for join in rule.per.iter().filter_map(|index| rule.joins.get(*index)) {
        if !bound.contains(join.name.as_str()) {
            let message = format!("`{}` is not kept in every way to fire", join.name);
            reader.wrong("unbound_group", &place(tree, &["per"]), message);
        }
    }
}

/// Returns the names that are kept whichever way the condition becomes true.
fn bound<'r>(condition: &Condition, signals: &'r [Signal]) -> BTreeSet<&'r str> {
    let of_signal = |index: &usize| -> BTreeSet<&'r str> {
        let keeps = signals.get(*index).map_or(&[][..], |signal| signal.keeps.as_slice());
        keeps.iter().map(|keep| keep.name.as_str()).collect()
    };
    match condition {
        Condition::Signal(index) | Condition::Count { signal: index, .. } => of_signal(index),
        Condition::All(parts) => parts.iter().flat_map(|part| bound(part, signals)).collect(),
        Condition::None(_) | Condition::Unseen(_) => BTreeSet::new(),
        Condition::Any(parts) | Condition::AtLeast { of: parts, .. } => {
            let mut sets = parts.iter().map(|part| bound(part, signals));
            let first = sets.next().unwrap_or_default();
            sets.fold(first, |all, set| all.intersection(&set).copied().collect())
        }
    }
}

fn texts_are_bound(reader: &mut Reader<'_>, tree: &Tree<'_>, rule: &Definition) {
    let mut bound = bound(&rule.condition, &rule.signals);
    bound.extend(GIVEN);
    let say = &rule.told.say;
    let kept: Vec<&str> =
        rule.signals.iter().flat_map(|signal| &signal.keeps).map(|keep| &*keep.name).collect();
    let mut any: BTreeSet<&str> = kept.iter().chain(GIVEN).copied().collect();
    let derived = |any: &BTreeSet<&str>| -> Vec<&str> {
        DERIVED.iter().filter(|(_, from, _)| any.contains(from)).map(|(name, ..)| *name).collect()
    };
    any.insert("node");
    any.extend(derived(&any));
    any.extend(derived(&any));
    // The last text is told when no better one can be: it must be known in every way to fire.
    let mut texts: Vec<&Template> =
        say.titles.last().into_iter().chain(say.causes.last()).collect();
    texts.extend(&say.verify);
    let but_last = |all: &[Template]| all.len().saturating_sub(1);
    let mut better: Vec<&Template> = say.titles.iter().take(but_last(&say.titles)).collect();
    better.extend(say.causes.iter().take(but_last(&say.causes)));
    for fix in &say.fixes {
        let places = if fix.when.is_empty() { &mut texts } else { &mut better };
        places.push(&fix.title);
        places.extend(&fix.steps);
        // Commands and manifests are filled in by hand where a value is unknown.
        better.extend(fix.commands.iter().chain(&fix.manifest));
    }
    let span = place(tree, &["say"]);
    check_places(reader, &texts, &bound, &span);
    check_places(reader, &better, &any, &span);
    for name in say.fixes.iter().flat_map(|fix| &fix.when).filter(|name| !any.contains(&***name)) {
        reader.unknown("kept value", name, &span, kept.iter().copied());
    }
    // A command is asked for when something is missing: there any kept name may be unknown.
    let commands: Vec<_> = rule.told.collect.iter().flat_map(|collect| &collect.commands).collect();
    check_places(reader, &commands, &any, &place(tree, &["collect"]));
}

fn check_places(
    reader: &mut Reader<'_>,
    texts: &[&Template],
    bound: &BTreeSet<&str>,
    span: &Range<usize>,
) {
    let names: BTreeSet<&str> = texts.iter().flat_map(|text| text.names()).collect();
    for name in names.difference(bound) {
        let message = format!("`{{{name}}}` is not kept in every way to fire");
        reader.wrong("unbound_place", span, message);
        let known: Vec<&str> = bound.iter().copied().collect();
        let near = nearest(name, &known);
        reader.help(near.map_or_else(
            || format!("bound: {}", known.join(", ")),
            |near| format!("did you mean `{{{near}}}`?"),
        ));
    }
}

fn commands_only_read(reader: &mut Reader<'_>, tree: &Tree<'_>, rule: &Definition) {
    for command in rule.told.collect.iter().flat_map(|collect| &collect.commands) {
        let text = command.fill(&|_| Some(String::new()));
        if !READ_ONLY.iter().any(|verb| text.starts_with(verb)) {
            let message = format!("`{text}` is not known to read only");
            reader.wrong("collect", &place(tree, &["collect"]), message);
            reader.help("a command of `collect` may be run on a customer's cluster unread");
        }
    }
}

fn cases_suffice(reader: &mut Reader<'_>, tree: &Tree<'_>) {
    let cases = cases_of(reader, tree);
    let fires = cases.iter().any(|case| matches!(case.expected.answer, Answer::Fires(_)));
    let clear = cases.iter().any(|case| case.expected.answer == Answer::Clear);
    for (there, what) in [(fires, "fires"), (clear, "is clear")] {
        if !there {
            let message = format!("`prove` has no case in which the rule {what}");
            reader.wrong("prove", &place(tree, &["prove"]), message);
        }
    }
}

/// Returns the place of the key at the end of `path`, or of the last one that exists.
pub(super) fn place(tree: &Tree<'_>, path: &[&str]) -> Range<usize> {
    let mut span = tree.span.clone();
    let mut tree = tree;
    for step in path {
        let Node::Map(entries) = &tree.node else { break };
        let Some(entry) = entries.iter().find(|entry| entry.key == *step) else { break };
        span = entry.span.clone();
        tree = &entry.value;
    }
    span
}

/// Checks what rules say of each other.
pub(crate) fn across(rules: &[Rule]) -> Vec<LoadError> {
    let ids: Vec<&str> = rules.iter().map(Rule::id).collect();
    let mut problems = Vec::new();
    let mut explains: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut beats: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in rules {
        let mut reader = Reader::new(rule.file(), rule.source());
        let explained = rule.0.explains.iter().map(|explains| &explains.rule);
        for target in explained.chain(&rule.0.beats).chain(&rule.0.settled_by) {
            if !ids.contains(&target.as_str()) {
                let at = rule.source().find(target.as_str()).unwrap_or(0);
                reader.unknown("rule", target, &(at..at + target.len()), ids.iter().copied());
            }
        }
        for explained in &rule.0.explains {
            values_exist(&mut reader, rule, explained, rules);
        }
        // Two findings that must agree in something need not close the circle that their rules do.
        let always = rule.0.explains.iter().filter(|one| one.same.is_empty() && one.of.is_empty());
        explains.insert(rule.id(), always.map(|one| one.rule.as_str()).collect());
        beats.insert(rule.id(), rule.0.beats.iter().map(String::as_str).collect());
        problems.append(&mut reader.problems);
    }
    for (key, edges) in [("explains", &explains), ("beats", &beats)] {
        for rule in rules.iter().filter(|rule| reaches_itself(rule.id(), edges)) {
            let mut reader = Reader::new(rule.file(), rule.source());
            let at = rule.source().find(key).unwrap_or(0);
            let message = format!("`{key}` leads back to `{}`", rule.id());
            reader.wrong("cycle", &(at..at + key.len()), message);
            problems.append(&mut reader.problems);
        }
    }
    problems
}

/// Joins of `explains` that no rule keeps would never fold anything.
fn values_exist(reader: &mut Reader<'_>, rule: &Rule, explains: &Explains, rules: &[Rule]) {
    let Some(symptom) = rules.iter().find(|other| other.id() == explains.rule) else { return };
    let kept = |rule: &Rule| -> BTreeSet<String> {
        let keeps = rule.0.signals.iter().flat_map(|signal| &signal.keeps);
        keeps.map(|keep| keep.name.clone()).collect()
    };
    let (mine, theirs) = (kept(rule), kept(symptom));
    let both: BTreeSet<&str> = mine.intersection(&theirs).map(String::as_str).collect();
    let same = explains.same.iter().filter(|name| !JOINS.contains(&name.as_str()));
    let same = same.map(|name| (name, both.iter().chain(JOINS).copied().collect()));
    let of =
        explains.of.iter().map(|(name, _)| (name, theirs.iter().map(String::as_str).collect()));
    for (name, known) in same.chain(of) {
        let known: Vec<&str> = known;
        if !known.contains(&name.as_str()) {
            let from = rule.source().find(explains.rule.as_str()).unwrap_or(0);
            let rest = rule.source().get(from..).unwrap_or_default();
            let at = from + rest.find(name.as_str()).unwrap_or(0);
            let what = format!("value that ties this to `{}`", explains.rule);
            reader.unknown(&what, name, &(at..at + name.len()), known);
        }
    }
}

fn reaches_itself(id: &str, edges: &BTreeMap<&str, Vec<&str>>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = edges.get(id).cloned().unwrap_or_default();
    while let Some(next) = open.pop() {
        if next == id {
            return true;
        }
        if seen.insert(next) {
            open.extend(edges.get(next).into_iter().flatten());
        }
    }
    false
}
