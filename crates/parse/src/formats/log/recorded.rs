//! Kubernetes events that a component writes into its log when it records them.
//!
//! ```text
//! Event(v1.ObjectReference{Kind:"Pod", Namespace:"shop", Name:"web-1", … FieldPath:""}): type: 'Warning' reason: 'FailedScheduling' 0/3 nodes …
//! "Event occurred" object="shop/web-1" fieldPath="" kind="Pod" … type="Warning" reason="FailedScheduling" message="0/3 nodes …"
//! ```

use kubetriage_model::{KubeEvent, ObjectRef};

use crate::prim::event_text::container;

/// Reads a message that tells of a recorded event.
pub(super) fn recorded(message: &str) -> Option<KubeEvent> {
    if message.contains(".ObjectReference{") { dumped(message) } else { structured(message) }
}

/// `Event(v1.ObjectReference{fields}): type: 'T' reason: 'R' message`, the form up to Kubernetes 1.19.
fn dumped(message: &str) -> Option<KubeEvent> {
    let (_, rest) = message.split_once(".ObjectReference{")?;
    let (fields, rest) = rest.split_once("}): type: '")?;
    let (kind, rest) = rest.split_once("' reason: '")?;
    let (reason, text) = rest.split_once("' ")?;
    let field = |name: &str| fields.split_once(name)?.1.split('"').next();
    event(
        (field("Kind:\""), field("Namespace:\""), field("Name:\"")),
        field("FieldPath:\""),
        (kind, reason, text),
    )
}

/// `Event occurred object=ns/name fieldPath=… kind=… type=… reason=… message=…`, the form since.
fn structured(message: &str) -> Option<KubeEvent> {
    let fields = message.strip_prefix("Event occurred ")?;
    let (fields, text) = fields.split_once(" message=").or_else(|| fields.split_once(" note="))?;
    let field = |name: &str| fields.split(' ').find_map(|part| part.strip_prefix(name));
    let object = field("object=")?;
    let (namespace, name) = object.rsplit_once('/').unwrap_or(("", object));
    event(
        (field("kind="), Some(namespace), Some(name)),
        field("fieldPath="),
        (field("type=")?, field("reason=")?, text),
    )
}

/// Kind, namespace and name of an object.
type Object<'t> = (Option<&'t str>, Option<&'t str>, Option<&'t str>);

fn event(
    (kind, namespace, name): Object<'_>,
    path: Option<&str>,
    (r#type, reason, text): (&str, &str, &str),
) -> Option<KubeEvent> {
    let given = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
    Some(KubeEvent {
        namespace: given(namespace),
        object: Some(ObjectRef { kind: given(kind), name: given(name)? }),
        container: path.and_then(container).map(str::to_owned),
        r#type: given(Some(r#type)),
        reason: given(Some(reason)),
        message: given(Some(text.trim())),
        ..KubeEvent::default()
    })
}

#[cfg(test)]
mod tests {
    use super::recorded;

    #[test]
    fn both_forms_say_the_same() {
        let dumped = "Event(v1.ObjectReference{Kind:\"Pod\", Namespace:\"shop\", Name:\"web-1\", UID:\"\", \
                      APIVersion:\"v1\", FieldPath:\"spec.containers{web}\"}): type: 'Warning' reason: 'BackOff' \
                      Back-off restarting failed container";
        let structured = "Event occurred object=shop/web-1 fieldPath=spec.containers{web} kind=Pod apiVersion=v1 \
                          type=Warning reason=BackOff message=Back-off restarting failed container";
        let event = recorded(dumped).unwrap();
        assert_eq!(event.object.as_ref().map(|object| object.name.as_str()), Some("web-1"));
        assert_eq!(event.container.as_deref(), Some("web"));
        assert_eq!(event.message.as_deref(), Some("Back-off restarting failed container"));
        assert_eq!(recorded(structured), Some(event));
    }

    #[test]
    fn other_messages_are_left_alone() {
        for message in
            ["Event occurred", "an event occurred object=a/b message=x", "ObjectReference{}"]
        {
            assert_eq!(recorded(message), None, "{message}");
        }
    }
}
