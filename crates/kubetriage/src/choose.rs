//! A smaller report: fewer findings, shorter excerpts; the totals always stay.
//!
//! Output forms show all they are given. Who wants less takes it out of the report first.

use std::collections::HashSet;

use kubetriage_model::{Evidence, Finding, Report, Severity, Verdict};

/// Takes the findings below `severity` out of the report and out of its counts.
pub fn from_severity(report: &mut Report, severity: Severity) {
    let kept = |finding: &Finding| finding.severity <= severity;
    let is_healed = |finding: &&Finding| finding.verdict == Verdict::Healed;
    let dropped = report.findings.iter().filter(|finding| !kept(finding));
    let healed = dropped.filter(is_healed).count() as u64;
    report.findings.retain(kept);
    let summary = &mut report.summary;
    summary.healed = summary.healed.saturating_sub(healed);
    if severity < Severity::Warning {
        summary.warning = 0;
    }
    if severity < Severity::Note {
        summary.note = 0;
    }
    let rules = report.rules.iter();
    let below: HashSet<&str> =
        rules.filter(|rule| rule.severity > severity).map(|rule| rule.id.as_str()).collect();
    summary.left_out.retain(|rule, _| !below.contains(rule.as_str()));
    forget_dropped(report);
}

/// Lists at most `most` findings, the first ones: causes stand before symptoms, what is live before what has
/// healed. The others stay in the counts and are told in `left_out`.
pub fn at_most(report: &mut Report, most: usize) {
    if report.findings.len() <= most {
        return;
    }
    for finding in report.findings.split_off(most) {
        *report.summary.left_out.entry(finding.rule).or_default() += 1;
    }
    forget_dropped(report);
}

/// Cuts every excerpt and line of context to `most` characters, with an ellipsis where something was cut.
pub fn shorter_excerpts(report: &mut Report, most: usize) {
    let found = report.not_assessed.iter_mut().flat_map(|question| &mut question.found);
    let unwell = report.unexplained.iter_mut().flat_map(|object| &mut object.evidence);
    let evidence = report.findings.iter_mut().flat_map(|finding| &mut finding.evidence);
    for Evidence { excerpt, before, after, .. } in evidence.chain(found).chain(unwell) {
        for text in std::iter::once(excerpt).chain(before).chain(after) {
            if let Some((end, _)) = text.char_indices().nth(most) {
                text.truncate(end);
                text.push('…');
            }
        }
    }
}

/// Removes references to findings that are not listed any more.
fn forget_dropped(report: &mut Report) {
    let ids: HashSet<String> = report.findings.iter().map(|finding| finding.id.clone()).collect();
    for finding in &mut report.findings {
        finding.explains.retain(|id| ids.contains(id));
        finding.explained_by.retain(|id| ids.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use kubetriage_source::Input;

    use super::*;
    use crate::{Options, analyze};

    fn report() -> Report {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/agent-403");
        analyze(&[Input::Path(folder.into())], &Options::default()).unwrap()
    }

    #[test]
    fn fewer_findings_keep_the_totals_and_no_loose_ends() {
        let whole = report();
        let mut few = whole.clone();
        at_most(&mut few, 1);
        assert_eq!((few.findings.len(), few.summary.error), (1, whole.summary.error));
        let left_out: u64 = few.summary.left_out.values().sum();
        assert_eq!(left_out, whole.findings.len() as u64 - 1);
        assert!(few.findings.iter().all(|finding| finding.explains.is_empty()));
        at_most(&mut few, 9);
        assert_eq!(few.findings.len(), 1);
    }

    #[test]
    fn weights_leave_the_counts_too() {
        let mut report = report();
        for finding in &mut report.findings {
            finding.severity = Severity::Warning;
        }
        report.summary.warning = 3;
        from_severity(&mut report, Severity::Error);
        assert_eq!((report.findings.len(), report.summary.warning), (0, 0));
    }

    #[test]
    fn excerpts_are_cut_at_characters() {
        let mut report = report();
        shorter_excerpts(&mut report, 5);
        let evidence = report.findings.iter().flat_map(|finding| &finding.evidence);
        let longest = evidence.map(|one| one.excerpt.chars().count()).max();
        assert_eq!(longest, Some(6));
    }
}
