//! From the words of the model to the structs of the JSON report, borrowing every text.

use kubetriage_model as model;

use super::document::{
    Artifact, Bundle, Captured, Confidence, Document, Evidence, Finding, Fix, NotAssessed, Note,
    SCHEMA, Section, Severity, Subject, Summary, Tool, Unexplained, Verdict,
};
use super::second_look::Baseline;

/// Converts each item of a list.
fn each<'a, M, T: From<&'a M>>(items: &'a [M]) -> Vec<T> {
    items.iter().map(T::from).collect()
}

impl<'a> From<&'a model::Report> for Document<'a> {
    fn from(report: &'a model::Report) -> Self {
        Self {
            schema: SCHEMA,
            tool: Tool { name: &report.tool.name, version: &report.tool.version },
            bundle: Bundle::from(&report.bundle),
            summary: Summary::from(report),
            findings: findings(report),
            not_assessed: each(&report.not_assessed),
            clear: &report.clear,
            unexplained: each(&report.unexplained),
            artifacts: each(&report.artifacts),
            captured: each(&report.captured),
            suppressed: each(&report.suppressed),
            suppressions: each(&report.suppressions),
            baseline: report.baseline.as_ref().map(Baseline::from),
        }
    }
}

/// Returns the findings; those of a report with a baseline say whether they were known.
pub(super) fn findings(report: &model::Report) -> Vec<Finding<'_>> {
    let mut findings: Vec<Finding<'_>> = each(&report.findings);
    if let Some(baseline) = &report.baseline {
        for finding in &mut findings {
            finding.known = Some(baseline.known.iter().any(|id| id == finding.id));
        }
    }
    findings
}

impl<'a> From<&'a model::Captured> for Captured<'a> {
    fn from(captured: &'a model::Captured) -> Self {
        Self {
            kind: &captured.kind,
            everywhere: captured.everywhere,
            namespaces: &captured.namespaces,
            count: captured.count,
        }
    }
}

impl<'a> From<&'a model::BundleReport> for Bundle<'a> {
    fn from(bundle: &'a model::BundleReport) -> Self {
        Self {
            inputs: &bundle.inputs,
            layouts: &bundle.layouts,
            artifacts: bundle.artifacts,
            bytes: bundle.bytes,
            first_time: bundle.first_time.as_deref(),
            last_time: bundle.last_time.as_deref(),
            scrubbed: bundle.scrubbed,
            made: bundle.made.as_deref(),
        }
    }
}

impl<'a> From<&'a model::Report> for Summary<'a> {
    fn from(report: &'a model::Report) -> Self {
        let summary = &report.summary;
        Self {
            error: summary.error,
            warning: summary.warning,
            note: summary.note,
            healed: summary.healed,
            not_assessed: summary.not_assessed,
            clear: summary.clear,
            unexplained: u64::try_from(report.unexplained.len()).unwrap_or(u64::MAX),
            suppressed: &summary.suppressed,
            left_out: &summary.left_out,
        }
    }
}

impl<'a> From<&'a model::Finding> for Finding<'a> {
    fn from(finding: &'a model::Finding) -> Self {
        Self {
            id: &finding.id,
            rule: &finding.rule,
            verdict: finding.verdict.into(),
            severity: finding.severity.into(),
            confidence: finding.confidence.into(),
            title: &finding.title,
            subject: Subject::from(&finding.subject),
            keys: &finding.keys,
            cause: &finding.cause,
            count: finding.count,
            first_seen: finding.first_seen.as_deref(),
            last_seen: finding.last_seen.as_deref(),
            evidence: each(&finding.evidence),
            affected: each(&finding.affected),
            fixes: each(&finding.fixes),
            verify: &finding.verify,
            docs: &finding.docs,
            explains: &finding.explains,
            explained_by: &finding.explained_by,
            known: None,
        }
    }
}

impl From<model::Verdict> for Verdict {
    fn from(verdict: model::Verdict) -> Self {
        match verdict {
            model::Verdict::Confirmed => Self::Confirmed,
            model::Verdict::Likely => Self::Likely,
            model::Verdict::Healed => Self::Healed,
        }
    }
}

impl From<model::Severity> for Severity {
    fn from(severity: model::Severity) -> Self {
        match severity {
            model::Severity::Error => Self::Error,
            model::Severity::Warning => Self::Warning,
            model::Severity::Note => Self::Note,
        }
    }
}

impl From<model::Confidence> for Confidence {
    fn from(confidence: model::Confidence) -> Self {
        match confidence {
            model::Confidence::High => Self::High,
            model::Confidence::Medium => Self::Medium,
            model::Confidence::Low => Self::Low,
        }
    }
}

impl<'a> From<&'a model::Subject> for Subject<'a> {
    fn from(subject: &'a model::Subject) -> Self {
        Self {
            kind: subject.kind.as_deref(),
            namespace: subject.namespace.as_deref(),
            name: subject.name.as_deref(),
        }
    }
}

impl<'a> From<&'a model::Evidence> for Evidence<'a> {
    fn from(evidence: &'a model::Evidence) -> Self {
        Self {
            artifact: &evidence.artifact,
            line: evidence.line,
            column: evidence.column,
            end_line: evidence.end_line,
            width: evidence.width,
            excerpt: &evidence.excerpt,
            signal: &evidence.signal,
            kind: &evidence.kind,
            time: evidence.time.as_deref(),
            before: &evidence.before,
            after: &evidence.after,
        }
    }
}

impl<'a> From<&'a model::Fix> for Fix<'a> {
    fn from(fix: &'a model::Fix) -> Self {
        Self {
            title: &fix.title,
            recommended: fix.recommended,
            steps: &fix.steps,
            commands: &fix.commands,
            manifest: fix.manifest.as_deref(),
        }
    }
}

impl<'a> From<&'a model::NotAssessed> for NotAssessed<'a> {
    fn from(question: &'a model::NotAssessed) -> Self {
        Self {
            rule: &question.rule,
            title: &question.title,
            missing: &question.missing,
            reason: &question.reason,
            found: each(&question.found),
            collect: &question.collect,
        }
    }
}

impl<'a> From<&'a model::Unexplained> for Unexplained<'a> {
    fn from(unexplained: &'a model::Unexplained) -> Self {
        Self {
            subject: Subject::from(&unexplained.subject),
            what: &unexplained.what,
            evidence: each(&unexplained.evidence),
        }
    }
}

impl<'a> From<&'a model::ArtifactReport> for Artifact<'a> {
    fn from(artifact: &'a model::ArtifactReport) -> Self {
        Self {
            path: &artifact.path,
            format: &artifact.format,
            bytes: artifact.bytes,
            lines: artifact.lines,
            used: artifact.used,
            skipped: artifact.skipped,
            notes: each(&artifact.notes),
            sections: each(&artifact.sections),
        }
    }
}

impl<'a> From<&'a model::Note> for Note<'a> {
    fn from(note: &'a model::Note) -> Self {
        Self { line: note.line, message: &note.message, kind: note.kind }
    }
}

impl<'a> From<&'a model::Section> for Section<'a> {
    fn from(section: &'a model::Section) -> Self {
        Self {
            format: section.format,
            line: section.line,
            end_line: section.end_line,
            command: section.command.as_ref().map(|command| command.line.as_str()),
        }
    }
}
