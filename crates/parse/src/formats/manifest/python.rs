//! Objects in Python's notation, as the Azure Arc diagnoser dumps them: pods, statuses of deployments, events.
//!
//! The client writes its own names for the fields, and no kind; then the shape of an object tells what it is.

use kubetriage_model::NoteKind;
use serde_json::{Map, Value, json};

use super::coverage::{Listing, cover_object};
use super::outline::Outline;
use super::reader::Reader;
use super::section::Section;
use super::source::Raw;
use crate::context::Context;
use crate::prim::python::{self, Literal, kubernetes_name};
use crate::text::Line;

/// Lines read at first to find the end of an object; doubled until it is found.
const FIRST_LINES: usize = 1;
/// Most lines of one object.
const LONGEST: usize = 1 << 16;

/// Returns how many lines of objects start at the first line.
pub(super) fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let mut end = 0;
    while let Some(rest) = lines.get(end..) {
        let blank = rest.iter().take_while(|line| line.is_blank()).count();
        let rest = rest.get(blank..).unwrap_or_default();
        let Some((literal, length)) = literal(rest) else { break };
        if Shape::of(&literal.value, context).is_none() {
            break;
        }
        end += blank + length;
    }
    (end > 0).then_some(end)
}

/// Returns the object that starts at the first line, and the number of its lines.
fn literal(lines: &[Line<'_>]) -> Option<(Literal, usize)> {
    let first = lines.first()?.text.trim_start_matches('\u{feff}');
    (first.starts_with("{'") || first.starts_with("[{'")).then_some(())?;
    let mut most = FIRST_LINES;
    loop {
        let text = joined(lines.get(..most).unwrap_or(lines));
        let literal = python::read(&text, kubernetes_name)?;
        if !literal.cut || most >= lines.len().min(LONGEST) {
            let inside = text.get(..literal.end).unwrap_or(&text);
            let length = inside.matches('\n').count() + 1;
            return Some((literal, length.min(lines.len())));
        }
        most *= 8;
    }
}

fn joined(lines: &[Line<'_>]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    texts.join("\n").trim_start_matches('\u{feff}').to_owned()
}

/// States every object of the section.
pub(super) fn read(section: &Section<'_>, reader: &mut Reader<'_, '_, '_>) {
    let mut listing = Listing::default();
    let mut alone = None;
    let mut rest = section.lines;
    let mut count = 0;
    while !rest.is_empty() {
        let blank = rest.iter().take_while(|line| line.is_blank()).count();
        let body = rest.get(blank..).unwrap_or_default();
        let Some((found, length)) = literal(body) else { break };
        let lines = body.get(..length).unwrap_or_default();
        rest = body.get(length..).unwrap_or_default();
        listing.partial |= found.cut;
        if found.cut {
            let message = "the text ends inside this object; what stands before the end was read";
            reader.out.note(lines.last(), NoteKind::Truncated, message);
        }
        for object in objects(found, lines, reader.context) {
            count += 1;
            let Object { kind, raw, cut } = object;
            let stated = reader.object(raw, lines, Some(&kind));
            if let Some((kind, stated)) = stated {
                listing.add(&kind, stated.clone());
                alone = Some((kind, stated, !cut, lines));
            }
        }
    }
    match alone {
        Some((kind, stated, whole, lines)) if count == 1 && kind != "Event" => {
            cover_object(&kind, &stated, whole, lines, reader.out);
        }
        _ => listing.cover(section.lines, reader.context, reader.out),
    }
}

/// One object of a text.
struct Object {
    kind: String,
    raw: Raw<'static>,
    cut: bool,
}

/// Returns the objects of a value: itself, or the items of a list.
fn objects(literal: Literal, lines: &[Line<'_>], context: &Context<'_>) -> Vec<Object> {
    let Literal { mut value, keys, cut, .. } = literal;
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |at, line| {
            let start = *at;
            *at += line.text.len() + 1;
            Some(start)
        })
        .collect();
    let line_at = |byte: usize| starts.partition_point(|start| *start <= byte).saturating_sub(1);
    let outline = |prefix: &str, below: &str| {
        let own = keys.iter().filter_map(|(path, at)| Some((path.strip_prefix(prefix)?, *at)));
        Outline::of(own.map(|(path, at)| (format!("{below}{path}"), line_at(at))))
    };
    let items = value.get_mut("items").and_then(Value::as_array_mut).map(std::mem::take);
    let items = items.or_else(|| value.as_array_mut().map(std::mem::take));
    let in_items = value.is_object();
    let Some(items) = items else {
        let shape = Shape::of(&value, context);
        return shape
            .map(|shape| {
                let below = if shape.is_status() { "status." } else { "" };
                let outline = outline("", below);
                let (kind, value) = shape.whole(value);
                Object { kind, raw: Raw::Python { value, outline }, cut }
            })
            .into_iter()
            .collect();
    };
    let item = |(index, value): (usize, Value)| {
        let prefix = if in_items { format!("items.{index}.") } else { format!("{index}.") };
        let (kind, value) = Shape::of(&value, context)?.whole(value);
        Some(Object { kind, raw: Raw::Python { value, outline: outline(&prefix, "") }, cut })
    };
    items.into_iter().enumerate().filter_map(item).collect()
}

/// What an object is.
enum Shape {
    /// An object of this kind.
    Object(String),
    /// A list of objects.
    List,
    /// The status alone of the deployment of that name.
    Status { name: String, namespace: Option<String> },
}

impl Shape {
    fn of(value: &Value, context: &Context<'_>) -> Option<Self> {
        let Value::Object(object) = value else {
            let items = value.as_array()?;
            return items.iter().any(|item| kind_of(item).is_some()).then_some(Self::List);
        };
        if object.get("items").is_some_and(Value::is_array) {
            return Some(Self::List);
        }
        kind_of(value).map(Self::Object).or_else(|| status_of(object, context))
    }

    fn is_status(&self) -> bool {
        matches!(self, Self::Status { .. })
    }

    /// Returns the kind, and the object with what the text leaves out.
    fn whole(self, value: Value) -> (String, Value) {
        match self {
            Self::Object(kind) => (kind, value),
            Self::List => ("List".to_owned(), value),
            Self::Status { name, namespace } => {
                let metadata = json!({"name": name, "namespace": namespace});
                let object = json!({"metadata": metadata, "status": value});
                ("Deployment".to_owned(), object)
            }
        }
    }
}

/// Returns the kind that an object names, or has the shape of.
fn kind_of(value: &Value) -> Option<String> {
    let object = value.as_object()?;
    let metadata = object.get("metadata").filter(|metadata| metadata.is_object());
    if let Some(kind) = object.get("kind").and_then(Value::as_str) {
        return metadata.map(|_| kind.to_owned());
    }
    let has = |part: &str, key: &str| object.get(part)?.get(key).filter(|value| !value.is_null());
    metadata?;
    let kind = if object.contains_key("involvedObject") || object.contains_key("regarding") {
        "Event"
    } else if has("spec", "containers").is_some() {
        "Pod"
    } else if has("status", "nodeInfo").is_some() {
        "Node"
    } else if has("status", "currentNumberScheduled").is_some() {
        "DaemonSet"
    } else if has("spec", "serviceName").is_some() && has("spec", "template").is_some() {
        "StatefulSet"
    } else if has("spec", "template").is_some() && has("spec", "replicas").is_some() {
        "Deployment"
    } else {
        return None;
    };
    Some(kind.to_owned())
}

/// Recognizes the status of a deployment, in a file that is named after it.
fn status_of(object: &Map<String, Value>, context: &Context<'_>) -> Option<Shape> {
    const KEYS: &[&str] = &["availableReplicas", "observedGeneration", "updatedReplicas"];
    KEYS.iter().all(|key| object.contains_key(*key)).then_some(())?;
    let file = context.hint.path.rsplit(['/', '!']).next()?.trim();
    let name = file.strip_suffix(".txt").filter(|name| !name.is_empty())?;
    Some(Shape::Status { name: name.to_owned(), namespace: context.namespace() })
}
