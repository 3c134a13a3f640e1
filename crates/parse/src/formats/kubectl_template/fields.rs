//! Which field of a statement holds what a path selects.

use std::collections::BTreeMap;

use kubetriage_model::{Container, Data, KubeEvent, Node, ObjectRef, Pod};

use super::Value;
use super::template::CONDITIONS;

/// States what the values of one line say of an object of `kind`, which the command may name.
pub(super) fn state(
    kind: &str,
    values: &[Value<'_>],
    name: Option<&str>,
    around: Option<String>,
) -> Vec<Data> {
    let field = |path: &str| {
        let value = values.iter().find(|(own, _)| own == path).map(|(_, value)| *value)?;
        Some(value.to_owned())
            .filter(|value| !matches!(value.as_str(), "" | "<no value>" | "<none>"))
    };
    let namespace = field("metadata.namespace").or(around);
    let name = field("metadata.name").or_else(|| name.map(str::to_owned));
    match kind {
        "Event" => event(&field, namespace).into_iter().collect(),
        "Node" => name.map(|name| node(values, &field, name)).into_iter().collect(),
        _ => name.map(|name| pod(values, &field, (namespace, name))).unwrap_or_default(),
    }
}

/// Returns the value under a path, if the line has one.
type Get<'f> = &'f dyn Fn(&str) -> Option<String>;

fn event(field: Get<'_>, namespace: Option<String>) -> Option<Data> {
    let name = field("involvedObject.name").or_else(|| field("regarding.name"))?;
    let kind = field("involvedObject.kind").or_else(|| field("regarding.kind"));
    let event = KubeEvent {
        namespace: field("involvedObject.namespace").or(namespace),
        object: Some(ObjectRef { kind, name }),
        r#type: field("type"),
        reason: field("reason"),
        message: field("message").or_else(|| field("note")),
        source: field("source.component").or_else(|| field("reportingComponent")),
        host: field("source.host"),
        count: field("count").and_then(|count| count.parse().ok()),
        first_seen: field("firstTimestamp"),
        last_seen: field("lastTimestamp").or_else(|| field("eventTime")),
        ..KubeEvent::default()
    };
    (event.message.is_some() || event.reason.is_some()).then(|| event.into())
}

/// Returns name and member of each condition that the values tell: `conditions.Ready.status`.
fn conditions<'v>(
    values: &'v [Value<'_>],
    member: &'v str,
) -> impl Iterator<Item = (String, String)> + 'v {
    values.iter().filter_map(move |(path, value)| {
        let (name, own) = path.strip_prefix("status.conditions.")?.split_once('.')?;
        (own == member && !value.is_empty()).then(|| (name.to_owned(), (*value).to_owned()))
    })
}

/// Returns types and status of conditions that stand one behind the other: `DiskPressure=False;Ready=True;`.
fn listed(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let words = text.split([';', ',', ' ', '\t', '|']);
    words.filter_map(|word| {
        let (name, status) = word.split_once(['=', ':'])?;
        let known = matches!(status, "True" | "False" | "Unknown");
        known.then(|| (name.to_owned(), status.to_owned()))
    })
}

fn node(values: &[Value<'_>], field: Get<'_>, name: String) -> Data {
    let all = field(CONDITIONS).unwrap_or_default();
    let told: BTreeMap<_, _> = conditions(values, "status").chain(listed(&all)).collect();
    Node {
        name,
        ready: told.get("Ready").map(|status| status == "True"),
        conditions: told,
        reasons: conditions(values, "reason").collect(),
        messages: conditions(values, "message").collect(),
        version: field("status.nodeInfo.kubeletVersion"),
        runtime: field("status.nodeInfo.containerRuntimeVersion"),
        unschedulable: field("spec.unschedulable").map(|value| value == "true"),
        ..Node::default()
    }
    .into()
}

fn pod(
    values: &[Value<'_>],
    field: Get<'_>,
    (namespace, name): (Option<String>, String),
) -> Vec<Data> {
    let messages: BTreeMap<_, _> = conditions(values, "message").collect();
    // A condition of a pod has a message only while it does not hold.
    let unmet = messages.keys().map(|name| (name.clone(), "False".to_owned()));
    let pod = Pod {
        namespace: namespace.clone(),
        name: name.clone(),
        phase: field("status.phase"),
        reason: field("status.reason"),
        message: field("status.message"),
        // The server prints the reason of the phase as the status.
        status: field("status.reason")
            .or_else(|| field("status.phase"))
            .filter(|word| word != "Running"),
        node: field("spec.nodeName"),
        ip: field("status.podIP"),
        qos: field("status.qosClass"),
        conditions: unmet.chain(conditions(values, "status")).collect(),
        reasons: conditions(values, "reason").collect(),
        messages,
        ..Pod::default()
    };
    let mut data: Vec<Data> = vec![pod.into()];
    for (list, init) in [("containerStatuses", false), ("initContainerStatuses", true)] {
        let own = |path: &str| field(&format!("status.{list}.{path}"));
        data.extend(containers(&own, (&namespace, &name), init).into_iter().map(Data::from));
    }
    data
}

/// Returns what is said of the containers of a pod: one for each reason where several stand in one value.
fn containers(
    own: Get<'_>,
    (namespace, pod): (&Option<String>, &str),
    init: bool,
) -> Vec<Container> {
    let (waiting, ended) = (own("state.waiting.reason"), own("state.terminated.reason"));
    let last = own("lastState.terminated.reason");
    let restarts = own("restartCount");
    let state = match (&waiting, &ended) {
        (Some(_), _) => Some("waiting"),
        (None, Some(_)) => Some("terminated"),
        _ => None,
    };
    let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let one = Container {
        namespace: namespace.clone(),
        pod: Some(pod.to_owned()),
        name: own("name").unwrap_or_default(),
        init: Some(init),
        image: own("image"),
        state: state.map(str::to_owned),
        message: own("state.waiting.message").or_else(|| own("state.terminated.message")),
        exit_code: number(own("state.terminated.exitCode")),
        last_exit_code: number(own("lastState.terminated.exitCode")),
        last_message: own("lastState.terminated.message"),
        ready: own("ready").and_then(|ready| ready.parse().ok()),
        restarts: number(restarts),
        ..Container::default()
    };
    let told = one.exit_code.is_some()
        || one.last_exit_code.is_some()
        || one.message.is_some()
        || one.ready.is_some()
        || one.restarts.is_some();
    let words = |text: Option<String>| -> Vec<String> {
        text.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    let (reasons, lasts) = (words(waiting.or(ended)), words(last));
    let count = reasons.len().max(lasts.len()).max(usize::from(told));
    (0..count)
        .map(|at| Container {
            // Containers without a name are told apart by their place in the list.
            name: if count > 1 { format!("[{at}]") } else { one.name.clone() },
            reason: reasons.get(at).cloned(),
            last_reason: lasts.get(at).cloned(),
            last_state: lasts.get(at).map(|_| "terminated".to_owned()),
            ..one.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pod_and_what_is_said_of_its_containers() {
        let values = [
            ("metadata.name".to_owned(), "web-1"),
            (
                "status.containerStatuses.state.waiting.reason".to_owned(),
                "CrashLoopBackOff ErrImagePull",
            ),
        ];
        let data = state("Pod", &values, None, Some("shop".to_owned()));
        let kinds: Vec<_> = data.iter().map(Data::kind).collect();
        assert_eq!(kinds, ["pod", "container", "container"]);
        let nameless = state("Pod", &values[1..], None, None);
        assert!(nameless.is_empty());
    }

    #[test]
    fn conditions_of_a_node_have_its_name() {
        let values = [("status.conditions.Ready.status".to_owned(), "Unknown")];
        let data = state("Node", &values, Some("node-1"), None);
        let [Data::Node(node)] = data.as_slice() else { panic!("{data:?}") };
        assert_eq!((node.name.as_str(), node.ready), ("node-1", Some(false)));
    }
}
