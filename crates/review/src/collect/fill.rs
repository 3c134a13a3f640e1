//! Names that rules leave open in their commands and the bundle tells elsewhere.

use kubetriage_model::{Evidence, Report};

/// Resource group and name of the cluster, if all the bundle speaks of is one.
#[derive(Debug, Default)]
pub(super) struct Names {
    group: Option<String>,
    cluster: Option<String>,
}

impl Names {
    /// Looks at the resource ids in the evidence of a report.
    pub(super) fn of(report: &Report) -> Self {
        let found = report.findings.iter().flat_map(|finding| &finding.evidence);
        let open = report.not_assessed.iter().flat_map(|question| &question.found);
        let mut clusters: Vec<(String, String)> = found
            .chain(open)
            .filter_map(|evidence: &Evidence| cluster(&evidence.excerpt))
            .collect();
        clusters.sort();
        clusters.dedup_by(|a, b| a.0.eq_ignore_ascii_case(&b.0) && a.1.eq_ignore_ascii_case(&b.1));
        match clusters.as_slice() {
            [(group, cluster)] => {
                Self { group: Some(group.clone()), cluster: Some(cluster.clone()) }
            }
            _ => Self::default(),
        }
    }

    /// Fills what is known into a command line.
    pub(super) fn fill(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (place, name) in [("<resource-group>", &self.group), ("<cluster>", &self.cluster)] {
            if let Some(name) = name {
                line = line.replace(place, name);
            }
        }
        line
    }
}

/// Returns resource group and name of the managed cluster whose resource id stands in a text.
fn cluster(text: &str) -> Option<(String, String)> {
    let lower = text.to_ascii_lowercase();
    let behind = |word: &str| {
        let start = lower.find(word)? + word.len();
        let rest = text.get(start..)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._()".contains(c);
        let end = rest.find(|c: char| !plain(c)).unwrap_or(rest.len());
        rest.get(..end).filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let group = behind("/resourcegroups/")?;
    let cluster = behind("/microsoft.containerservice/managedclusters/")
        .or_else(|| behind("/managedclusters/"))?;
    Some((group, cluster))
}
