//! The grammar of kubectl's error lines.

/// The parts of the first line of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    /// Reason, as the API names it.
    pub(super) reason: Option<&'t str>,
    /// The message, with the prefix only where the prefix is part of the sentence.
    pub(super) message: &'t str,
}

/// What a message says it is about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// Resource, as the message prints it.
    pub(super) resource: Option<String>,
    /// Object name.
    pub(super) name: Option<String>,
    /// Namespace.
    pub(super) namespace: Option<String>,
}

/// Sentences that start an error without a prefix of their own.
const SENTENCES: &[&str] = &[
    "The connection to the server ",
    "Unable to connect to the server: ",
    "Error in configuration: ",
    "Error: unknown command ",
    "Error: unknown flag: ",
    "Error: unknown shorthand flag: ",
    "Error attaching, falling back to logs: ",
    "You must be logged in to the server",
    "error when evicting pod \"",
    "error when evicting pods/\"",
    "WARNING: version difference between client (",
];

/// Reads the first line of an error:
/// `"Error from server" [" (" reason ")"] ": " message`, `"error: " message`, or one of kubectl's sentences.
///
/// `kubectl` tells whether a bare `error: …` is to be taken as kubectl's.
pub(super) fn first_line(text: &str, kubectl: bool) -> Option<Parts<'_>> {
    let text = text.trim_end();
    if let Some(rest) = text.strip_prefix("Error from server") {
        return from_server(rest);
    }
    if let Some(message) = text.strip_prefix("error: ").filter(|_| kubectl) {
        let reason = message.ends_with("(Unauthorized)").then_some("Unauthorized");
        return Some(Parts { reason, message });
    }
    // What `/readyz?verbose` prints of a check.
    let check = text.strip_prefix("[-]").filter(|check| check.ends_with("failed: reason withheld"));
    if let Some(message) = check {
        return Some(Parts { reason: None, message });
    }
    let invalid = text.starts_with("The ") && text.contains("\" is invalid:");
    if invalid {
        return Some(Parts { reason: Some("Invalid"), message: text });
    }
    let sentence = SENTENCES.iter().any(|start| text.starts_with(start));
    sentence.then_some(Parts { reason: None, message: text })
}

fn from_server(rest: &str) -> Option<Parts<'_>> {
    if let Some(message) = rest.strip_prefix(": ") {
        return Some(Parts { reason: None, message });
    }
    let (reason, message) = rest.strip_prefix(" (")?.split_once("): ")?;
    Some(Parts { reason: Some(reason), message })
}

/// Reads what `kubectl rollout status` prints while it waits, and returns what for:
/// `Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...`
pub(super) fn progress(text: &str) -> Option<Subject> {
    let (kind, rest) = text.trim().strip_prefix("Waiting for ")?.split_once(" \"")?;
    let (name, rest) = rest.split_once("\" ")?;
    let resource = match kind {
        "deployment" => "deployments",
        "daemon set" => "daemonsets",
        "statefulset" | "stateful set" => "statefulsets",
        _ => return None,
    };
    rest.starts_with("rollout to finish").then(|| Subject {
        resource: Some(resource.to_owned()),
        name: Some(name.to_owned()),
        namespace: None,
    })
}

/// True for a line of the discovery cache: `E1121 20:27:16.883437    1237 memcache.go:265] …`.
pub(super) fn is_cache_line(text: &str) -> bool {
    let klog =
        text.starts_with(['E', 'W', 'I']) && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let cache = ["memcache.go:", "cached_discovery.go:", "round_trippers.go:"];
    klog && text
        .split_once("] ")
        .is_some_and(|(head, _)| cache.iter().any(|source| head.contains(source)))
}

/// Reads a line of the discovery cache as an error of its own.
pub(super) fn cache_error(text: &str) -> Option<Parts<'_>> {
    let (_, message) = text.split_once("] ").filter(|_| is_cache_line(text))?;
    Some(Parts { reason: None, message })
}

/// Reads what a message of the API is about:
/// `resource ["\"" name "\""] " not found" | " is forbidden: … cannot verb resource … in the namespace "ns""`.
pub(super) fn subject(message: &str) -> Subject {
    if let Some(name) = quoted_behind(message, " in pod ") {
        return Subject { resource: Some("pods".to_owned()), name: Some(name), namespace: None };
    }
    let made =
        message.strip_prefix("error when creating \"").and_then(|rest| rest.split_once("\": "));
    let message = made.map_or(message, |(_, refused)| refused);
    let resource =
        quoted_behind(message, "resource type ").or_else(|| quoted_behind(message, "resource "));
    let named = message.split_once(" \"").filter(|(word, _)| is_resource(word));
    let name = named.and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name.to_owned());
    let first = message.split([' ', ':']).next().filter(|word| is_resource(word));
    let told = message.ends_with("not found")
        || message.contains(" is forbidden")
        || message.contains("already exists");
    Subject {
        resource: resource.or_else(|| first.filter(|_| told).map(str::to_owned)),
        name: name.filter(|_| told),
        namespace: quoted_behind(message, "in the namespace "),
    }
}

/// Returns the quoted word behind `marker`.
fn quoted_behind(message: &str, marker: &str) -> Option<String> {
    let (_, rest) = message.split_once(marker)?;
    let (word, _) = rest.strip_prefix('"')?.split_once('"')?;
    (!word.is_empty()).then(|| word.to_owned())
}

/// True for a resource as the API prints it: `pods`, `deployments.apps`.
fn is_resource(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-/".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_lines_of_all_kinds() {
        for (text, reason, message) in [
            (
                "Error from server (NotFound): pods \"web-1\" not found",
                Some("NotFound"),
                "pods \"web-1\" not found",
            ),
            (
                "Error from server: etcdserver: request timed out",
                None,
                "etcdserver: request timed out",
            ),
            (
                "error: You must be logged in to the server (Unauthorized)",
                Some("Unauthorized"),
                "You must be logged in to the server (Unauthorized)",
            ),
            (
                "error: the server doesn't have a resource type \"foo\"",
                None,
                "the server doesn't have a resource type \"foo\"",
            ),
            (
                "The connection to the server 10.0.0.1:443 was refused - did you specify the right host or port?",
                None,
                "The connection to the server 10.0.0.1:443 was refused - did you specify the right host or port?",
            ),
            ("Unable to connect to the server: EOF", None, "Unable to connect to the server: EOF"),
            (
                "error when evicting pods/\"web-1\" -n \"shop\" (will retry after 5s): Cannot evict pod",
                None,
                "error when evicting pods/\"web-1\" -n \"shop\" (will retry after 5s): Cannot evict pod",
            ),
            (
                "The Deployment \"web\" is invalid: spec.replicas: Invalid value: -1",
                Some("Invalid"),
                "The Deployment \"web\" is invalid: spec.replicas: Invalid value: -1",
            ),
        ] {
            assert_eq!(first_line(text, true), Some(Parts { reason, message }), "{text}");
        }
        for text in ["Error: INSTALLATION FAILED: x", "errors: 3", "The end", "No resources found"]
        {
            assert_eq!(first_line(text, true), None, "{text}");
        }
        assert_eq!(first_line("error: x", false), None);
    }

    #[test]
    fn what_is_waited_for() {
        let text = "Waiting for deployment \"web\" rollout to finish: 1 old replicas are pending termination...";
        assert_eq!(progress(text).and_then(|subject| subject.name).as_deref(), Some("web"));
        assert_eq!(progress("Waiting for pod \"web\" to start"), None);
    }

    #[test]
    fn subjects_of_messages() {
        for (message, resource, name, namespace) in [
            ("pods \"web-1\" not found", "pods", "web-1", ""),
            (
                "secrets is forbidden: User \"anna\" cannot list resource \"secrets\" in API group \"\" in the namespace \"shop\"",
                "secrets",
                "",
                "shop",
            ),
            (
                "nodes \"n-1\" is forbidden: User \"anna\" cannot get resource \"nodes\" in API group \"\" at the cluster scope",
                "nodes",
                "n-1",
                "",
            ),
            ("the server doesn't have a resource type \"foo\"", "foo", "", ""),
            (
                "error when creating \"web.yaml\": pods \"web\" is forbidden: exceeded quota: team",
                "pods",
                "web",
                "",
            ),
            (
                "container \"web\" in pod \"web-1\" is waiting to start: PodInitializing",
                "pods",
                "web-1",
                "",
            ),
            ("etcdserver: request timed out", "", "", ""),
        ] {
            let got = subject(message);
            assert_eq!(got.resource.unwrap_or_default(), resource, "{message}");
            assert_eq!(got.name.unwrap_or_default(), name, "{message}");
            assert_eq!(got.namespace.unwrap_or_default(), namespace, "{message}");
        }
    }
}
