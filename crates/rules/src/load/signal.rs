//! Lowers `look_for`: signals, their tests and what they keep.

use kubetriage_model::FAMILIES;

use super::reader::Reader;
use crate::signal::{
    AddressClass, As, FieldPath, FieldTest, From, Keep, Operand, Pattern, Signal, Test,
};
use crate::template::Template;
use crate::tree::{Entry, Node, Tree};

/// Operators of a test.
const OPERATORS: &[&str] = &[
    "is",
    "in",
    "has",
    "has_any",
    "has_all",
    "starts",
    "ends",
    "matches",
    "ip",
    "above",
    "below",
    "older_than",
    "exists",
    "missing",
    "not",
    "exact",
];

/// Reads one signal.
pub(super) fn signal(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Signal {
    let what = format!("signal `{}`", entry.key);
    let fields = reader.fields(&entry.value, &what, &["in", "about", "where", "keep", "hint"]);
    let kinds =
        reader.need(&fields, "in", &what).map(|tree| kinds(reader, tree)).unwrap_or_default();
    let about = fields.get("about").map(|tree| tests(reader, tree, &kinds)).unwrap_or_default();
    let choices = match fields.get("where") {
        Some(tree) => {
            let items = reader.items(tree, "`where`");
            items.iter().map(|tree| tests(reader, tree, &kinds)).collect()
        }
        None => vec![Vec::new()],
    };
    let mut signal = Signal {
        name: entry.key.to_string(),
        kinds,
        about,
        choices,
        keeps: Vec::new(),
        hint: Vec::new(),
    };
    if let Some(tree) = fields.get("keep") {
        for entry in reader.map(tree, "`keep`").entries() {
            let keep = keep(reader, entry, &signal.kinds);
            signal.keeps.extend(keep);
        }
    }
    keep_groups(&mut signal);
    if let Some(tree) = fields.get("hint") {
        signal.hint = reader.texts(tree, "`hint`").into_iter().map(|(text, _)| text).collect();
    }
    signal
}

fn kinds(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    for (name, span) in reader.texts(tree, "`in`") {
        match FAMILIES.iter().find(|family| family.name == name) {
            Some(family) => kinds.push(family.name),
            None => reader.unknown("event kind", &name, &span, FAMILIES.iter().map(|f| f.name)),
        }
    }
    kinds
}

/// Reads a map of field paths to tests.
fn tests(reader: &mut Reader<'_>, tree: &Tree<'_>, kinds: &[&'static str]) -> Vec<FieldTest> {
    let fields = reader.map(tree, "tests");
    if fields.entries().is_empty() {
        reader.wrong("empty", &tree.span, "there is no test".to_owned());
    }
    let mut tests = Vec::new();
    for entry in fields.entries() {
        let path = path(reader, &entry.key, &entry.span, kinds);
        let test = test(reader, &entry.value, kinds);
        tests.extend(path.zip(test).map(|(path, test)| FieldTest { path, test }));
    }
    tests
}

fn path(
    reader: &mut Reader<'_>,
    text: &str,
    span: &std::ops::Range<usize>,
    kinds: &[&'static str],
) -> Option<FieldPath> {
    let Some(path) = FieldPath::parse(text) else {
        reader.wrong("field_path", span, format!("`{text}` is no field path"));
        reader.help("write `field`, `field.part`, `labels.\"a.b/c\"` or `field|other`");
        return None;
    };
    for kind in kinds.iter().filter(|kind| !path.exists_in(kind)) {
        let family = FAMILIES.iter().find(|family| family.name == *kind);
        let fields = family.map_or(&[][..], |family| family.fields);
        let what = format!("field of `{kind}`");
        reader.unknown(&what, text, span, fields.iter().map(|f| f.name).chain(["object"]));
    }
    Some(path)
}

/// Reads a test: a value, a list of values or tests (any), or a map of operators (all).
fn test(reader: &mut Reader<'_>, tree: &Tree<'_>, kinds: &[&'static str]) -> Option<Test> {
    match &tree.node {
        Node::Map(_) => operators(reader, tree, kinds),
        Node::List(items) if items.iter().any(|item| matches!(item.node, Node::Map(_))) => {
            Some(Test::Any(items.iter().filter_map(|item| test(reader, item, kinds)).collect()))
        }
        _ => Some(Test::Is { any: words(reader, tree, "a value"), exact: false }),
    }
}

fn operators(reader: &mut Reader<'_>, tree: &Tree<'_>, kinds: &[&'static str]) -> Option<Test> {
    let fields = reader.fields(tree, "a test", OPERATORS);
    let exact = fields.get("exact").is_some_and(|tree| reader.flag(tree, "`exact`"));
    let entries = fields.entries().iter().filter(|entry| entry.key != "exact");
    let mut tests: Vec<_> =
        entries.filter_map(|entry| operator(reader, entry, exact, kinds)).collect();
    if tests.len() > 1 { Some(Test::All(tests)) } else { tests.pop() }
}

fn operator(
    reader: &mut Reader<'_>,
    entry: &Entry<'_>,
    exact: bool,
    kinds: &[&'static str],
) -> Option<Test> {
    let (key, value) = (entry.key.as_ref(), &entry.value);
    let what = format!("`{key}`");
    Some(match key {
        "is" | "in" => Test::Is { any: words(reader, value, &what), exact },
        "has" | "has_any" => Test::Has { any: words(reader, value, &what), exact },
        "has_all" => {
            let words = words(reader, value, &what).into_iter();
            Test::All(words.map(|word| Test::Has { any: vec![word], exact }).collect())
        }
        "starts" => Test::Starts { any: words(reader, value, &what), exact },
        "ends" => Test::Ends { any: words(reader, value, &what), exact },
        "matches" => {
            let patterns = reader.texts(value, &what).into_iter();
            let patterns = patterns.map(|(text, _)| Test::Matches(Pattern::new(&text, exact)));
            let mut patterns: Vec<_> = patterns.collect();
            if patterns.len() == 1 { patterns.pop()? } else { Test::Any(patterns) }
        }
        "ip" => Test::Ip(classes(reader, value)),
        "above" => Test::Above(operand(reader, value, kinds)?),
        "below" => Test::Below(operand(reader, value, kinds)?),
        "older_than" => Test::Older(duration(reader, value)?),
        "exists" => Test::Exists(reader.flag(value, &what)),
        "missing" => Test::Exists(!reader.flag(value, &what)),
        "not" => Test::Not(Box::new(test(reader, value, kinds)?)),
        _ => return None,
    })
}

fn words(reader: &mut Reader<'_>, tree: &Tree<'_>, what: &str) -> Vec<String> {
    reader.texts(tree, what).into_iter().map(|(text, _)| text).collect()
}

fn classes(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Vec<AddressClass> {
    let mut classes = Vec::new();
    for (text, span) in reader.texts(tree, "`ip`") {
        match AddressClass::parse(&text) {
            Some(class) => classes.push(class),
            None => reader.unknown(
                "class of addresses",
                &text,
                &span,
                ["private", "public", "loopback", "link-local", "cgnat"],
            ),
        }
    }
    classes
}

/// A time as kubectl prints ages: `30m`, `48h`, `2d`; `0s` stands for the moment of the capture.
fn duration(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Option<i64> {
    let text = reader.text(tree, "`older_than`")?;
    let seconds = crate::facts::age(&text);
    if seconds.is_none() {
        reader.wrong("duration", &tree.span, format!("`{text}` is no time such as 30m, 48h or 2d"));
    }
    seconds
}

/// A number, or `{field: path}`.
fn operand(reader: &mut Reader<'_>, tree: &Tree<'_>, kinds: &[&'static str]) -> Option<Operand> {
    if !matches!(tree.node, Node::Map(_)) {
        return reader.number(tree, "the other side").map(Operand::Number);
    }
    let fields = reader.fields(tree, "the other side", &["field"]);
    let field = reader.need(&fields, "field", "the other side")?;
    let text = reader.text(field, "`field`")?;
    path(reader, &text, &field.span, kinds).map(Operand::Field)
}

/// Reads `name: path`, `name: {from | of, matches, as}` or `name: {words: text}`.
fn keep(reader: &mut Reader<'_>, entry: &Entry<'_>, kinds: &[&'static str]) -> Option<Keep> {
    let name = &entry.key;
    let items = reader.items(&entry.value, &format!("kept value `{name}`"));
    let ways = items.iter().filter_map(|tree| kept(reader, name, tree, kinds));
    // The first way that an event offers counts; a shape is that of the last.
    ways.reduce(|mut all, mut next| {
        all.from.append(&mut next.from);
        Keep { shape: next.shape, ..all }
    })
}

/// One way to a kept value: a field, `{from, matches, as}`, `{of, as}` or `{words}`.
fn kept(
    reader: &mut Reader<'_>,
    name: &str,
    tree: &Tree<'_>,
    kinds: &[&'static str],
) -> Option<Keep> {
    let name = name.to_owned();
    if !matches!(tree.node, Node::Map(_)) {
        let text = reader.text(tree, "a kept field")?;
        let path = path(reader, &text, &tree.span, kinds)?;
        return Some(Keep { name, from: vec![From::Field(path)], shape: As::Text });
    }
    let what = format!("kept value `{name}`");
    let fields = reader.fields(tree, &what, &["from", "of", "matches", "as", "words"]);
    let shape = fields.get("as").map_or(As::Text, |tree| shape(reader, tree));
    if let Some(words) = fields.get("words") {
        let words = Template::parse(&reader.text(words, "`words`")?);
        return Some(Keep { name, from: vec![From::Words(words)], shape });
    }
    if let Some(of) = fields.get("of") {
        let of = reader.text(of, "`of`")?;
        return Some(Keep { name, from: vec![From::Kept(of)], shape });
    }
    let from = reader.need(&fields, "from", &what)?;
    let text = reader.text(from, "`from`")?;
    let path = path(reader, &text, &from.span, kinds)?;
    let from = match fields.get("matches") {
        None => vec![From::Field(path)],
        Some(tree) => {
            let patterns = reader.texts(tree, "`matches`").into_iter();
            let group = |(text, _): (String, _)| From::Group {
                path: path.clone(),
                pattern: Pattern::new(&text, false),
                group: name.clone(),
            };
            patterns.map(group).collect()
        }
    };
    Some(Keep { name, from, shape })
}

fn shape(reader: &mut Reader<'_>, tree: &Tree<'_>) -> As {
    let Some(name) = reader.text(tree, "`as`") else { return As::Text };
    let found = As::NAMES.iter().find(|(known, _)| *known == name);
    if found.is_none() {
        reader.unknown("shape", &name, &tree.span, As::NAMES.iter().map(|(name, _)| *name));
    }
    found.map_or(As::Text, |(_, shape)| *shape)
}

/// Named groups of tests are kept by themselves, before what `keep` derives from them.
fn keep_groups(signal: &mut Signal) {
    let mut groups: Vec<Keep> = Vec::new();
    for test in signal.about.iter().chain(signal.choices.iter().flatten()) {
        for pattern in test.test.patterns() {
            for group in pattern.groups() {
                let from = From::Group {
                    path: test.path.clone(),
                    pattern: pattern.clone(),
                    group: group.clone(),
                };
                match groups.iter_mut().find(|keep| keep.name == group) {
                    Some(keep) => keep.from.push(from),
                    None => groups.push(Keep { name: group, from: vec![from], shape: As::Text }),
                }
            }
        }
    }
    for mut keep in std::mem::take(&mut signal.keeps) {
        match groups.iter_mut().find(|group| group.name == keep.name) {
            Some(group) => group.from.append(&mut keep.from),
            None => groups.push(keep),
        }
    }
    signal.keeps = groups;
}
