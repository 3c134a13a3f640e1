//! Taking findings out of a report without leaving traces that lead nowhere.

use std::collections::HashSet;

use kubetriage_model::{Finding, Report, Severity, Verdict};

/// Keeps the findings that `wanted` says yes to; counts and references of the report are mended.
///
/// Returns the findings that were taken out, in the order of the report.
pub fn keep(report: &mut Report, mut wanted: impl FnMut(&Finding) -> bool) -> Vec<Finding> {
    let (kept, gone): (Vec<_>, Vec<_>) =
        std::mem::take(&mut report.findings).into_iter().partition(|finding| wanted(finding));
    report.findings = kept;
    let ids: HashSet<String> = report.findings.iter().map(|finding| finding.id.clone()).collect();
    for finding in &mut report.findings {
        finding.explains.retain(|id| ids.contains(id));
        finding.explained_by.retain(|id| ids.contains(id));
    }
    for finding in &gone {
        let summary = &mut report.summary;
        let number = match (finding.verdict, finding.severity) {
            (Verdict::Healed, _) => &mut summary.healed,
            (_, Severity::Error) => &mut summary.error,
            (_, Severity::Warning) => &mut summary.warning,
            (_, Severity::Note) => &mut summary.note,
        };
        *number = number.saturating_sub(1);
    }
    gone
}
