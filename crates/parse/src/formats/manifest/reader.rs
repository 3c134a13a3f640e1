//! One object after the other: which kind it is, what is stated of it, what goes wrong with it.

use kubetriage_model::NoteKind;

use super::coverage::Listing;
use super::lower::{self, Stated};
use super::source::{Raw, Source};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::json_scan::{Step, Walk};
use crate::prim::kind::api_kind;
use crate::prim::yaml_docs::key_value;
use crate::text::Line;

/// Groups whose kinds are spelled like those of the core but are something else: audit log entries.
const FOREIGN_GROUPS: &[&str] = &["audit.k8s.io"];

/// States objects.
pub(super) struct Reader<'r, 'e, 'c> {
    /// Where statements go.
    pub(super) out: &'r mut Emitter<'e>,
    /// The surroundings of the section.
    pub(super) context: &'r Context<'c>,
}

/// Kind and group of an object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// `kind`.
    pub(super) kind: Option<String>,
    /// `apiVersion`.
    pub(super) api_version: Option<String>,
}

impl Reader<'_, '_, '_> {
    /// States one object; `known` is the kind its list gives it. Returns what it is, if it could be read.
    pub(super) fn object(
        &mut self,
        raw: Raw<'_>,
        lines: &[Line<'_>],
        known: Option<&str>,
    ) -> Option<(String, Stated)> {
        let head = match known {
            Some(kind) => Head { kind: Some(kind.to_owned()), api_version: None },
            None => head(&raw, lines),
        };
        let group = head.api_version.as_deref().unwrap_or_default().split('/').next();
        if group.is_some_and(|group| FOREIGN_GROUPS.contains(&group)) {
            return None;
        }
        let Some(kind) = head.kind.or_else(|| self.hinted_kind()) else {
            self.out.note(lines.first(), NoteKind::Malformed, "expected an object with a kind");
            return None;
        };
        let mut source = Source::new(raw, lines);
        match lower::state(&kind, &mut source, self.out) {
            Ok(stated) => {
                self.out.used(lines);
                if source.repaired {
                    let message = "commas before closing brackets were left out";
                    source.note(NoteKind::Repaired, message, self.out);
                }
                stated.map(|stated| (kind, stated))
            }
            Err(error) => {
                let trouble = Trouble::new(&kind, &error, &source);
                let line = lines.get(trouble.line).or(lines.first());
                self.out.note(line, trouble.class, &trouble.message);
                None
            }
        }
    }

    /// States one object of a list.
    pub(super) fn item(&mut self, raw: Raw<'_>, lines: &[Line<'_>], listing: &mut Listing) {
        let known = listing.kind.clone();
        if let Some((kind, stated)) = self.object(raw, lines, known.as_deref()) {
            listing.add(&kind, stated);
        } else {
            listing.partial = true;
        }
    }

    /// Returns the kind that the command or the path names, for lists whose items do not say.
    pub(super) fn hinted_kind(&self) -> Option<String> {
        let asked = self.context.command.and_then(|command| command.resource.as_deref());
        let kind = asked.and_then(api_kind).or_else(|| kind_of_path(&self.context.hint.path));
        kind.map(str::to_owned)
    }
}

/// Returns the kind that the file or its folder is named after (`cluster-resources/pods/web.json`).
pub(super) fn kind_of_path(path: &str) -> Option<&'static str> {
    let mut parts = path.rsplit('/');
    let stem = parts.next().and_then(|file| file.split('.').next()).unwrap_or_default();
    let long = |word: &str| if word.len() > 3 { api_kind(&word.replace('-', "")) } else { None };
    long(stem).or_else(|| parts.next().and_then(long))
}

/// What is wrong with an object.
struct Trouble {
    class: NoteKind,
    message: String,
    /// Line within the object (0-based).
    line: usize,
}

impl Trouble {
    fn new(kind: &str, error: &str, source: &Source<'_>) -> Self {
        if let Some(line) = source.lines.iter().position(|line| line.text.contains("{{")) {
            let message = "the text is a template that was not rendered".to_owned();
            return Self { class: NoteKind::Info, message, line };
        }
        let lower = error.to_ascii_lowercase();
        let limit = ["budget", "limit", "alias", "depth"].iter().any(|word| lower.contains(word));
        let class = if limit { NoteKind::Limit } else { NoteKind::Malformed };
        let (error, place) = split_place(error.lines().next().unwrap_or_default());
        let error: String = error.chars().take(200).collect();
        let message = format!("the {kind} could not be read: {error}");
        Self { class, message, line: place.unwrap_or(1).saturating_sub(1) }
    }
}

/// Takes `at line 4 column 71`, which counts within the object, off a reader's message.
fn split_place(error: &str) -> (&str, Option<usize>) {
    let Some((message, place)) = error.rsplit_once(" at line ") else {
        return (error, None);
    };
    let digits = place.find(|c: char| !c.is_ascii_digit()).unwrap_or(place.len());
    (message, place.get(..digits).and_then(|digits| digits.parse().ok()))
}

/// Returns what the object says it is, without reading all of it.
pub(super) fn head(raw: &Raw<'_>, lines: &[Line<'_>]) -> Head {
    match raw {
        Raw::Json(text) => json_head(text),
        Raw::Yaml(_) | Raw::YamlItem(_) => yaml_head(lines),
        Raw::Value(value) | Raw::Python { value, .. } => {
            let text = |key| value.get(key).and_then(|v| v.as_str()).map(str::to_owned);
            Head { kind: text("kind"), api_version: text("apiVersion") }
        }
    }
}

fn json_head(text: &str) -> Head {
    let mut head = Head::default();
    for step in Walk::new(text, 0) {
        let Step::Item { key, value } = step else { break };
        let target = match key {
            "kind" => &mut head.kind,
            "apiVersion" => &mut head.api_version,
            _ => continue,
        };
        *target = text.get(value).map(|value| value.trim_matches('"').to_owned());
        if head.kind.is_some() && head.api_version.is_some() {
            break;
        }
    }
    head
}

fn yaml_head(lines: &[Line<'_>]) -> Head {
    let mut head = Head::default();
    let Some(depth) = lines.iter().find_map(|line| key_depth(line.text)) else {
        return head;
    };
    for line in lines {
        if key_depth(line.text) != Some(depth) {
            continue;
        }
        let text = line.text.trim_start().trim_start_matches("- ");
        match key_value(text) {
            Some(("kind", value)) => head.kind = plain(value),
            Some(("apiVersion", value)) => head.api_version = plain(value),
            _ => {}
        }
    }
    head
}

/// The column in which a line's own key starts, behind the `-` of an item.
fn key_depth(text: &str) -> Option<usize> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = text.trim_start();
    if rest.is_empty() || rest.starts_with('#') || rest == "-" {
        return None;
    }
    let own = rest.strip_prefix("- ").map_or(rest, str::trim_start);
    Some(text.len() - own.len())
}

/// A scalar without quotes and comment, `None` when it is empty.
pub(super) fn plain(value: &str) -> Option<String> {
    let value = value.split(" #").next().unwrap_or(value).trim();
    let value = value.trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}
