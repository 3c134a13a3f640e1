//! When each finding was first and last seen, as a table with a bar in each row.

use std::io;

use kubetriage_model::{Finding, Report};

use super::safe::Safe;
use crate::plain::{is_live, moment, severity};
use crate::time::{absolute, age};

/// Width of the drawing, in its own units.
const WIDTH: i64 = 1000;

/// Narrowest bar: a moment must be seen too.
const NARROWEST: i64 = 8;

/// Writes the table; nothing at all where no finding tells a time.
pub(super) fn timeline(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let newest = report.bundle.last_time.as_deref().and_then(absolute);
    let rows: Vec<Row<'_>> =
        report.findings.iter().filter_map(|finding| Row::new(finding, newest)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let known = rows.iter().filter_map(|row| row.span);
    let from = known.clone().map(|(from, _)| from).min().unwrap_or(0);
    let to = known.map(|(_, to)| to).max().unwrap_or(0).max(newest.unwrap_or(i64::MIN));
    writeln!(out, "<section id=\"timeline\" aria-labelledby=\"h-timeline\">")?;
    writeln!(
        out,
        "<h2 id=\"h-timeline\">Timeline</h2>\n<div class=\"scroll\"><table class=\"times\">"
    )?;
    write!(
        out,
        "<thead><tr><th scope=\"col\">finding</th><th scope=\"col\">first and last seen</th>"
    )?;
    writeln!(out, "<th scope=\"col\" class=\"drawn\">oldest to newest</th></tr></thead>\n<tbody>")?;
    for row in &rows {
        row.write((from, to), out)?;
    }
    writeln!(out, "</tbody></table></div></section>")
}

/// One finding with its times.
struct Row<'a> {
    finding: &'a Finding,
    first: &'a str,
    last: &'a str,
    /// Seconds since 1970, where they can be told.
    span: Option<(i64, i64)>,
}

impl<'a> Row<'a> {
    fn new(finding: &'a Finding, newest: Option<i64>) -> Option<Self> {
        let first = finding.first_seen.as_deref().or(finding.last_seen.as_deref())?;
        let last = finding.last_seen.as_deref().unwrap_or(first);
        let at = |text: &str| absolute(text).or_else(|| Some(newest? - age(text)?));
        let span = at(first).zip(at(last)).map(|(a, b)| (a.min(b), a.max(b)));
        Some(Self { finding, first, last, span })
    }

    fn write(&self, (from, to): (i64, i64), out: &mut dyn io::Write) -> io::Result<()> {
        let live = is_live(self.finding.verdict);
        let class = if live { severity(self.finding.severity) } else { "healed" };
        let title = Safe(&self.finding.title);
        let (first, last) = (moment(self.first), moment(self.last));
        write!(
            out,
            "<tr><th scope=\"row\"><span class=\"badge {class}\">{class}</span> {title}</th>"
        )?;
        write!(out, "<td>{}", Safe(&first))?;
        if last != first {
            write!(out, "<br>{}", Safe(&last))?;
        }
        write!(out, "</td><td class=\"drawn\">")?;
        if let Some((a, b)) = self.span {
            let length = (to - from).max(1);
            let scaled = |at: i64| (at - from).saturating_mul(WIDTH - NARROWEST) / length;
            let (x, end) = (scaled(a).clamp(0, WIDTH), scaled(b).clamp(0, WIDTH));
            write!(
                out,
                "<svg viewBox=\"0 0 {WIDTH} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                 <rect class=\"line\" x=\"0\" y=\"4.5\" width=\"{WIDTH}\" height=\"1\"/>\
                 <rect class=\"bar {class}\" x=\"{x}\" y=\"0\" width=\"{}\" height=\"10\"/></svg>",
                end - x + NARROWEST
            )?;
        }
        writeln!(out, "</td></tr>")
    }
}
