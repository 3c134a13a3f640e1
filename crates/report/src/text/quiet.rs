//! One line per finding, in the shape that editors and `grep` users know.

use std::io;

use kubetriage_model::{Finding, Report};

use super::is_live;
use crate::plain::{place, severity, totals, visible};

/// Writes `path:line: severity rule title` for each finding; healed ones say `healed` for the severity.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(out, "{}", line(finding))?;
    }
    if !report.summary.left_out.is_empty() {
        writeln!(out, "kubetriage: {}", totals(report))?;
    }
    Ok(())
}

/// Returns the line of one finding.
fn line(finding: &Finding) -> String {
    let at = finding.evidence.first().map(place).unwrap_or_default();
    let live = is_live(finding.verdict);
    let word = if live { severity(finding.severity) } else { "healed" };
    format!("{at}: {word} {} {}", visible(&finding.rule), visible(&finding.title))
}
