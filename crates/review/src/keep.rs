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
    recount(report);
    gone
}

fn recount(report: &mut Report) {
    let number = |of: &dyn Fn(&Finding) -> bool| {
        let count = report.findings.iter().filter(|finding| of(finding)).count();
        u64::try_from(count).unwrap_or(u64::MAX)
    };
    let live =
        |severity| number(&|f: &Finding| f.verdict != Verdict::Healed && f.severity == severity);
    let (error, warning, note) =
        (live(Severity::Error), live(Severity::Warning), live(Severity::Note));
    let healed = number(&|finding: &Finding| finding.verdict == Verdict::Healed);
    let summary = &mut report.summary;
    (summary.error, summary.warning, summary.note, summary.healed) = (error, warning, note, healed);
}
