//! Evidence points at the line, and the word on it, that a person would point at.

use kubetriage::prelude::*;

const POD: &str = "\
Name:         checkout-5f9d7c6b8-lw2sx
Namespace:    shop
Status:       Running
Containers:
  app:
    Image:          contoso.azurecr.io/checkout:3.1.0
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Ready:          False
    Restart Count:  9
";

const NODE: &str = "\
Name:               aks-sys-11111111-vmss000001
Roles:              <none>
Taints:             node.kubernetes.io/unreachable:NoExecute
Unschedulable:      false
Conditions:
  Type             Status    LastHeartbeatTime                 LastTransitionTime                Reason              Message
  ----             ------    -----------------                 ------------------                ------              -------
  MemoryPressure   False     Fri, 20 Nov 2026 07:00:02 +0000   Fri, 20 Nov 2026 07:04:41 +0000   KubeletHasMemory    kubelet has sufficient memory available
  Ready            Unknown   Fri, 20 Nov 2026 07:00:02 +0000   Fri, 20 Nov 2026 07:04:41 +0000   NodeStatusUnknown   Kubelet stopped posting node status.
";

const PODS: &str = "\
NAMESPACE  NAME                       READY   STATUS             RESTARTS   AGE
shop       web-5d4f8c7b9d-k8s2p       1/1     Running            0          3d
shop       api-7c9d8f6b5-2xkqz        0/1     ImagePullBackOff   0          14m
";

const EVENTS: &str = r#"
NAMESPACE   LAST SEEN   TYPE      REASON   OBJECT                        MESSAGE
azure-arc   2m          Warning   Failed   pod/config-agent-7d9f-abcde   Failed to pull image "mcr.microsoft.com/azurearck8s/config-agent:1.20.1": failed to do request: Head "https://mcr.microsoft.com/v2/azurearck8s/config-agent/manifests/1.20.1": dial tcp 10.0.0.1:443: i/o timeout
"#;

#[test]
fn evidence_is_the_line_and_the_word_that_tell() {
    for (text, rule, line, word) in [
        (POD, "pod/oom-killed", 10, "OOMKilled"),
        (POD, "pod/crash-loop", 8, "CrashLoopBackOff"),
        (NODE, "node/kubelet-silent", 9, "Unknown"),
        (EVENTS, "extension/egress-blocked", 3, "mcr.microsoft.com"),
        (PODS, "image/pull-backoff", 3, "ImagePullBackOff"),
    ] {
        let bytes = text.as_bytes().into();
        let input = Input::Bytes { name: "capture.txt".to_owned(), bytes };
        let report = analyze(&[input], &Options::default()).unwrap();
        let finding = report.findings.iter().find(|finding| finding.rule == rule).unwrap();
        let place = finding.evidence.first().unwrap();
        assert_eq!(place.line, line, "{rule}");
        let shown = text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
        let column = usize::try_from(place.column).unwrap() - 1;
        assert!(shown.chars().skip(column).collect::<String>().starts_with(word), "{rule}");
    }
}
