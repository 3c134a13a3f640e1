//! Which kind of objects the columns of a table give away.

use kubetriage_model::Command;

use super::header::Header;
use crate::prim::kind::api_kind;
use crate::text::Line;

/// Sets of columns that give a kind away, the more telling first.
const SIGNATURES: &[(&[&str], &str)] = &[
    (&["TYPE", "REASON", "MESSAGE"], "Event"),
    (&["LAST SEEN", "REASON"], "Event"),
    (&["REASON", "OBJECT", "MESSAGE"], "Event"),
    (&["READY", "STATUS", "RESTARTS"], "Pod"),
    (&["STATUS", "ROLES", "VERSION"], "Node"),
    (&["DESIRED", "CURRENT", "NODE SELECTOR"], "DaemonSet"),
    (&["READY", "UP-TO-DATE", "AVAILABLE"], "Deployment"),
    (&["DESIRED", "CURRENT", "UP-TO-DATE", "AVAILABLE"], "Deployment"),
    (&["DESIRED", "CURRENT", "READY", "AGE"], "ReplicaSet"),
    (&["COMPLETIONS", "AGE"], "Job"),
    (&["DESIRED", "SUCCESSFUL", "AGE"], "Job"),
    (&["SCHEDULE", "SUSPEND"], "CronJob"),
    (&["CLUSTER-IP", "PORT(S)"], "Service"),
    (&["STATUS", "VOLUME", "CAPACITY", "ACCESS MODES"], "PersistentVolumeClaim"),
    (&["CAPACITY", "RECLAIM POLICY", "CLAIM"], "PersistentVolume"),
    (&["HOSTS", "ADDRESS", "PORTS"], "Ingress"),
    (&["REFERENCE", "TARGETS", "MINPODS"], "HorizontalPodAutoscaler"),
    (&["MIN AVAILABLE", "MAX UNAVAILABLE"], "PodDisruptionBudget"),
    (&["PROVISIONER", "RECLAIM POLICY"], "StorageClass"),
    (&["ATTACHER", "PV", "NODE"], "VolumeAttachment"),
    (&["SIGNERNAME", "REQUESTOR"], "CertificateSigningRequest"),
    (&["ADDRESSTYPE", "ENDPOINTS"], "EndpointSlice"),
    (&["POD-SELECTOR"], "NetworkPolicy"),
    (&["VALUE", "GLOBAL-DEFAULT"], "PriorityClass"),
    (&["AVAILABLE", "PROGRESSING", "DEGRADED"], "ClusterOperator"),
    (&["CONFIG", "UPDATED", "DEGRADED"], "MachineConfigPool"),
    (&["APPROVED", "DENIED", "READY", "REQUESTOR"], "CertificateRequest"),
    (&["SYNC STATUS", "HEALTH STATUS"], "Application"),
    (&["CLUSTER", "PROJECT", "HEALTH"], "Application"),
    (&["SCALETARGETKIND", "SCALETARGETNAME", "TRIGGERS"], "ScaledObject"),
    (&["CLASS", "ADDRESS", "PROGRAMMED"], "Gateway"),
    (&["CONTROLLER", "ACCEPTED"], "GatewayClass"),
    (&["CONTROLLER", "PARAMETERS"], "IngressClass"),
    (&["STORE", "REFRESH INTERVAL", "READY"], "ExternalSecret"),
    (&["DATADIRHOSTPATH", "MONCOUNT"], "CephCluster"),
    (&["READYTOUSE", "SNAPSHOTCLASS"], "VolumeSnapshot"),
    (&["STATE", "ROBUSTNESS"], "Volume"),
    (&["LATESTCREATED", "LATESTREADY"], "ksvc"),
    (&["ERRORS", "WARNINGS", "EXPIRES"], "Backup"),
    (&["NODECLASS", "NODES", "READY"], "NodePool"),
];

/// Columns that people choose for one kind only.
const CHOSEN: &[(&[&str], &str)] = &[
    (&["NODE", "STATUS"], "Pod"),
    (&["NODE", "PHASE"], "Pod"),
    (&["NODE", "IP"], "Pod"),
    (&["NODE", "IMAGE"], "Pod"),
    (&["POD", "STATUS"], "Pod"),
    (&["RESTARTS", "STATUS"], "Pod"),
    (&["NAME", "TAINTS"], "Node"),
];

/// Kinds whose columns are so common that they count only as the whole table.
const EXACT: &[(&[&str], &str)] = &[
    (&["STATUS", "AGE"], "Namespace"),
    // Servers up to 1.7.
    (&["STATUS", "AGE", "VERSION"], "Node"),
    (&["TYPE", "DATA", "AGE"], "Secret"),
    (&["DATA", "AGE"], "ConfigMap"),
    (&["SECRETS", "AGE"], "ServiceAccount"),
    (&["ENDPOINTS", "AGE"], "Endpoints"),
    (&["AGE", "REQUEST", "LIMIT"], "ResourceQuota"),
    (&["REQUEST", "LIMIT", "AGE"], "ResourceQuota"),
    (&["HOLDER", "AGE"], "Lease"),
    (&["SERVICE", "AVAILABLE", "AGE"], "APIService"),
    (&["READY", "AGE"], "StatefulSet"),
    (&["READY", "AGE", "CONTAINERS", "IMAGES"], "StatefulSet"),
    (&["DESIRED", "CURRENT", "AGE"], "StatefulSet"),
    (&["READY", "SECRET", "AGE"], "Certificate"),
    (&["READY", "SECRET", "ISSUER", "STATUS", "AGE"], "Certificate"),
    (&["STATE", "DOMAIN", "AGE"], "Challenge"),
    (&["STATE", "ISSUER", "REASON", "AGE"], "Order"),
    (&["HOSTNAMES", "AGE"], "HTTPRoute"),
];

/// Returns the kind that the columns give away, `None` when they could be anything.
pub(super) fn kind_of(header: &Header) -> Option<&'static str> {
    let sure = SIGNATURES.iter().find(|(names, _)| names.iter().all(|name| header.has(name)));
    if let Some((_, kind)) = sure {
        return Some(kind);
    }
    let own: Vec<&str> = header
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .filter(|name| !matches!(*name, "NAMESPACE" | "NAME" | "EVENT" | "LABELS"))
        .collect();
    EXACT.iter().find(|(names, _)| *names == own.as_slice()).map(|(_, kind)| *kind)
}

/// Returns the kind that custom columns suggest, when no command tells.
pub(super) fn kind_of_chosen(header: &Header) -> Option<&'static str> {
    let chosen = CHOSEN.iter().find(|(names, _)| names.iter().all(|name| header.has(name)));
    chosen.map(|(_, kind)| *kind)
}

/// Beginnings of what only the controllers of one kind write into the column STATUS.
const SAID: &[(&str, &str)] = &[
    ("Helm install ", "HelmRelease"),
    ("Helm upgrade ", "HelmRelease"),
    ("Helm rollback ", "HelmRelease"),
    ("Helm uninstall ", "HelmRelease"),
    ("Helm test ", "HelmRelease"),
    ("install retries exhausted", "HelmRelease"),
    ("upgrade retries exhausted", "HelmRelease"),
    ("Release reconciliation succeeded", "HelmRelease"),
    ("HelmChart '", "HelmRelease"),
    ("Applied revision: ", "Kustomization"),
    ("kustomize build failed: ", "Kustomization"),
    ("kustomization path not found: ", "Kustomization"),
];
/// Rows that are looked at for what their controller says.
const ROWS: usize = 20;

/// Returns the kind of a table with the columns READY and STATUS by what its rows say, when nothing else tells.
pub(super) fn kind_of_said(header: &Header, rows: &[Line<'_>]) -> Option<&'static str> {
    let last = header.columns.last().filter(|last| last.name == "STATUS" && header.has("READY"));
    let start = last.filter(|_| header.aligned)?.start;
    let said = |row: &Line<'_>| {
        let start = row.text.char_indices().nth(start)?.0;
        let status = row.text.get(start..)?;
        SAID.iter().find(|(said, _)| status.starts_with(said)).map(|(_, kind)| *kind)
    };
    rows.iter().take(ROWS).take_while(|row| !row.is_blank()).find_map(said)
}

/// Returns the kind that a command asked for, as typed when unknown here; `None` for several kinds.
pub(super) fn kind_of_command(command: &Command) -> Option<&str> {
    if command.verb.ends_with("events") {
        return Some("Event");
    }
    let resource = command.resource.as_deref()?;
    let several = resource == "all" || resource.contains([',', '/']);
    (!several).then(|| api_kind(resource).unwrap_or(resource))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_the_kind_away() {
        let kind = |text| Header::read(text).as_ref().and_then(kind_of);
        assert_eq!(kind("NAME READY STATUS RESTARTS AGE"), Some("Pod"));
        assert_eq!(kind("NAME DESIRED CURRENT READY AGE"), Some("ReplicaSet"));
        assert_eq!(kind("NAME STATUS AGE"), Some("Namespace"));
        assert_eq!(kind("NAME READY STATUS AGE"), None);
        assert_eq!(kind("NAME   READY   SECRET   AGE"), Some("Certificate"));
        assert_eq!(kind("NAME   SYNC STATUS   HEALTH STATUS"), Some("Application"));
    }
}
