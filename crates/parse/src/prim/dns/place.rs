//! Where a lookup ran.

use kubetriage_model::{Command, DnsAnswer, ObjectRef};

use crate::context::Context;

/// What the output itself tells about where it was made.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Signs {
    /// Something that only a pod's resolver or `kubectl exec` prints was seen.
    pub(crate) cluster: bool,
    /// The output is that of a Windows tool.
    pub(crate) windows: bool,
}

/// Fills in `vantage`, `from` and `namespace`.
///
/// A lookup through `kubectl exec`, `run` or `debug`, or at the prompt of a pod or node, has the cluster's
/// view; a Windows tool at a Windows prompt has a workstation's. A Linux prompt of anybody else may be
/// either (a jump box, a node reached by ssh under another name), so it stays open.
pub(crate) fn place(answer: &mut DnsAnswer, context: &Context<'_>, signs: Signs) {
    let through = context.command.filter(|command| runs_inside(command));
    if let Some(command) = through {
        answer.from = command
            .name
            .as_ref()
            .map(|name| ObjectRef { kind: Some(kind_of(command)), name: name.clone() });
        answer.namespace = context.namespace();
    } else if let Some(pod) = &context.hint.pod {
        answer.from = Some(ObjectRef { kind: Some("Pod".to_owned()), name: pod.clone() });
        answer.namespace = context.namespace();
    }
    let prompt = context.command.and_then(|command| command.prompt.as_deref()).unwrap_or_default();
    let cluster = signs.cluster || answer.from.is_some() || through.is_some();
    answer.vantage = if cluster || inside_prompt(prompt) {
        Some("cluster".to_owned())
    } else if signs.windows && windows_prompt(prompt) {
        Some("workstation".to_owned())
    } else {
        None
    };
}

/// True for a command that runs another one in a pod or on a node.
fn runs_inside(command: &Command) -> bool {
    matches!(command.tool.as_str(), "kubectl" | "oc")
        && matches!(command.verb.as_str(), "exec" | "run" | "debug" | "attach" | "rsh")
}

/// Kind of the object a command ran in; `exec` and `run` mean a pod unless they say otherwise.
fn kind_of(command: &Command) -> String {
    let resource = command.resource.as_deref().unwrap_or("pod").to_lowercase();
    let kind = match resource.split('.').next().unwrap_or_default() {
        "deploy" | "deployment" | "deployments" => "Deployment",
        "ds" | "daemonset" | "daemonsets" => "DaemonSet",
        "sts" | "statefulset" | "statefulsets" => "StatefulSet",
        "rs" | "replicaset" | "replicasets" => "ReplicaSet",
        "job" | "jobs" => "Job",
        "svc" | "service" | "services" => "Service",
        "no" | "node" | "nodes" => "Node",
        _ => "Pod",
    };
    kind.to_owned()
}

/// True for the prompt of a shell in a container (`root@web-1:/#`, `/ #`) or on an AKS node.
fn inside_prompt(prompt: &str) -> bool {
    let prompt = prompt.trim().trim_start_matches('[');
    let host = prompt.split_once('@').map(|(_, host)| host);
    let on_node = host.is_some_and(|host| host.starts_with("aks-") || host.starts_with("aks0"));
    let in_pod = prompt.starts_with("root@") && prompt.contains(":/") && prompt.ends_with('#');
    let busybox = prompt.starts_with('/') && prompt.ends_with('#');
    on_node || in_pod || busybox
}

/// True for `PS C:\>` and `C:\Users\anna>`.
fn windows_prompt(prompt: &str) -> bool {
    let path = prompt.trim().strip_prefix("PS ").unwrap_or(prompt.trim());
    let mut chars = path.chars();
    chars.next().is_some_and(|drive| drive.is_ascii_alphabetic()) && chars.next() == Some(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_tell_the_vantage() {
        for (prompt, inside, windows) in [
            ("root@web-1:/#", true, false),
            ("root@web-1:/var/log#", true, false),
            ("root@aks-pool1-12345678-vmss000000:~#", true, false),
            ("azureuser@aks-pool1-12345678-vmss000000:~$", true, false),
            ("/ #", true, false),
            ("azureuser@jump-01:~$", false, false),
            ("root@jump-01:~#", false, false),
            ("PS C:\\Users\\anna>", false, true),
            ("C:\\>", false, true),
            ("$", false, false),
            ("", false, false),
        ] {
            assert_eq!(
                (inside_prompt(prompt), windows_prompt(prompt)),
                (inside, windows),
                "{prompt}"
            );
        }
    }
}
