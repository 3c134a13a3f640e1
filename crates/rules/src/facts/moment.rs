//! Moments: when a statement was true, as far as the capture tells, and which of two is later.
//!
//! Captures speak of time in three ways: absolute times, ages before the capture (`2m32s`), and states,
//! which are true at the capture. Zones that are not printed are UTC, as pods and nodes run in it.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, fmt::rfc2822};
use kubetriage_model::{ArtifactId, Data};

/// When something was so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) artifact: ArtifactId,
    pub(crate) line: u64,
    pub(crate) nature: Nature,
    /// Milliseconds since 1970, UTC.
    pub(crate) absolute: Option<i64>,
    /// Seconds before the capture.
    pub(crate) age: Option<i64>,
}

/// How a statement relates to time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// True at the capture (a pod's status).
    State,
    /// Happened at some time (a Kubernetes event).
    Happening,
    /// A log line; lines of one log are in order.
    Line,
}

impl Moment {
    /// Returns whether `self` is later than `other`; `None` if that cannot be told.
    ///
    /// `now` is the moment of the capture, so that an age and a time of day compare.
    pub(crate) fn later_than(&self, other: &Self, now: Option<i64>) -> Option<bool> {
        use Nature::{Happening, Line, State};
        let together = self.artifact == other.artifact;
        let by_line = together.then_some(self.line > other.line);
        let by_time = match (self.absolute, other.absolute) {
            (Some(mine), Some(theirs)) if mine != theirs => Some(mine > theirs),
            _ => None,
        };
        match (self.nature, other.nature) {
            (State, State) => by_line,
            (State, Happening | Line) => Some(true),
            (Happening | Line, State) => Some(false),
            (Line, Line) => by_time.or(by_line),
            (Happening, Happening) => by_time
                .or_else(|| self.younger(other))
                .or_else(|| self.clearly_later(other, now?))
                .or(by_line),
            // Controllers write their events into their logs.
            (Happening, Line) | (Line, Happening) => by_time
                .or_else(|| self.clearly_later(other, now?))
                .or(by_line.filter(|_| self.age.is_none() && other.age.is_none())),
        }
    }

    /// Compares an age with a time of day. Ages are rounded and captures take a while: what is closer than
    /// a tenth of the age and a minute is not told apart.
    fn clearly_later(&self, other: &Self, now: i64) -> Option<bool> {
        let (mine, theirs, age) = match (self.absolute, self.age, other.absolute, other.age) {
            (Some(mine), _, None, Some(age)) => (mine, now - age * 1000, age),
            (None, Some(age), Some(theirs), _) => (now - age * 1000, theirs, age),
            _ => return None,
        };
        let apart = mine - theirs;
        (apart.abs() > (age / 10 + 60) * 1000).then_some(apart > 0)
    }

    fn younger(&self, other: &Self) -> Option<bool> {
        match (self.age, other.age) {
            (Some(mine), Some(theirs)) if mine != theirs => Some(mine < theirs),
            _ => None,
        }
    }
}

/// Returns the time that a statement prints, and how the statement relates to time.
pub(crate) fn printed(data: &Data) -> (Nature, Option<&str>) {
    match data {
        Data::KubeEvent(event) => {
            (Nature::Happening, event.last_seen.as_deref().or(event.first_seen.as_deref()))
        }
        Data::AgentLog(line) => (Nature::Line, line.time.as_deref()),
        Data::Log(line) => (Nature::Line, line.time.as_deref()),
        _ => (Nature::State, None),
    }
}

/// Reads an absolute time in milliseconds since 1970; `year` completes forms that print none (klog).
pub(crate) fn absolute(text: &str, year: Option<i16>) -> Option<i64> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return None;
    }
    let stamp = text.parse::<Timestamp>().ok();
    let stamp = stamp.or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()));
    let stamp = stamp.or_else(|| civil(text));
    stamp.or_else(|| klog(text, year?)).map(Timestamp::as_millisecond)
}

/// `2026/11/21 20:24:06.672`, `2026-11-21 20:24:06`, `11/21/2026 20:24:06`.
fn civil(text: &str) -> Option<Timestamp> {
    let forms = ["%Y/%m/%d %H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%m/%d/%Y %H:%M:%S%.f"];
    let read = forms.iter().find_map(|form| DateTime::strptime(form, text).ok())?;
    read.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// `1121 20:24:06.123456`, with or without the letter of the level.
fn klog(text: &str, year: i16) -> Option<Timestamp> {
    let text = text.trim_start_matches(|first: char| first.is_ascii_alphabetic());
    let (day, clock) = text.split_once(' ')?;
    let number: u16 = day.parse().ok().filter(|_| day.len() == 4)?;
    let month = i8::try_from(number / 100).ok()?;
    let date = Date::new(year, month, i8::try_from(number % 100).ok()?).ok()?;
    let time = clock.trim().parse::<jiff::civil::Time>().ok()?;
    date.to_datetime(time).to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// Reads an age as kubectl prints it (`5y12d`, `2d19h`, `3m42s`, `45s`) in seconds.
pub(crate) fn age(text: &str) -> Option<i64> {
    let text = text.trim();
    let mut seconds = 0_i64;
    let mut number: Option<i64> = None;
    for sign in text.chars() {
        if let Some(digit) = sign.to_digit(10) {
            let digits = number.unwrap_or(0).checked_mul(10)?;
            number = Some(digits.checked_add(i64::from(digit))?);
        } else {
            let unit = match sign {
                'y' => 365 * 86_400,
                'd' => 86_400,
                'h' => 3_600,
                'm' => 60,
                's' => 1,
                _ => return None,
            };
            seconds = seconds.checked_add(number.take()?.checked_mul(unit)?)?;
        }
    }
    (number.is_none() && !text.is_empty()).then_some(seconds)
}

/// Returns the year of a moment.
pub(crate) fn year_of(absolute: i64) -> Option<i16> {
    Timestamp::from_millisecond(absolute).ok().map(|stamp| stamp.to_zoned(TimeZone::UTC).year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form() {
        let expected = absolute("2026-11-21T20:24:06Z", None);
        assert!(expected.is_some());
        for form in [
            "Sat, 21 Nov 2026 20:24:06 +0000",
            "2026/11/21 20:24:06",
            "2026/11/21 20:24:06.000",
            "2026-11-21 20:24:06",
            "11/21/2026 20:24:06",
            "2026-11-21T21:24:06+01:00",
            "1121 20:24:06.000000",
            "I1121 20:24:06.000000",
        ] {
            assert_eq!(absolute(form, Some(2026)), expected, "{form}");
        }
        assert_eq!(absolute("2m32s", Some(2026)), None);
    }

    #[test]
    fn ages_are_read_in_seconds() {
        for (text, seconds) in
            [("45s", Some(45)), ("2m32s", Some(152)), ("2d19h", Some(241_200)), ("<unknown>", None)]
        {
            assert_eq!(age(text), seconds, "{text}");
        }
        for wrong in ["", "12", "s", "5x", "99999999999999999999y"] {
            assert_eq!(age(wrong), None, "{wrong}");
        }
    }
}
