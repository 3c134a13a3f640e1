//! Events described as objects (`kubectl describe events`), of both API groups.
//!
//! Printed field by field in the order of the alphabet, like a custom resource; the message stands raw.

use kubetriage_model::{KubeEvent, ObjectRef};

use super::kind::Described;
use super::label::{given, labeled};
use super::outline::Outline;
use super::pod::{fields_at, raw};
use crate::emitter::Emitter;
use crate::prim::event_text;

/// Fields and the labels of `v1` and of `events.k8s.io`.
const MARKED: &[(&str, &str)] = &[
    ("reason", "Reason"),
    ("message", "Message"),
    ("message", "Note"),
    ("object", "Involved Object"),
    ("object", "Regarding"),
    ("type", "Type"),
    ("count", "Count"),
    ("last_seen", "Last Timestamp"),
];

/// States the event.
pub(super) fn state(object: &Described<'_, '_>, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let first =
        |labels: &[&str]| labels.iter().find_map(|label| outline.value(label)).and_then(given);
    let inside = |blocks: &[&str], label: &str| {
        blocks.iter().find_map(|block| within(outline, block, label)).and_then(given)
    };
    let about = &["Involved Object", "Regarding"];
    let from = &["Source", "Deprecated Source"];
    let message = ["Message", "Note"].iter().find_map(|label| outline.field(label)).and_then(raw);
    let counted = inside(&["Series"], "Count").or_else(|| first(&["Count", "Deprecated Count"]));
    let event = KubeEvent {
        namespace: object.namespace.clone(),
        object: inside(about, "Name").map(|name| ObjectRef { kind: inside(about, "Kind"), name }),
        container: inside(about, "Field Path")
            .and_then(|path| event_text::container(&path).map(str::to_owned)),
        r#type: first(&["Type"]),
        reason: first(&["Reason"]),
        message,
        source: inside(from, "Component")
            .or_else(|| first(&["Reporting Component", "Reporting Controller"])),
        host: inside(from, "Host").or_else(|| first(&["Reporting Instance"])),
        count: counted.and_then(|count| count.parse().ok()),
        first_seen: first(&["First Timestamp", "Deprecated First Timestamp", "Event Time"]),
        last_seen: inside(&["Series"], "Last Observed Time")
            .or_else(|| first(&["Last Timestamp", "Deprecated Last Timestamp", "Event Time"])),
    };
    out.marked(outline.body(), fields_at(outline, MARKED), event);
    // An event has no events of its own.
    out.used(outline.lines);
}

/// Returns the value of `label` below the field called `block`.
fn within<'t>(outline: &Outline<'_, 't>, block: &str, label: &str) -> Option<&'t str> {
    let below = outline.field(block)?.below();
    let found = below.iter().filter_map(|line| labeled(line.trimmed()));
    found.filter(|(own, _)| *own == label).map(|(_, value)| value).next()
}
