//! The usual command for each event kind, for questions whose rule names none.

use kubetriage_model::Subject;

/// Event kind and command; `<name>` is filled where the bundle tells it.
const COMMANDS: &[(&str, &str)] = &[
    ("pod", "kubectl get pods -A -o json"),
    ("container", "kubectl get pods -A -o json"),
    ("kube_event", "kubectl get events -A"),
    ("node", "kubectl get nodes -o json"),
    ("workload", "kubectl get deployments,replicasets,statefulsets,daemonsets,jobs -A -o json"),
    ("config_map", "kubectl get configmaps -n kube-system -o yaml"),
    ("coredns_override", "kubectl get configmap -n kube-system coredns coredns-custom -o yaml"),
    ("coredns_host", "kubectl get configmap -n kube-system coredns coredns-custom -o yaml"),
    ("secret", "kubectl get secrets -A"),
    (
        "agent_log",
        "kubectl logs -n kube-system deploy/extension-agent --all-containers --tail=500 --timestamps",
    ),
    ("helm", "helm list -A"),
    (
        "extension",
        "az k8s-extension list --resource-group <resource-group> --cluster-name <cluster> --cluster-type managedClusters -o json",
    ),
    ("aks_cluster", "az aks show --resource-group <resource-group> --name <cluster> -o json"),
    (
        "connected_cluster",
        "az connectedk8s show --resource-group <resource-group> --name <cluster> -o json",
    ),
    ("role_assignment", "az role assignment list --assignee <kubelet-client-id> --all -o json"),
    (
        "machine_identity",
        "az vmss identity show --resource-group <node-resource-group> --name <scale-set> -o json",
    ),
    (
        "registry_check",
        "az aks check-acr --resource-group <resource-group> --name <cluster> --acr <registry>",
    ),
    ("registry", "az acr show --name <registry> -o json"),
];

/// Returns the usual command for an event kind, if there is one.
pub(super) fn command(kind: &str) -> Option<String> {
    let known = COMMANDS.iter().find(|(name, _)| *name == kind);
    known.map(|(_, command)| (*command).to_owned())
}

/// Returns the commands that tell most about one object.
pub(super) fn about(subject: &Subject) -> Vec<String> {
    let (Some(kind), Some(name)) = (&subject.kind, &subject.name) else { return Vec::new() };
    let namespace = subject.namespace.as_deref().map(|name| format!(" -n {}", quoted(name)));
    let namespace = namespace.unwrap_or_default();
    let (kind, name) = (quoted(&kind.to_lowercase()), quoted(name));
    let mut commands = vec![format!("kubectl describe {kind} {name}{namespace}")];
    if kind == "pod" {
        commands.push(format!("kubectl logs {name}{namespace} --all-containers --tail=500"));
    }
    commands
}

/// Returns a name as one word of a command line.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    if !name.is_empty() && name.chars().all(plain) && !name.starts_with('-') {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', "'\\''"))
}
