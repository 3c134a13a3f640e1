//! Names that a bundle tells once for all: they fill what rules leave open in their commands (`<cluster>`).

use std::collections::BTreeMap;

use crate::Facts;
use crate::shell;
use crate::signal::{FieldPath, text_of};

/// Place in a command, event kind, and the field that tells it.
const SOURCES: &[(&str, &str, &str)] = &[
    ("cluster", "aks_cluster", "name"),
    ("cluster", "connected_cluster", "name"),
    ("cluster", "extension", "cluster"),
    ("cluster", "cli_error", "cluster"),
    ("resource-group", "aks_cluster", "resource_group"),
    ("resource-group", "connected_cluster", "resource_group"),
    ("resource-group", "extension", "resource_group"),
    ("resource-group", "cli_error", "resource_group"),
    ("node-resource-group", "aks_cluster", "node_resource_group"),
    ("node-resource-group", "node", "labels.\"kubernetes.azure.com/cluster\""),
    ("region", "aks_cluster", "location"),
    ("region", "connected_cluster", "location"),
    ("region", "node", "labels.\"topology.kubernetes.io/region\""),
    ("region", "agent_log", "location"),
    ("kubelet-client-id", "aks_cluster", "kubelet_client_id"),
    ("extension", "extension", "name"),
    ("extension", "cli_error", "extension"),
    ("extension-type", "extension", "extension_type"),
    ("pool", "aks_cluster", "pools.name"),
    ("pool", "node", "labels.\"kubernetes.azure.com/agentpool\""),
];

/// Names by place, each of which all of the bundle agrees in.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<&'static str, String>);

impl Names {
    pub(super) fn of(facts: &Facts) -> Self {
        let mut told: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
        for (place, kind, field) in SOURCES {
            let Some(path) = FieldPath::parse(field) else { continue };
            let values = told.entry(place).or_default();
            for fact in facts.of_kind(kind).iter().filter_map(|index| facts.fact(*index)) {
                let texts = path.read(&fact);
                let texts = texts.iter().filter_map(text_of).filter(|text| is_name(text));
                values.extend(texts.map(|text| (text.to_lowercase(), text)));
            }
        }
        let agreed = told.into_iter().filter(|(_, values)| values.len() == 1);
        Self(
            agreed
                .filter_map(|(place, values)| Some((place, values.into_values().next()?)))
                .collect(),
        )
    }

    /// Returns the names by place, for those who fill commands of their own.
    pub(super) fn all(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(place, name)| ((*place).to_owned(), name.clone())).collect()
    }

    /// Fills the places of a text.
    pub(super) fn fill(&self, text: &str) -> String {
        self.filled(text, &|_, name| name.to_owned())
    }

    /// Fills the places of a command line.
    pub(super) fn fill_command(&self, line: &str) -> String {
        self.filled(line, &shell::word)
    }

    fn filled(&self, text: &str, shown: &dyn Fn(&str, &str) -> String) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('<') {
            filled.push_str(before);
            let place = behind.split_once('>');
            let known = place.and_then(|(place, after)| Some((self.0.get(place)?, after)));
            if let Some((name, after)) = known {
                filled.push_str(&shown(&filled, name));
                rest = after;
            } else {
                filled.push('<');
                rest = behind;
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// False for what stands in documents, and where a cleaner has been, in place of a name.
fn is_name(text: &str) -> bool {
    let name = |sign: char| sign.is_alphanumeric() || "-_.()".contains(sign);
    text.chars().any(char::is_alphanumeric) && text.chars().all(name)
}
