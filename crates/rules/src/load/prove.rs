//! Reads the cases of `prove`, from the file as written: they are not embedded in the built-in form.

use kubetriage_model::Verdict;

use super::reader::Reader;
use crate::error::LoadError;
use crate::tree::{self, Entry, Node, Tree};

/// One case: files, and what the rule says about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) files: Vec<(String, String)>,
    pub(crate) expected: Expected,
}

/// What a case expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) answer: Answer,
    /// Values that a finding keeps.
    pub(crate) keep: Vec<(String, String)>,
    /// `file:line` of evidence.
    pub(crate) lines: Vec<String>,
    /// Signals or kinds that are missing.
    pub(crate) missing: Vec<String>,
    /// Number of findings, if it matters.
    pub(crate) findings: Option<usize>,
}

/// The answers that a rule can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Fires(Verdict),
    NotAssessed,
    /// No finding and no open question.
    Clear,
}

impl Answer {
    /// The words of rule files.
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("confirmed", Self::Fires(Verdict::Confirmed)),
        ("likely", Self::Fires(Verdict::Likely)),
        ("healed", Self::Fires(Verdict::Healed)),
        ("not_assessed", Self::NotAssessed),
        ("clear", Self::Clear),
    ];
}

/// Returns the cases of a rule file.
///
/// # Errors
/// Returns every problem of the cases.
pub(crate) fn cases(file: &str, text: &str) -> Result<Vec<Case>, Vec<LoadError>> {
    let mut reader = Reader::new(file, text);
    let Ok(tree) = tree::from_yaml(text) else { return Ok(Vec::new()) };
    let cases = cases_of(&mut reader, &tree);
    if reader.problems.is_empty() { Ok(cases) } else { Err(reader.problems) }
}

/// Reads the cases of a rule's tree.
pub(super) fn cases_of(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Vec<Case> {
    let Node::Map(entries) = &tree.node else { return Vec::new() };
    let Some(prove) = entries.iter().find(|entry| entry.key == "prove") else { return Vec::new() };
    let items = reader.items(&prove.value, "`prove`");
    items.iter().filter_map(|item| case(reader, item)).collect()
}

fn case(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Option<Case> {
    let fields = reader.fields(tree, "a case", &["name", "files", "expect"]);
    let name = reader.need(&fields, "name", "a case")?;
    let name = reader.text(name, "`name`")?;
    let files = reader.need(&fields, "files", "a case")?;
    let files = reader.map(files, "`files`").entries();
    let text = |entry: &Entry<'_>| match &entry.value.node {
        Node::Text(text) => Some((entry.key.to_string(), text.to_string())),
        _ => None,
    };
    let files = files.iter().filter_map(text).collect();
    let expect = reader.need(&fields, "expect", "a case")?;
    Some(Case { name, files, expected: expected(reader, expect)? })
}

fn expected(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Option<Expected> {
    let nothing = |answer| Expected {
        answer,
        keep: Vec::new(),
        lines: Vec::new(),
        missing: Vec::new(),
        findings: None,
    };
    if !matches!(tree.node, Node::Map(_)) {
        return answer(reader, tree).map(nothing);
    }
    let keys = ["verdict", "keep", "lines", "missing", "findings"];
    let fields = reader.fields(tree, "`expect`", &keys);
    let verdict = reader.need(&fields, "verdict", "`expect`")?;
    let mut expected = nothing(answer(reader, verdict)?);
    if let Some(keep) = fields.get("keep") {
        for entry in reader.map(keep, "`keep`").entries() {
            let value = reader.text(&entry.value, "a kept value")?;
            expected.keep.push((entry.key.to_string(), value));
        }
    }
    let list = |reader: &mut Reader<'_>, key: &str| {
        let texts = fields.get(key).map(|tree| reader.texts(tree, key)).unwrap_or_default();
        texts.into_iter().map(|(text, _)| text).collect()
    };
    expected.lines = list(reader, "lines");
    expected.missing = list(reader, "missing");
    let findings = fields.get("findings").and_then(|tree| reader.number(tree, "`findings`"));
    expected.findings = findings.and_then(|number| usize::try_from(number).ok());
    Some(expected)
}

fn answer(reader: &mut Reader<'_>, tree: &Tree<'_>) -> Option<Answer> {
    let name = reader.text(tree, "the expected verdict")?;
    let found = Answer::NAMES.iter().find(|(known, _)| *known == name);
    if found.is_none() {
        reader.unknown("verdict", &name, &tree.span, Answer::NAMES.iter().map(|(name, _)| *name));
    }
    found.map(|(_, answer)| *answer)
}
