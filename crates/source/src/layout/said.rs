//! What a path says, and the commands that print what is found there.

use kubetriage_model::Command;

/// A hint without its path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) namespace: Option<String>,
    pub(super) pod: Option<String>,
    pub(super) container: Option<String>,
    pub(super) node: Option<String>,
    pub(super) previous: bool,
    pub(super) command: Option<Command>,
}

impl Said {
    /// The path belongs to the layout, but tells nothing about its content.
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    /// The path lies under a namespace.
    pub(super) fn namespace(namespace: &str) -> Self {
        Self { namespace: Some(namespace.to_owned()), ..Self::default() }
    }

    /// The path lies under a pod.
    pub(super) fn pod(namespace: &str, pod: &str) -> Self {
        Self { pod: Some(pod.to_owned()), ..Self::namespace(namespace) }
    }

    /// The path lies under a node.
    pub(super) fn node(node: &str) -> Self {
        Self { node: Some(node.to_owned()), ..Self::default() }
    }

    /// The log of a container.
    pub(super) fn log(namespace: &str, pod: &str, container: &str, previous: bool) -> Self {
        let mut words = vec!["kubectl", "logs", "-n", namespace, pod, "-c", container];
        if previous {
            words.push("--previous");
        }
        let command = Command {
            name: Some(pod.to_owned()),
            namespace: Some(namespace.to_owned()),
            container: Some(container.to_owned()),
            previous,
            ..kubectl("logs", &words)
        };
        Self {
            container: Some(container.to_owned()),
            previous,
            command: Some(command),
            ..Self::pod(namespace, pod)
        }
    }

    /// A list of one kind, of one namespace or of the whole cluster.
    pub(super) fn list(resource: &str, namespace: Option<&str>, output: &str) -> Self {
        let mut words = vec!["kubectl", "get", resource];
        words.extend(namespace.iter().flat_map(|namespace| ["-n", namespace]));
        words.extend(["-o", output]);
        let command = Command {
            resource: Some(resource.to_owned()),
            namespace: namespace.map(str::to_owned),
            output: Some(output.to_owned()),
            ..kubectl("get", &words)
        };
        let namespace = command.namespace.clone();
        Self { namespace, command: Some(command), ..Self::default() }
    }

    /// One object.
    pub(super) fn object(
        resource: &str,
        namespace: Option<&str>,
        name: &str,
        output: &str,
    ) -> Self {
        let mut said = Self::list(resource, namespace, output);
        if let Some(command) = &mut said.command {
            command.name = Some(name.to_owned());
            command.filtered = true;
            let kind = format!("kubectl get {resource}");
            command.line = command.line.replacen(&kind, &format!("{kind} {name}"), 1);
        }
        said
    }

    /// The description of one object.
    pub(super) fn describe(resource: &str, namespace: Option<&str>, name: &str) -> Self {
        let mut words = vec!["kubectl", "describe", resource, name];
        words.extend(namespace.iter().flat_map(|namespace| ["-n", namespace]));
        let command = Command {
            resource: Some(resource.to_owned()),
            name: Some(name.to_owned()),
            namespace: namespace.map(str::to_owned),
            filtered: true,
            ..kubectl("describe", &words)
        };
        let namespace = command.namespace.clone();
        Self { namespace, command: Some(command), ..Self::default() }
    }
}

/// Returns a kubectl command that reads as `words`.
pub(super) fn kubectl(verb: &str, words: &[&str]) -> Command {
    Command {
        tool: "kubectl".to_owned(),
        verb: verb.to_owned(),
        line: words.join(" "),
        ..Command::default()
    }
}

/// Returns the kind that a file of that name lists, by its plural: `pods.yaml` gives `pods`.
///
/// Kinds outside of Kubernetes' own groups get their group, as kubectl wants it.
pub(super) fn resource(group: &str, plural: &str) -> String {
    let own = matches!(
        group,
        "" | "core" | "v1" | "apps" | "batch" | "autoscaling" | "policy" | "events"
    ) || group.ends_with(".k8s.io");
    if own { plural.to_owned() } else { format!("{plural}.{group}") }
}
