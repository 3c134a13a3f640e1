//! Kubernetes objects as JSON and YAML.
//!
//! # Printed by
//! `kubectl get … -o json|yaml` (one object, `kind: List`), `kubectl get --raw` and `kubectl cluster-info
//! dump` (`PodList` and its like), `helm get manifest` and `helm template`, must-gather, troubleshoot.sh
//! (lists, in older bundles bare arrays), Rancher bundles. Any number of documents may follow each other.
//!
//! ```text
//! apiVersion: v1                     {
//! items:                                 "apiVersion": "v1",
//! - apiVersion: v1                       "items": [
//!   kind: Pod                                {
//!   metadata:                                    "apiVersion": "v1",
//!     name: web-5c9d                             "kind": "Pod",
//! ```
//!
//! # What becomes which event
//! | kind | events |
//! |---|---|
//! | `Pod` | `pod`, and `container` for each of its containers; STATUS, READY and RESTARTS as the server prints them |
//! | `Event` of both groups | `kube_event` |
//! | `Node` | `node` |
//! | `Deployment`, `ReplicaSet`, `StatefulSet`, `DaemonSet`, `Job` | `workload` |
//! | `ConfigMap`, `Secret` | `config_map`, `secret` (names, type and registry hosts, never values) |
//! | `Status` with a failure | `kubectl_error` |
//! | any other | `object`, its fields flat |
//!
//! Objects that somebody means to apply (no status, no server stamps) state what they ask for and no state,
//! and cover nothing. Every event spans the lines of its object; marks point at the telling fields.
//!
//! # How
//! The outer structure is found without reading values ([`json_scan`](crate::prim::json_scan),
//! [`yaml_docs`](crate::prim::yaml_docs)), then each object is read by itself into a partial struct. So a
//! broken object costs itself and a note, a cut text gives all objects before the cut, and memory does not
//! grow with the list.
//!
//! # Tolerations (QUIRKS)
//! - null and missing are the same; numbers may be text and text may be numbers; of equal keys the last counts
//! - trailing commas (noted as repaired), byte order mark, noise between documents
//! - a cut list covers less than all; the last item of a cut YAML list is left out, since it may be cut too
//! - unrendered templates (`{{ … }}`) are noted, not read
//! - `***HIDDEN***` values are noted as scrubbed
//! - objects that a Python client printed (`{'metadata': …}`), with its names for the fields
//!
//! Skipped: JSON and YAML that names no API version (values files, Azure output), audit logs.

mod claim;
mod collector_errors;
mod coverage;
mod documents;
mod json;
mod loose;
mod lower;
mod outline;
mod python;
mod reader;
mod scalar;
mod schema;
mod section;
mod source;
mod yaml;

use kubetriage_model::NoteKind;

use self::reader::Reader;
use self::section::Section;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// Returns how many lines of indented JSON of objects start at the first of `lines`, `None` when none do.
pub(crate) fn json_lines(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text.trim_end();
    matches!(first, "{" | "[").then(|| claim::json(lines, false)).flatten()
}

/// Returns how many lines of YAML of objects start at the first of `lines`, `None` when none do.
pub(crate) fn yaml_lines(lines: &[Line<'_>]) -> Option<usize> {
    claim::yaml(lines)
}

/// Returns the byte of the bracket with which the items of a JSON list open that `head` starts with, and the kind
/// that the list gives them; `None` when there is no such list, or nothing in front of an item says what it is.
pub(crate) fn list_head(head: &str) -> Option<(usize, Option<String>)> {
    json::list_head(head)
}

/// States the objects of one part of a JSON list: the items that stand whole on `lines`. The part begins with
/// the list, whose items open at byte `bracket`, or with an item; `last` is true for the part with which the text
/// ends. Returns how many lines belong to the list, and whether all of it is there.
pub(crate) fn list_part(
    lines: &[Line<'_>],
    (bracket, last): (Option<usize>, bool),
    kind: Option<String>,
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) -> (usize, bool) {
    let section = Section::new(lines, out);
    let hidden = memchr::memmem::find(section.text.as_bytes(), HIDDEN.as_bytes());
    let mut reader = Reader { out, context };
    let (end, whole) = json::part(&section, (bracket, last), kind, &mut reader);
    note_hidden(hidden, &section, out);
    (section.line_behind(end), whole)
}

fn note_hidden(at: Option<usize>, section: &Section<'_>, out: &mut Emitter<'_>) {
    if let Some(at) = at {
        let line = section.lines.get(section.line_at(at));
        out.note(line, NoteKind::Scrubbed, "values were replaced by ***HIDDEN***");
    }
}

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "manifest", claim, parse };

/// What troubleshoot.sh writes for a value that it took out.
const HIDDEN: &str = "***HIDDEN***";

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text.trim_start_matches('\u{feff}');
    if collector_errors::is_path(&context.hint.path) {
        return collector_errors::claim(lines);
    }
    if first.starts_with("{'") || first.starts_with("[{'") {
        return python::claim(lines, context);
    }
    match first.as_bytes().first()? {
        b'{' | b'[' => claim::json(lines, claim::is_hinted(context)),
        b'a'..=b'z' | b'-' | b'#' | b'%' | b'"' => claim::yaml(lines),
        _ => None,
    }
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if collector_errors::is_path(&context.hint.path) {
        collector_errors::parse(lines, context, out);
        return;
    }
    let section = Section::new(lines, out);
    let hidden = memchr::memmem::find(section.text.as_bytes(), HIDDEN.as_bytes());
    let start = section.text.trim_start_matches('\u{feff}');
    let is_python = start.starts_with("{'") || start.starts_with("[{'");
    let is_json = start.starts_with(['{', '[']);
    let mut reader = Reader { out, context };
    if is_python {
        python::read(&section, &mut reader);
    } else if is_json {
        json::read(&section, &mut reader);
    } else {
        documents::read(&section, &mut reader);
    }
    note_hidden(hidden, &section, out);
}
