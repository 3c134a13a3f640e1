//! Files somebody saved by hand, named after the command that printed them.
//!
//! `kubectl-get-pods-A.txt`, `describe-node-x.txt`, `kubectl_logs_-n_kube-system_coredns-x.log`. Only a
//! name that is understood to its last word says anything.

use kubetriage_model::Command;

use super::said::{Said, kubectl};

/// Endings of such files, and the output form they tell.
const EXTENSIONS: &[(&str, Option<&str>)] = &[
    (".txt", None),
    (".log", None),
    (".out", None),
    (".json", Some("json")),
    (".yaml", Some("yaml")),
    (".yml", Some("yaml")),
];

/// What people call the resources in file names.
const RESOURCES: &[&str] = &[
    "cm",
    "configmap",
    "configmaps",
    "cronjob",
    "cronjobs",
    "daemonset",
    "daemonsets",
    "deploy",
    "deployment",
    "deployments",
    "ds",
    "endpoints",
    "events",
    "hpa",
    "ingress",
    "ingresses",
    "job",
    "jobs",
    "namespace",
    "namespaces",
    "netpol",
    "networkpolicies",
    "no",
    "node",
    "nodes",
    "ns",
    "pdb",
    "po",
    "pod",
    "pods",
    "pv",
    "pvc",
    "pvcs",
    "pvs",
    "replicaset",
    "replicasets",
    "rs",
    "sa",
    "sc",
    "secrets",
    "service",
    "serviceaccounts",
    "services",
    "statefulset",
    "statefulsets",
    "storageclasses",
    "sts",
    "svc",
];

/// Returns what the name of a file says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    let file = parts.last()?;
    let (stem, output) = EXTENSIONS
        .iter()
        .find_map(|(extension, output)| Some((file.strip_suffix(extension)?, *output)))
        .unwrap_or((file, None));
    let mut said = if stem.contains('_') { words(stem) } else { dashes(stem) }?;
    let command = said.command.as_mut().filter(|command| command.verb == "get");
    if let Some((command, output)) = command.zip(output) {
        command.output.get_or_insert(output.to_owned());
    }
    Some(said)
}

/// Reads a command whose words are separated by `_`, as sos and scripts write it.
pub(super) fn words(name: &str) -> Option<Said> {
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let mut rest = words.iter().copied();
    (rest.next()? == "kubectl").then_some(())?;
    let mut arguments = Arguments::default();
    while let Some(word) = rest.next() {
        arguments.take(word, &mut rest)?;
    }
    arguments.said(&words)
}

/// Arguments of a kubectl command.
#[derive(Debug, Default)]
struct Arguments<'w> {
    plain: Vec<&'w str>,
    command: Command,
}

impl<'w> Arguments<'w> {
    /// Takes one word, and its value; `None` for one that is not understood.
    fn take(&mut self, word: &'w str, rest: &mut impl Iterator<Item = &'w str>) -> Option<()> {
        let mut value = || rest.next().map(str::to_owned);
        let command = &mut self.command;
        match word {
            "-n" | "--namespace" => command.namespace = Some(value()?),
            "-o" | "--output" => command.output = Some(value()?),
            "-c" | "--container" => command.container = Some(value()?),
            "-l" | "--selector" => command.filtered = value().is_some(),
            "-A" | "--all-namespaces" => command.all_namespaces = true,
            "-p" | "--previous" => command.previous = true,
            "-owide" => command.output = Some("wide".to_owned()),
            "--kubeconfig" => drop(value()?),
            word if word.starts_with('-') => return None,
            word => self.plain.push(word),
        }
        Some(())
    }

    fn said(self, words: &[&str]) -> Option<Said> {
        let Self { plain, command } = self;
        let (verb, resource, name) = match plain.as_slice() {
            ["logs", pod] => ("logs", None, Some(*pod)),
            [verb @ ("get" | "describe" | "top"), resource] if is_resource(resource) => {
                (*verb, Some(*resource), None)
            }
            [verb @ ("get" | "describe" | "top"), resource, name] if is_resource(resource) => {
                (*verb, Some(*resource), Some(*name))
            }
            _ => return None,
        };
        let command = Command {
            resource: resource.map(str::to_owned),
            name: name.map(str::to_owned),
            filtered: command.filtered || resource.is_some() && name.is_some(),
            tool: "kubectl".to_owned(),
            verb: verb.to_owned(),
            line: words.join(" "),
            ..command
        };
        let pod = (verb == "logs").then(|| command.name.clone()).flatten();
        Some(Said {
            namespace: command.namespace.clone(),
            container: command.container.clone(),
            previous: command.previous,
            pod: pod.filter(|pod| is_pod_name(pod)),
            command: Some(command),
            ..Said::default()
        })
    }
}

/// Reads a command whose words are separated by `-`, where only the first ones can be told apart.
fn dashes(name: &str) -> Option<Said> {
    let rest = name.strip_prefix("kubectl-").unwrap_or(name);
    let (verb, rest) = rest.split_once('-')?;
    if matches!(verb, "logs" | "log") {
        return is_pod_name(rest).then(|| Said { pod: Some(rest.to_owned()), ..Said::default() });
    }
    let (resource, rest) = match rest.split_once('-') {
        Some((resource, rest)) => (resource, Some(rest)),
        None => (rest, None),
    };
    is_resource(resource).then_some(())?;
    let command = match (verb, rest) {
        ("get" | "describe", Some("A" | "-A" | "all-namespaces" | "all")) => {
            Command { all_namespaces: true, ..kubectl(verb, &["kubectl", verb, resource, "-A"]) }
        }
        // Behind a plural the word may be a namespace.
        ("describe", Some(name)) if !resource.ends_with('s') => Command {
            name: Some(name.to_owned()),
            filtered: true,
            ..kubectl(verb, &["kubectl", verb, resource, name])
        },
        ("describe", Some(_)) => {
            Command { filtered: true, ..kubectl(verb, &["kubectl", verb, resource]) }
        }
        ("get" | "describe", None) => kubectl(verb, &["kubectl", verb, resource]),
        _ => return None,
    };
    let command = Command { resource: Some(resource.to_owned()), ..command };
    Some(Said { command: Some(command), ..Said::default() })
}

fn is_resource(word: &str) -> bool {
    RESOURCES.binary_search(&word).is_ok()
}

/// Recognizes the name of a pod of a deployment: it ends with a hash and five random characters.
fn is_pod_name(name: &str) -> bool {
    // The alphabet of generated names leaves out vowels and what looks like them.
    let random = |part: &str| part.bytes().all(|b| b"bcdfghjklmnpqrstvwxz2456789".contains(&b));
    let mut parts = name.rsplitn(3, '-');
    let (end, hash, owner) = (parts.next(), parts.next(), parts.next());
    end.is_some_and(|end| end.len() == 5 && random(end))
        && hash.is_some_and(|hash| (5..=10).contains(&hash.len()) && random(hash))
        && owner.is_some()
}

#[cfg(test)]
mod tests {
    use super::RESOURCES;

    #[test]
    fn resources_are_sorted_for_the_search() {
        assert!(RESOURCES.is_sorted());
    }
}
