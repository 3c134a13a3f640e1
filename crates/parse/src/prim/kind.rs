//! Kinds of objects as the API spells them, from whatever a table, a command or a person writes.
//!
//! `pods`, `po`, `POD`, `deployment.apps`, `deployments.v1.apps` are all understood. Source: the
//! discovery documents of Kubernetes 1.19 to 1.34 and the custom resources most seen in captures.

/// One kind with its names.
struct Kind {
    /// As the API spells it.
    api: &'static str,
    /// Plural resource name.
    plural: &'static str,
    /// Short names.
    short: &'static [&'static str],
    /// True when its objects live in namespaces.
    namespaced: bool,
    /// True for kinds that Kubernetes itself serves.
    builtin: bool,
}

const fn kind(kind: &'static str, plural: &'static str, short: &'static [&'static str]) -> Kind {
    Kind { api: kind, plural, short, namespaced: true, builtin: true }
}

const fn cluster(kind: &'static str, plural: &'static str, short: &'static [&'static str]) -> Kind {
    Kind { api: kind, plural, short, namespaced: false, builtin: true }
}

const fn custom(kind: &'static str, plural: &'static str, short: &'static [&'static str]) -> Kind {
    Kind { api: kind, plural, short, namespaced: true, builtin: false }
}

const fn custom_cluster(
    kind: &'static str,
    plural: &'static str,
    short: &'static [&'static str],
) -> Kind {
    Kind { api: kind, plural, short, namespaced: false, builtin: false }
}

/// The kinds, sorted by name within each part.
const KINDS: &[Kind] = &[
    kind("ConfigMap", "configmaps", &["cm"]),
    kind("ControllerRevision", "controllerrevisions", &[]),
    kind("CronJob", "cronjobs", &["cj"]),
    kind("DaemonSet", "daemonsets", &["ds"]),
    kind("Deployment", "deployments", &["deploy"]),
    kind("EndpointSlice", "endpointslices", &[]),
    kind("Endpoints", "endpoints", &["ep"]),
    kind("Event", "events", &["ev"]),
    kind("HorizontalPodAutoscaler", "horizontalpodautoscalers", &["hpa"]),
    kind("Ingress", "ingresses", &["ing"]),
    kind("Job", "jobs", &[]),
    kind("Lease", "leases", &[]),
    kind("LimitRange", "limitranges", &["limits"]),
    kind("NetworkPolicy", "networkpolicies", &["netpol"]),
    kind("PersistentVolumeClaim", "persistentvolumeclaims", &["pvc"]),
    kind("Pod", "pods", &["po"]),
    kind("PodDisruptionBudget", "poddisruptionbudgets", &["pdb"]),
    kind("ReplicaSet", "replicasets", &["rs"]),
    kind("ReplicationController", "replicationcontrollers", &["rc"]),
    kind("ResourceClaim", "resourceclaims", &[]),
    kind("ResourceQuota", "resourcequotas", &["quota"]),
    kind("Role", "roles", &[]),
    kind("RoleBinding", "rolebindings", &[]),
    kind("Secret", "secrets", &[]),
    kind("Service", "services", &["svc"]),
    kind("ServiceAccount", "serviceaccounts", &["sa"]),
    kind("StatefulSet", "statefulsets", &["sts"]),
    cluster("APIService", "apiservices", &[]),
    cluster("CSIDriver", "csidrivers", &[]),
    cluster("CSINode", "csinodes", &[]),
    cluster("ComponentStatus", "componentstatuses", &["cs"]),
    cluster("CertificateSigningRequest", "certificatesigningrequests", &["csr"]),
    cluster("ClusterRole", "clusterroles", &[]),
    cluster("ClusterRoleBinding", "clusterrolebindings", &[]),
    cluster("CustomResourceDefinition", "customresourcedefinitions", &["crd", "crds"]),
    cluster("IngressClass", "ingressclasses", &[]),
    cluster("MutatingWebhookConfiguration", "mutatingwebhookconfigurations", &[]),
    cluster("Namespace", "namespaces", &["ns"]),
    cluster("Node", "nodes", &["no"]),
    cluster("PersistentVolume", "persistentvolumes", &["pv"]),
    cluster("PriorityClass", "priorityclasses", &["pc"]),
    cluster("RuntimeClass", "runtimeclasses", &[]),
    cluster("StorageClass", "storageclasses", &["sc"]),
    cluster("ValidatingAdmissionPolicy", "validatingadmissionpolicies", &[]),
    cluster("ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", &[]),
    cluster("ValidatingWebhookConfiguration", "validatingwebhookconfigurations", &[]),
    cluster("VolumeAttachment", "volumeattachments", &[]),
    custom("Application", "applications", &["app", "apps"]),
    custom("ApplicationSet", "applicationsets", &["appset", "appsets"]),
    custom("Backup", "backups", &[]),
    custom("CephCluster", "cephclusters", &[]),
    custom("Certificate", "certificates", &["cert", "certs"]),
    custom("CertificateRequest", "certificaterequests", &["cr", "crs"]),
    custom("Challenge", "challenges", &[]),
    custom("ExtensionConfig", "extensionconfigs", &[]),
    custom("ExternalSecret", "externalsecrets", &["es"]),
    custom("FluxConfig", "fluxconfigs", &[]),
    custom("GRPCRoute", "grpcroutes", &[]),
    custom("Gateway", "gateways", &["gtw"]),
    custom("GitRepository", "gitrepositories", &["gitrepo"]),
    custom("HTTPRoute", "httproutes", &[]),
    custom("HelmChart", "helmcharts", &["hc"]),
    custom("HelmRelease", "helmreleases", &["hr"]),
    custom("HelmRepository", "helmrepositories", &["helmrepo"]),
    custom("Issuer", "issuers", &[]),
    custom("Kustomization", "kustomizations", &["ks"]),
    custom("Machine", "machines", &[]),
    custom("MachineDeployment", "machinedeployments", &["md"]),
    custom("OCIRepository", "ocirepositories", &["ocirepo"]),
    custom("Order", "orders", &[]),
    custom("Rollout", "rollouts", &["ro"]),
    custom("ScaledJob", "scaledjobs", &["sj"]),
    custom("ScaledObject", "scaledobjects", &["so"]),
    custom("SecretProviderClass", "secretproviderclasses", &[]),
    custom("SecretProviderClassPodStatus", "secretproviderclasspodstatuses", &[]),
    custom("SecretStore", "secretstores", &["ss"]),
    custom("TCPRoute", "tcproutes", &[]),
    custom("TLSRoute", "tlsroutes", &[]),
    custom("TriggerAuthentication", "triggerauthentications", &["ta"]),
    custom("Volume", "volumes", &["lhv"]),
    custom("VolumeSnapshot", "volumesnapshots", &["vs"]),
    custom("VolumeSnapshotContent", "volumesnapshotcontents", &["vsc"]),
    custom_cluster("ClusterIssuer", "clusterissuers", &[]),
    custom_cluster("ClusterOperator", "clusteroperators", &["co"]),
    custom_cluster("ClusterSecretStore", "clustersecretstores", &["css"]),
    custom_cluster("EC2NodeClass", "ec2nodeclasses", &[]),
    custom_cluster("GatewayClass", "gatewayclasses", &["gc"]),
    custom_cluster("MachineConfigPool", "machineconfigpools", &["mcp"]),
    custom_cluster("NodeClaim", "nodeclaims", &[]),
    custom_cluster("NodePool", "nodepools", &[]),
];

fn find(word: &str) -> Option<&'static Kind> {
    let (name, group) = word.split_once('.').unwrap_or((word, ""));
    let known = KINDS.iter().find(|kind| {
        kind.api.eq_ignore_ascii_case(name)
            || kind.plural.eq_ignore_ascii_case(name)
            || kind.short.iter().any(|short| short.eq_ignore_ascii_case(name))
    })?;
    (!known.builtin || is_builtin_group(group)).then_some(known)
}

/// True for the API groups of Kubernetes itself, with or without a version before them.
fn is_builtin_group(group: &str) -> bool {
    let last = group.rsplit('.').next().unwrap_or(group);
    group.ends_with("k8s.io")
        || matches!(last, "" | "apps" | "batch" | "autoscaling" | "policy" | "extensions")
        || (last.starts_with('v') && !group.contains('.'))
}

/// Returns the kind as the API spells it; `None` for kinds unknown here.
///
/// `word` is singular, plural or short, in any case, with or without `.group` behind.
pub(crate) fn api_kind(word: &str) -> Option<&'static str> {
    find(word).map(|kind| kind.api)
}

/// Returns the kind as the API spells it, or `word` itself when it is unknown here.
pub(crate) fn kind_or_same(word: &str) -> String {
    api_kind(word).unwrap_or(word).to_owned()
}

/// Returns false for kinds whose objects live outside namespaces, true for all others.
pub(crate) fn is_namespaced(word: &str) -> bool {
    find(word).is_none_or(|kind| kind.namespaced)
}

/// Splits `kind[.group]/name` as tables of several kinds and event objects print it.
///
/// Gives the kind as the API spells it (as printed when unknown here) and the name; `None` without a
/// slash or with nothing before it.
pub(crate) fn split_object(text: &str) -> Option<(String, &str)> {
    let (kind, name) = text.split_once('/')?;
    let word = kind.starts_with(|c: char| c.is_ascii_alphabetic())
        && kind.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    word.then(|| (kind_or_same(kind), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_gives_the_api_kind() {
        let cases = [
            ("po", Some("Pod")),
            ("PODS", Some("Pod")),
            ("deployment.apps", Some("Deployment")),
            ("deployments.v1.apps", Some("Deployment")),
            ("persistentvolumeclaim", Some("PersistentVolumeClaim")),
            ("networkpolicies", Some("NetworkPolicy")),
            ("ingress.networking.k8s.io", Some("Ingress")),
            ("kustomization.kustomize.toolkit.fluxcd.io", Some("Kustomization")),
            ("service.serving.knative.dev", None),
            ("widget", None),
            ("", None),
        ];
        for (word, want) in cases {
            assert_eq!(api_kind(word), want, "{word}");
        }
    }

    #[test]
    fn names_are_unique() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in KINDS {
            for name in std::iter::once(&kind.plural).chain(kind.short) {
                assert!(seen.insert(*name), "{name} twice");
            }
        }
    }

    #[test]
    fn objects_split_at_the_first_slash() {
        assert_eq!(split_object("pod/web-1"), Some(("Pod".to_owned(), "web-1")));
        assert_eq!(split_object("Widget/a/b"), Some(("Widget".to_owned(), "a/b")));
        assert_eq!(split_object("0/2"), None);
        assert_eq!(split_object("/x"), None);
        assert!(is_namespaced("widgets") && !is_namespaced("no"));
    }
}
