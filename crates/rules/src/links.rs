//! The link table: rules name documentation by key, so that a moved page is mended in one place.

/// Key, and address of the page; a rule may add `#anchor` to a key. Sorted by key.
const LINKS: &[(&str, &str)] = &[
    (
        "acr-authentication",
        "https://learn.microsoft.com/azure/container-registry/container-registry-authentication",
    ),
    (
        "acr-authorization",
        "https://learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions",
    ),
    (
        "acr-firewall",
        "https://learn.microsoft.com/azure/container-registry/container-registry-firewall-access-rules",
    ),
    (
        "acr-login",
        "https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-login",
    ),
    (
        "acr-network",
        "https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-access",
    ),
    (
        "acr-performance",
        "https://learn.microsoft.com/azure/container-registry/container-registry-troubleshoot-performance",
    ),
    ("aks-acr", "https://learn.microsoft.com/azure/aks/cluster-container-registry-integration"),
    (
        "aks-acr-triage",
        "https://learn.microsoft.com/azure/architecture/operator-guides/aks/aks-triage-container-registry",
    ),
    (
        "aks-api-server",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/cannot-access-cluster-api-server-using-authorized-ip-ranges",
    ),
    ("aks-autoscaler", "https://learn.microsoft.com/azure/aks/cluster-autoscaler"),
    (
        "aks-backup-extension",
        "https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-troubleshoot",
    ),
    ("aks-certificates", "https://learn.microsoft.com/azure/aks/certificate-rotation"),
    ("aks-coredns", "https://learn.microsoft.com/azure/aks/coredns-custom"),
    (
        "aks-dapr-errors",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/extensions/troubleshoot-dapr-extension-installation-errors",
    ),
    (
        "aks-dns",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/dns/basic-troubleshooting-dns-resolution-problems",
    ),
    (
        "aks-extension-deploy-errors",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/extensions/cluster-extension-deployment-errors",
    ),
    ("aks-extensions", "https://learn.microsoft.com/azure/aks/cluster-extensions"),
    ("aks-extensions-cli", "https://learn.microsoft.com/azure/aks/deploy-extensions-az-cli"),
    (
        "aks-image-pull",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/extensions/cannot-pull-image-from-acr-to-aks-cluster",
    ),
    ("aks-localdns", "https://learn.microsoft.com/azure/aks/localdns-custom"),
    ("aks-load-balancer", "https://learn.microsoft.com/azure/aks/load-balancer-standard"),
    ("aks-managed-identity", "https://learn.microsoft.com/azure/aks/use-managed-identity"),
    (
        "aks-marketplace-errors",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/extensions/troubleshoot-failed-kubernetes-deployment-offer",
    ),
    (
        "aks-node-not-ready",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/availability-performance/node-not-ready-basic-troubleshooting",
    ),
    ("aks-outbound", "https://learn.microsoft.com/azure/aks/outbound-rules-control-egress"),
    (
        "aks-outbound-cse",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/create-upgrade-delete/error-code-outboundconnfailvmextensionerror",
    ),
    (
        "aks-pod-scheduling",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/availability-performance/troubleshoot-pod-scheduler-errors",
    ),
    ("aks-policy", "https://learn.microsoft.com/azure/aks/use-azure-policy"),
    (
        "aks-policy-disallowed",
        "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/create-upgrade-delete/error-code-requestdisallowedbypolicy",
    ),
    ("aks-rbac", "https://learn.microsoft.com/azure/aks/manage-azure-rbac"),
    ("aks-system-pools", "https://learn.microsoft.com/azure/aks/use-system-pools"),
    ("aks-update-credentials", "https://learn.microsoft.com/azure/aks/update-credentials"),
    ("aks-upgrade", "https://learn.microsoft.com/azure/aks/upgrade-cluster"),
    ("arc-agent-upgrade", "https://learn.microsoft.com/azure/azure-arc/kubernetes/agent-upgrade"),
    (
        "arc-cluster-connect",
        "https://learn.microsoft.com/azure/azure-arc/kubernetes/cluster-connect",
    ),
    (
        "arc-connect",
        "https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster",
    ),
    (
        "arc-extensions",
        "https://learn.microsoft.com/azure/azure-arc/kubernetes/extensions-troubleshooting",
    ),
    ("arc-network", "https://learn.microsoft.com/azure/azure-arc/kubernetes/network-requirements"),
    ("arc-private-link", "https://learn.microsoft.com/azure/azure-arc/kubernetes/private-link"),
    (
        "arc-troubleshooting",
        "https://learn.microsoft.com/azure/azure-arc/kubernetes/diagnose-connection-issues",
    ),
    ("argocd-health", "https://argo-cd.readthedocs.io/en/stable/operator-manual/health/"),
    (
        "arm-locks",
        "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
    ),
    (
        "arm-register-provider",
        "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider",
    ),
    (
        "azure-policy-exemption",
        "https://learn.microsoft.com/azure/governance/policy/concepts/exemption-structure",
    ),
    ("azure-private-dns", "https://learn.microsoft.com/azure/private-link/private-endpoint-dns"),
    ("azure-quotas", "https://learn.microsoft.com/azure/aks/quotas-skus-regions"),
    (
        "azure-rbac-troubleshoot",
        "https://learn.microsoft.com/azure/role-based-access-control/troubleshooting",
    ),
    (
        "azureml-extension",
        "https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-kubernetes-extension",
    ),
    ("cert-manager", "https://cert-manager.io/docs/troubleshooting/"),
    ("cert-manager-acme", "https://cert-manager.io/docs/troubleshooting/acme/"),
    ("coredns-errors", "https://coredns.io/plugins/errors/"),
    ("coredns-hosts", "https://coredns.io/plugins/hosts/"),
    ("coredns-loop", "https://coredns.io/plugins/loop/"),
    ("etcd-operations", "https://etcd.io/docs/latest/op-guide/"),
    (
        "flux-troubleshooting",
        "https://learn.microsoft.com/azure/azure-arc/kubernetes/extensions-troubleshooting",
    ),
    ("helm", "https://helm.sh/docs/"),
    ("helm-api-removal", "https://helm.sh/docs/topics/kubernetes_apis/"),
    ("helm-charts", "https://helm.sh/docs/topics/charts/"),
    ("helm-crds", "https://helm.sh/docs/chart_best_practices/custom_resource_definitions/"),
    ("helm-debugging", "https://helm.sh/docs/chart_template_guide/debugging/"),
    ("helm-history", "https://helm.sh/docs/helm/helm_history/"),
    ("helm-hooks", "https://helm.sh/docs/topics/charts_hooks/"),
    ("helm-install", "https://helm.sh/docs/helm/helm_install/"),
    ("helm-registries", "https://helm.sh/docs/topics/registries/"),
    ("helm-repository", "https://helm.sh/docs/topics/chart_repository/"),
    ("helm-rollback", "https://helm.sh/docs/helm/helm_rollback/"),
    ("helm-upgrade", "https://helm.sh/docs/helm/helm_upgrade/"),
    ("helm-version-skew", "https://helm.sh/docs/topics/version_skew/"),
    ("k8s-access", "https://kubernetes.io/docs/tasks/access-application-cluster/access-cluster/"),
    (
        "k8s-admission",
        "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/",
    ),
    ("k8s-apf", "https://kubernetes.io/docs/concepts/cluster-administration/flow-control/"),
    (
        "k8s-cni",
        "https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/",
    ),
    (
        "k8s-configure-pod",
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/",
    ),
    ("k8s-cronjobs", "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"),
    (
        "k8s-custom-resources",
        "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/",
    ),
    ("k8s-debug-pods", "https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/"),
    (
        "k8s-debug-services",
        "https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/",
    ),
    ("k8s-deployments", "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"),
    ("k8s-deprecation", "https://kubernetes.io/docs/reference/using-api/deprecation-guide/"),
    ("k8s-dns", "https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/"),
    ("k8s-drain", "https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/"),
    ("k8s-etcd", "https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/"),
    ("k8s-gateway", "https://gateway-api.sigs.k8s.io/concepts/troubleshooting/"),
    ("k8s-hpa", "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"),
    ("k8s-images", "https://kubernetes.io/docs/concepts/containers/images/"),
    ("k8s-ingress", "https://kubernetes.io/docs/concepts/services-networking/ingress/"),
    ("k8s-jobs", "https://kubernetes.io/docs/concepts/workloads/controllers/job/"),
    (
        "k8s-kubeadm",
        "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/troubleshooting-kubeadm/",
    ),
    (
        "k8s-kubeadm-certs",
        "https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/",
    ),
    (
        "k8s-kubelet-config",
        "https://kubernetes.io/docs/tasks/administer-cluster/kubelet-config-file/",
    ),
    (
        "k8s-lifecycle-hooks",
        "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/",
    ),
    ("k8s-limit-range", "https://kubernetes.io/docs/concepts/policy/limit-range/"),
    (
        "k8s-limits",
        "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    ),
    (
        "k8s-metrics",
        "https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/",
    ),
    (
        "k8s-node-pressure",
        "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
    ),
    ("k8s-nodes", "https://kubernetes.io/docs/concepts/architecture/nodes/"),
    ("k8s-pdb", "https://kubernetes.io/docs/tasks/run-application/configure-pdb/"),
    ("k8s-persistent-volumes", "https://kubernetes.io/docs/concepts/storage/persistent-volumes/"),
    ("k8s-pod-security", "https://kubernetes.io/docs/concepts/security/pod-security-admission/"),
    (
        "k8s-priority",
        "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/",
    ),
    (
        "k8s-probes",
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ),
    (
        "k8s-pull-secret",
        "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/",
    ),
    ("k8s-quota", "https://kubernetes.io/docs/concepts/policy/resource-quotas/"),
    ("k8s-rbac", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"),
    ("k8s-scheduling", "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/"),
    ("k8s-server-side-apply", "https://kubernetes.io/docs/reference/using-api/server-side-apply/"),
    (
        "k8s-service-accounts",
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
    ),
    ("k8s-storage-classes", "https://kubernetes.io/docs/concepts/storage/storage-classes/"),
    ("k8s-taints", "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"),
    (
        "k8s-topology-spread",
        "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    ),
    ("k8s-version-skew", "https://kubernetes.io/releases/version-skew-policy/"),
    ("keda", "https://keda.sh/docs/latest/troubleshooting/"),
    ("kind-known-issues", "https://kind.sigs.k8s.io/docs/user/known-issues/"),
    ("longhorn", "https://longhorn.io/docs/latest/troubleshoot/"),
    (
        "openshift-operators",
        "https://docs.openshift.com/container-platform/latest/support/troubleshooting/troubleshooting-operator-issues.html",
    ),
    ("rook-ceph", "https://rook.io/docs/rook/latest/Troubleshooting/ceph-common-issues/"),
];

/// Returns the address that `key` stands for, with the key's anchor.
pub(crate) fn url(key: &str) -> Option<String> {
    let (page, anchor) = key.split_once('#').map_or((key, None), |(page, a)| (page, Some(a)));
    let (_, url) = LINKS.iter().find(|(known, _)| *known == page)?;
    Some(anchor.map_or_else(|| (*url).to_owned(), |anchor| format!("{url}#{anchor}")))
}

/// Returns all keys, sorted.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    LINKS.iter().map(|(key, _)| *key)
}
