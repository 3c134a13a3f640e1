//! The fixed wordings, and the one reason each is printed with.
//!
//! Sources: kubelet, scheduler, controllers and attach/detach controller of Kubernetes 1.15 to 1.37; Flux's
//! controller of Helm releases.

use std::sync::LazyLock;

use regex::Regex;

/// How a sentence begins, and its reason; empty where several reasons carry it. Sorted by beginning.
const BEGINNINGS: &[(&str, &str)] = &[
    ("Allocate failed due to ", "UnexpectedAdmissionError"),
    ("AttachVolume.Attach failed for volume \"", "FailedAttachVolume"),
    ("AttachVolume.Attach succeeded for volume \"", "SuccessfulAttachVolume"),
    ("Back-off pulling image \"", "BackOff"),
    ("Back-off restarting failed container", "BackOff"),
    ("Cannot determine if job needs to be started: ", "FailedNeedsStart"),
    ("Container runtime network not ready: ", ""),
    ("ErrImagePull (", "Failed"),
    ("ErrImagePull: ", "Failed"),
    ("Error creating load balancer (will retry): ", "CreatingLoadBalancerFailed"),
    ("Error creating: ", "FailedCreate"),
    ("Error deleting: ", "FailedDelete"),
    ("Error syncing load balancer: ", "SyncLoadBalancerFailed"),
    ("Error syncing pod, skipping: ", "FailedSync"),
    ("Error: Couldn't find key ", "Failed"),
    ("Error: ErrImageNeverPull", "Failed"),
    ("Error: ErrImagePull", "Failed"),
    ("Error: Error response from daemon: ", "Failed"),
    ("Error: ImageInspectError", "Failed"),
    ("Error: ImagePullBackOff", "Failed"),
    ("Error: Internal error occurred: failed calling webhook \"", ""),
    ("Error: InvalidImageName", "Failed"),
    ("Error: RegistryUnavailable", "Failed"),
    ("Error: SignatureValidationFailed", "Failed"),
    ("Error: admission webhook \"", ""),
    ("Error: cannot find volume \"", "Failed"),
    ("Error: configmap \"", "Failed"),
    ("Error: configmaps \"", "Failed"),
    ("Error: container create failed: ", "Failed"),
    ("Error: container has runAsNonRoot", "Failed"),
    ("Error: couldn't find key ", "Failed"),
    ("Error: failed to create containerd container: ", "Failed"),
    ("Error: failed to create containerd task: ", "Failed"),
    ("Error: failed to generate container \"", "Failed"),
    ("Error: failed to prepare subPath", "Failed"),
    ("Error: failed to reserve container name \"", "Failed"),
    ("Error: failed to start container \"", "Failed"),
    ("Error: secret \"", "Failed"),
    ("Error: secrets \"", "Failed"),
    ("Exec lifecycle hook (", ""),
    ("Failed create pod sandbox", "FailedCreatePodSandBox"),
    ("Failed to apply default image tag \"", "InspectFailed"),
    ("Failed to bind volumes: ", "FailedScheduling"),
    ("Failed to create pod sandbox: ", "FailedCreatePodSandBox"),
    ("Failed to garbage collect required amount of images. ", "FreeDiskSpaceFailed"),
    ("Failed to inspect image \"", "InspectFailed"),
    ("Failed to provision volume with StorageClass \"", "ProvisioningFailed"),
    ("Failed to pull image \"", "Failed"),
    ("Helm install failed for release ", "InstallFailed"),
    ("Helm rollback failed for release ", "RollbackFailed"),
    ("Helm test failed for release ", "TestFailed"),
    ("Helm uninstall failed for release ", "UninstallFailed"),
    ("Helm upgrade failed for release ", "UpgradeFailed"),
    ("HelmChart '", "ArtifactFailed"),
    ("Http lifecycle hook (", ""),
    ("ImagePullBackOff (", "BackOff"),
    ("ImagePullBackOff: ", "BackOff"),
    ("Job has reached the specified backoff limit", "BackoffLimitExceeded"),
    ("Job was active longer than specified deadline", "DeadlineExceeded"),
    ("Killing container with id ", "Killing"),
    ("Liveness probe errored: ", "Unhealthy"),
    ("Liveness probe failed: ", "Unhealthy"),
    ("Marking for deletion Pod ", "TaintManagerEviction"),
    ("Multi-Attach error for volume \"", "FailedAttachVolume"),
    ("No nodes are available that match all of the ", "FailedScheduling"),
    ("Node didn't have enough capacity: ", ""),
    ("Node didn't have enough resource: ", ""),
    ("Pod ephemeral local storage usage exceeds the total limit of containers", "Evicted"),
    ("Pod sandbox changed, it will be killed and re-created.", "SandboxChanged"),
    ("PostStartHook failed", "FailedPostStartHook"),
    ("PreStopHook failed", "FailedPreStopHook"),
    ("Predicate NodeAffinity failed", "NodeAffinity"),
    ("Preempted by ", "Preempted"),
    ("Pulling image \"", "Pulling"),
    ("Readiness probe errored: ", "Unhealthy"),
    ("Readiness probe failed: ", "Unhealthy"),
    ("Startup probe errored: ", "Unhealthy"),
    ("Startup probe failed: ", "Unhealthy"),
    ("Successfully pulled image \"", "Pulled"),
    ("System OOM encountered, victim process: ", "SystemOOM"),
    ("The node had condition: [", "Evicted"),
    ("The node was low on resource: ", "Evicted"),
    ("Unable to attach or mount volumes: ", "FailedMount"),
    ("Unable to mount volumes for pod \"", "FailedMount"),
    ("Unable to retrieve some image pull secrets (", "FailedToRetrieveImagePullSecret"),
    ("Usage of EmptyDir volume \"", "Evicted"),
    ("chart pull error: ", "ChartPullError"),
    ("error killing pod: ", "FailedKillPod"),
    ("failed to authorize: failed to fetch ", "Failed"),
    ("failed to copy: httpReadSeeker: ", "Failed"),
    ("failed to do request: ", "Failed"),
    ("failed to garbage collect required amount of images. ", "ImageGCFailed"),
    ("failed to get cpu utilization: ", "FailedGetResourceMetric"),
    ("failed to get memory utilization: ", "FailedGetResourceMetric"),
    ("failed to provision volume with StorageClass \"", "ProvisioningFailed"),
    ("failed to pull and unpack image \"", "Failed"),
    ("failed to pull image \"", "Failed"),
    ("failed to resolve image: ", "Failed"),
    ("failed to resolve reference \"", "Failed"),
    ("image pull failed: ", "Failed"),
    ("invalid metrics (", "FailedComputeMetricsReplicas"),
    ("network is not ready: ", "NetworkNotReady"),
    ("no nodes available to schedule pods", "FailedScheduling"),
    ("one or more objects failed to apply, reason: ", ""),
    ("pod didn't trigger scale-up", "NotTriggerScaleUp"),
    ("pod has unbound PersistentVolumeClaims", "FailedScheduling"),
    ("pod has unbound immediate PersistentVolumeClaims", "FailedScheduling"),
    ("rpc error: code = Unknown desc = Error response from daemon: ", "Failed"),
    ("running \"VolumeBinding\" filter plugin for pod \"", "FailedScheduling"),
    ("running PreBind plugin \"", "FailedScheduling"),
    ("timeout expired waiting for volumes to attach or mount for pod \"", "FailedMount"),
    ("too many missed start times: ", "TooManyMissedTimes"),
    ("toomanyrequests: ", "Failed"),
    ("waiting for first consumer to be created before binding", "WaitForFirstConsumer"),
];

/// Wordings with a name or a number at the beginning.
static SHAPES: LazyLock<Vec<(Option<Regex>, &'static str)>> = LazyLock::new(|| {
    [
        (r"^\d+/\d+ nodes are available: ", "FailedScheduling"),
        (
            r"^(?:MountVolume|MapVolume|UnmapVolume|UnmountVolume)\.[A-Za-z ]+ failed for volume ",
            "FailedMount",
        ),
        (r"^[Bb]ack-off \S+ restarting failed container", "BackOff"),
        (
            r#"^Container image "[^"]+" is not present with pull policy of Never"#,
            "ErrImageNeverPull",
        ),
        (r#"^Container image "[^"]+" already present on machine"#, "Pulled"),
        (r"^Container \S+ failed (?:liveness|startup) probe, will be restarted$", "Killing"),
        (r"^Container \S+ exceeded its local ephemeral storage limit ", "Evicted"),
        (r"^(?:Liveness|Readiness|Startup) probe (?:failed|errored):$", "Unhealthy"),
        (r"^(?:Liveness|Readiness|Startup) probe warning: ", "ProbeWarning"),
        (r"^Successfully assigned \S+ to \S+$", "Scheduled"),
        (
            r#"^(?:persistentvolume|resource)claim "[^"]+" (?:not found|is being deleted)$"#,
            "FailedScheduling",
        ),
        (r"^Created container:? \S+$", "Created"),
        (r"^Started container \S+$", "Started"),
        (r#"^storageclass\.storage\.k8s\.io "[^"]+" not found$"#, "ProvisioningFailed"),
        (r"^rpc error: code = \w+ desc = failed to pull and unpack image ", "Failed"),
        (r"^Warning: container \S+: .*(?:unpack image|failed to pull) ", "Failed"),
        (r"^[Ff]ailed to pull image '?[\w.-]+[/:@]\S", "Failed"),
        (r"^[Ff]ailed to pull image with policy ", "Failed"),
        (r#"^pulling image "[^"]+"$"#, "Pulling"),
        (r#"^pulling image "[^"]+": (?:image pull failed|failed to pull)"#, "Failed"),
        (r#"^admission webhook "[^"]+" denied the request"#, ""),
        (
            r#"^pods "[^"]+" is forbidden: (?:exceeded quota|failed quota|violates PodSecurity|unable to validate)"#,
            "",
        ),
        (r#"^Internal error occurred: failed calling webhook ""#, ""),
    ]
    .into_iter()
    .map(|(pattern, reason)| (Regex::new(pattern).ok(), reason))
    .collect()
});

/// Literals with which the wordings of [`SHAPES`] and [`NODE_STATUS`] begin, a number apart: what keeps big
/// texts fast.
const HEADS: &[&str] = &[
    "Back-off ",
    "Container ",
    "Created container",
    "Failed to pull image ",
    "Internal error occurred: failed calling webhook \"",
    "Liveness probe ",
    "MapVolume.",
    "MountVolume.",
    "Node ",
    "Readiness probe ",
    "Started container ",
    "Startup probe ",
    "Successfully assigned ",
    "UnmapVolume.",
    "UnmountVolume.",
    "Warning: container ",
    "admission webhook \"",
    "back-off ",
    "failed to pull image ",
    "persistentvolumeclaim \"",
    "pods \"",
    "pulling image \"",
    "resourceclaim \"",
    "rpc error: code = ",
    "storageclass.storage.k8s.io \"",
];

/// `Node aks-1 status is now: NodeNotReady` carries its reason itself.
static NODE_STATUS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^Node \S+ status is now: ([A-Za-z]+)$").ok());

/// Returns the reason of the sentence `text` is, empty when its wording has several; `None` when it is none.
pub(super) fn reason(text: &str) -> Option<&str> {
    let after = BEGINNINGS.partition_point(|(beginning, _)| *beginning <= text);
    let before = BEGINNINGS.get(..after)?.iter().rev().take(3);
    if let Some((_, reason)) = before.into_iter().find(|(start, _)| text.starts_with(start)) {
        return Some(reason);
    }
    let numbered = text.starts_with(char::is_numeric);
    if !numbered && !HEADS.iter().any(|head| text.starts_with(head)) {
        return None;
    }
    if let Some(status) = NODE_STATUS.as_ref().and_then(|pattern| pattern.captures(text)) {
        return status.get(1).map(|reason| reason.as_str());
    }
    let fits = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|p| p.is_match(text));
    SHAPES.iter().find(|(pattern, _)| fits(pattern)).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_sorted_and_shapes_compile() {
        assert!(BEGINNINGS.is_sorted());
        assert!(SHAPES.iter().all(|(pattern, _)| pattern.is_some()));
        assert!(NODE_STATUS.is_some());
    }

    #[test]
    fn every_beginning_finds_its_own_reason() {
        for (beginning, want) in BEGINNINGS {
            assert_eq!(reason(&format!("{beginning}x")), Some(*want), "{beginning}");
        }
    }
}
