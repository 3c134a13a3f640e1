//! The verbose report's timeline: what the evidence tells of times, across all captures, oldest first.

use std::collections::BTreeSet;
use std::io;

use kubetriage_model::{Finding, Report};

use super::look::Tone;
use super::page::Page;
use crate::plain::{is_live, moment, severity, subject, visible};
use crate::time::{absolute, age};

/// Widest time and place that still get a column; longer ones push their row to the right.
const WIDEST: usize = 48;

/// One moment at which the bundle shows a finding.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row<'r> {
    /// Seconds since 1970, or before the capture if the bundle tells no time (then negative); ages count back from
    /// the newest time.
    at: i64,
    time: String,
    place: String,
    weight: &'static str,
    rule: &'r str,
    /// Whom it concerns.
    about: String,
}

/// Writes a row for each timed piece of evidence, and for the last time that a finding was seen.
///
/// Times that cannot be read are left out. A bundle that tells no time tells only ages, which count back from its
/// capture.
pub(super) fn write(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let newest = report.bundle.last_time.as_deref().and_then(absolute).unwrap_or(0);
    let rows: BTreeSet<Row<'_>> =
        report.findings.iter().flat_map(|finding| rows(finding, newest)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    page.heading("timeline")?;
    let widest = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0).min(WIDEST);
    let time = widest(&mut rows.iter().map(|row| row.time.chars().count()));
    let place = widest(&mut rows.iter().map(|row| row.place.chars().count()));
    for row in &rows {
        let when = page.look.paint(Tone::Dim, &format!("{:time$}", row.time));
        let Row { weight, rule, about, .. } = row;
        page.line(&format!("  {when}  {:place$}  {weight}[{rule}] {about}", row.place))?;
    }
    Ok(())
}

fn rows(finding: &Finding, newest: i64) -> Vec<Row<'_>> {
    let weight = if is_live(finding.verdict) { severity(finding.severity) } else { "healed" };
    let row = |time: &str, place: String, about: String| {
        let at = absolute(time).or_else(|| Some(newest - age(time)?))?;
        Some(Row { at, time: visible(&moment(time)), place, weight, rule: &finding.rule, about })
    };
    let mut rows: Vec<_> = finding
        .evidence
        .iter()
        .filter_map(|one| {
            let place = format!("{}:{}", visible(&one.artifact), one.line);
            row(one.time.as_deref()?, place, subject(&finding.subject))
        })
        .collect();
    let last_seen = || format!("{}, last seen", subject(&finding.subject));
    let last = finding.last_seen.as_deref().and_then(|time| row(time, String::new(), last_seen()));
    rows.extend(last.filter(|last| rows.iter().all(|row| row.at < last.at)));
    rows
}
