//! Rows of `kubectl get nodes`.

use kubetriage_model::{Data, Node};

use super::rows::Row;

/// States a node. The operating system and the architecture come from the label columns `OS` and
/// `ARCH`, from the labels, or (the system only) from OS-IMAGE.
pub(super) fn state(row: &Row<'_>, name: String) -> Data {
    let status = row.get("STATUS");
    let words = || status.into_iter().flat_map(|status| status.split(','));
    let ready = match words().next() {
        Some("Ready") => Some(true),
        Some("NotReady") => Some(false),
        _ => None,
    };
    let roles = row.get("ROLES").into_iter().flat_map(|roles| roles.split(','));
    let labels = row.labels();
    let label = |key: &str| labels.get(key).cloned();
    Node {
        name,
        ready,
        status: status.map(str::to_owned),
        roles: roles.map(str::to_owned).collect(),
        unschedulable: status.map(|_| words().any(|word| word == "SchedulingDisabled")),
        os: row.owned("OS").or_else(|| label("kubernetes.io/os")).or_else(|| system(row)),
        arch: row.owned("ARCH").or_else(|| label("kubernetes.io/arch")),
        version: row.owned("VERSION"),
        runtime: row.owned("CONTAINER-RUNTIME"),
        labels,
        ..Node::default()
    }
    .into()
}

/// Windows images name themselves (`Windows Server 2022 Datacenter`); all others are Linux.
fn system(row: &Row<'_>) -> Option<String> {
    let image = row.get("OS-IMAGE").filter(|image| *image != "<unknown>")?;
    Some(if image.starts_with("Windows") { "windows" } else { "linux" }.to_owned())
}
