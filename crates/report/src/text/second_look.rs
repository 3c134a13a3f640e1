//! What a second look adds: the comparison with a baseline, and suppressions that need a look.

use std::io;

use kubetriage_model::{Baseline, Report, Suppressed, Suppression, SuppressionState};

use super::Detail;
use super::look::Tone;
use super::page::Page;
use crate::plain::{count, severity, visible};

/// Writes what was known and what is gone since the baseline, and the state of the suppressions.
pub(super) fn write(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    if let Some(baseline) = &report.baseline {
        compared(page, baseline, report)?;
    }
    if page.detail == Detail::Verbose {
        suppressed(page, &report.suppressed)?;
    }
    stale(page, &report.suppressions)
}

fn number(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// Writes the counts of the comparison, and the findings that are gone.
fn compared(page: &mut Page<'_>, baseline: &Baseline, report: &Report) -> io::Result<()> {
    let live = report.findings.iter().filter(|finding| super::is_live(finding.verdict)).count();
    let known = baseline.known.len();
    let text = format!(
        "baseline {}: {} new, {known} known, {} gone",
        visible(&baseline.source),
        live.saturating_sub(known),
        baseline.gone.len()
    );
    page.heading(&text)?;
    for gone in &baseline.gone {
        let text = format!("gone: {} {}", visible(&gone.rule), gone.title);
        page.wrapped(("  ", "    "), 4, &text)?;
    }
    Ok(())
}

/// Writes the findings that were taken out of the list, with the reason.
fn suppressed(page: &mut Page<'_>, suppressed: &[Suppressed]) -> io::Result<()> {
    if suppressed.is_empty() {
        return Ok(());
    }
    let number = number(suppressed.len());
    page.heading(&format!("suppressed: {}", count(number, "finding")))?;
    for Suppressed { finding, reason, until, entry } in suppressed {
        let rule = format!("{}[{}]", severity(finding.severity), visible(&finding.rule));
        let rule = page.look.paint(Tone::Dim, &rule);
        page.line(&format!("  {rule}  {}", visible(entry)))?;
        page.wrapped(("    ", "    "), 4, &finding.title)?;
        let until = until.as_ref().map(|day| format!(" (until {day})")).unwrap_or_default();
        page.wrapped(("    ", "    "), 4, &format!("Reason: {reason}{until}"))?;
    }
    Ok(())
}

/// Writes the entries that mean nothing any more, or whose last day is over.
fn stale(page: &mut Page<'_>, suppressions: &[Suppression]) -> io::Result<()> {
    let is_stale = |entry: &&Suppression| entry.state != SuppressionState::Applied;
    let stale: Vec<_> = suppressions.iter().filter(is_stale).collect();
    if stale.is_empty() {
        return Ok(());
    }
    let these = number(stale.len());
    let entries = if these == 1 { "1 entry".to_owned() } else { format!("{these} entries") };
    page.heading(&format!("suppressions to look at: {entries}"))?;
    for one in stale {
        let why = match one.state {
            SuppressionState::Expired => {
                let day = one.until.as_deref().unwrap_or_default();
                format!("expired after {day}; {} listed again", count(one.count, "finding"))
            }
            _ => "no finding is meant by it; delete it if the fault is mended".to_owned(),
        };
        let entry = page.look.paint(Tone::Warning, &visible(&one.entry));
        page.line(&format!("  {entry}  {}", visible(&one.rule)))?;
        page.wrapped(("    ", "    "), 4, &format!("{why}. Reason: {}", one.reason))?;
    }
    Ok(())
}
