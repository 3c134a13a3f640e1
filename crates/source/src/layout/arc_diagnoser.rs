//! The folder that `az connectedk8s troubleshoot` leaves, the Azure Arc diagnoser.
//!
//! `~/.azure/arc_diagnostic_logs/<cluster>-<time>/` with `arc_agents_logs/<pod>/<container>.txt`,
//! `arc_deployment_logs/<deployment>.txt`, `describe_non_ready_arc_agents/<pod>.txt`, check results and
//! snapshots. In 2022 `Agents_logs/<pod>/<container>.txt`, `Deployment_logs/…`. Source: Azure CLI
//! extension connectedk8s.
//!
//! QUIRKS: the names of 2022 begin with a blank; the agents live in `azure-arc`, the checks run in
//! `azure-arc-release`.

use super::said::Said;

/// Namespace of the agents.
const AGENTS: &str = "azure-arc";
/// Namespace of the diagnostic jobs.
const CHECKS: &str = "azure-arc-release";

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., "arc_agents_logs" | "Agents_logs", pod, file] => {
            let container = file.strip_suffix(".txt")?;
            Some(Said::log(AGENTS, pod, container, false))
        }
        [.., "arc_deployment_logs" | "Deployment_logs", _] | [.., "azure-arc-secrets.txt"] => {
            Some(Said::namespace(AGENTS))
        }
        [.., "describe_non_ready_arc_agents", file] => {
            Some(Said::pod(AGENTS, file.strip_suffix(".txt")?))
        }
        [.., "cluster_diagnostic_checks_pod_description.txt"] => Some(Said::namespace(CHECKS)),
        [.., "arc_diagnostic_logs", _, _] => Some(Said::nothing()),
        _ => None,
    }
}
