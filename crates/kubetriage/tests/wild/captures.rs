//! The clean captures that are dressed: one of each kind of text that people hand over.

use std::path::Path;
use std::sync::LazyLock;

/// What a capture is, as far as a form depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Columns under a header.
    Table,
    /// `kubectl describe`.
    Describe,
    /// A JSON document.
    Json,
    /// A YAML document.
    Yaml,
    /// Lines of a log.
    Log,
    /// An answer of a DNS tool.
    Dns,
    /// Sentences of a tool, one a line.
    Message,
}
use Kind::{Describe, Dns, Json, Log, Message, Table, Yaml};

/// A clean capture.
#[derive(Debug)]
pub(crate) struct Capture {
    /// Path in `testdata`.
    pub path: &'static str,
    /// What it is.
    pub kind: Kind,
    /// The command that prints it.
    pub command: &'static str,
    /// The text.
    pub text: String,
}

impl Capture {
    /// Returns the lines of the text.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.text.lines().collect()
    }
}

const CLEAN: &[(&str, Kind, &str)] = &[
    ("captures/admission-denied/capture/apply.txt", Message, "kubectl apply -f privileged.yaml"),
    (
        "captures/admission-denied/capture/describe-deploy.txt",
        Describe,
        "kubectl describe deploy nginx",
    ),
    ("captures/admission-denied/capture/describe-rs.txt", Describe, "kubectl describe rs"),
    ("captures/admission-denied/capture/get-deploy.yaml", Yaml, "kubectl get deploy nginx -o yaml"),
    ("captures/admission-denied/capture/kubectl-get-events-A.txt", Table, "kubectl get events -A"),
    (
        "captures/agent-403-private-dns/capture/exec-nslookup.txt",
        Dns,
        "nslookup westeurope.dp.kubernetesconfiguration.azure.com",
    ),
    (
        "captures/agent-403-private-dns/capture/logs-extension-agent-c.txt",
        Log,
        "kubectl logs -n kube-system extension-agent-ssw9tbhd4c-jsj5q",
    ),
    (
        "captures/agent-critical-addons-only/capture/describe-pod-extension-agent-cdtwdjt6kz-gw2ft.txt",
        Describe,
        "kubectl describe pod -n kube-system extension-agent-cdtwdjt6kz-gw2ft",
    ),
    (
        "captures/agent-critical-addons-only/capture/kubectl-get-events-A.txt",
        Table,
        "kubectl get events -A",
    ),
    (
        "captures/agent-critical-addons-only/capture/kubectl-get-pods-A.txt",
        Table,
        "kubectl get pods -A",
    ),
    (
        "captures/agent-critical-addons-only/capture/kubectl-get-pods-extension-agent.yaml",
        Yaml,
        "kubectl get pods -n kube-system -o yaml",
    ),
    (
        "captures/agent-insufficient-resources/capture/describe-pod-extension-operator-k728cshr5l-zq2vn.txt",
        Describe,
        "kubectl describe pod -n kube-system extension-operator-k728cshr5l-zq2vn",
    ),
    (
        "captures/agent-insufficient-resources/capture/kubectl-get-events-A.txt",
        Table,
        "kubectl get events -A",
    ),
    (
        "captures/app-untolerated-taint-gpu/capture/describe-pod-trainer-k2spnn6fm6-s4wx4.txt",
        Describe,
        "kubectl describe pod trainer-k2spnn6fm6-s4wx4",
    ),
    (
        "captures/app-untolerated-taint-gpu/capture/kubectl-get-nodes.txt",
        Table,
        "kubectl get nodes",
    ),
    (
        "captures/arc-pull-401-anonymous/capture/describe-pod-config-agent-jpvhhn7wrf-vpcs5.txt",
        Describe,
        "kubectl describe pod -n azure-arc config-agent-jpvhhn7wrf-vpcs5",
    ),
    ("captures/arc-pull-401-anonymous/capture/get-pods-A.txt", Table, "kubectl get pods -A"),
    (
        "captures/arc-pull-401-anonymous/capture/get-pods-azure-arc.txt",
        Table,
        "kubectl get pods -n azure-arc",
    ),
    (
        "captures/arc-pull-http-https/capture/describe-pod-config-agent-69tqkfplqq-8m9b9.txt",
        Describe,
        "kubectl describe pod -n azure-arc config-agent-69tqkfplqq-8m9b9",
    ),
    (
        "captures/arc-pull-no-such-host/capture/describe-pod-config-agent-7jdtxzr4w2-8sdnw.txt",
        Describe,
        "kubectl describe pod -n azure-arc config-agent-7jdtxzr4w2-8sdnw",
    ),
    (
        "captures/arc-pull-secret-missing/capture/get-events-azure-arc.txt",
        Table,
        "kubectl get events -n azure-arc",
    ),
    (
        "captures/coredns-override-invalid/capture/coredns-custom.yaml",
        Yaml,
        "kubectl get cm -n kube-system coredns-custom -o yaml",
    ),
    (
        "captures/coredns-override-invalid/capture/describe-cm.txt",
        Describe,
        "kubectl describe cm -n kube-system coredns-custom",
    ),
    (
        "captures/crash-config-error/capture/describe-pod-api-995jzp2bjf-fm9xg.txt",
        Describe,
        "kubectl describe pod api-995jzp2bjf-fm9xg",
    ),
    (
        "captures/crash-config-error/capture/kubectl-get-events-A.txt",
        Table,
        "kubectl get events -A",
    ),
    ("captures/dns-nxdomain/capture/busybox.txt", Dns, "nslookup contosotypo.azurecr.io"),
    ("captures/dns-nxdomain/capture/dig.txt", Dns, "dig contosotypo.azurecr.io"),
    ("captures/dns-nxdomain/capture/host.txt", Dns, "host contosotypo.azurecr.io"),
    (
        "captures/dns-public-chain/capture/dig.txt",
        Dns,
        "dig westeurope.dp.kubernetesconfiguration.azure.com",
    ),
    (
        "captures/dns-public-chain/capture/nslookup.txt",
        Dns,
        "nslookup westeurope.dp.kubernetesconfiguration.azure.com",
    ),
    ("captures/dns-refused/capture/nslookup.txt", Dns, "nslookup mcr.microsoft.com"),
    ("captures/dns-timeout/capture/nslookup.txt", Dns, "nslookup mcr.microsoft.com 10.0.0.99"),
    (
        "captures/dockerhub-rate-limit/capture/describe.v37.txt",
        Describe,
        "kubectl describe pod redis-cache-b7f4bk5k79-dm6kv",
    ),
    ("captures/dockerhub-rate-limit/capture/events-wide.txt", Table, "kubectl get events -o wide"),
    ("captures/dockerhub-rate-limit/capture/get-all.txt", Table, "kubectl get all"),
    (
        "captures/dockerhub-rate-limit/capture/get-pod.json",
        Json,
        "kubectl get pod redis-cache-b7f4bk5k79-dm6kv -o json",
    ),
    ("captures/dockerhub-rate-limit/capture/kubectl-events.v37.txt", Table, "kubectl events"),
    (
        "captures/exec-format-error/capture/describe-pod-gateway-2m6pkrlttb-6ncdf.txt",
        Describe,
        "kubectl describe pod gateway-2m6pkrlttb-6ncdf",
    ),
    (
        "captures/exec-format-error/capture/logs-gateway.txt",
        Log,
        "kubectl logs gateway-2m6pkrlttb-6ncdf",
    ),
    (
        "captures/healthy-traps/capture/describe-pod-imagepullbackoff-exporter-k9xrjchrzd-tr9f6.txt",
        Describe,
        "kubectl describe pod imagepullbackoff-exporter-k9xrjchrzd-tr9f6",
    ),
    ("captures/healthy-traps/capture/kubectl-describe-cm.txt", Describe, "kubectl describe cm"),
    ("captures/healthy-traps/capture/kubectl-get-events-A.txt", Table, "kubectl get events -A"),
    ("captures/healthy-traps/capture/kubectl-get-nodes.txt", Table, "kubectl get nodes"),
    ("captures/healthy-traps/capture/kubectl-get-pods-A.txt", Table, "kubectl get pods -A"),
    (
        "captures/helm-chart-download/capture/repo-404.helm-4.3.1.txt",
        Message,
        "helm repo add contoso https://charts.contoso.com",
    ),
    ("captures/helm-install-ok/capture/list.helm-4.3.1.txt", Table, "helm list -A"),
    (
        "captures/helm-install-ok/capture/status.helm-4.3.1.txt",
        Message,
        "helm status frontend -n shop",
    ),
    (
        "captures/helm-readiness-timeout/capture/install.helm-4.3.1.txt",
        Message,
        "helm install frontend contoso/frontend -n shop --wait",
    ),
    (
        "captures/helm-resource-exists/capture/install.helm-4.3.1.txt",
        Message,
        "helm install frontend contoso/frontend -n shop",
    ),
    ("captures/kubectl-client-errors/capture/rbac.txt", Message, "kubectl get secrets -A"),
    (
        "captures/kubectl-client-errors/capture/notfound.txt",
        Message,
        "kubectl get pod -n kube-system extension-agent-55d4f4795f-sqx7q",
    ),
    ("captures/kubectl-client-errors/capture/no-such-host.txt", Message, "kubectl get pods"),
    ("captures/node-not-ready/capture/describe-node.v25.txt", Describe, "kubectl describe node"),
    ("captures/node-not-ready/capture/kubectl-get-nodes.txt", Table, "kubectl get nodes"),
    ("captures/node-not-ready/capture/kubectl-get-events-A.txt", Table, "kubectl get events -A"),
    (
        "captures/node-selector-mismatch-windows/capture/describe-pod-iis-frontend-jx54rz84nw-h8h2h.txt",
        Describe,
        "kubectl describe pod iis-frontend-jx54rz84nw-h8h2h",
    ),
    (
        "captures/probe-failures/capture/describe-pod-frontend-56tlgv8plr-wl49d.txt",
        Describe,
        "kubectl describe pod frontend-56tlgv8plr-wl49d",
    ),
    ("captures/probe-failures/capture/kubectl-get-events-A.txt", Table, "kubectl get events -A"),
    (
        "captures/sandbox-failed/capture/describe-pod-burst-69ppdrkkz2-rbwsb.txt",
        Describe,
        "kubectl describe pod burst-69ppdrkkz2-rbwsb",
    ),
    ("captures/sandbox-failed/capture/kubectl-get-events-A.txt", Table, "kubectl get events -A"),
    (
        "formats/agent_log/typical/input.txt",
        Log,
        "kubectl logs -n kube-system extension-agent-5d8c7b6f9d-abcde",
    ),
    (
        "formats/az/check-acr-401/input.txt",
        Message,
        "az aks check-acr -n contoso -g rg --acr contoso.azurecr.io",
    ),
    (
        "formats/az/check-acr-good/input.txt",
        Message,
        "az aks check-acr -n contoso -g rg --acr contoso.azurecr.io",
    ),
    (
        "formats/az/extension-show/input.txt",
        Json,
        "az k8s-extension show -n flux -g rg -c aks -t managedClusters",
    ),
    (
        "formats/az/error-details/input.txt",
        Message,
        "az k8s-extension create -n flux -g rg -c aks -t managedClusters",
    ),
    ("formats/nslookup/windows-english/input.txt", Dns, "nslookup contoso.azurecr.io"),
    ("formats/nslookup/windows-nxdomain/input.txt", Dns, "nslookup contosotypo.azurecr.io"),
];

/// The captures, read.
pub(crate) static CAPTURES: LazyLock<Vec<Capture>> = LazyLock::new(|| {
    CLEAN
        .iter()
        .map(|&(path, kind, command)| Capture { path, kind, command, text: read(path) })
        .collect()
});

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    std::fs::read_to_string(root.join(path)).unwrap()
}
