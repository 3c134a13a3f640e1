//! Whose log it is, and what one record of it states.

use kubetriage_model::{Command, KubeEvent, Log, Scope};

use super::body::{self, Body};
use super::prefix::{self, Prefix};
use super::record;
use super::recorded::recorded;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::formats::agent_log;
use crate::text::Line;

/// The pod and container a log was taken from, as far as the surroundings tell.
#[derive(Debug, Default)]
pub(super) struct Origin {
    namespace: Option<String>,
    pod: Option<String>,
    container: Option<String>,
    node: Option<String>,
    previous: Option<bool>,
    filtered: bool,
}

impl Origin {
    /// Returns what the command line and the place in the bundle say.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let command = context.command;
        let previous = command.map(|command| command.previous).filter(|previous| *previous);
        Self {
            namespace: context.namespace(),
            pod: command.and_then(pod).or_else(|| context.hint.pod.clone()),
            container: command
                .and_then(|command| command.container.clone())
                .or_else(|| context.hint.container.clone()),
            node: context.hint.node.clone(),
            previous: previous.or(context.hint.previous.then_some(true)),
            filtered: command.is_some_and(|command| command.filtered),
        }
    }

    /// Takes the container that kubectl says it chose, if none was named.
    pub(super) fn default_container(&mut self, name: &str) {
        self.container.get_or_insert_with(|| name.to_owned());
    }

    /// Returns the part of the cluster that the log covers.
    pub(super) fn scope(&self) -> Scope {
        match (&self.pod, &self.namespace) {
            (Some(pod), namespace) => Scope::Object {
                kind: "Pod".to_owned(),
                namespace: namespace.clone(),
                name: pod.clone(),
            },
            (None, Some(namespace)) => Scope::Namespace(namespace.clone()),
            (None, None) => Scope::UnknownNamespace,
        }
    }

    /// Returns false when a filter or `--tail` left lines out.
    pub(super) fn whole(&self) -> bool {
        !self.filtered
    }

    /// States one record, and what stands between its parts.
    pub(super) fn state(&self, record: &[Line<'_>], out: &mut Emitter<'_>) {
        if record.len() == 1 {
            return self.one(record, out);
        }
        for lines in record::streams(record) {
            self.one(&lines, out);
        }
    }

    fn one(&self, record: &[Line<'_>], out: &mut Emitter<'_>) {
        let text = record::text(record);
        let mut prefix = Prefix::default();
        let inner = prefix::strip(&text, &mut prefix);
        let namespace = prefix.namespace.take().or_else(|| self.namespace.clone());
        let pod = prefix.pod.take().or_else(|| self.pod.clone());
        let container = prefix.container.take().or_else(|| self.container.clone());
        if let Some((mut log, repaired)) = agent_log::read(&inner) {
            log.namespace = namespace;
            log.pod = pod;
            log.container = container;
            log.time = log.time.or(prefix.time);
            if repaired {
                out.repaired(record, log);
            } else {
                out.event(record, log);
            }
            return;
        }
        let Body { time, level, origin, message } = body::read(&inner);
        let quotes = quotes(&message);
        if let Some(event) = recorded(&message).filter(|_| !quotes) {
            let last_seen = clearer(prefix.time, time);
            out.event(record, KubeEvent { last_seen, ..event });
            return;
        }
        let log = Log {
            namespace,
            pod,
            container,
            node: prefix.host.or_else(|| self.node.clone()),
            time: clearer(prefix.time, time),
            level,
            origin: origin.or(prefix.unit),
            message: Some(message),
            previous: self.previous,
        };
        if quotes {
            out.quoting(record, log);
        } else {
            out.event(record, log);
        }
    }
}

/// Words with which a program explains what somebody may see, which is no sign that it is so.
const EXPLAINING: &[&str] = &[
    "if you see ",
    "when you see ",
    "you may see ",
    "you might see ",
    "you will see ",
    "for example, ",
    "for example: ",
    "for instance ",
    "(e.g. ",
    "messages like ",
    "errors like ",
];

/// True for a message that only speaks of an error: `If you see 0/3 nodes are available, add a node`.
fn quotes(message: &str) -> bool {
    let lower = message.to_ascii_lowercase();
    EXPLAINING.iter().any(|words| lower.contains(words))
}

/// Returns the pod that `kubectl logs` names, if it names one and not a workload.
fn pod(command: &Command) -> Option<String> {
    let is_pod = matches!(command.resource.as_deref(), Some("pod" | "pods" | "po"));
    command.name.clone().filter(|_| is_pod && command.tool == "kubectl")
}

/// Returns the time of the line itself, unless only the collector's carries a date (klog has no year,
/// some programs print seconds).
fn clearer(collector: Option<String>, own: Option<String>) -> Option<String> {
    let dated = |time: &String| time.contains(['-', '/']);
    if collector.as_ref().is_some_and(dated) && !own.as_ref().is_some_and(dated) {
        return collector;
    }
    own.or(collector)
}

#[cfg(test)]
mod tests {
    use super::quotes;

    #[test]
    fn what_only_explains_is_told_apart() {
        for (message, explains) in [
            ("If you see 0/3 nodes are available: 3 Insufficient cpu, add nodes", true),
            ("errors like \"403 Forbidden\" mean a firewall", true),
            ("0/3 nodes are available: 3 Insufficient cpu", false),
            ("Failed to pull image, see the events", false),
        ] {
            assert_eq!(quotes(message), explains, "{message}");
        }
    }
}
