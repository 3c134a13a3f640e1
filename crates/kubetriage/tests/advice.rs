//! Fixes that can be used: their commands carry the bundle's own names, and say what they destroy.

use std::cell::RefCell;
use std::collections::BTreeSet;

use kubetriage::prelude::*;
use kubetriage::rules::{Catalog, Options as JudgeOptions, Outcome, Selection, evaluate, prove};

/// Words of commands that take something away.
const TAKES: &[&str] = &[
    " delete",
    " drain",
    " uninstall",
    "--force",
    " reimage",
    "--cascade",
    " purge",
    " rotate-certs",
    " prune",
    " evict",
];

/// Words by which a sentence says so.
const SAYS: &[&str] = &[
    "delet",
    "remov",
    "uninstall",
    "drain",
    "lost",
    "lose",
    "replac",
    "reimage",
    "again",
    "forc",
    "rotat",
    "restart",
    "clear",
    "takes away",
    "end",
    "evict",
];

#[test]
fn what_takes_something_away_says_so() {
    let mut silent = Vec::new();
    for rule in Catalog::builtin().rules() {
        for fix in rule.fixes() {
            let said = fix.steps.join(" ").to_lowercase() + &fix.title.to_lowercase();
            let takes =
                fix.commands.iter().filter(|line| TAKES.iter().any(|word| line.contains(word)));
            for line in takes.filter(|_| !SAYS.iter().any(|word| said.contains(word))) {
                silent.push(format!("{}: {line}", rule.id()));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Options of `az` in their short and their long form; the same question in both would be asked twice.
const SHORT: &[&str] = &[" -g ", " -n ", " -c ", " -t ", " -l ", " -z "];

#[test]
fn commands_of_az_spell_their_options_out() {
    let mut short = Vec::new();
    for rule in Catalog::builtin().rules() {
        let fixes = rule.fixes().into_iter().flat_map(|fix| fix.commands);
        let all = fixes.chain(rule.collect()).filter(|line| line.starts_with("az "));
        for line in all.filter(|line| SHORT.iter().any(|option| line.contains(option))) {
            short.push(format!("{}: {line}", rule.id()));
        }
    }
    assert!(short.is_empty(), "{short:#?}");
}

/// Returns the open places of a text: `<resource-group>`.
fn places(text: &str) -> Vec<String> {
    let parts = text.split('<').skip(1).filter_map(|part| part.split_once('>'));
    let named = |name: &str| {
        !name.is_empty()
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    parts.map(|(name, _)| name.to_owned()).filter(|name| named(name)).collect()
}

/// Returns what a finding knows by a name.
fn known(finding: &Finding, place: &str) -> Option<String> {
    let subject = &finding.subject;
    match place {
        "namespace" => subject.namespace.clone(),
        "object" | "pod" if subject.kind.as_deref() == Some("Pod") => subject.name.clone(),
        "node" if subject.kind.as_deref() == Some("Node") => subject.name.clone(),
        _ => finding.keys.get(&place.replace('-', "_")).cloned(),
    }
}

/// Returns the places that a finding's commands leave open although it or the bundle tells them.
fn left_open(finding: &Finding, outcome: &Outcome) -> Vec<String> {
    let fixes = finding.fixes.iter();
    let texts = fixes.flat_map(|fix| fix.commands.iter().chain(&fix.manifest));
    let told = |place: String| {
        let told = known(finding, &place).or_else(|| outcome.names.get(&place).cloned())?;
        Some(format!("{}: <{place}> is {told}", finding.rule))
    };
    texts.flat_map(|text| places(text)).filter_map(told).collect()
}

#[test]
fn no_command_leaves_open_what_the_bundle_tells() {
    let catalog = Catalog::builtin();
    let open = RefCell::new(BTreeSet::new());
    for rule in catalog.rules() {
        let only = Selection { only: vec![rule.id().to_owned()], ..Selection::default() };
        let catalog = &catalog.select(&only).unwrap();
        let read = |files: &[(String, String)]| {
            let facts = kubetriage::facts_of_texts(files);
            let outcome = evaluate(catalog, &facts, &JudgeOptions::default());
            let own = outcome.findings.iter().filter(|finding| finding.rule == rule.id());
            for finding in own.filter(|finding| finding.verdict != Verdict::Healed) {
                open.borrow_mut().extend(left_open(finding, &outcome));
            }
            facts
        };
        assert!(!prove(catalog, rule, &read).is_empty(), "{} has no cases", rule.id());
    }
    let open = open.into_inner();
    assert!(open.is_empty(), "{open:#?}");
}
