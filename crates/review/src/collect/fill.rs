//! Names that rules leave open in their commands and the bundle tells elsewhere.

use std::collections::BTreeMap;

use kubetriage_model::{Evidence, Report};

/// Names by the place in a command that they fill.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Takes what all of the bundle agrees in, else the one resource id in the evidence of a report.
    pub(super) fn of(report: &Report) -> Self {
        let mut names = report.names.clone();
        let found = report.findings.iter().flat_map(|finding| &finding.evidence);
        let open = report.not_assessed.iter().flat_map(|question| &question.found);
        let mut clusters: Vec<(String, String)> = found
            .chain(open)
            .filter_map(|evidence: &Evidence| cluster(&evidence.excerpt))
            .collect();
        clusters.sort();
        clusters.dedup_by(|a, b| a.0.eq_ignore_ascii_case(&b.0) && a.1.eq_ignore_ascii_case(&b.1));
        if let [(group, cluster)] = clusters.as_slice() {
            names.entry("resource-group".to_owned()).or_insert_with(|| group.clone());
            names.entry("cluster".to_owned()).or_insert_with(|| cluster.clone());
        }
        Self(names)
    }

    /// Fills what is known into a command line.
    pub(super) fn fill(&self, line: &str) -> String {
        let fill = |line: String, (place, name): (&String, &String)| {
            line.replace(&format!("<{place}>"), name)
        };
        self.0.iter().fold(line.to_owned(), fill)
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
