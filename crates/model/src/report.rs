//! Everything an output form may show, already chosen and sorted.

use std::collections::BTreeMap;

use crate::{
    Baseline, Finding, Fix, NotAssessed, Note, Section, Severity, Suppressed, Suppression,
    Unexplained,
};

/// Result of one analysis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The program.
    pub tool: ToolReport,
    /// The bundle.
    pub bundle: BundleReport,
    /// Counts.
    pub summary: Summary,
    /// Rules that fired: root causes first, then by severity, rule, subject.
    pub findings: Vec<Finding>,
    /// Open questions.
    pub not_assessed: Vec<NotAssessed>,
    /// Ids of rules for which all that is needed was there and it is not so.
    pub clear: Vec<String>,
    /// Unwell objects that no finding mentions.
    pub unexplained: Vec<Unexplained>,
    /// What was read.
    pub artifacts: Vec<ArtifactReport>,
    /// What the bundle holds statements about, by event kind.
    pub captured: Vec<Captured>,
    /// Names that the bundle tells once for all, by the place in a command that each fills (`cluster`).
    pub names: BTreeMap<String, String>,
    /// Findings that a suppression took out of the list.
    pub suppressed: Vec<Suppressed>,
    /// The entries of the suppression files, in their order.
    pub suppressions: Vec<Suppression>,
    /// The comparison with an earlier report, if one was named.
    pub baseline: Option<Baseline>,
    /// The rules of findings and open questions, sorted by id: for forms that explain rules beside findings.
    pub rules: Vec<RuleReport>,
}

/// What of one event kind a bundle holds: so that a later bundle can be told from one that lacks it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captured {
    /// Event kind (`pod`).
    pub kind: String,
    /// True when a list of the whole cluster was captured, or the kind has no namespaces.
    pub everywhere: bool,
    /// Namespaces that were listed or are spoken of, sorted.
    pub namespaces: Vec<String>,
    /// Different objects spoken of; statements, where these concern no objects.
    pub count: u64,
}

/// A rule as its file tells it; placeholders stand as written (`{region}`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleReport {
    /// Rule id, `area/slug`.
    pub id: String,
    /// Weight.
    pub severity: Severity,
    /// What it says when it fires, in general.
    pub title: String,
    /// Why it is so, in general.
    pub cause: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Documentation links.
    pub docs: Vec<String>,
    /// How to mend it, in general.
    pub fixes: Vec<Fix>,
    /// How to see that it is mended, in general.
    pub verify: Vec<String>,
}

/// The program that made a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToolReport {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// The bundle as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BundleReport {
    /// What the user named.
    pub inputs: Vec<String>,
    /// Recognised bundle layouts.
    pub layouts: Vec<String>,
    /// Number of artifacts.
    pub artifacts: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Earliest absolute time in the bundle (RFC 3339).
    pub first_time: Option<String>,
    /// Latest absolute time in the bundle (RFC 3339): the bundle's own clock.
    pub last_time: Option<String>,
    /// True when a cleaner replaced addresses or values.
    pub scrubbed: bool,
    /// When the bundle was made, as its name tells: RFC 3339, without zone unless the name has one.
    pub made: Option<String>,
}

/// Counts of the report's lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Live findings of severity error.
    pub error: u64,
    /// Live findings of severity warning.
    pub warning: u64,
    /// Live findings of severity note.
    pub note: u64,
    /// Healed findings.
    pub healed: u64,
    /// Open questions.
    pub not_assessed: u64,
    /// Clear rules.
    pub clear: u64,
    /// Findings that were dropped by a suppression, by rule.
    pub suppressed: BTreeMap<String, u64>,
    /// Findings beyond a limit of their number, by rule; counted above but not listed.
    pub left_out: BTreeMap<String, u64>,
}

/// What was read of one artifact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArtifactReport {
    /// Path in the bundle.
    pub path: String,
    /// Format names in order of appearance, joined by `+`; `binary`, `empty` or `unrecognized` otherwise.
    pub format: String,
    /// Bytes read.
    pub bytes: u64,
    /// Lines.
    pub lines: u64,
    /// Non-blank lines understood.
    pub used: u64,
    /// Non-blank lines not understood.
    pub skipped: u64,
    /// What was noted.
    pub notes: Vec<Note>,
    /// Sections in order.
    pub sections: Vec<SectionReport>,
}

/// One section of an artifact.
pub type SectionReport = Section;
