//! What everybody has, and therefore tells nothing about anybody.

use std::collections::HashSet;

/// Namespaces of the platform: they and the objects inside keep their names.
const NAMESPACES: &[&str] = &[
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "azure-arc",
    "azure-arc-release",
    "gatekeeper-system",
    "calico-system",
    "tigera-operator",
    "flux-system",
    "dapr-system",
    "cert-manager",
    "ingress-nginx",
    "app-routing-system",
    "aks-istio-system",
    "aks-istio-ingress",
    "aks-istio-egress",
    "istio-system",
    "azureml",
    "azure-workload-identity-system",
    "aks-command",
    "azure-extensions-usage-system",
];

/// Words that are never taken for the name of something of a customer.
const WORDS: &[&str] = &[
    "default",
    "batch",
    "apps",
    "autoscaling",
    "networking",
    "policy",
    "storage",
    "authorization",
    "discovery",
    "latest",
    "kubernetes",
    "kubelet",
    "kube-dns",
    "coredns",
    "kube-proxy",
    "metrics-server",
    "konnectivity-agent",
    "extension-agent",
    "extension-operator",
    "azure-cns",
    "azure-npm",
    "busybox",
    "nginx",
    "redis",
    "postgres",
    "alpine",
    "ubuntu",
    "debian",
    "dnsutils",
    "tunnelfront",
    "omsagent",
    "ama-logs",
    "ama-metrics",
    "manager",
    "agent",
    "operator",
    "controller",
    "container",
    "pods",
    "logs",
    "events",
    "nodes",
    "node",
    "pod",
    "namespace",
    "service",
    "secret",
    "configmap",
    "error",
    "warning",
    "normal",
    "true",
    "false",
    "none",
    "null",
    "unknown",
    "running",
    "pending",
    "failed",
    "succeeded",
    "completed",
    "linux",
    "windows",
    "amd64",
    "arm64",
    "cluster",
    "system",
    "master",
    "worker",
    "user",
    "name",
    "type",
    "status",
    "reason",
    "message",
    "image",
    "host",
    "localhost",
    "http",
    "https",
    "tcp",
    "udp",
    "dns",
    "get",
    "list",
    "describe",
    "kubectl",
    "helm",
    "azure",
    "microsoft",
    "release",
    "job",
    "init",
    "main",
    "data",
    "config",
    "local",
    "svc",
    "server",
    "client",
    "proxy",
    "registry",
    "istio-proxy",
    "daprd",
    "linkerd-proxy",
    "fluent-bit",
    "prometheus",
    "grafana",
    "docker",
    "containerd",
    "library",
    "image-pull-secrets",
    "kube-root-ca",
    "cluster-resources",
    "cluster-info",
    "must-gather",
    "tmp",
    "var",
    "log",
    "out",
    "txt",
    "json",
    "yaml",
    "capture",
    "bundle",
    "new",
    "old",
    "all",
    "any",
    "and",
    "the",
    "for",
];

/// Hosts and domains of the platform and of public registries; what lies below them stays too.
const HOSTS: &[&str] = &[
    "mcr.microsoft.com",
    "microsoft.com",
    "microsoftonline.com",
    "windows.net",
    "azure.com",
    "azure.net",
    "azure.cn",
    "azure.us",
    "aka.ms",
    "msedge.net",
    "azureedge.net",
    "azurefd.net",
    "trafficmanager.net",
    "akadns.net",
    "docker.io",
    "docker.com",
    "ghcr.io",
    "github.com",
    "githubusercontent.com",
    "github.io",
    "quay.io",
    "gcr.io",
    "googleapis.com",
    "registry.k8s.io",
    "k8s.io",
    "x-k8s.io",
    "kubernetes.io",
    "public.ecr.aws",
    "amazonaws.com",
    "istio.io",
    "projectcalico.org",
    "cert-manager.io",
    "fluxcd.io",
    "dapr.io",
    "openservicemesh.io",
    "helm.sh",
    "coreos.com",
    "golang.org",
    "grpc.io",
    "elastic.co",
    "ubuntu.com",
    "debian.org",
    "nginx.org",
    "gatekeeper.sh",
    "tigera.io",
    "cncf.io",
    "letsencrypt.org",
    "digicert.com",
    "msocsp.com",
    "msftncsi.com",
    "opencontainers.org",
    "openshift.io",
    "replicated.com",
    "cattle.io",
    "k3s.io",
    "rancher.io",
    "rancher.com",
    "kubebuilder.io",
    "containo.us",
    "traefik.io",
    "prometheus.io",
    "jetstack.io",
    "longhorn.io",
    "argoproj.io",
    "crossplane.io",
    "kyverno.io",
    "linkerd.io",
    "cilium.io",
    "velero.io",
    "strimzi.io",
    "keda.sh",
    "mongodb.com",
    "bitnami.com",
    "redhat.com",
    "w3.org",
    "apache.org",
    "nvidia.com",
    "google.com",
    "root-servers.net",
    "verisign-grs.com",
    "sigs.k8s.io",
    "in-addr.arpa",
    "ip6.arpa",
    "cluster.local",
    "example.com",
    "example.org",
    "example.net",
];

/// Domains of the platform below which the first label, or all before a region, is a customer's name.
pub(crate) const RENTED: &[&str] = &[
    "azurecr.io",
    "azurecr.cn",
    "azurecr.us",
    "azmk8s.io",
    "cloudapp.azure.com",
    "core.windows.net",
    "vault.azure.net",
    "database.windows.net",
    "azurewebsites.net",
    "servicebus.windows.net",
    "redis.cache.windows.net",
    "documents.azure.com",
    "postgres.database.azure.com",
    "mysql.database.azure.com",
    "internal.cloudapp.net",
];

/// Last labels that make a dotted word a host rather than a file, a field or a version.
const TOP_LEVELS: &[&str] = &[
    "com", "net", "org", "io", "de", "it", "fr", "uk", "eu", "ch", "at", "nl", "es", "pt", "be",
    "dk", "se", "no", "fi", "pl", "cz", "ie", "info", "biz", "local", "internal", "intranet",
    "corp", "lan", "home", "cloud", "tech", "example", "test", "invalid", "us", "ca", "jp", "cn",
    "in", "br", "au", "nz", "za", "mx",
];

/// Ids that are the same in every tenant: built-in roles of Azure.
const IDS: &[&str] = &[
    "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "8311e382-0749-4cb8-b61a-304f252e45ec",
    "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
    "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "f1a07417-d97a-45cb-824c-7a7467783830",
    "b93aa761-3e63-49ed-ac28-beffa264f7ac",
    "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "00000000-0000-0000-0000-000000000000",
];

/// True for a namespace of the platform.
pub(crate) fn is_system(namespace: &str) -> bool {
    NAMESPACES.contains(&namespace)
}

/// True for an id that is the same everywhere.
pub(crate) fn is_known_id(id: &str) -> bool {
    IDS.iter().any(|known| known.eq_ignore_ascii_case(id))
}

/// True for a host that everybody talks to.
pub(crate) fn is_known_host(host: &str) -> bool {
    HOSTS.iter().any(|known| is_below(host, known))
}

/// True for `host` itself and for what lies below `domain`; both in small letters.
pub(crate) fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// True for the last label of hosts.
pub(crate) fn is_top_level(label: &str) -> bool {
    TOP_LEVELS.contains(&label)
}

/// Words that stay: those above and those that the user of this crate adds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(HashSet<String>);

impl Words {
    /// Adds every word of a text, so that what rules look for is never taken for a name.
    pub(crate) fn keep(&mut self, text: &str) {
        let part = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
        let words =
            text.split(part).map(|word| word.trim_matches('-')).filter(|word| word.len() > 2);
        self.0.extend(words.map(str::to_lowercase));
    }

    /// Adds one word.
    pub(crate) fn stay(&mut self, word: &str) {
        self.0.insert(word.to_lowercase());
    }

    /// True for a word that stays.
    pub(crate) fn stays(&self, word: &str) -> bool {
        WORDS.contains(&word) || is_system(word) || self.0.contains(word)
    }
}
