//! Names that hold for a whole bundle: the cluster, its resource group, its region.
//!
//! Commands are filled with them where a rule keeps no value of its own. A name that two statements tell
//! differently is not known: a bundle may hold several clusters.

use std::collections::BTreeMap;

use kubetriage_model::{AgentLog, CliError, Data, Node};

/// The names, as places of texts spell them.
pub(crate) const OF_BUNDLE: &[&str] = &[
    "cluster",
    "extension",
    "kubelet_client_id",
    "node_resource_group",
    "region",
    "resource_group",
];

/// A name, and what tells it.
type Told<'d> = (&'static str, Option<&'d str>);

/// The names of one bundle; `None` where statements differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(BTreeMap<&'static str, Option<String>>);

impl Names {
    /// Takes what a statement tells.
    pub(super) fn take(&mut self, data: &Data) {
        for (name, value) in told(data) {
            let Some(value) = value.filter(|value| is_name(value)) else { continue };
            let known = self.0.entry(name).or_insert_with(|| Some(value.to_owned()));
            if known.as_deref().is_some_and(|known| !known.eq_ignore_ascii_case(value)) {
                *known = None;
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }
}

fn told(data: &Data) -> Vec<Told<'_>> {
    match data {
        Data::AksCluster(cluster) => vec![
            ("cluster", cluster.name.as_deref()),
            ("resource_group", cluster.resource_group.as_deref()),
            ("node_resource_group", cluster.node_resource_group.as_deref()),
            ("region", cluster.location.as_deref()),
            ("kubelet_client_id", cluster.kubelet_client_id.as_deref()),
        ],
        Data::ConnectedCluster(cluster) => vec![
            ("cluster", cluster.name.as_deref()),
            ("resource_group", cluster.resource_group.as_deref()),
            ("region", cluster.location.as_deref()),
        ],
        Data::Extension(extension) => vec![
            ("extension", extension.name.as_deref()),
            ("cluster", extension.cluster.as_deref()),
            ("resource_group", extension.resource_group.as_deref()),
        ],
        Data::CliError(error) if is_about_extension(error) => {
            vec![("extension", error.target.as_deref())]
        }
        Data::AgentLog(line) => of_agent(line),
        Data::Node(node) => of_node(node),
        _ => Vec::new(),
    }
}

fn of_agent(line: &AgentLog) -> Vec<Told<'_>> {
    let id = line.arm_id.as_deref().unwrap_or_default();
    vec![
        ("region", line.location.as_deref()),
        ("resource_group", part(id, "resourceGroups")),
        ("cluster", part(id, "managedClusters").or_else(|| part(id, "connectedClusters"))),
    ]
}

fn of_node(node: &Node) -> Vec<Told<'_>> {
    let label = |name: &str| node.labels.get(name).map(String::as_str);
    vec![
        ("node_resource_group", label("kubernetes.azure.com/cluster")),
        (
            "region",
            label("topology.kubernetes.io/region")
                .filter(|_| label("kubernetes.azure.com/cluster").is_some()),
        ),
    ]
}

/// True for an error of a tool that was told to change an extension: its target is that extension.
fn is_about_extension(error: &CliError) -> bool {
    let told = error.operation.as_deref().is_some_and(|deed| deed.starts_with("k8s-extension "));
    told || error.tool.as_deref() == Some("terraform")
}

/// Returns the part of a resource id behind `/kind/`, whatever the case.
fn part<'t>(id: &'t str, kind: &str) -> Option<&'t str> {
    let mut parts = id.split('/');
    parts.find(|part| part.eq_ignore_ascii_case(kind))?;
    parts.next()
}

/// True for a value that a command can be filled with: no placeholder, nothing that a cleaner left.
fn is_name(value: &str) -> bool {
    let plain = value.chars().all(|c| c.is_alphanumeric() || "-_.()".contains(c));
    let lower = value.to_ascii_lowercase();
    let cleaned = ["redact", "xxx", "hidden", "removed"].iter().any(|word| lower.contains(word));
    plain && !cleaned && value.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(id: &str, region: &str) -> Data {
        Data::AgentLog(AgentLog {
            arm_id: Some(id.to_owned()),
            location: Some(region.to_owned()),
            ..AgentLog::default()
        })
    }

    #[test]
    fn names_are_known_while_all_agree() {
        let id = "/subscriptions/0/resourceGroups/contoso-rg/providers/Microsoft.ContainerService/managedclusters/contoso";
        let mut names = Names::default();
        names.take(&agent(id, "eastus"));
        names.take(&agent("subscriptions/***/resourceGroups/***/x", "<region>"));
        assert_eq!(names.get("cluster"), Some("contoso"));
        assert_eq!(names.get("resource_group"), Some("contoso-rg"));
        assert_eq!(names.get("region"), Some("eastus"));
        names.take(&agent(&id.replace("contoso-rg", "CONTOSO-RG"), "westus"));
        assert_eq!(names.get("resource_group"), Some("contoso-rg"));
        assert_eq!(names.get("region"), None);
    }

    #[test]
    fn every_name_is_a_place() {
        for data in [
            Data::AksCluster(Default::default()),
            Data::ConnectedCluster(Default::default()),
            Data::Extension(Default::default()),
            agent("", ""),
            Data::Node(Node::default()),
        ] {
            for (name, _) in told(&data) {
                assert!(OF_BUNDLE.contains(&name), "{name}");
            }
        }
    }
}
