//! The exit status, equal for every form of output.

use std::process::ExitCode;

use kubetriage::model::{Compared, Comparison, Finding, Report, Severity, Verdict};

use crate::args::FailOn;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing at or above the threshold: 0.
    Clean,
    /// Findings at or above the threshold: 1.
    Findings,
    /// The work could not be done: 2.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

/// Judges the live findings of a report by the threshold; healed ones and those that a baseline knows never
/// count.
pub(crate) fn of_report(report: &Report, fail_on: &[FailOn]) -> Exit {
    let known: &[String] = report.baseline.as_ref().map_or(&[], |baseline| &baseline.known);
    let counts =
        |finding: &&Finding| finding.verdict != Verdict::Healed && !known.contains(&finding.id);
    let mut live = report.findings.iter().filter(counts);
    let is_open = fail_on.contains(&FailOn::NotAssessed) && !report.not_assessed.is_empty();
    exit(is_open || live.any(|finding| is_weighty(finding.severity, fail_on)))
}

/// Judges what is new in a comparison by the threshold.
pub(crate) fn of_comparison(comparison: &Comparison, fail_on: &[FailOn]) -> Exit {
    let weight = |one: &Compared| one.after.map(|state| state.severity);
    let mut new = comparison.new.iter().filter_map(weight);
    exit(new.any(|severity| is_weighty(severity, fail_on)))
}

/// True when a live finding of this weight fails the run.
fn is_weighty(severity: Severity, fail_on: &[FailOn]) -> bool {
    fail_on.iter().any(|one| match one {
        FailOn::Error | FailOn::NotAssessed => severity == Severity::Error,
        FailOn::Warning => matches!(severity, Severity::Error | Severity::Warning),
        FailOn::Note => true,
        FailOn::Never => false,
    })
}

fn exit(findings: bool) -> Exit {
    if findings { Exit::Findings } else { Exit::Clean }
}

#[cfg(test)]
mod tests {
    use kubetriage::model::{Confidence, NotAssessed, Subject};

    use super::*;

    fn report(verdict: Verdict, severity: Severity) -> Report {
        let text = String::new;
        let finding = Finding {
            id: text(),
            rule: text(),
            verdict,
            severity,
            confidence: Confidence::High,
            title: text(),
            subject: Subject::default(),
            keys: std::collections::BTreeMap::new(),
            cause: text(),
            count: 1,
            first_seen: None,
            last_seen: None,
            evidence: Vec::new(),
            affected: Vec::new(),
            fixes: Vec::new(),
            verify: Vec::new(),
            docs: Vec::new(),
            explains: Vec::new(),
            explained_by: Vec::new(),
        };
        Report { findings: vec![finding], ..Report::default() }
    }

    #[test]
    fn open_questions_fail_where_they_shall() {
        let question = NotAssessed {
            rule: "a/b".to_owned(),
            title: String::new(),
            missing: Vec::new(),
            reason: String::new(),
            found: Vec::new(),
            collect: Vec::new(),
        };
        let open = Report { not_assessed: vec![question], ..Report::default() };
        assert_eq!(of_report(&open, &[FailOn::Note]), Exit::Clean);
        assert_eq!(of_report(&open, &[FailOn::Warning, FailOn::NotAssessed]), Exit::Findings);
        let error = report(Verdict::Likely, Severity::Error);
        assert_eq!(of_report(&error, &[FailOn::NotAssessed]), Exit::Findings);
        assert_eq!(of_report(&error, &[FailOn::Never]), Exit::Clean);
    }

    #[test]
    fn the_threshold_decides() {
        let cases = [
            (Severity::Error, FailOn::Error, Exit::Findings),
            (Severity::Error, FailOn::Never, Exit::Clean),
            (Severity::Warning, FailOn::Error, Exit::Clean),
            (Severity::Warning, FailOn::Warning, Exit::Findings),
            (Severity::Note, FailOn::Warning, Exit::Clean),
            (Severity::Note, FailOn::Note, Exit::Findings),
        ];
        for (severity, fail_on, expected) in cases {
            assert_eq!(of_report(&report(Verdict::Likely, severity), &[fail_on]), expected);
            assert_eq!(of_report(&report(Verdict::Healed, severity), &[fail_on]), Exit::Clean);
        }
        assert_eq!(of_report(&Report::default(), &[FailOn::Note]), Exit::Clean);
    }
}
