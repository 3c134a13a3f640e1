//! What a command line says about the output below it.
//!
//! Tools are recognised by name, with the aliases and detours people type (`k`, `oc`, `sudo`, `./kubectl`,
//! `microk8s kubectl`, `KUBECONFIG=x kubectl`); see [`recognize`].

mod flags;
mod words;

use kubetriage_model::Command;

/// Programs whose output the crate reads, or that leave a mark in transcripts.
const TOOLS: &[&str] = &[
    "kubectl",
    "helm",
    "az",
    "nslookup",
    "dig",
    "host",
    "getent",
    "docker",
    "podman",
    "crictl",
    "ctr",
    "journalctl",
    "curl",
    "wget",
    "cat",
    "type",
    "ping",
    "nc",
    "Resolve-DnsName",
    "azcopy",
    "systemctl",
    "stern",
    "flux",
    "istioctl",
    "k9s",
    "kubelogin",
    "nerdctl",
    "skopeo",
    "oras",
    "buildah",
    "dmesg",
    "tail",
    "head",
    "Get-Content",
    "Test-NetConnection",
    "kubectx",
    "kubens",
    "kustomize",
    "velero",
    "kubeadm",
    "openssl",
    "telnet",
    "ncat",
    "netcat",
];
/// Verbs of kubectl, for telling a command from a sentence about kubectl.
const VERBS: &[&str] = &[
    "get",
    "describe",
    "logs",
    "log",
    "exec",
    "events",
    "apply",
    "create",
    "delete",
    "edit",
    "run",
    "rollout",
    "scale",
    "top",
    "version",
    "config",
    "cluster-info",
    "auth",
    "explain",
    "debug",
    "patch",
    "label",
    "annotate",
    "cordon",
    "uncordon",
    "drain",
    "taint",
    "wait",
    "cp",
    "attach",
    "port-forward",
    "proxy",
    "api-resources",
    "api-versions",
    "alpha",
    "set",
    "expose",
    "replace",
    "diff",
    "kustomize",
    "certificate",
    "autoscale",
    "adm",
    "project",
    "projects",
    "status",
    "login",
    "whoami",
    "new-project",
    "plugin",
    "completion",
    "options",
];
/// Filters that keep every line they are given.
const HARMLESS: &[&str] = &[
    "tee",
    "cat",
    "less",
    "more",
    "sort",
    "column",
    "Out-File",
    "Out-String",
    "out-file",
    "nl",
    "clip",
    "pbcopy",
    "xclip",
    "bat",
    "cat -A",
    "Sort-Object",
    "Tee-Object",
];

/// Returns the command that `line` (without prompt) types, if its program is known.
pub(crate) fn recognize(line: &str) -> Option<Command> {
    let line = line.trim();
    let words = words::split(line);
    let (tool, args) = program(&words.first)?;
    let mut command =
        Command { tool: tool.to_owned(), line: line.to_owned(), ..Command::default() };
    flags::read(args, &mut command);
    let filters = words.pipes.iter().any(|pipe| !HARMLESS.contains(&pipe.as_str()));
    command.filtered |= filters;
    if words.more {
        // What follows belongs to several commands: only what all of them share may be said.
        forget_unless_shared(&mut command);
    }
    Some(command)
}

/// Returns the value of the first of `names` that a command line gives (`-g x`, `--resource-group=x`).
pub(crate) fn option(line: &str, names: &[&str]) -> Option<String> {
    let words = words::split(line).first;
    words.iter().enumerate().find_map(|(index, word)| {
        let (name, value) =
            word.split_once('=').map_or((word.as_str(), None), |(name, value)| (name, Some(value)));
        let value = value.or_else(|| words.get(index + 1).map(String::as_str));
        let told = value.filter(|value| !value.is_empty() && !value.starts_with('-'));
        told.filter(|_| names.contains(&name)).map(str::to_owned)
    })
}

/// Returns the command of `line` when nothing but the line itself says that it is one: a program of
/// the cluster with a verb it has.
pub(crate) fn recognize_bare(line: &str) -> Option<Command> {
    let command = recognize(line)?;
    let sure = match command.tool.as_str() {
        "kubectl" => VERBS.contains(&command.verb.split(' ').next().unwrap_or_default()),
        "helm" => matches!(
            command.verb.as_str(),
            "list"
                | "ls"
                | "status"
                | "history"
                | "install"
                | "upgrade"
                | "get"
                | "rollback"
                | "pull"
                | "template"
        ),
        "docker" | "podman" | "nerdctl" | "crictl" | "ctr" | "skopeo" | "oras" | "buildah" => {
            let moves = ["pull", "push", "login", "copy", "run"];
            let mut words = line.split_whitespace().skip(1);
            words.any(|word| moves.contains(&word)) && words.any(names_image)
        }
        "az" => command.verb.contains(' ') && line.contains(" -"),
        "nslookup" | "dig" | "host" => {
            let asked = line.split_whitespace().skip(1).find(|word| !word.starts_with('-'));
            asked.is_some_and(|word| word.contains('.') && !word.ends_with(['.', ',', ':']))
        }
        _ => false,
    };
    sure.then_some(command)
}

/// True for a word that may be an image or the host of a registry, not one of a sentence.
fn names_image(word: &str) -> bool {
    !word.starts_with('-') && !word.ends_with(['.', ':', ',']) && word.contains(['/', '.', ':'])
}

/// Returns the canonical name of a program, if it is known.
fn tool(word: &str) -> Option<&'static str> {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let name = name.strip_suffix(".exe").unwrap_or(name);
    let kubectl = matches!(name, "k" | "oc" | "kc" | "kubecolor" | "kctl" | "kubectl")
        || name.starts_with("kubectl-")
        || name.starts_with("kubectl_")
        || name.starts_with("kubectl.");
    if kubectl {
        return Some("kubectl");
    }
    TOOLS.iter().find(|known| **known == name).copied()
}

/// Returns the program and its arguments, behind `sudo`, `time`, assignments and wrappers.
fn program(words: &[String]) -> Option<(&'static str, &[String])> {
    let mut rest = words;
    for _ in 0..8 {
        let (word, after) = rest.split_first()?;
        let wraps = matches!(
            word.as_str(),
            "sudo" | "time" | "command" | "&" | "winpty" | "minikube" | "k3s" | "microk8s" | "rke2"
        );
        if let Some(name) = word.strip_prefix("microk8s.").and_then(tool) {
            return Some((name, after));
        }
        if word == "watch" {
            rest = past_flags(after);
        } else if wraps || is_assignment(word) {
            rest = after;
        } else {
            // `minikube kubectl -- get pods`
            let after = after.strip_prefix(&["--".to_owned()]).unwrap_or(after);
            return tool(word).map(|name| (name, after));
        }
    }
    None
}

fn past_flags(words: &[String]) -> &[String] {
    let skip = words
        .iter()
        .take_while(|word| word.starts_with('-') || word.parse::<f64>().is_ok())
        .count();
    words.get(skip..).unwrap_or_default()
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
    })
}

/// Takes back what only the first of several commands says.
fn forget_unless_shared(command: &mut Command) {
    let namespaces = command
        .line
        .split_whitespace()
        .zip(command.line.split_whitespace().skip(1))
        .filter(|(flag, _)| matches!(*flag, "-n" | "--namespace"))
        .map(|(_, name)| name.trim_end_matches(';'))
        .collect::<std::collections::BTreeSet<_>>();
    if namespaces.len() > 1 {
        command.namespace = None;
    }
    command.resource = None;
    command.name = None;
    command.all_namespaces = false;
}

#[cfg(test)]
mod tests;
