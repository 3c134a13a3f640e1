//! Nodes.

use std::collections::BTreeSet;

use kubetriage_model::{Node, Taint};

use super::{Stated, meta};
use crate::emitter::Emitter;
use crate::formats::manifest::scalar::text;
use crate::formats::manifest::schema::{NodeObject, NodeSpec, NodeStatus, TaintEntry};
use crate::formats::manifest::source::Source;

/// Prefix of the labels that name a role.
const ROLE_PREFIX: &str = "node-role.kubernetes.io/";
/// Older label whose value is the role.
const ROLE_LABEL: &str = "kubernetes.io/role";

/// States a node.
pub(super) fn state(
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let object: NodeObject = source.read()?;
    let mut metadata = object.metadata.unwrap_or_default();
    let Some(mut stated) = meta::stated(&mut metadata, object.status.is_some(), source, out) else {
        return Ok(None);
    };
    stated.namespace = None;
    let observed = object.status.is_some();
    let mut node =
        Node { name: stated.name.clone(), labels: meta::texts(metadata.labels), ..Node::default() };
    node.roles = roles(&node);
    describe_spec(&mut node, object.spec.unwrap_or_default(), stated.observed);
    let mut status = object.status.unwrap_or_default();
    let conditions = meta::conditions(status.conditions.take(), wanted);
    let paths = conditions.paths();
    let ready = conditions.status.get("Ready").map(|status| status == "True");
    node.conditions = conditions.status;
    node.reasons = conditions.reasons;
    node.messages = conditions.messages;
    describe_status(&mut node, status);
    node.ready = ready;
    node.status = observed.then(|| word(ready, node.unschedulable == Some(true)));
    let mut paths = paths;
    let told = paths.first().map(|(_, path)| path.clone());
    paths.extend(told.into_iter().flat_map(|path| [("ready", path.clone()), ("status", path)]));
    source.state(|| meta::marks(source, MARKS, &paths), node, out);
    Ok(Some(stated))
}

const MARKS: &[(&str, &str)] = &[
    ("taints", "spec.taints.0.key"),
    ("taints", "spec.taints"),
    ("unschedulable", "spec.unschedulable"),
    ("name", "metadata.name"),
];

/// `Ready` should be true, everything else (pressures, unavailabilities, problems) false.
fn wanted(condition: &str) -> &'static str {
    if condition == "Ready" { "True" } else { "False" }
}

/// The STATUS word of `kubectl get nodes`.
fn word(ready: Option<bool>, cordoned: bool) -> String {
    let word = match ready {
        Some(true) => "Ready",
        Some(false) => "NotReady",
        None => "Unknown",
    };
    if cordoned { format!("{word},SchedulingDisabled") } else { word.to_owned() }
}

fn roles(node: &Node) -> Vec<String> {
    let prefixed = node.labels.keys().filter_map(|key| key.strip_prefix(ROLE_PREFIX));
    let named = node.labels.get(ROLE_LABEL).map(String::as_str);
    let roles: BTreeSet<_> = prefixed.chain(named).filter(|role| !role.is_empty()).collect();
    roles.into_iter().map(str::to_owned).collect()
}

fn describe_spec(node: &mut Node, spec: NodeSpec, observed: bool) {
    node.taints = spec.taints.unwrap_or_default().into_iter().filter_map(taint).collect();
    node.taints_known = observed.then_some(true);
    node.unschedulable = spec.unschedulable.map(|flag| flag.0).or(observed.then_some(false));
}

fn taint(taint: TaintEntry) -> Option<Taint> {
    Some(Taint { key: text(taint.key)?, value: text(taint.value), effect: text(taint.effect) })
}

fn describe_status(node: &mut Node, status: NodeStatus) {
    node.allocatable = meta::texts(status.allocatable);
    let info = status.node_info.unwrap_or_default();
    node.os = text(info.operating_system);
    node.arch = text(info.architecture);
    node.version = text(info.kubelet_version);
    node.runtime = text(info.container_runtime_version);
}
