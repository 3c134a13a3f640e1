//! A report as far as a comparison needs it: from memory, or read back from `kubetriage.report/1`.

use std::collections::BTreeMap;

use kubetriage_model::{Evidence, Finding, Report, Severity, Side, State, Subject, Verdict};
use serde::Deserialize;

/// The form that can be read.
const SCHEMA: &str = "kubetriage.report/1";

/// A report, as far as a comparison needs it.
///
/// Fields that an older version did not write are empty; fields that a newer one adds are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    schema: String,
    pub(crate) bundle: PastBundle,
    pub(crate) findings: Vec<PastFinding>,
    pub(crate) not_assessed: Vec<PastQuestion>,
    pub(crate) clear: Vec<String>,
    pub(crate) captured: Vec<PastCaptured>,
    pub(crate) artifacts: Vec<PastArtifact>,
}

/// Why a text is no report that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// The text is no JSON, or fields have other types.
    #[error("{name} is no JSON report: {reason}")]
    Json {
        /// Name of the file.
        name: String,
        /// What the reader says.
        reason: String,
    },
    /// A JSON document of another form.
    #[error("{name} says schema `{found}`, expected `{SCHEMA}`")]
    Schema {
        /// Name of the file.
        name: String,
        /// What the document says; empty if it says nothing.
        found: String,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct PastBundle {
    pub(crate) inputs: Vec<String>,
    pub(crate) last_time: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct PastFinding {
    pub(crate) id: String,
    pub(crate) rule: String,
    verdict: String,
    severity: String,
    pub(crate) title: String,
    subject: PastSubject,
    pub(crate) keys: BTreeMap<String, String>,
    pub(crate) count: u64,
    pub(crate) evidence: Vec<PastEvidence>,
    pub(crate) verify: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct PastSubject {
    kind: Option<String>,
    namespace: Option<String>,
    name: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct PastEvidence {
    pub(crate) artifact: String,
    pub(crate) line: u64,
    pub(crate) kind: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct PastQuestion {
    pub(crate) rule: String,
    pub(crate) missing: Vec<String>,
    pub(crate) reason: String,
    pub(crate) collect: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct PastCaptured {
    pub(crate) kind: String,
    pub(crate) everywhere: bool,
    pub(crate) namespaces: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct PastArtifact {
    pub(crate) path: String,
    pub(crate) used: u64,
}

impl Snapshot {
    /// Reads a report that `analyze --format json` wrote; `name` stands in messages.
    ///
    /// # Errors
    /// When the text is no JSON, or a document of another form.
    pub fn from_json(name: &str, text: &str) -> Result<Self, SnapshotError> {
        let snapshot: Self =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
                SnapshotError::Json { name: name.to_owned(), reason: error.to_string() }
            })?;
        if snapshot.schema == SCHEMA {
            return Ok(snapshot);
        }
        Err(SnapshotError::Schema { name: name.to_owned(), found: snapshot.schema })
    }

    /// True when the beginning of a file looks like a report rather than like a capture.
    pub fn is_report(head: &str) -> bool {
        let head = head.trim_start_matches('\u{feff}').trim_start();
        head.starts_with('{')
            && head.chars().take(200).collect::<String>().contains("\"kubetriage.report/")
    }

    pub(crate) fn side(&self) -> Side {
        Side { inputs: self.bundle.inputs.clone(), last_time: self.bundle.last_time.clone() }
    }
}

impl PastFinding {
    pub(crate) fn verdict(&self) -> Verdict {
        match self.verdict.as_str() {
            "healed" => Verdict::Healed,
            "likely" => Verdict::Likely,
            _ => Verdict::Confirmed,
        }
    }

    pub(crate) fn state(&self) -> State {
        let severity = match self.severity.as_str() {
            "note" => Severity::Note,
            "warning" => Severity::Warning,
            _ => Severity::Error,
        };
        State { verdict: self.verdict(), severity, count: self.count }
    }

    pub(crate) fn subject(&self) -> Subject {
        let PastSubject { kind, namespace, name } = self.subject.clone();
        Subject { kind, namespace, name }
    }
}

impl From<&Report> for Snapshot {
    fn from(report: &Report) -> Self {
        let questions = report.not_assessed.iter().map(|question| PastQuestion {
            rule: question.rule.clone(),
            missing: question.missing.clone(),
            reason: question.reason.clone(),
            collect: question.collect.clone(),
        });
        let captured = report.captured.iter().map(|captured| PastCaptured {
            kind: captured.kind.clone(),
            everywhere: captured.everywhere,
            namespaces: captured.namespaces.clone(),
        });
        let artifacts = report
            .artifacts
            .iter()
            .map(|artifact| PastArtifact { path: artifact.path.clone(), used: artifact.used });
        Self {
            schema: SCHEMA.to_owned(),
            bundle: PastBundle {
                inputs: report.bundle.inputs.clone(),
                last_time: report.bundle.last_time.clone(),
            },
            findings: report.findings.iter().map(PastFinding::from).collect(),
            not_assessed: questions.collect(),
            clear: report.clear.clone(),
            captured: captured.collect(),
            artifacts: artifacts.collect(),
        }
    }
}

impl From<&Finding> for PastFinding {
    fn from(finding: &Finding) -> Self {
        let verdict = match finding.verdict {
            Verdict::Confirmed => "confirmed",
            Verdict::Likely => "likely",
            Verdict::Healed => "healed",
        };
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let Subject { kind, namespace, name } = finding.subject.clone();
        Self {
            id: finding.id.clone(),
            rule: finding.rule.clone(),
            verdict: verdict.to_owned(),
            severity: severity.to_owned(),
            title: finding.title.clone(),
            subject: PastSubject { kind, namespace, name },
            keys: finding.keys.clone(),
            count: finding.count,
            evidence: finding.evidence.iter().map(PastEvidence::from).collect(),
            verify: finding.verify.clone(),
        }
    }
}

impl From<&Evidence> for PastEvidence {
    fn from(evidence: &Evidence) -> Self {
        Self {
            artifact: evidence.artifact.clone(),
            line: evidence.line,
            kind: evidence.kind.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reports_are_read() {
        let good = r#"{"schema": "kubetriage.report/1", "findings": [{"id": "a", "later": 1}]}"#;
        assert_eq!(Snapshot::from_json("x", good).unwrap().findings.len(), 1);
        assert!(Snapshot::is_report(good));
        for bad in ["", "[]", "{}", r#"{"schema": "kubetriage.report/2"}"#, r#"{"findings": 3}"#] {
            assert!(Snapshot::from_json("x", bad).is_err(), "{bad}");
        }
        assert!(!Snapshot::is_report(r#"{"kind": "PodList"}"#));
        assert!(!Snapshot::is_report("kubetriage.report/1"));
    }
}
