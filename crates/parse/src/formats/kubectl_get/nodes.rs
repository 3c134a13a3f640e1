//! Rows of `kubectl get nodes`.

use kubetriage_model::{Data, Node, Taint};

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
        taints: row.get("TAINTS").map(taints).unwrap_or_default(),
        taints_known: row.has("TAINTS").then_some(true),
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

/// Reads a custom column of taints: `[map[effect:NoSchedule key:a value:b] …]` as Go prints a list of
/// maps, or the keys alone, separated by commas.
fn taints(cell: &str) -> Vec<Taint> {
    if !cell.contains("map[") {
        let keys = cell.split([',', ' ', '[', ']']).filter(|key| !key.is_empty());
        return keys.map(|key| Taint { key: key.to_owned(), ..Taint::default() }).collect();
    }
    cell.split("map[").filter(|map| map.contains("key:")).map(taint).collect()
}

fn taint(map: &str) -> Taint {
    let value = |name: &str| {
        let mut pairs = map.split([' ', ']']).filter_map(|pair| pair.split_once(':'));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    };
    Taint { key: value("key").unwrap_or_default(), value: value("value"), effect: value("effect") }
}

/// Windows images name themselves (`Windows Server 2022 Datacenter`); all others are Linux.
fn system(row: &Row<'_>) -> Option<String> {
    let image = row.get("OS-IMAGE").filter(|image| *image != "<unknown>")?;
    Some(if image.starts_with("Windows") { "windows" } else { "linux" }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taints_are_read_from_custom_columns() {
        let read = |cell| {
            let text = |part: Option<String>| part.unwrap_or_default();
            taints(cell)
                .into_iter()
                .map(|t| format!("{}={}:{}", t.key, text(t.value), text(t.effect)))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            read(
                "[map[effect:NoSchedule key:CriticalAddonsOnly value:true] map[effect:NoExecute key:b]]"
            ),
            ["CriticalAddonsOnly=true:NoSchedule", "b=:NoExecute"]
        );
        assert_eq!(read("CriticalAddonsOnly,gpu"), ["CriticalAddonsOnly=:", "gpu=:"]);
    }
}
