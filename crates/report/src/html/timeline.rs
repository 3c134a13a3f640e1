//! When each finding was first and last seen, as a table with a bar in each row.

use std::io;

use kubetriage_model::{Finding, Report};

use super::safe::Safe;
use crate::plain::{is_live, moment, severity};

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

/// Returns the seconds since 1970 of `2026-11-21T08:12:44…`, also with `/` and with a blank between date and
/// time, taken as UTC: a zone moves a bar by hours, and all bars of a bundle alike.
fn absolute(text: &str) -> Option<i64> {
    let mut numbers = text.splitn(6, ['-', '/', 'T', ' ', ':']);
    let mut next = || {
        let part = numbers.next()?;
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<i64>().ok()
    };
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    let sane =
        (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (sane && hour < 25 && minute < 60 && second < 62)
        .then(|| days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// Returns the days from 1970-01-01 to a date (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Returns the seconds of an age as kubectl prints it (`3h12m`, `5d`).
fn age(text: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let (number, behind) = rest.split_at_checked(digits)?;
        let mut letters = behind.chars();
        let unit = match letters.next()? {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'y' => 31_536_000,
            _ => return None,
        };
        let part = number.parse::<i64>().ok()?.checked_mul(unit)?;
        seconds = seconds.checked_add(part)?;
        rest = letters.as_str();
    }
    (!text.is_empty()).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds() {
        assert_eq!(absolute("1970-01-02T00:00:01Z"), Some(86_401));
        assert_eq!(absolute("2026/11/21 19:57:55.833"), Some(1_795_291_075));
        assert_eq!(absolute("2024-02-29 00:00:00"), Some(1_709_164_800));
        for wrong in ["", "73s", "2026-11-21", "2026-13-01T00:00:00", "<none>"] {
            assert_eq!(absolute(wrong), None, "{wrong}");
        }
        let cases = [("73s", Some(73)), ("3h12m", Some(11_520)), ("5d", Some(432_000))];
        for (text, seconds) in cases {
            assert_eq!(age(text), seconds);
        }
        for wrong in ["", "5", "h", "5w", "99999999999999999999d"] {
            assert_eq!(age(wrong), None, "{wrong}");
        }
    }
}
