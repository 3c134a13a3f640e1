//! Command lines: their words, whether they only read, and what file takes their output.
//!
//! A line may hold names from a capture, which may be hostile. So it is never handed to a shell: it is cut
//! into words here, judged, and every word is quoted anew where a script is written.

/// A command line and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) line: String,
    pub(crate) words: Vec<String>,
}

impl Typed {
    /// Reads a command line, `None` unless it only reads.
    pub(crate) fn read_only(line: &str) -> Option<Self> {
        let line: String = line.chars().filter(|letter| !letter.is_control()).collect();
        let words = words(&line);
        is_read_only(&words).then_some(Self { line, words })
    }
}

/// Cuts a command line into words as a shell would, without expanding anything.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some('"') | None, '\\') => {
                word.get_or_insert_default().extend(letters.next());
            }
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// Words that shells give a meaning to; as words of a command they show that it is more than one command.
const OPERATORS: &[&str] = &["|", "||", "&", "&&", ";", ">", ">>", "<", "2>", "2>&1"];

/// True when a command reads and changes nothing: neither in a cluster, nor in Azure, nor on this machine.
pub fn is_read_only(words: &[String]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.iter().any(|word| OPERATORS.contains(word)) {
        return false;
    }
    match words.split_first() {
        Some((&"kubectl", rest)) => kubectl(rest),
        Some((&"helm", rest)) => helm(rest),
        Some((&"az", rest)) => az(rest),
        Some((&("nslookup" | "dig" | "host" | "getent"), rest)) => !rest.contains(&"-f"),
        Some((&("Resolve-DnsName" | "Test-NetConnection"), _)) => true,
        Some((&"curl", rest)) => curl(rest),
        Some((&"nc", rest)) => rest.iter().any(|word| word.starts_with("-z") || *word == "-vz"),
        _ => false,
    }
}

/// Options of kubectl that take the next word, before the verb.
const TAKES_VALUE: &[&str] =
    &["-n", "--namespace", "--context", "--kubeconfig", "-l", "--selector"];

/// Options that lead elsewhere, speak for somebody else, never end, or tell what was not asked: a name out of
/// a hostile capture may pose as one.
const NEVER: &[&str] = &[
    "-s",
    "--server",
    "--kubeconfig",
    "--token",
    "--user",
    "--password",
    "--client-",
    "--certificate",
    "--raw",
    "--as",
    "--cache-dir",
    "--profile",
    "--log-file",
    "-w",
    "--watch",
    "-f",
    "--follow",
    "--filename",
    "-k",
    "--kustomize",
    "--kube",
    "--post-renderer",
    "--insecure",
];

fn kubectl(words: &[&str]) -> bool {
    let own = words.iter().take_while(|word| **word != "--");
    if own.clone().any(|word| never(word)) {
        return false;
    }
    let mut rest = words;
    while let [option, tail @ ..] = rest
        && option.starts_with('-')
    {
        rest = if TAKES_VALUE.contains(option) { tail.get(1..).unwrap_or_default() } else { tail };
    }
    match rest {
        ["get", tail @ ..] => !tells_secrets(tail),
        [
            "describe" | "logs" | "events" | "top" | "version" | "explain" | "api-resources"
            | "api-versions",
            ..,
        ]
        | ["cluster-info"]
        | ["auth", "can-i", ..]
        | ["rollout", "status" | "history", ..] => true,
        ["exec", tail @ ..] => {
            let inner = tail.iter().position(|word| *word == "--");
            inner.and_then(|at| tail.get(at + 1..)).is_some_and(looks_only)
        }
        _ => false,
    }
}

/// True for what may run inside a pod.
fn looks_only(words: &[&str]) -> bool {
    match words {
        ["nslookup" | "dig" | "host" | "getent", ..] => true,
        ["cat", paths @ ..] => {
            paths.iter().all(|path| path.starts_with("/etc/") && !path.contains(".."))
        }
        ["curl", rest @ ..] => curl(rest),
        ["nc", rest @ ..] => rest.iter().any(|word| word.starts_with("-z") || *word == "-vz"),
        _ => false,
    }
}

/// True when secrets would be printed with their values.
fn tells_secrets(words: &[&str]) -> bool {
    let secret = |word: &&&str| {
        word.split(',').any(|kind| {
            let kind = kind.split('/').next().unwrap_or_default();
            matches!(kind, "secret" | "secrets")
        })
    };
    let prints = |word: &&str| {
        let form = word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o"));
        let form = form.map_or(**word == *"json" || **word == *"yaml", |form| {
            !matches!(form.trim_start_matches('='), "" | "wide" | "name")
        });
        form || word.contains("path=") || word.contains("template=")
    };
    words.iter().any(|word| secret(&word)) && words.iter().any(prints)
}

/// True for an option of [`NEVER`], with its value or without.
fn never(word: &str) -> bool {
    let short = |option: &str| option.len() == 2 && word == option;
    NEVER.iter().any(|option| short(option) || option.len() > 2 && word.starts_with(option))
}

fn helm(words: &[&str]) -> bool {
    !words.iter().any(|word| never(word))
        && matches!(
            words,
            ["status" | "history" | "list" | "ls" | "version", ..]
                | ["get", "manifest" | "notes" | "hooks" | "metadata", ..]
        )
}

/// The last word of the command group tells what `az` does; names of objects come with options only.
fn az(words: &[&str]) -> bool {
    let group: Vec<_> = words.iter().take_while(|word| !word.starts_with('-')).collect();
    let Some(verb) = group.last() else { return false };
    let reads = matches!(**verb, "show" | "list" | "check-acr" | "check-health" | "version")
        || verb.starts_with("list-") && !verb.contains("credential") && !verb.contains("key")
        || verb.starts_with("show-");
    let secret =
        group.iter().any(|word| matches!(**word, "secret" | "credential" | "keys" | "token"));
    // `@path` would send a file of this machine.
    reads && !secret && !words.iter().any(|word| word.starts_with('@'))
}

/// A request without a body that writes no file.
fn curl(words: &[&str]) -> bool {
    let writes = |word: &&&str| {
        let short = word.starts_with('-') && !word.starts_with("--");
        short && word.contains(['X', 'd', 'F', 'T', 'o', 'O', 'K', 'u', 'c'])
            || word.starts_with("--")
                && !matches!(
                    **word,
                    "--head"
                        | "--silent"
                        | "--show-error"
                        | "--verbose"
                        | "--location"
                        | "--max-time"
                        | "--connect-timeout"
                        | "--insecure"
                        | "--include"
                        | "--fail"
                )
    };
    !words.iter().any(|word| writes(&word))
}

/// Returns a name that says what the file holds: `03-kubectl-get-pods-n-shop.txt`.
pub(crate) fn file_name(number: usize, words: &[String]) -> String {
    let mut name = format!("{number:02}");
    let own = |word: &&String| !word.contains('<');
    for word in words.iter().filter(own) {
        let mut plain: String = word
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
            .collect();
        plain = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        if name.len() + plain.len() > 60 {
            break;
        }
        if !plain.is_empty() {
            name.push('-');
            name.push_str(&plain);
        }
    }
    name + ".txt"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_a_shell_cuts_them() {
        let cases: &[(&str, &[&str])] = &[
            ("kubectl get pods -A", &["kubectl", "get", "pods", "-A"]),
            (
                r#"az x --query "[?name=='a b']" -o table"#,
                &["az", "x", "--query", "[?name=='a b']", "-o", "table"],
            ),
            (r#"a '' "b\"c" d\ e"#, &["a", "", "b\"c", "d e"]),
            ("  ", &[]),
            ("a 'open", &["a", "open"]),
        ];
        for (line, expected) in cases {
            assert_eq!(words(line), *expected, "{line}");
        }
    }

    #[test]
    fn only_commands_that_read_are_planned() {
        for good in [
            "kubectl get pods -A -o wide",
            "kubectl -n shop describe pod web-1",
            "kubectl get secret -n azure-arc",
            "kubectl get secret x -o name",
            "kubectl exec -n kube-system deploy/extension-agent -- nslookup westeurope.dp.example.com",
            "kubectl exec web -- cat /etc/resolv.conf",
            "kubectl auth can-i get pods",
            "az aks show -g rg -n aks -o json",
            "az network private-dns zone list --query \"[?name=='x']\" -o table",
            "az aks check-acr --resource-group a --name b --acr c",
            "helm history web -n shop",
            "curl -sv https://mcr.microsoft.com/v2/",
            "nslookup contoso.azurecr.io",
        ] {
            assert!(is_read_only(&words(good)), "{good}");
        }
        for bad in [
            "",
            "kubectl",
            "kubectl delete pod web-1",
            "kubectl -n get delete pod web",
            "kubectl apply -f x.yaml",
            "kubectl rollout restart deployment coredns",
            "kubectl get configmap x -o yaml > backup.yaml",
            "kubectl get secret x -o yaml",
            "kubectl get secrets -o jsonpath={.data}",
            "kubectl get pods,secrets -ojson",
            "kubectl exec web -- sh -c 'rm -rf /'",
            "kubectl exec web -- cat /etc/../root/.kube/config",
            "kubectl exec web",
            "kubectl get pods ; rm -rf /",
            "kubectl describe pod x --server=https://evil.example",
            "kubectl get pods -A -w",
            "kubectl get --raw /api",
            "helm status web --kube-apiserver https://evil.example",
            "az acr show -n @/etc/passwd",
            "az aks update -g a -n b",
            "az aks get-credentials -g a -n b",
            "az acr credential show -n x",
            "az storage account keys list -n x",
            "az aks command invoke --command 'kubectl delete'",
            "helm uninstall web",
            "helm get values web",
            "curl -X POST https://example.com",
            "curl -o /etc/passwd https://example.com",
            "rm -rf /",
        ] {
            assert!(!is_read_only(&words(bad)), "{bad}");
        }
    }

    #[test]
    fn file_names_are_plain_whatever_the_command_holds() {
        let name = |line: &str| file_name(3, &words(line));
        assert_eq!(name("kubectl get pods -n shop"), "03-kubectl-get-pods-n-shop.txt");
        assert_eq!(
            name("kubectl describe pod '../../x; $(reboot)' <a>"),
            "03-kubectl-describe-pod-x-reboot.txt"
        );
        assert!(name(&"kubectl long-word ".repeat(30)).len() <= 64);
    }
}
