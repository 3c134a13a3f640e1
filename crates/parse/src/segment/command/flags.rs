//! Flags and positional words of kubectl, helm and az.

use kubetriage_model::Command;

/// Flags that take a value in the next word, beside those that are read.
const WITH_VALUE: &[&str] = &[
    "-f",
    "--filename",
    "--context",
    "--cluster",
    "--kubeconfig",
    "--user",
    "--tail",
    "--since",
    "--since-time",
    "--sort-by",
    "-L",
    "--label-columns",
    "--as",
    "-s",
    "--server",
    "--token",
    "--request-timeout",
    "--image",
    "--limit-bytes",
    "--max-log-requests",
    "--template",
    "--chunk-size",
    "--timeout",
    "--types",
    "-g",
    "--resource-group",
    "-t",
    "--cluster-type",
    "--cluster-name",
    "--subscription",
    "--acr",
    "--query",
    "--kube-context",
    "--version",
    "--set",
    "--values",
    "--restart",
    "--overrides",
    "--assignee",
    "--scope",
    "--role",
    "-v",
    "--raw",
];
/// Verbs of kubectl whose second word belongs to the verb.
const TWO_WORDS: &[&str] =
    &["rollout", "config", "top", "auth", "alpha", "set", "certificate", "cluster-info", "adm"];

/// Reads the words behind the program into `command`.
pub(super) fn read(words: &[String], command: &mut Command) {
    let (own, inner) = split_inner(words);
    command.inner = inner.to_vec();
    let mut plain = Vec::new();
    let mut rest = own;
    while let Some((word, after)) = rest.split_first() {
        rest = after;
        if !word.starts_with('-') || word == "-" {
            plain.push(word.as_str());
        } else if takes_next(word, command, &plain) {
            let (value, after) = after.split_first().map_or(("", after), |(v, a)| (v.as_str(), a));
            flag(word, value, command, &plain);
            rest = after;
        } else if let Some((name, value)) = word.split_once('=').filter(|_| word.starts_with("--"))
        {
            flag(name, value, command, &plain);
        } else {
            glued(word, command, &plain);
        }
    }
    match command.tool.as_str() {
        "kubectl" | "flux" => positional(&plain, command),
        // Behind the first option, words are its values.
        "az" => {
            let is_option = |word: &&String| word.starts_with('-');
            let words = own.iter().skip_while(is_option).take_while(|word| !is_option(word));
            command.verb = words.map(String::as_str).collect::<Vec<_>>().join(" ");
        }
        "helm" => {
            command.verb = plain.first().map_or_else(String::new, |word| (*word).to_owned());
            command.name = plain.get(1).map(|word| (*word).to_owned());
        }
        "docker" | "podman" | "nerdctl" | "crictl" | "skopeo" | "oras" | "buildah" => {
            command.verb = plain.first().map_or_else(String::new, |word| (*word).to_owned());
        }
        _ => {}
    }
}

/// Returns the words of the command itself and those of the command it runs in a pod.
fn split_inner(words: &[String]) -> (&[String], &[String]) {
    let at = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let (own, inner) = words.split_at(at);
    (own, inner.get(1..).unwrap_or_default())
}

fn takes_next(word: &str, command: &Command, plain: &[&str]) -> bool {
    let read = matches!(
        word,
        "-n" | "--namespace"
            | "-o"
            | "--output"
            | "-l"
            | "--selector"
            | "-c"
            | "--container"
            | "--field-selector"
            | "--for"
            | "--name"
    );
    let patch = word == "-p" && plain.first() == Some(&"patch");
    // `--tail` of az and `-t` of `kubectl exec -t` take nothing.
    let terminal = word == "-t" && command.tool == "kubectl";
    read || patch || (!terminal && WITH_VALUE.contains(&word))
}

/// Reads one flag with its value.
fn flag(name: &str, value: &str, command: &mut Command, plain: &[&str]) {
    let value = || Some(value.to_owned()).filter(|value| !value.is_empty());
    match name {
        "-n" | "--name" if command.tool == "az" => command.name = value(),
        "-n" | "--namespace" => command.namespace = value(),
        "-o" | "--output" => command.output = value(),
        "-c" | "--container" => command.container = value(),
        "-l" | "--selector" | "--field-selector" | "--for" | "--types" => command.filtered = true,
        "--tail" | "--since" | "--since-time" | "--limit-bytes" => {
            let all = value().as_deref() == Some("-1");
            command.filtered |= !all && plain.first().is_some_and(|verb| verb.starts_with("log"));
        }
        "--all-namespaces" => command.all_namespaces = value().as_deref() != Some("false"),
        "--previous" => command.previous = value().as_deref() != Some("false"),
        _ => {}
    }
}

/// Reads a flag without blank before its value (`-nx`, `-owide`), or without value.
fn glued(word: &str, command: &mut Command, plain: &[&str]) {
    let long = word.starts_with("--");
    let behind = |flag: &str| {
        let value = word.strip_prefix(flag)?.trim_start_matches('=');
        Some(value).filter(|value| !long && !value.is_empty())
    };
    match word {
        "--all-namespaces" => command.all_namespaces = true,
        "--previous" => command.previous = true,
        "-p" => command.previous = plain.first().is_some_and(|verb| verb.starts_with("log")),
        _ => {}
    }
    if let Some(value) = behind("-n") {
        flag("-n", value, command, plain);
    } else if let Some(value) = behind("-o") {
        flag("-o", value, command, plain);
    } else if let Some(value) = behind("-c") {
        flag("-c", value, command, plain);
    } else if behind("-l").is_some() {
        command.filtered = true;
    } else if !long && word.contains('A') {
        command.all_namespaces = true;
    }
}

/// Reads the plain words of kubectl: verb, resource, name.
fn positional(plain: &[&str], command: &mut Command) {
    let Some((verb, mut rest)) = plain.split_first() else { return };
    (*verb).clone_into(&mut command.verb);
    if TWO_WORDS.contains(verb)
        && let Some((second, after)) = rest.split_first()
    {
        command.verb = format!("{verb} {second}");
        rest = after;
    }
    match *verb {
        "logs" | "log" | "exec" | "attach" | "debug" | "cp" | "port-forward" => {
            target(rest, command);
        }
        "run" => {
            command.resource = Some("pod".to_owned());
            command.name = rest.first().map(|name| (*name).to_owned());
        }
        _ => object(rest, command),
    }
}

/// Reads `POD`, `TYPE/NAME`, and what stands behind it.
fn target(rest: &[&str], command: &mut Command) {
    let Some((first, after)) = rest.split_first() else { return };
    let (kind, name) = first.split_once('/').unwrap_or(("pod", first));
    command.resource = Some(kind.to_owned());
    command.name = Some(name.to_owned());
    if command.verb == "exec" && command.inner.is_empty() {
        command.inner = after.iter().map(|word| (*word).to_owned()).collect();
    } else if command.verb.starts_with("log") && command.container.is_none() {
        command.container = after.first().map(|word| (*word).to_owned());
    }
}

/// Reads `TYPE`, `TYPE NAME…`, `TYPE/NAME…`.
fn object(rest: &[&str], command: &mut Command) {
    let Some((first, after)) = rest.split_first() else { return };
    if let Some((kind, name)) = first.split_once('/') {
        command.resource = Some(kind.to_owned());
        command.name = Some(name.to_owned());
    } else {
        command.resource = Some((*first).to_owned());
        command.name = after.first().map(|name| (*name).to_owned());
    }
    command.filtered |= command.name.is_some();
}
