//! Pods and their containers.

use std::collections::HashMap;

use kubetriage_model::{Container, Pod};

use super::{Stated, meta, references};
use crate::emitter::Emitter;
use crate::formats::manifest::scalar::{int, text};
use crate::formats::manifest::schema::{
    ContainerSpec, ContainerState, ContainerStatus, PodObject, PodSpec, PodStatus, StateDetail,
};
use crate::formats::manifest::source::Source;
use crate::prim::pod_row::{self, Member, PodState, Role};

/// States a pod and its containers.
pub(super) fn state(
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let object: PodObject = source.read()?;
    let mut metadata = object.metadata.unwrap_or_default();
    let Some(stated) = meta::stated(&mut metadata, object.status.is_some(), source, out) else {
        return Ok(None);
    };
    let deleted = text(metadata.deletion_timestamp.take());
    let deleting = deleted.is_some();
    let observed = object.status.is_some();
    let mut spec = object.spec.unwrap_or_default();
    let mut status = object.status.unwrap_or_default();
    let mut pod = Pod {
        namespace: stated.namespace.clone(),
        name: stated.name.clone(),
        uid: text(metadata.uid),
        owner: meta::owner(metadata.owner_references),
        labels: meta::texts(metadata.labels),
        created: text(metadata.creation_timestamp),
        deleted,
        ..Pod::default()
    };
    references::describe(&mut pod, &mut spec);
    let parts = containers(&mut spec, &mut status, &stated);
    describe_spec(&mut pod, spec);
    let conditions = meta::conditions(status.conditions.take(), |_| "True");
    let telling = conditions.telling;
    let gated = conditions.reasons.get("PodScheduled").is_some_and(|r| r == "SchedulingGated");
    pod.conditions = conditions.status;
    pod.reasons = conditions.reasons;
    pod.messages = conditions.messages;
    describe_status(&mut pod, status);
    if observed {
        let members: Vec<_> = parts.iter().map(Part::member).collect();
        let row = pod_row::row(&PodState { pod: &pod, members: &members, deleting, gated });
        pod.status = Some(row.status).filter(|word| !word.is_empty());
        pod.ready = Some(row.ready);
        pod.total = Some(row.total);
        pod.restarts = Some(row.restarts);
    }
    let status = status_path(&pod, &parts, deleting).filter(|_| observed);
    let marks = || {
        let paths: Vec<_> = meta::telling_paths(telling).into_iter().chain(status).collect();
        meta::marks(source, POD_MARKS, &paths)
    };
    source.state(marks, pod, out);
    for mut part in parts {
        let container = std::mem::take(&mut part.container);
        let both = (container.state.clone(), container.last_state.clone());
        source.state_part(|| part.marks(source, &both), container, out);
    }
    Ok(Some(stated))
}

/// Fields of a pod that evidence points at, beside its conditions and STATUS.
const POD_MARKS: &[(&str, &str)] = &[
    ("phase", "status.phase"),
    ("reason", "status.reason"),
    ("message", "status.message"),
    ("name", "metadata.name"),
    ("node", "spec.nodeName"),
    ("node_selector", "spec.nodeSelector"),
    ("tolerations", "spec.tolerations"),
    ("image_pull_secrets", "spec.imagePullSecrets"),
    ("deleted", "metadata.deletionTimestamp"),
];

/// Where the STATUS word is written.
fn status_path(pod: &Pod, parts: &[Part], deleting: bool) -> Option<(&'static str, String)> {
    let word = pod.status.as_deref()?;
    let bare = word.strip_prefix("Init:").unwrap_or(word);
    let says = |part: &&Part| part.container.reason.as_deref() == Some(bare);
    let path = if deleting && matches!(word, "Terminating" | "Unknown") {
        "metadata.deletionTimestamp".to_owned()
    } else if let Some(part) = parts.iter().find(says) {
        format!("{}.state.{}.reason", part.status_path()?, part.container.state.as_deref()?)
    } else if pod.reason.as_deref() == Some(word) {
        "status.reason".to_owned()
    } else {
        "status.phase".to_owned()
    };
    Some(("status", path))
}

fn describe_spec(pod: &mut Pod, spec: PodSpec) {
    pod.node = text(spec.node_name);
    pod.service_account = text(spec.service_account_name).or_else(|| text(spec.service_account));
    pod.node_selector = meta::texts(spec.node_selector);
    pod.tolerations = meta::tolerations(spec.tolerations);
    pod.image_pull_secrets = meta::names(spec.image_pull_secrets);
}

fn describe_status(pod: &mut Pod, status: PodStatus) {
    pod.phase = text(status.phase);
    pod.reason = text(status.reason);
    pod.message = text(status.message);
    pod.ip = text(status.pod_ip);
    pod.qos = text(status.qos_class);
}

/// A container with what only the pod's row needs of it.
struct Part {
    container: Container,
    role: Role,
    started: bool,
    signal: Option<i64>,
    /// Place among the containers of the spec.
    in_spec: Option<usize>,
    /// Place among the statuses of containers.
    in_status: Option<usize>,
}

impl Part {
    /// What the lists of its kind are called.
    fn key(&self) -> &'static str {
        match self.role {
            Role::Init | Role::Sidecar => "initContainer",
            Role::Main => "container",
            Role::Ephemeral => "ephemeralContainer",
        }
    }

    fn spec_path(&self) -> Option<String> {
        self.in_spec.map(|index| format!("spec.{}s.{index}", self.key()))
    }

    fn status_path(&self) -> Option<String> {
        self.in_status.map(|index| format!("status.{}Statuses.{index}", self.key()))
    }

    fn member(&self) -> Member<'_> {
        Member {
            container: &self.container,
            role: self.role,
            started: self.started,
            signal: self.signal,
        }
    }

    fn marks(
        &self,
        source: &Source<'_>,
        (state, last): &(Option<String>, Option<String>),
    ) -> Vec<kubetriage_model::Mark> {
        let mut paths = Vec::new();
        if let Some(spec) = self.spec_path() {
            paths.push(("image", format!("{spec}.image")));
            paths.push(("name", format!("{spec}.name")));
        }
        if let Some(status) = self.status_path() {
            let mut add = |field, path: String| paths.push((field, format!("{status}.{path}")));
            let state = state.as_deref().unwrap_or_default();
            add("state", format!("state.{state}"));
            add("reason", format!("state.{state}.reason"));
            add("message", format!("state.{state}.message"));
            add("exit_code", format!("state.{state}.exitCode"));
            if let Some(last) = last {
                add("last_state", format!("lastState.{last}"));
                add("last_reason", format!("lastState.{last}.reason"));
                add("last_message", format!("lastState.{last}.message"));
                add("last_exit_code", format!("lastState.{last}.exitCode"));
            }
            add("ready", "ready".to_owned());
            add("restarts", "restartCount".to_owned());
            add("image_id", "imageID".to_owned());
        }
        meta::marks(source, &[], &paths)
    }
}

/// Pairs specs and statuses by name: first in the order of the statuses (the row depends on it), then
/// what has no status yet.
fn containers(spec: &mut PodSpec, status: &mut PodStatus, of: &Stated) -> Vec<Part> {
    let lists = [
        (Role::Init, spec.init_containers.take(), status.init_container_statuses.take()),
        (Role::Main, spec.containers.take(), status.container_statuses.take()),
        (
            Role::Ephemeral,
            spec.ephemeral_containers.take(),
            status.ephemeral_container_statuses.take(),
        ),
    ];
    let mut parts = Vec::new();
    for (role, specs, statuses) in lists {
        pair(role, specs.unwrap_or_default(), statuses.unwrap_or_default(), &mut parts);
    }
    for part in &mut parts {
        part.container.namespace.clone_from(&of.namespace);
        part.container.pod = Some(of.name.clone());
    }
    parts
}

fn pair(
    role: Role,
    specs: Vec<ContainerSpec>,
    statuses: Vec<ContainerStatus>,
    parts: &mut Vec<Part>,
) {
    let mut by_name: HashMap<String, (usize, ContainerSpec)> = HashMap::new();
    let mut order = Vec::new();
    for (index, mut spec) in specs.into_iter().enumerate() {
        if let Some(name) = text(spec.name.take()) {
            order.push(name.clone());
            by_name.insert(name, (index, spec));
        }
    }
    for (index, mut status) in statuses.into_iter().enumerate() {
        let Some(name) = text(status.name.take()) else { continue };
        let spec = by_name.remove(&name);
        let mut part = wanted(role, name, spec);
        part.in_status = Some(index);
        describe(&mut part, status);
        parts.push(part);
    }
    for name in order {
        if let Some(spec) = by_name.remove(&name) {
            parts.push(wanted(role, name, Some(spec)));
        }
    }
}

/// The container as its spec has it.
fn wanted(role: Role, name: String, spec: Option<(usize, ContainerSpec)>) -> Part {
    let in_spec = spec.as_ref().map(|(index, _)| *index);
    let spec = spec.map(|(_, spec)| spec).unwrap_or_default();
    let always = spec.restart_policy.is_some_and(|policy| policy.0 == "Always");
    let role = if role == Role::Init && always { Role::Sidecar } else { role };
    let container = Container {
        name,
        init: Some(matches!(role, Role::Init | Role::Sidecar)),
        image: text(spec.image),
        ..Container::default()
    };
    Part { container, role, started: false, signal: None, in_spec, in_status: None }
}

/// Adds what the status says.
fn describe(part: &mut Part, status: ContainerStatus) {
    let container = &mut part.container;
    if container.image.is_none() {
        container.image = text(status.image);
    }
    container.image_id = text(status.image_id);
    container.ready = Some(status.ready.unwrap_or_default().0);
    container.restarts = Some(int(status.restart_count).unwrap_or(0));
    part.started = status.started.unwrap_or_default().0;
    // An empty state is what a container has before the kubelet first looks; kubectl prints Waiting.
    let (state, detail) = told(status.state).unwrap_or(("waiting", StateDetail::default()));
    part.signal = int(detail.signal);
    container.state = Some(state.to_owned());
    container.reason = text(detail.reason);
    container.message = text(detail.message);
    container.exit_code = (state == "terminated").then(|| int(detail.exit_code).unwrap_or(0));
    container.started = text(detail.started_at);
    container.finished = text(detail.finished_at);
    if let Some((state, detail)) = told(status.last_state) {
        container.last_state = Some(state.to_owned());
        container.last_reason = text(detail.reason);
        container.last_message = text(detail.message);
        container.last_exit_code =
            (state == "terminated").then(|| int(detail.exit_code).unwrap_or(0));
    }
}

fn told(state: Option<ContainerState>) -> Option<(&'static str, StateDetail)> {
    let ContainerState { waiting, running, terminated } = state?;
    let waiting = waiting.map(|detail| ("waiting", detail));
    let running = || running.map(|detail| ("running", detail));
    let terminated = || terminated.map(|detail| ("terminated", detail));
    waiting.or_else(running).or_else(terminated)
}
