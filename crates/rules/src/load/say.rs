//! Lowers what a rule tells: title, cause, fixes, verification, subject, commands.

use super::reader::Reader;
use crate::rule::{Collect, FixText, Say, SubjectText};
use crate::template::Template;
use crate::tree::Tree;

/// Reads `say`.
pub(super) fn say(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Say {
    let fields = reader.fields(tree, "`say`", &["title", "cause", "fix", "verify"]);
    let title = reader.need(&fields, "title", "`say`");
    let titles = title.map(|tree| texts(reader, tree, "`title`")).unwrap_or_default();
    let cause = reader.need(&fields, "cause", "`say`");
    let causes = cause.map(|tree| texts(reader, tree, "`cause`")).unwrap_or_default();
    let fix = reader.need(&fields, "fix", "`say`");
    let fixes = fix.map(|tree| reader.items(tree, "`fix`")).unwrap_or_default();
    let mut fixes: Vec<_> = fixes.iter().map(|tree| one_fix(reader, tree)).collect();
    fixes.sort_by_key(|fix| !fix.recommended);
    let verify = reader.need(&fields, "verify", "`say`");
    let verify = verify.map(|tree| texts(reader, tree, "`verify`")).unwrap_or_default();
    Say { titles, causes, fixes, verify }
}

fn one_fix(reader: &mut Reader<'_>, tree: &Tree<'_>) -> FixText {
    let fields = reader.fields(
        tree,
        "a fix",
        &["title", "when", "recommended", "steps", "commands", "manifest"],
    );
    let title =
        reader.need(&fields, "title", "a fix").and_then(|tree| text(reader, tree, "`title`"));
    let list = |reader: &mut Reader<'_>, key: &str| {
        fields.get(key).map(|tree| texts(reader, tree, key)).unwrap_or_default()
    };
    FixText {
        title: title.unwrap_or_default(),
        when: fields.get("when").map(|tree| names(reader, tree)).unwrap_or_default(),
        recommended: fields
            .get("recommended")
            .is_some_and(|tree| reader.flag(tree, "`recommended`")),
        steps: list(reader, "steps"),
        commands: list(reader, "commands"),
        manifest: fields.get("manifest").and_then(|tree| text(reader, tree, "`manifest`")),
    }
}

/// Reads `subject`.
pub(super) fn subject(reader: &mut Reader<'_>, tree: &Tree<'_>) -> SubjectText {
    let fields = reader.fields(tree, "`subject`", &["kind", "namespace", "name"]);
    let mut part = |key: &str| fields.get(key).and_then(|tree| text(reader, tree, key));
    SubjectText { kind: part("kind"), namespace: part("namespace"), name: part("name") }
}

/// Reads `collect`: a command, or several, for each event kind.
pub(super) fn collect(
    reader: &mut Reader<'_>,
    tree: &Tree<'_>,
    kinds: &[&'static str],
) -> Vec<Collect> {
    let mut collect = Vec::new();
    for entry in reader.map(tree, "`collect`").entries() {
        if !kinds.contains(&entry.key.as_ref()) {
            let what = "event kind of this rule";
            reader.unknown(what, &entry.key, &entry.span, kinds.iter().copied());
        }
        let commands = texts(reader, &entry.value, "a command");
        collect.push(Collect { kind: entry.key.to_string(), commands });
    }
    collect
}

fn text(reader: &mut Reader<'_>, tree: &Tree<'_>, what: &str) -> Option<Template> {
    reader.text(tree, what).map(|text| Template::parse(text.trim_end()))
}

fn names(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Vec<String> {
    reader.texts(tree, "`when`").into_iter().map(|(name, _)| name).collect()
}

fn texts(reader: &mut Reader<'_>, tree: &Tree<'_>, what: &str) -> Vec<Template> {
    let texts = reader.texts(tree, what).into_iter();
    texts.map(|(text, _)| Template::parse(text.trim_end())).collect()
}
