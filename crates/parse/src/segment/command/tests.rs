//! Command lines as people type them.

use super::{recognize, recognize_bare};

/// What a line must give: tool, verb, resource, name, namespace, flags (`A` all, `f` filtered, `p` previous).
type Wanted = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

#[test]
fn command_lines_say_what_they_ask_for() {
    let table: &[(&str, Wanted)] = &[
        ("kubectl get pods -n shop", ("kubectl", "get", "pods", "", "shop", "")),
        ("k get po -A", ("kubectl", "get", "po", "", "", "A")),
        ("oc get pods --all-namespaces", ("kubectl", "get", "pods", "", "", "A")),
        ("./kubectl.exe get po -nshop -owide", ("kubectl", "get", "po", "", "shop", "")),
        ("kubectl --namespace=shop get po", ("kubectl", "get", "po", "", "shop", "")),
        ("kubectl -n shop get pod/web-1", ("kubectl", "get", "pod", "web-1", "shop", "f")),
        (
            "kubectl describe pod web-1 -n shop",
            ("kubectl", "describe", "pod", "web-1", "shop", "f"),
        ),
        ("kubectl get po -l app=web", ("kubectl", "get", "po", "", "", "f")),
        ("kubectl get po -lapp=web", ("kubectl", "get", "po", "", "", "f")),
        ("kubectl get po | grep web", ("kubectl", "get", "po", "", "", "f")),
        ("kubectl get po | tee out.txt", ("kubectl", "get", "po", "", "", "")),
        ("kubectl get po > out.txt", ("kubectl", "get", "po", "", "", "")),
        ("sudo KUBECONFIG=/tmp/x microk8s kubectl get po", ("kubectl", "get", "po", "", "", "")),
        ("minikube kubectl -- get po -A", ("kubectl", "get", "po", "", "", "A")),
        ("watch -n 2 kubectl get po", ("kubectl", "get", "po", "", "", "")),
        ("kubectl logs -n shop web-1 -c app -p", ("kubectl", "logs", "pod", "web-1", "shop", "p")),
        ("kubectl logs deploy/web --tail=5", ("kubectl", "logs", "deploy", "web", "", "f")),
        (
            "kubectl rollout restart deploy web",
            ("kubectl", "rollout restart", "deploy", "web", "", "f"),
        ),
        (
            "kubectl exec -it -n shop web-1 -- nslookup a.b",
            ("kubectl", "exec", "pod", "web-1", "shop", ""),
        ),
        ("kubectl get po -n a && kubectl get po -n b", ("kubectl", "get", "", "", "", "")),
        (
            "az k8s-extension show -g rg -n ext -t managedClusters",
            ("az", "k8s-extension show", "", "ext", "", ""),
        ),
        ("helm status web -n shop", ("helm", "status", "", "web", "shop", "")),
    ];
    for (line, (tool, verb, resource, name, namespace, flags)) in table {
        let command = recognize(line).unwrap_or_default();
        let mut seen = String::new();
        for (flag, set) in
            [('A', command.all_namespaces), ('f', command.filtered), ('p', command.previous)]
        {
            if set {
                seen.push(flag);
            }
        }
        let read = (
            command.tool.as_str(),
            command.verb.as_str(),
            command.resource.as_deref().unwrap_or_default(),
            command.name.as_deref().unwrap_or_default(),
            command.namespace.as_deref().unwrap_or_default(),
            seen.as_str(),
        );
        assert_eq!(read, (*tool, *verb, *resource, *name, *namespace, *flags), "{line}");
    }
}

#[test]
fn the_inner_command_is_kept_in_words() {
    for line in ["kubectl exec -it x -- nslookup a.b", "kubectl exec x nslookup a.b"] {
        let inner = recognize(line).unwrap_or_default().inner;
        assert_eq!(inner, ["nslookup", "a.b"], "{line}");
    }
}

#[test]
fn sentences_are_not_commands() {
    for line in [
        "kubectl is the tool to use",
        "nslookup fails.",
        "host the application elsewhere",
        "az login",
        "Use kubectl get pods to see them",
        "k",
        "",
    ] {
        assert_eq!(recognize_bare(line), None, "{line}");
    }
}
