//! Events of `core/v1` and `events.k8s.io/v1`.

use kubetriage_model::{KubeEvent, ObjectRef};

use super::{Stated, meta};
use crate::emitter::Emitter;
use crate::formats::manifest::scalar::{Int, Text, int, text};
use crate::formats::manifest::schema::EventObject;
use crate::formats::manifest::source::Source;

/// States an event.
///
/// Source and host fall back to the reporting controller and instance, as kubectl prints them. A single
/// event without any count happened once.
pub(super) fn state(
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let event: EventObject = source.read()?;
    let mut metadata = event.metadata.unwrap_or_default();
    let involved = event.involved_object.unwrap_or_default();
    // An excerpt may lack the event's own name, which begins with that of its object.
    metadata.name =
        metadata.name.or_else(|| involved.name.as_ref().map(|name| Text(name.0.clone())));
    let Some(mut stated) = meta::stated(&mut metadata, true, source, out) else {
        return Ok(None);
    };
    stated.namespace = stated.namespace.or(text(involved.namespace));
    let from = event.source.unwrap_or_default();
    let series = event.series.unwrap_or_default();
    let first = text(event.first_timestamp).or_else(|| text(event.event_time));
    let last = text(series.last_observed_time).or_else(|| text(event.last_timestamp));
    let counted = |count: Option<Int>| int(count).filter(|count| *count > 0);
    let kube_event = KubeEvent {
        namespace: stated.namespace.clone(),
        container: text(involved.field_path).as_deref().and_then(container),
        object: Some(ObjectRef {
            kind: text(involved.kind),
            name: text(involved.name).unwrap_or_default(),
        }),
        r#type: text(event.r#type),
        reason: text(event.reason),
        message: text(event.message),
        source: text(from.component).or(text(event.reporting_component)),
        host: text(from.host).or(text(event.reporting_instance)),
        count: counted(series.count).or(counted(event.count)).or(Some(1)),
        last_seen: last.or_else(|| first.clone()),
        first_seen: first,
    };
    source.state(|| source.marks(MARKS.iter().copied()), kube_event, out);
    Ok(Some(stated))
}

/// Fields that evidence points at; the two API groups name some of them differently.
const MARKS: &[(&str, &str)] = &[
    ("message", "message"),
    ("message", "note"),
    ("reason", "reason"),
    ("type", "type"),
    ("object", "involvedObject.name"),
    ("object", "regarding.name"),
    ("count", "series.count"),
    ("count", "count"),
];

/// Returns the container that a field path names: `spec.initContainers{setup}`.
fn container(field_path: &str) -> Option<String> {
    let (list, rest) = field_path.strip_prefix("spec.")?.split_once('{')?;
    let name = rest.strip_suffix('}')?;
    list.to_ascii_lowercase().ends_with("containers").then(|| name.to_owned())
}
