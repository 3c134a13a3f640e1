//! JSON: documents one after the other, lists item by item.

use std::borrow::Cow;
use std::ops::Range;

use kubetriage_model::NoteKind;

use super::coverage::{Listing, cover_object};
use super::reader::Reader;
use super::section::Section;
use super::source::Raw;
use crate::prim::json_scan::{Step, Walk, skip_blanks, value_end};

/// What is known of a document beside its items.
#[derive(Debug, Default)]
struct Envelope {
    kind: Option<String>,
    paged: bool,
}

/// States everything in the section.
pub(super) fn read(section: &Section<'_>, reader: &mut Reader<'_, '_, '_>) {
    let text: &str = &section.text;
    let mut position = 0;
    loop {
        position = skip_blanks(text, position);
        match text.as_bytes().get(position) {
            None => return,
            Some(b'{') => position = object(section, position, reader),
            Some(b'[') => position = bare_list(section, position, reader),
            // Noise between documents: the rest of its line is not ours.
            Some(_) => {
                let rest = text.as_bytes().get(position..).unwrap_or_default();
                position += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
        }
    }
}

/// Returns the bracket with which the items of a list open, and their kind where the list names it.
pub(super) fn list_head(head: &str) -> Option<(usize, Option<String>)> {
    let start = skip_blanks(head, 0);
    if head.as_bytes().get(start) != Some(&b'{') {
        return None;
    }
    let mut envelope = Envelope::default();
    for step in Walk::new(head, start).leaving_open("items") {
        match step {
            Step::Item { key, value } => envelope.learn(key, head.get(value).unwrap_or_default()),
            Step::Open { start: open } if !envelope.is_single() => {
                let first = skip_blanks(head, open + 1);
                let kind = envelope.item_kind();
                let told = kind.is_some() || says_kind(head, first);
                return (told && head.as_bytes().get(first) == Some(&b'{')).then_some((open, kind));
            }
            _ => return None,
        }
    }
    None
}

/// True when the object at `start` says of what kind it is.
fn says_kind(text: &str, start: usize) -> bool {
    Walk::new(text, start).any(|step| matches!(step, Step::Item { key: "kind", .. }))
}

/// Reads one part of a list, as [`super::list_part`] tells; returns the byte behind what belongs to the list, and
/// whether all of it is there.
pub(super) fn part(
    section: &Section<'_>,
    (bracket, last): (Option<usize>, bool),
    kind: Option<String>,
    reader: &mut Reader<'_, '_, '_>,
) -> (usize, bool) {
    let text: &str = &section.text;
    let mut listing = Listing::of(kind);
    let mut at = bracket.map_or(0, |bracket| bracket + 1);
    if let Some(bracket) = bracket {
        listing.partial = before_items(text).paged;
        reader.out.used(section.lines_of(&(0..bracket + 1)));
    }
    loop {
        at = skip_blanks(text, at);
        match (text.as_bytes().get(at), value_end(text, at)) {
            (None, _) if !last => break,
            (Some(b']'), _) => {
                at = behind_items(section, at + 1, &mut listing, reader);
                break;
            }
            (Some(_), Some(end)) => {
                item(section, at..end, &mut listing, reader);
                at = end;
            }
            (None, _) | (Some(_), None) => {
                note_cut(section, at.min(text.len().saturating_sub(1)), reader);
                listing.partial = true;
                at = text.len();
                break;
            }
        }
    }
    let whole = !listing.partial;
    close(section, &(0..at), listing, reader);
    (at, whole)
}

/// Reads what a list says in front of its items.
fn before_items(text: &str) -> Envelope {
    let mut envelope = Envelope::default();
    for step in Walk::new(text, skip_blanks(text, 0)).leaving_open("items") {
        let Step::Item { key, value } = step else { break };
        envelope.learn(key, text.get(value).unwrap_or_default());
    }
    envelope
}

/// Reads what a list says behind its items, which ended before `at`; returns the byte behind the list.
fn behind_items(
    section: &Section<'_>,
    at: usize,
    listing: &mut Listing,
    reader: &mut Reader<'_, '_, '_>,
) -> usize {
    let text: &str = &section.text;
    let mut envelope = Envelope::default();
    let mut end = text.len();
    for step in Walk::inside_object(text, at) {
        match step {
            Step::Item { key, value } => envelope.learn(key, text.get(value).unwrap_or_default()),
            Step::End(behind) => end = behind,
            Step::Cut { start, .. } => {
                note_cut(section, start.min(text.len().saturating_sub(1)), reader);
                listing.partial = true;
            }
            Step::Open { .. } => {}
        }
    }
    listing.partial |= envelope.paged;
    reader.out.used(section.lines_of(&(at.saturating_sub(1)..end)));
    end
}

/// Reads one document; returns the byte behind it.
fn object(section: &Section<'_>, start: usize, reader: &mut Reader<'_, '_, '_>) -> usize {
    let text: &str = &section.text;
    let mut walk = Walk::new(text, start).leaving_open("items");
    let mut envelope = Envelope::default();
    let mut list: Option<Listing> = None;
    let mut behind_items = start;
    while let Some(step) = walk.next() {
        match step {
            Step::Item { key, value } => envelope.learn(key, text.get(value).unwrap_or_default()),
            Step::Open { start: open } => {
                if list.is_some() || envelope.is_single() {
                    walk.resume(value_end(text, open).unwrap_or(text.len()));
                    continue;
                }
                let kind = envelope.item_kind().or_else(|| later_kind(text, start, open));
                reader.out.used(section.lines_of(&(start..open + 1)));
                let listing = list.insert(Listing::of(kind));
                let Some(end) = items(section, open, listing, reader) else {
                    return cut(section, start, list, reader);
                };
                behind_items = end - 1;
                walk.resume(end);
            }
            Step::Cut { start: at, .. } => {
                note_cut(section, at, reader);
                return cut(section, start, list, reader);
            }
            Step::End(end) => {
                if list.is_some() {
                    reader.out.used(section.lines_of(&(behind_items..end)));
                }
                finish(section, &(start..end), &envelope, list, reader);
                return end;
            }
        }
    }
    text.len()
}

impl Envelope {
    fn learn(&mut self, key: &str, value: &str) {
        match key {
            "kind" => self.kind = Some(value.trim_matches('"').to_owned()),
            "metadata" => {
                let mut members = Walk::new(value, 0);
                self.paged |= members.any(|step| match step {
                    Step::Item { key: "continue", value: range } => {
                        value.get(range).is_some_and(|token| token.len() > 2 && token != "null")
                    }
                    _ => false,
                });
            }
            _ => {}
        }
    }

    /// True for an object of a kind of its own that happens to have `items`.
    fn is_single(&self) -> bool {
        self.kind.as_deref().is_some_and(|kind| !kind.ends_with("List"))
    }

    /// Returns the kind of the items that the list is named after.
    fn item_kind(&self) -> Option<String> {
        item_kind(self.kind.as_deref()?)
    }
}

/// `PodList` holds pods; `List` holds anything.
pub(super) fn item_kind(list: &str) -> Option<String> {
    list.strip_suffix("List").filter(|kind| !kind.is_empty()).map(str::to_owned)
}

/// Returns the kind that a list names behind its items, when these do not name theirs.
fn later_kind(text: &str, start: usize, open: usize) -> Option<String> {
    let first = skip_blanks(text, open + 1);
    let own = says_kind(text, first);
    if own || text.as_bytes().get(first) != Some(&b'{') {
        return None;
    }
    let mut rest = Walk::new(text, start);
    rest.resume(value_end(text, open)?);
    let mut envelope = Envelope::default();
    for step in rest {
        if let Step::Item { key: key @ "kind", value } = step {
            envelope.learn(key, text.get(value).unwrap_or_default());
        }
    }
    envelope.item_kind()
}

/// Reads the items of the array at `open`; returns the byte behind it, `None` when the text is cut.
fn items(
    section: &Section<'_>,
    open: usize,
    listing: &mut Listing,
    reader: &mut Reader<'_, '_, '_>,
) -> Option<usize> {
    for step in Walk::new(&section.text, open) {
        match step {
            Step::Item { value, .. } => item(section, value, listing, reader),
            Step::Cut { start, .. } => {
                note_cut(section, start, reader);
                listing.partial = true;
                return None;
            }
            Step::End(end) => return Some(end),
            Step::Open { .. } => {}
        }
    }
    None
}

fn item(
    section: &Section<'_>,
    value: Range<usize>,
    listing: &mut Listing,
    reader: &mut Reader<'_, '_, '_>,
) {
    let lines = section.lines_of(&value);
    let own = section.part_of_line(&value);
    let lines = own.as_ref().map_or(lines, std::slice::from_ref);
    let text = section.text.get(value).unwrap_or_default();
    if text.starts_with('{') {
        reader.item(Raw::Json(Cow::Borrowed(text)), lines, listing);
    } else if text != "null" {
        reader.out.note(lines.first(), NoteKind::Malformed, "expected an object as item of a list");
    }
}

/// Reads an array of objects, as older support bundles have instead of lists.
fn bare_list(section: &Section<'_>, start: usize, reader: &mut Reader<'_, '_, '_>) -> usize {
    let text: &str = &section.text;
    let mut listing = Listing::default();
    let end = items(section, start, &mut listing, reader);
    listing.kind = reader.hinted_kind();
    let range = start..end.unwrap_or(text.len());
    reader.out.used(section.lines_of(&(start..start + 1)));
    reader.out.used(section.lines_of(&(range.end.saturating_sub(1)..range.end)));
    close(section, &range, listing, reader);
    range.end
}

fn finish(
    section: &Section<'_>,
    range: &Range<usize>,
    envelope: &Envelope,
    list: Option<Listing>,
    reader: &mut Reader<'_, '_, '_>,
) {
    if let Some(mut listing) = list {
        listing.partial |= envelope.paged;
        listing.kind = envelope.item_kind().or(listing.kind);
        close(section, range, listing, reader);
        return;
    }
    let lines = section.lines_of(range);
    if envelope.kind.as_deref() == Some("List") || envelope.item_kind().is_some() {
        // `"items": null`, as Go writes an empty list.
        let listing = Listing::of(envelope.item_kind());
        close(section, range, listing, reader);
        return;
    }
    let text = section.text.get(range.clone()).unwrap_or_default();
    let raw = Raw::Json(Cow::Borrowed(text));
    if let Some((kind, stated)) = reader.object(raw, lines, envelope.kind.as_deref()) {
        cover_object(&kind, &stated, true, lines, reader.out);
    }
}

/// Ends a document that is cut: what was whole has been stated.
fn cut(
    section: &Section<'_>,
    start: usize,
    list: Option<Listing>,
    reader: &mut Reader<'_, '_, '_>,
) -> usize {
    let end = section.text.len();
    if let Some(mut listing) = list {
        listing.partial = true;
        listing.cover(section.lines_of(&(start..end)), reader.context, reader.out);
    }
    end
}

fn note_cut(section: &Section<'_>, at: usize, reader: &mut Reader<'_, '_, '_>) {
    let line = section.lines.get(section.line_at(at));
    let message = "the text ends inside this object; what stands whole before it was read";
    reader.out.note(line, NoteKind::Truncated, message);
}

fn close(
    section: &Section<'_>,
    range: &Range<usize>,
    listing: Listing,
    reader: &mut Reader<'_, '_, '_>,
) {
    let lines = section.lines_of(range);
    listing.cover(lines, reader.context, reader.out);
}
