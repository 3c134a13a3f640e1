//! JSON documents of Azure: where they end, and which kind of thing they show.

use kubetriage_model::{NoteKind, Scope};
use serde_json::{Map, Value};

use super::{
    broken, cluster, connected, credential, envelope, extension, flux, identity, registry, role,
};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::python;
use crate::text::Line;

/// Most lines of one document; a cluster with a hundred node pools has a few thousand.
const LONGEST: usize = 200_000;
/// Deepest nesting: the reader of JSON takes no more.
const DEEPEST: usize = 127;
/// Lines at the top in which a Kubernetes object names its kind.
const TOP: usize = 6;
/// Keys that only the things read here have.
const KEYS: &[&str] = &[
    "\"extensionType\"",
    "\"agentPoolProfiles\"",
    "\"roleDefinitionId\"",
    "\"roleDefinitionName\"",
    "\"loginServer\"",
    "\"nodeTaints\"",
    "\"connectivityStatus\"",
    "\"complianceState\"",
    "\"endDateTime\"",
    "\"endDate\"",
    "\"userAssignedIdentities\"",
    "\"details\"",
    "\"error\"",
];

/// Where a document lies: its lines, and the lines of its elements when it is an array.
struct Extent {
    length: usize,
    elements: Vec<(usize, usize)>,
}

/// Returns the length of the document that starts at the first line, if it is one of Azure's.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text;
    if first.trim_end() == "[]" && role::asked(context) {
        return Some(1);
    }
    if first.starts_with("{'") {
        return of_python(first).filter(is_ours).map(|_| 1);
    }
    if !first.starts_with(['{', '[']) || is_of_kubernetes(lines) {
        return None;
    }
    let Some(found) = extent(lines) else {
        return if is_too_deep(lines) { None } else { broken::length(lines) };
    };
    let own = lines.get(..found.length)?;
    let known = own.iter().any(|line| has_key(line.text));
    (known && value(own).is_some_and(|value| is_ours(&value))).then_some(found.length)
}

/// True for a line with a key that only the things read here have.
pub(super) fn has_key(text: &str) -> bool {
    KEYS.iter().any(|key| text.contains(key))
}

fn is_of_kubernetes(lines: &[Line<'_>]) -> bool {
    let top = lines.iter().take(TOP);
    // A Flux configuration tells the kinds of what it made in the cluster.
    if top.clone().any(|line| line.text.contains("\"complianceState\"")) {
        return false;
    }
    top.clone().any(|line| {
        line.text.contains("\"apiVersion\": \"") || line.text.contains("\"apiVersion\":\"")
    }) || top
        .clone()
        .any(|line| line.text.contains("\"AgentName\"") || line.text.contains("\"kind\""))
}

/// Finds the end of the document by its brackets; a bracket at the start of a later line is the next document.
fn extent(lines: &[Line<'_>]) -> Option<Extent> {
    let mut depth = 0_usize;
    let mut elements = Vec::new();
    let mut open = 0;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        // An element stands there only when a page reader took the margins away.
        let above = index.checked_sub(1).and_then(|above| lines.get(above));
        let within = above.is_none_or(|above| above.text.trim_end().ends_with(['[', ',', ':']));
        if !within && line.text.starts_with(['{', '[']) {
            return None;
        }
        for opening in changes(line.text) {
            depth = if opening { depth + 1 } else { depth.checked_sub(1)? };
            match (opening, depth) {
                (true, 2) => open = index,
                (false, 1) => elements.push((open, index)),
                (false, 0) => return Some(Extent { length: index + 1, elements }),
                _ if depth > DEEPEST => return None,
                _ => {}
            }
        }
    }
    None
}

/// True when brackets nest deeper than any document that can be read: each of their lines may start one, which must
/// not be looked for to the end of the text.
fn is_too_deep(lines: &[Line<'_>]) -> bool {
    let mut depth = 0_usize;
    lines.iter().take(LONGEST).flat_map(|line| changes(line.text)).any(|opening| {
        depth = if opening { depth + 1 } else { depth.saturating_sub(1) };
        depth > DEEPEST
    })
}

/// Returns the brackets of one line outside strings, true for opening ones.
fn changes(text: &str) -> impl Iterator<Item = bool> {
    let mut quoted = false;
    let mut escaped = false;
    text.bytes().filter_map(move |byte| {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            return None;
        }
        quoted = byte == b'"';
        match byte {
            b'{' | b'[' => Some(true),
            b'}' | b']' => Some(false),
            _ => None,
        }
    })
}

/// Reads the document; one whose strings a page broke over several lines is joined again.
fn value(lines: &[Line<'_>]) -> Option<Value> {
    if let Some(first) = lines.first().filter(|line| line.text.starts_with("{'")) {
        return of_python(first.text);
    }
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    serde_json::from_str(&text.join("\n"))
        .ok()
        .or_else(|| broken::join(&text))
        .or_else(|| broken::whole(lines))
}

/// Reads a resource that a program of the Azure command line dumped: the Arc diagnoser does so, on one line.
fn of_python(text: &str) -> Option<Value> {
    python::read(text, python::azure_name).map(|literal| literal.value)
}

pub(super) fn is_ours(value: &Value) -> bool {
    things(value).iter().any(|thing| Kind::of(thing).is_some())
}

/// Returns the things a document shows: itself, its elements, or those of its `value`.
fn things(value: &Value) -> Vec<&Map<String, Value>> {
    let list = match value {
        Value::Array(list) => Some(list),
        Value::Object(object) => object.get("value").and_then(Value::as_array),
        _ => None,
    };
    match list {
        Some(list) => list.iter().filter_map(Value::as_object).collect(),
        None => value.as_object().into_iter().collect(),
    }
}

/// What a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Extension,
    Cluster,
    Connected,
    Pool,
    Registry,
    Role,
    Identity,
    Flux,
    Secret,
    Error,
}

impl Kind {
    fn of(thing: &Map<String, Value>) -> Option<Self> {
        let has = |key: &str| member(thing, key).is_some();
        if has("extensionType") && has("provisioningState") {
            Some(Self::Extension)
        } else if has("agentPoolProfiles") {
            Some(Self::Cluster)
        } else if has("connectivityStatus") && has("agentVersion") {
            Some(Self::Connected)
        } else if has("vmSize") && has("osType") && has("nodeTaints") {
            Some(Self::Pool)
        } else if has("roleDefinitionId") && has("scope") {
            Some(Self::Role)
        } else if has("loginServer") && (has("adminUserEnabled") || thing.contains_key("sku")) {
            Some(Self::Registry)
        } else if identity::is_one(thing) {
            Some(Self::Identity)
        } else if has("complianceState") && has("statuses") && has("sourceKind") {
            Some(Self::Flux)
        } else if has("keyId") && (has("endDateTime") || has("endDate")) {
            Some(Self::Secret)
        } else {
            envelope::is_error(thing).then_some(Self::Error)
        }
    }
}

/// States every thing that the document shows.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(value) = value(lines) else {
        return out.note(lines.first(), NoteKind::Malformed, "this JSON could not be read");
    };
    let list = value.is_array();
    if broken::is_cut(lines) {
        out.note(
            lines.last(),
            NoteKind::Truncated,
            "this JSON ends in the middle: what stands whole is read",
        );
    }
    let elements = extent(lines).map(|found| found.elements).unwrap_or_default();
    let things = things(&value);
    let pools: Vec<_> =
        things.iter().copied().filter(|thing| Kind::of(thing) == Some(Kind::Pool)).collect();
    if !pools.is_empty() {
        out.event(lines, cluster::of_pools(&pools));
    }
    let cut = broken::is_cut(lines);
    let roles = things.iter().filter(|thing| Kind::of(thing) == Some(Kind::Role));
    let scopes: Vec<_> = roles.filter_map(|thing| text(thing, "scope")).collect();
    if list && !cut && (!scopes.is_empty() || role::asked(context)) {
        role::cover(lines, scopes.iter().map(String::as_str), context, out);
    }
    for (index, thing) in things.into_iter().enumerate() {
        let span = elements.get(index).filter(|_| list);
        let own = span.and_then(|(from, to)| lines.get(*from..=*to)).unwrap_or(lines);
        match Kind::of(thing) {
            Some(Kind::Extension) => out.event(own, extension::read(thing)),
            Some(Kind::Cluster) => out.event(own, cluster::read(thing)),
            Some(Kind::Connected) => out.event(own, connected::read(thing)),
            Some(Kind::Registry) => out.event(own, registry::read(thing)),
            Some(Kind::Role) => out.event(own, role::read(thing)),
            Some(Kind::Identity) => {
                for identity in identity::read(thing, context.command) {
                    out.event(own, identity);
                }
                out.coverage(own, "machine_identity", None, Scope::Cluster, !cut);
            }
            Some(Kind::Flux) => {
                for object in flux::read(thing) {
                    out.event(own, object);
                }
            }
            Some(Kind::Secret) => out.event(own, credential::read(thing, context.command)),
            Some(Kind::Error) => out.event(own, envelope::read(thing)),
            Some(Kind::Pool) | None => {}
        }
    }
}

/// Returns a member that is not null, of the thing itself or of its `properties` (the form of the wire).
pub(super) fn member<'v>(thing: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    let own = thing.get(key).filter(|value| !value.is_null());
    let wire = thing.get("properties").and_then(|properties| properties.get(key));
    own.or(wire).filter(|value| !value.is_null())
}

/// Returns a text member, not empty.
pub(super) fn text(thing: &Map<String, Value>, key: &str) -> Option<String> {
    member(thing, key).and_then(as_text)
}

/// Returns a value as text: strings as they are, numbers and truth values printed.
pub(super) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Returns a truth value.
pub(super) fn flag(thing: &Map<String, Value>, key: &str) -> Option<bool> {
    member(thing, key).and_then(Value::as_bool)
}

/// Returns the text at a path of objects.
pub(super) fn deep(thing: &Map<String, Value>, key: &str, path: &[&str]) -> Option<String> {
    let mut value = member(thing, key)?;
    for step in path {
        value = value.get(step)?;
    }
    as_text(value)
}
