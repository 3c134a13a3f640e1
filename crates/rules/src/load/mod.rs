//! Rule files to rules: every problem of a file is found in one reading, each with its place.

mod check;
mod condition;
mod dead;
mod prove;
mod reader;
mod say;
mod signal;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use kubetriage_model::{Confidence, Severity};

pub(crate) use self::check::across;
pub(crate) use self::prove::{Answer, Case, cases};
pub(crate) use self::reader::nearest;
use self::reader::{Fields, Reader};
use crate::error::LoadError;
use crate::links;
use crate::rule::{Definition, Explains, Rule, Told};
use crate::tree::{self, Entry, Tree};

/// The version of the rule language that this engine reads.
const SCHEMA: i64 = 1;

/// Keys of a rule file, in the order in which authors write them.
pub(crate) const KEYS: &[&str] = &[
    "schema",
    "id",
    "severity",
    "tags",
    "docs",
    "look_for",
    "fire_when",
    "per",
    "subject",
    "support",
    "background",
    "beats",
    "explains",
    "settled_by",
    "confidence",
    "say",
    "collect",
    "prove",
];

/// Reads one rule file as an author wrote it, and checks all of it: gives the rule, as far as it can be read, and
/// every problem of the file.
pub(crate) fn from_yaml(file: &str, text: &str) -> (Option<Rule>, Vec<LoadError>) {
    let mut reader = Reader::new(file, text);
    let tree = match tree::from_yaml(text) {
        Ok(tree) => tree,
        Err(error) => {
            reader.wrong("yaml", &(error.at..error.at), error.message);
            return (None, reader.problems);
        }
    };
    let mut definition = definition(&mut reader, &tree, file);
    let told = told(&mut reader, &tree, &definition.kinds());
    definition.told = LazyLock::new(Box::new(|| told));
    definition.source = text.to_owned().into();
    check::alone(&mut reader, &tree, &definition);
    dead::check(&mut reader, &tree, &definition);
    // Two passes read the keys of a rule.
    let mut seen = BTreeSet::new();
    reader.problems.retain(|one| seen.insert((one.span.start, one.to_string())));
    (Some(Rule(Arc::new(definition))), reader.problems)
}

/// A rule file as the build embeds it.
pub(crate) struct Embedded {
    /// Name, `area/slug.yaml`.
    pub(crate) name: &'static str,
    /// What the rule looks for, as JSON.
    pub(crate) looks: &'static str,
    /// What the rule tells, as JSON.
    pub(crate) tells: &'static str,
    /// The file as written.
    pub(crate) text: &'static str,
}

/// Reads one rule that the build embedded; it was checked when it was tested.
pub(crate) fn embedded(rule: &'static Embedded) -> Option<Rule> {
    let tree = tree::from_json(rule.looks).ok()?;
    let mut reader = Reader::new(rule.name, rule.text);
    let mut definition = definition(&mut reader, &tree, rule.name);
    let kinds = definition.kinds();
    definition.told = LazyLock::new(Box::new(move || {
        let tree = tree::from_json(rule.tells).ok();
        let mut reader = Reader::new(rule.name, rule.text);
        tree.map(|tree| told(&mut reader, &tree, &kinds)).unwrap_or_default()
    }));
    definition.source = rule.text.into();
    reader.problems.is_empty().then(|| Rule(Arc::new(definition)))
}

/// Reads what a rule tells.
fn told(reader: &mut Reader<'_>, tree: &Tree<'_>, kinds: &[&'static str]) -> Told {
    let fields = reader.fields(tree, "a rule", KEYS);
    let say = reader.need(&fields, "say", "the rule").map(|tree| say::say(reader, tree));
    let collect = fields.get("collect").map(|tree| say::collect(reader, tree, kinds));
    Told { say: say.unwrap_or_default(), collect: collect.unwrap_or_default() }
}

/// Reads what a rule looks for; what it tells and its text are still to be set.
fn definition(reader: &mut Reader<'_>, tree: &Tree<'_>, file: &str) -> Definition {
    let fields = reader.fields(tree, "a rule", KEYS);
    schema(reader, &fields);
    let look_for = reader.need(&fields, "look_for", "the rule");
    let look_for =
        look_for.map(|tree| reader.map(tree, "`look_for`").entries()).unwrap_or_default();
    let signals: Vec<_> = look_for.iter().map(|entry| signal::signal(reader, entry)).collect();
    let fire_when = reader.need(&fields, "fire_when", "the rule");
    let firing = fire_when.map(|tree| condition::firing(reader, tree, fields.get("per"), &signals));
    let support = fields.get("support").map(|tree| listed(reader, tree, look_for, "`support`"));
    let subject = fields.get("subject").map(|tree| say::subject(reader, tree));
    let background = fields.get("background");
    let background = background.map(|tree| listed(reader, tree, look_for, "`background`"));
    let condition::Firing { condition, joins, per, healing, differ } = firing.unwrap_or_default();
    Definition {
        id: id(reader, &fields, file),
        severity: severity(reader, &fields),
        tags: words(reader, &fields, "tags"),
        docs: docs(reader, &fields),
        signals,
        condition,
        joins,
        per,
        healing,
        differ,
        subject,
        support: support.unwrap_or_default(),
        background: background.unwrap_or_default(),
        beats: words(reader, &fields, "beats"),
        explains: explains(reader, &fields),
        settled_by: words(reader, &fields, "settled_by"),
        confidence: confidence(reader, &fields),
        told: LazyLock::new(Box::new(Told::default)),
        file: file.to_owned(),
        source: Cow::Borrowed(""),
    }
}

fn schema(reader: &mut Reader<'_>, fields: &Fields<'_>) {
    let Some(tree) = reader.need(fields, "schema", "the rule") else { return };
    if reader.number(tree, "`schema`").is_some_and(|schema| schema != SCHEMA) {
        let message = format!("this program reads rules of schema {SCHEMA}");
        reader.wrong("schema", &tree.span, message);
        reader.help("a newer program may read this rule");
    }
}

fn id(reader: &mut Reader<'_>, fields: &Fields<'_>, file: &str) -> String {
    let Some(tree) = reader.need(fields, "id", "the rule") else { return String::new() };
    let id = reader.text(tree, "`id`").unwrap_or_default();
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
    };
    let form = id.split_once('/').is_some_and(|(area, slug)| plain(area) && plain(slug));
    if !form {
        reader.wrong("id", &tree.span, format!("`{id}` is not `area/slug` in small letters"));
    } else if !file.replace('\\', "/").ends_with(&format!("{id}.yaml")) {
        reader.wrong("id", &tree.span, format!("the file of `{id}` has to be called `{id}.yaml`"));
    }
    id
}

fn severity(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Severity {
    let Some(tree) = reader.need(fields, "severity", "the rule") else { return Severity::Error };
    match reader.text(tree, "`severity`").as_deref() {
        Some("warning") => Severity::Warning,
        Some("note") => Severity::Note,
        Some("error") | None => Severity::Error,
        Some(other) => {
            reader.unknown("severity", other, &tree.span, ["error", "warning", "note"]);
            Severity::Error
        }
    }
}

fn confidence(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Confidence> {
    let tree = fields.get("confidence")?;
    match reader.text(tree, "`confidence`")?.as_str() {
        "medium" => Some(Confidence::Medium),
        "low" => Some(Confidence::Low),
        other => {
            reader.unknown("confidence", other, &tree.span, ["medium", "low"]);
            reader.help("confidence is derived; an author may only lower it to `medium` or `low`");
            None
        }
    }
}

fn words(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str) -> Vec<String> {
    let texts = fields.get(key).map(|tree| reader.texts(tree, key)).unwrap_or_default();
    texts.into_iter().map(|(text, _)| text).collect()
}

fn docs(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<String> {
    let texts = fields.get("docs").map(|tree| reader.texts(tree, "`docs`")).unwrap_or_default();
    let mut docs = Vec::new();
    for (key, span) in texts {
        match links::url(&key) {
            Some(url) => docs.push(url),
            None => reader.unknown("documentation link", &key, &span, links::keys()),
        }
    }
    docs
}

/// Reads a list of signals by name.
fn listed(
    reader: &mut Reader<'_>,
    tree: &Tree<'_>,
    look_for: &[Entry<'_>],
    what: &str,
) -> Vec<usize> {
    let mut listed = Vec::new();
    for (name, span) in reader.texts(tree, what) {
        match look_for.iter().position(|entry| entry.key == name) {
            Some(index) => listed.push(index),
            None => {
                reader.unknown("signal", &name, &span, look_for.iter().map(|e| e.key.as_ref()));
            }
        }
    }
    listed
}

/// A rule id, or `{rule, same}`.
fn explains(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Explains> {
    let Some(tree) = fields.get("explains") else { return Vec::new() };
    let items = reader.items(tree, "`explains`");
    let mut explains = Vec::new();
    for item in items {
        if let tree::Node::Text(rule) = &item.node {
            explains.push(Explains { rule: rule.to_string(), ..Explains::default() });
            continue;
        }
        let fields = reader.fields(item, "`explains`", &["rule", "same", "where"]);
        let rule = reader.need(&fields, "rule", "`explains`");
        let rule = rule.and_then(|tree| reader.text(tree, "`rule`"));
        let same = words(reader, &fields, "same");
        let of = fields.get("where").map(|tree| told_values(reader, tree)).unwrap_or_default();
        explains.extend(rule.map(|rule| Explains { rule, same, of }));
    }
    explains
}

/// Reads kept values and what they are to be: `taint: [a, b]`.
fn told_values(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Vec<(String, Vec<String>)> {
    let entries = reader.map(tree, "`where`").entries().iter();
    let texts = |reader: &mut Reader<'_>, entry: &Entry<'_>| {
        let values = reader.texts(&entry.value, "a value").into_iter();
        values.map(|(text, _)| text).collect()
    };
    entries.map(|entry| (entry.key.to_string(), texts(reader, entry))).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_published_schema_knows_the_same_keys() {
        let schema: serde_json::Value = serde_json::from_str(crate::RULE_SCHEMA).unwrap();
        let published = schema["properties"].as_object().unwrap().keys().map(String::as_str);
        let mut keys = super::KEYS.to_vec();
        keys.sort_unstable();
        assert_eq!(published.collect::<Vec<_>>(), keys);
    }
}
