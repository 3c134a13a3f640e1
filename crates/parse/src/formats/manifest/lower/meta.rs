//! What all objects have: names, owners, labels, conditions.

use std::collections::BTreeMap;

use kubetriage_model::{Condition, NoteKind, ObjectRef};

use super::Stated;
use crate::emitter::Emitter;
use crate::formats::manifest::scalar::text;
use crate::formats::manifest::schema::{ConditionEntry, Meta, Named, Owner, Texts, Toleration};
use crate::formats::manifest::source::Source;

/// Returns who the object is, `None` for one without a usable name.
///
/// `has_status` says that the object carries a status of its own, which only a cluster writes.
pub(super) fn stated(
    meta: &mut Meta,
    has_status: bool,
    source: &Source<'_>,
    out: &mut Emitter<'_>,
) -> Option<Stated> {
    let name = text(meta.name.take()).or_else(|| text(meta.generate_name.take()))?;
    if name.contains("{{") {
        source.note(NoteKind::Info, "the text is a template that was not rendered", out);
        return None;
    }
    let stamps = [&meta.uid, &meta.creation_timestamp, &meta.resource_version];
    let stamped = stamps.into_iter().flatten().any(|stamp| !stamp.0.is_empty());
    let observed = has_status || stamped;
    // Whatever a cluster hands out names its namespace; the surroundings have nothing to add.
    Some(Stated { namespace: text(meta.namespace.take()), name, observed })
}

/// Returns the controlling owner.
pub(super) fn owner(owners: Option<Vec<Owner>>) -> Option<ObjectRef> {
    let owner = owners?
        .into_iter()
        .find(|owner| owner.controller.is_some_and(|controller| controller.0))?;
    Some(ObjectRef { kind: text(owner.kind), name: text(owner.name)? })
}

/// Returns named texts, empty values included.
pub(super) fn texts(texts: Option<Texts>) -> BTreeMap<String, String> {
    let value = |value: Option<_>| value.map(|text: crate::formats::manifest::scalar::Text| text.0);
    texts
        .unwrap_or_default()
        .into_iter()
        .map(|(key, text)| (key, value(text).unwrap_or_default()))
        .collect()
}

/// Returns the names of references, empty ones left out.
pub(super) fn names(named: Option<Vec<Named>>) -> Vec<String> {
    named.unwrap_or_default().into_iter().filter_map(|named| text(named.name)).collect()
}

/// Returns tolerations as kubectl describe prints them: `key=value:Effect op=Exists for 300s`.
pub(super) fn tolerations(tolerations: Option<Vec<Toleration>>) -> Vec<String> {
    tolerations.unwrap_or_default().into_iter().map(toleration).collect()
}

fn toleration(toleration: Toleration) -> String {
    let value = text(toleration.value);
    let exists = toleration.operator.is_some_and(|operator| operator.0 == "Exists");
    let mut shown = text(toleration.key).unwrap_or_default();
    if let Some(value) = &value {
        shown.push('=');
        shown.push_str(value);
    }
    if let Some(effect) = text(toleration.effect) {
        shown.push(':');
        shown.push_str(&effect);
    }
    if exists && value.is_none() {
        shown.push_str(if shown.is_empty() { "op=Exists" } else { " op=Exists" });
    }
    if let Some(seconds) = toleration.toleration_seconds {
        shown.push_str(" for ");
        shown.push_str(&seconds.0.to_string());
        shown.push('s');
    }
    shown
}

/// Conditions by type, in the three views that the families have.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// Type to status.
    pub(super) status: BTreeMap<String, String>,
    /// Type to reason, where there is one.
    pub(super) reasons: BTreeMap<String, String>,
    /// Type to message, where there is one.
    pub(super) messages: BTreeMap<String, String>,
    /// Index of the condition that tells most: the first that is not as it should be.
    pub(super) telling: Option<usize>,
}

/// Reads conditions; `wanted` says which status of which type is as it should be.
pub(super) fn conditions(
    entries: Option<Vec<ConditionEntry>>,
    wanted: fn(&str) -> &'static str,
) -> Conditions {
    let mut conditions = Conditions::default();
    for (index, entry) in entries.unwrap_or_default().into_iter().enumerate() {
        let Some(name) = text(entry.r#type) else { continue };
        let status = text(entry.status).unwrap_or_default();
        if conditions.telling.is_none() && status != wanted(&name) {
            conditions.telling = Some(index);
        }
        if let Some(reason) = text(entry.reason) {
            conditions.reasons.insert(name.clone(), reason);
        }
        if let Some(message) = text(entry.message) {
            conditions.messages.insert(name.clone(), message);
        }
        conditions.status.insert(name, status);
    }
    conditions
}

/// Returns paths for the marks of the condition that tells what is wrong, if there is one.
pub(super) fn telling_paths(telling: Option<usize>) -> Vec<(&'static str, String)> {
    let Some(index) = telling else { return Vec::new() };
    let at = |key| format!("status.conditions.{index}.{key}");
    vec![("conditions", at("status")), ("reasons", at("reason")), ("messages", at("message"))]
}

impl Conditions {
    /// Returns the conditions as records.
    pub(super) fn records(mut self) -> BTreeMap<String, Condition> {
        let record = |(name, status): (String, String)| {
            let reason = self.reasons.remove(&name);
            let message = self.messages.remove(&name);
            let status = Some(status).filter(|status| !status.is_empty());
            (name, Condition { status, reason, message })
        };
        self.status.into_iter().map(record).collect()
    }

    /// Returns paths for the marks of the telling condition.
    pub(super) fn paths(&self) -> Vec<(&'static str, String)> {
        telling_paths(self.telling)
    }
}

/// Returns the marks of those `paths` that the object has.
pub(super) fn marks(
    source: &Source<'_>,
    fixed: &[(&'static str, &str)],
    found: &[(&'static str, String)],
) -> Vec<kubetriage_model::Mark> {
    let found = found.iter().map(|(field, path)| (*field, path.as_str()));
    source.marks(fixed.iter().copied().chain(found))
}
