//! Lowers `fire_when` and `per`: how signals combine, which kept values must agree, what heals.

use super::reader::{Fields, Reader};
use crate::rule::{Condition, Healing, Join};
use crate::signal::Signal;
use crate::tree::{Node, Tree};

/// Keys of a combination.
const COMBINATIONS: &[&str] = &["all", "any", "none", "unseen", "at_least", "count"];
/// Keys of `fire_when` itself.
const TOP: &[&str] =
    &["all", "any", "none", "unseen", "at_least", "count", "signal", "same", "differ", "unless"];

/// What `fire_when` and `per` say.
#[derive(Default)]
pub(super) struct Firing {
    pub(super) condition: Condition,
    pub(super) joins: Vec<Join>,
    pub(super) per: Vec<usize>,
    pub(super) healing: Vec<Healing>,
    pub(super) differ: Option<Join>,
}

/// Reads `fire_when` and `per`.
pub(super) fn firing(
    reader: &mut Reader<'_>,
    fire_when: &Tree<'_>,
    per: Option<&Tree<'_>>,
    signals: &[Signal],
) -> Firing {
    let mut joins = Vec::new();
    let mut healing = Vec::new();
    let mut differ = None;
    let condition = if let Node::Map(_) = fire_when.node {
        let fields = reader.fields(fire_when, "`fire_when`", TOP);
        if let Some(same) = fields.get("same") {
            joins = same_values(reader, same, signals);
        }
        if let Some(unless) = fields.get("unless") {
            let items = reader.items(unless, "`unless`");
            healing = items.iter().filter_map(|item| heals(reader, item, signals)).collect();
        }
        differ = fields.get("differ").and_then(|tree| different(reader, tree, signals));
        combination(reader, fire_when, &fields, signals)
    } else {
        one(reader, fire_when, signals)
    };
    let condition = condition.unwrap_or(Condition::Any(Vec::new()));
    if !condition.signals(true).is_empty() && condition.signals(false).is_empty() {
        let message = "`fire_when` needs a sign that is there, not only absent ones".to_owned();
        reader.wrong("no_positive_signal", &fire_when.span, message);
    }
    let per = per.map(|tree| groups(reader, tree, signals, &mut joins)).unwrap_or_default();
    Firing { condition, joins, per, healing, differ }
}

/// Reads a signal name or a nested combination.
fn one(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Option<Condition> {
    if let Node::Map(_) = tree.node {
        let fields = reader.fields(tree, "a combination", COMBINATIONS);
        return combination(reader, tree, &fields, signals);
    }
    signal_index(reader, tree, signals).map(Condition::Signal)
}

fn signal_index(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Option<usize> {
    let name = reader.text(tree, "the name of a signal")?;
    let index = signals.iter().position(|signal| signal.name == name);
    if index.is_none() {
        reader.unknown("signal", &name, &tree.span, signals.iter().map(|s| s.name.as_str()));
    }
    index
}

/// Several combinations side by side must all hold.
fn combination(
    reader: &mut Reader<'_>,
    tree: &Tree<'_>,
    fields: &Fields<'_>,
    signals: &[Signal],
) -> Option<Condition> {
    let mut parts = Vec::new();
    for entry in fields.entries() {
        let value = &entry.value;
        match entry.key.as_ref() {
            "all" => parts.push(Condition::All(list(reader, value, signals))),
            "any" => parts.push(Condition::Any(list(reader, value, signals))),
            "none" => parts.push(Condition::None(list(reader, value, signals))),
            "unseen" => parts.push(Condition::Unseen(list(reader, value, signals))),
            "signal" => parts.extend(one(reader, value, signals)),
            "at_least" => parts.extend(at_least(reader, value, signals)),
            "count" => parts.extend(count(reader, value, signals)),
            _ => {}
        }
    }
    if parts.is_empty() {
        reader.wrong("empty", &tree.span, "no signal is named".to_owned());
        reader
            .help("name a signal, or combine signals by `all`, `any`, `none`, `unseen`, `at_least`, `count`");
    }
    if parts.len() > 1 { Some(Condition::All(parts)) } else { parts.pop() }
}

fn list(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Vec<Condition> {
    let items = reader.items(tree, "the list of signals");
    items.iter().filter_map(|item| one(reader, item, signals)).collect()
}

fn at_least(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Option<Condition> {
    let fields = reader.fields(tree, "`at_least`", &["of", "n"]);
    let of = reader.need(&fields, "of", "`at_least`")?;
    let of = list(reader, of, signals);
    let n = reader.need(&fields, "n", "`at_least`")?;
    let n = reader.number(n, "`n`").and_then(|n| usize::try_from(n).ok())?;
    Some(Condition::AtLeast { n, of })
}

fn count(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Option<Condition> {
    let fields = reader.fields(tree, "`count`", &["of", "n", "distinct"]);
    let of = reader.need(&fields, "of", "`count`")?;
    let signal = signal_index(reader, of, signals)?;
    let n = reader.need(&fields, "n", "`count`")?;
    let n = reader.number(n, "`n`").and_then(|n| usize::try_from(n).ok())?;
    let distinct = match fields.get("distinct") {
        Some(tree) => Some(kept_index(reader, tree, signals.get(signal)?)?),
        None => None,
    };
    Some(Condition::Count { signal, n, distinct })
}

fn kept_index(reader: &mut Reader<'_>, tree: &Tree<'_>, signal: &Signal) -> Option<usize> {
    let name = reader.text(tree, "the name of a kept value")?;
    let index = signal.keeps.iter().position(|keep| keep.name == name);
    if index.is_none() {
        let known = signal.keeps.iter().map(|keep| keep.name.as_str());
        reader.unknown(&format!("value kept by `{}`", signal.name), &name, &tree.span, known);
    }
    index
}

/// `region`, `[region, image]`, `[a.region, b.zone]`, or a list of such lists.
fn same_values(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Vec<Join> {
    let items = reader.items(tree, "`same`");
    if items.iter().any(|item| matches!(item.node, Node::List(_))) {
        return items.iter().flat_map(|item| same_values(reader, item, signals)).collect();
    }
    let mut joins = Vec::new();
    let mut members = Vec::new();
    for (text, span) in reader.texts(tree, "`same`") {
        if !text.contains('.') {
            joins.extend(by_name(reader, &text, &span, signals));
            continue;
        }
        let member = text.split_once('.').and_then(|(signal, name)| {
            let index = signals.iter().position(|other| other.name == signal)?;
            let keeps = &signals.get(index)?.keeps;
            Some((index, keeps.iter().position(|keep| keep.name == name)?, name.to_owned()))
        });
        match member {
            Some(member) => members.push(member),
            None => reader.unknown(
                "kept value",
                &text,
                &span,
                kept_names(signals).iter().map(String::as_str),
            ),
        }
    }
    if let Some((_, _, name)) = members.first() {
        let name = name.clone();
        joins.push(Join { name, members: members.into_iter().map(|(s, k, _)| (s, k)).collect() });
    }
    joins
}

/// `[a.region, b.region]`: two kept values that must not be equal.
fn different(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Option<Join> {
    let join = same_values(reader, tree, signals).pop();
    let two = join.filter(|join| join.members.len() == 2);
    if two.is_none() {
        let message = "`differ` takes two kept values of two signals".to_owned();
        reader.wrong("differ", &tree.span, message);
        reader.help("write `differ: [entry.region, log.region]`");
    }
    two
}

fn kept_names(signals: &[Signal]) -> Vec<String> {
    let names = signals.iter().flat_map(|signal| {
        signal.keeps.iter().map(move |keep| format!("{}.{}", signal.name, keep.name))
    });
    names.collect()
}

/// All signals that keep `name`.
fn by_name(
    reader: &mut Reader<'_>,
    name: &str,
    span: &std::ops::Range<usize>,
    signals: &[Signal],
) -> Option<Join> {
    let members: Vec<_> = signals
        .iter()
        .enumerate()
        .filter_map(|(index, signal)| {
            let keep = signal.keeps.iter().position(|keep| keep.name == name)?;
            Some((index, keep))
        })
        .collect();
    if members.is_empty() {
        let known = signals.iter().flat_map(|s| s.keeps.iter().map(|keep| keep.name.as_str()));
        reader.unknown("kept value", name, span, known);
        return None;
    }
    Some(Join { name: name.to_owned(), members })
}

/// `{later: signal, same: names}`.
fn heals(reader: &mut Reader<'_>, tree: &Tree<'_>, signals: &[Signal]) -> Option<Healing> {
    let fields = reader.fields(tree, "`unless`", &["later", "same"]);
    let later = reader.need(&fields, "later", "`unless`")?;
    let later = signal_index(reader, later, signals)?;
    let mut same = Vec::new();
    if let Some(tree) = fields.get("same") {
        for (name, span) in reader.texts(tree, "`same`") {
            let keeps = signals.get(later).map_or(&[][..], |signal| signal.keeps.as_slice());
            if keeps.iter().any(|keep| keep.name == name) {
                same.push(name);
            } else {
                let known = keeps.iter().map(|keep| keep.name.as_str());
                reader.unknown("value kept by the recovery", &name, &span, known);
            }
        }
    }
    Some(Healing { later, same })
}

/// Every grouping value is a join over all signals that keep it.
fn groups(
    reader: &mut Reader<'_>,
    tree: &Tree<'_>,
    signals: &[Signal],
    joins: &mut Vec<Join>,
) -> Vec<usize> {
    let mut per = Vec::new();
    for (name, span) in reader.texts(tree, "`per`") {
        if let Some(index) = joins.iter().position(|join| join.name == name) {
            per.push(index);
        } else if let Some(join) = by_name(reader, &name, &span, signals) {
            per.push(joins.len());
            joins.push(join);
        }
    }
    per
}
