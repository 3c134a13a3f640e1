//! The folder that `az k8s-extension troubleshoot` leaves.
//!
//! `~/.azure/arc_ext_diagnostic_logs/<extension>-<time>/<ns>/` with `configuration/<config map>.json`
//! (its data only), `pods/<pod>/metadata.json` and `pods/<pod>/containers/<container>_logs.txt`.
//! Source: Azure CLI extension k8s-extension.

use super::said::Said;

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., namespace, "pods", pod, "containers", file] => {
            Some(Said::log(namespace, pod, file.strip_suffix("_logs.txt")?, false))
        }
        [.., namespace, "pods", pod, "metadata.json"] => Some(Said::pod(namespace, pod)),
        [.., "arc_ext_diagnostic_logs", _, namespace, "configuration", _] => {
            Some(Said::namespace(namespace))
        }
        [.., "arc_ext_diagnostic_logs", _, _] => Some(Said::nothing()),
        _ => None,
    }
}
