//! Places: paths as URIs, lines and columns as regions, objects as logical locations.

use std::collections::HashMap;
use std::fmt::Write;

use kubetriage_model::{Evidence, Report, Subject};

use super::document::{
    ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region, Text,
};
use crate::plain::{subject, visible};

/// The files of a report, by path.
pub(super) struct Files<'a> {
    base: &'a str,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Files<'a> {
    /// Numbers the artifacts; `base` is the folder they lie in.
    pub(super) fn new(report: &'a Report, base: &'a str) -> Self {
        let paths = report.artifacts.iter().map(|artifact| artifact.path.as_str());
        let numbers = paths.enumerate().map(|(number, path)| (path, number)).collect();
        Self { base, numbers }
    }

    /// Files of which only the paths are known; `base` is the folder they lie in.
    pub(super) fn unnumbered(base: &'a str) -> Self {
        Self { base, numbers: HashMap::new() }
    }

    /// Returns the URI of an artifact.
    pub(super) fn uri(&self, path: &str) -> String {
        let base = self.base.trim_start_matches("./").trim_end_matches('/');
        let slash = if base.is_empty() { "" } else { "/" };
        escaped(&format!("{base}{slash}{path}"))
    }

    /// Returns a place without region.
    pub(super) fn file(&self, path: &str, line: Option<u64>) -> Location {
        let whole = |line: u64| Region {
            start_line: line.max(1),
            start_column: None,
            end_line: line.max(1),
            end_column: None,
            snippet: None,
        };
        let artifact_location =
            ArtifactLocation { uri: self.uri(path), index: self.numbers.get(path).copied() };
        let physical =
            PhysicalLocation { artifact_location, region: line.map(whole), context_region: None };
        Location { id: None, physical, logical: Vec::new(), message: None }
    }

    /// Returns the place of evidence, with the lines around it where they are known.
    pub(super) fn place(&self, evidence: &Evidence) -> Location {
        let mut location = self.file(&evidence.artifact, None);
        location.physical.region = Some(region(evidence));
        location.physical.context_region = context(evidence);
        location
    }
}

/// Returns the lines of evidence, and the columns where a value is marked.
///
/// Columns count characters, as `columnKind` says; the end is the column behind the last one.
fn region(evidence: &Evidence) -> Region {
    let first = evidence.line.max(1);
    let start = (evidence.width > 0).then_some(evidence.column.max(1));
    Region {
        start_line: first,
        start_column: start,
        end_line: evidence.end_line.max(first),
        end_column: start.map(|column| column.saturating_add(evidence.width)),
        snippet: Some(Text { text: shown(&evidence.excerpt) }),
    }
}

/// Returns the lines around evidence; the format wants them to hold the region itself.
fn context(evidence: &Evidence) -> Option<Region> {
    if evidence.before.is_empty() && evidence.after.is_empty() {
        return None;
    }
    let first = evidence.line.saturating_sub(length(&evidence.before)).max(1);
    let lines = evidence.before.iter().chain([&evidence.excerpt]).chain(&evidence.after);
    let text = lines.map(|line| shown(line)).collect::<Vec<_>>().join("\n");
    Some(Region {
        start_line: first,
        start_column: None,
        end_line: evidence.end_line.max(evidence.line).saturating_add(length(&evidence.after)),
        end_column: None,
        snippet: Some(Text { text }),
    })
}

fn length(lines: &[String]) -> u64 {
    crate::plain::number(lines.len())
}

/// Returns lines with every other control character made visible.
fn shown(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// Returns the object a finding is about, for viewers that group by it.
pub(super) fn logical(about: &Subject) -> Vec<LogicalLocation> {
    let Some(name) = &about.name else { return Vec::new() };
    let fully_qualified_name = subject(about);
    vec![LogicalLocation { name: visible(name), fully_qualified_name, kind: "resource" }]
}

/// Returns a path as a relative URI reference (RFC 3986): everything but what a path may hold is encoded.
///
/// A colon in the first segment would make the rest look like a URI with a scheme, so it is encoded too.
fn escaped(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.trim_start_matches('/').bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_relative_references() {
        for (path, uri) in [
            ("logs/agent.log", "logs/agent.log"),
            ("bundle.tar.gz!a b/ü#1.txt", "bundle.tar.gz!a%20b/%C3%BC%231.txt"),
            ("C:/x?y", "C%3A/x%3Fy"),
            ("/etc/hosts", "etc/hosts"),
            ("a%b\u{1b}", "a%25b%1B"),
        ] {
            assert_eq!(escaped(path), uri);
        }
    }
}
