//! YAML: documents one after the other, lists item by item, each item read on its own.

use std::ops::Range;

use kubetriage_model::NoteKind;
use serde_json::Value;

use super::coverage::{Listing, cover_object};
use super::json::item_kind;
use super::reader::{Reader, plain};
use super::section::Section;
use super::source::Raw;
use super::yaml;
use crate::prim::yaml_docs::{documents, is_filler, is_item, is_marker, items, key_value};
use crate::text::Line;

/// What the top level of a document says.
#[derive(Debug, Default)]
struct Top {
    api_version: Option<String>,
    kind: Option<String>,
    metadata: bool,
    /// True for a list that the server handed out in pages.
    paged: bool,
    /// Line of `items:`, with its value.
    items: Option<(usize, Items)>,
}

/// How the items of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Items {
    /// One `- ` for each.
    Block,
    /// `[]` or nothing.
    None,
    /// `[{…}]`.
    Flow,
}

/// States everything in the section.
pub(super) fn read(section: &Section<'_>, reader: &mut Reader<'_, '_, '_>) {
    for line in section.lines.iter().filter(|line| is_marker(line.text) || is_filler(line.text)) {
        reader.out.used(std::slice::from_ref(line));
    }
    for range in documents(section.lines) {
        document(section, range, reader);
    }
}

fn document(section: &Section<'_>, range: Range<usize>, reader: &mut Reader<'_, '_, '_>) {
    let lines = section.lines.get(range.clone()).unwrap_or_default();
    let skip = lines.iter().position(|line| !is_filler(line.text)).unwrap_or(0);
    let range = range.start + skip..range.end;
    let lines = lines.get(skip..).unwrap_or_default();
    if lines.first().is_some_and(|line| is_item(line.text)) {
        let mut listing = Listing::default();
        block(section, &range, true, &mut listing, reader);
        listing.kind = reader.hinted_kind();
        listing.cover(lines, reader.context, reader.out);
        return;
    }
    let top = Top::read(lines);
    let list = top.kind.as_deref().is_none_or(|kind| kind.ends_with("List"));
    match top.items {
        Some((at, items)) if list => self::list(section, &range, &top, (at, items), reader),
        _ if top.kind.is_some() && (top.api_version.is_some() || top.metadata) => {
            single(section, &range, &top, reader);
        }
        _ => {}
    }
}

/// Reads a document of one object.
fn single(section: &Section<'_>, range: &Range<usize>, top: &Top, reader: &mut Reader<'_, '_, '_>) {
    let lines = trimmed(section.lines.get(range.clone()).unwrap_or_default());
    let text = section.text_of(range);
    let stated = reader.object(Raw::Yaml(text), lines, None);
    if let Some((kind, stated)) = stated {
        cover_object(&kind, &stated, true, lines, reader.out);
    } else if let Some(name) = top.kind.as_deref().and_then(item_kind) {
        let listing = Listing::of(Some(name));
        listing.cover(lines, reader.context, reader.out);
    }
}

/// Reads a list; its own lines count as understood.
fn list(
    section: &Section<'_>,
    range: &Range<usize>,
    top: &Top,
    (at, form): (usize, Items),
    reader: &mut Reader<'_, '_, '_>,
) {
    let lines = section.lines.get(range.clone()).unwrap_or_default();
    let kind = top.kind.as_deref().and_then(item_kind);
    let mut listing = Listing::of(kind);
    listing.partial = top.paged;
    let frame = |line: &&Line<'_>| line.indent() == 0 && !is_item(line.text);
    lines.iter().filter(frame).for_each(|line| reader.out.used(std::slice::from_ref(line)));
    // `metadata` of the list, where it stands in front of the items.
    reader.out.used(lines.get(..at).unwrap_or_default());
    match form {
        Items::Block => {
            let first = range.start + at + 1;
            let whole = top.kind.is_some();
            let end = block(section, &(first..range.end), whole, &mut listing, reader);
            let tail = section.lines.get(end..range.end).unwrap_or_default();
            reader.out.used(tail);
        }
        Items::Flow => flow(section, range, &mut listing, reader),
        Items::None => {}
    }
    listing.cover(lines, reader.context, reader.out);
}

/// Reads block items; returns the line behind the last one.
///
/// kubectl prints the kind of a list behind its items: where it is missing, the text is cut, and the last
/// item with it.
fn block(
    section: &Section<'_>,
    range: &Range<usize>,
    whole: bool,
    listing: &mut Listing,
    reader: &mut Reader<'_, '_, '_>,
) -> usize {
    let lines = section.lines.get(range.clone()).unwrap_or_default();
    let skip = lines.iter().position(|line| !is_filler(line.text)).unwrap_or(0);
    let start = range.start + skip;
    let mut found = items(lines.get(skip..).unwrap_or_default());
    let end = start + found.last().map_or(0, |item| item.end);
    if !whole && let Some(last) = found.pop() {
        listing.partial = true;
        let message = "the text ends inside this list; its last item was left out";
        reader.out.note(section.lines.get(start + last.start), NoteKind::Truncated, message);
    }
    for item in found {
        let item = start + item.start..start + item.end;
        let lines = section.lines.get(item.clone()).unwrap_or_default();
        reader.item(Raw::YamlItem(section.text_of(&item)), lines, listing);
    }
    end
}

/// Reads a list in flow style, which cannot be cut by lines.
fn flow(
    section: &Section<'_>,
    range: &Range<usize>,
    listing: &mut Listing,
    reader: &mut Reader<'_, '_, '_>,
) {
    let lines = section.lines.get(range.clone()).unwrap_or_default();
    let items = yaml::read::<Value>(section.text_of(range))
        .map(|mut value| value.get_mut("items").map(Value::take));
    match items {
        Ok(Some(Value::Array(items))) => {
            for item in items {
                reader.item(Raw::Value(item), lines, listing);
            }
        }
        Ok(_) => {}
        Err(error) => {
            listing.partial = true;
            let message = format!("the list could not be read: {error}");
            reader.out.note(lines.first(), NoteKind::Malformed, &message);
        }
    }
}

/// Lines without the blank ones and comments at their end.
fn trimmed<'a, 't>(lines: &'a [Line<'t>]) -> &'a [Line<'t>] {
    let end = lines.iter().rposition(|line| !is_filler(line.text)).map_or(0, |at| at + 1);
    lines.get(..end).unwrap_or_default()
}

impl Top {
    fn read(lines: &[Line<'_>]) -> Self {
        let mut top = Self::default();
        let mut parent = "";
        for (index, line) in lines.iter().enumerate() {
            if is_filler(line.text) || is_item(line.text) {
                continue;
            }
            let text = line.text.trim_start_matches('\u{feff}');
            let inner = line.indent() > 0;
            if inner && parent != "metadata" {
                continue;
            }
            let Some((key, value)) = key_value(text) else { continue };
            if inner {
                top.paged |= key == "continue" && plain(value).is_some();
                continue;
            }
            parent = key;
            match key {
                "apiVersion" => top.api_version = plain(value),
                "kind" => top.kind = plain(value),
                "metadata" => top.metadata = true,
                "items" => top.items = Some((index, form(value, lines.get(index + 1..)))),
                _ => {}
            }
        }
        top
    }
}

fn form(value: &str, below: Option<&[Line<'_>]>) -> Items {
    let next = below.unwrap_or_default().iter().find(|line| !is_filler(line.text));
    match plain(value).as_deref() {
        None if next.is_some_and(|line| is_item(line.text)) => Items::Block,
        None | Some("[]" | "null" | "~") => Items::None,
        Some(_) => Items::Flow,
    }
}
