//! Ages as kubectl prints them: `37s`, `2m10s`, `6d19h`, `2y35d`, `<unknown>`.
//!
//! Source: `k8s.io/apimachinery/pkg/util/duration` (`HumanDuration`, unchanged since 1.12) and
//! `ShortHumanDuration` before. Values are floored; a year is 365 days.

use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{digit1, multispace0, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// When and how often an event was seen: `age`, or `age (xN over age)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen<'t> {
    /// Age of the last time; of the only time without `over`.
    pub(crate) last: &'t str,
    /// How often, `None` without parentheses.
    pub(crate) count: Option<i64>,
    /// Age of the first time, `None` without parentheses.
    pub(crate) first: Option<&'t str>,
}

/// `age = "<unknown>" | "<invalid>" | digits unit [digits unit]`
pub(crate) fn age(input: &str) -> IResult<&str, &str> {
    alt((tag("<unknown>"), tag("<invalid>"), recognize((part, opt(part))))).parse(input)
}

/// `part = digits ("s" | "m" | "h" | "d" | "y")`
fn part(input: &str) -> IResult<&str, &str> {
    recognize((digit1, one_of("smhdy"))).parse(input)
}

/// `seen = age [ws "(x" digits [ws "over" ws age] ")"]`
pub(crate) fn seen(input: &str) -> IResult<&str, Seen<'_>> {
    let over = preceded((multispace0, tag("over"), multispace0), age);
    let times = delimited((multispace0, tag("(x")), (digit1, opt(over)), tag(")"));
    let (rest, (last, times)) = (age, opt(times)).parse(input)?;
    let count = times.and_then(|(count, _): (&str, _)| count.parse().ok());
    Ok((rest, Seen { last, count, first: times.and_then(|(_, first)| first) }))
}

/// `restarts = digits [ws "(" age ws "ago)"]`; gives the number.
pub(crate) fn restarts(input: &str) -> IResult<&str, &str> {
    let ago = delimited((multispace0, tag("(")), age, (multispace0, tag("ago)")));
    terminated(digit1, opt(ago)).parse(input)
}

/// Returns true when all of `text` is an age.
pub(crate) fn is_age(text: &str) -> bool {
    matches!(age(text), Ok(("", _)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_recognized_whole() {
        for text in
            ["0s", "61s", "2m10s", "9m59s", "7h59m", "2d19h", "2y35d", "<unknown>", "<invalid>"]
        {
            assert!(is_age(text), "{text}");
        }
        for text in ["", "s", "5", "5x", "1.5s", "5m ago", "2m10s5h", "unknown"] {
            assert!(!is_age(text), "{text}");
        }
    }

    #[test]
    fn seen_keeps_count_and_both_ages() {
        let seen_all = |text| seen(text).map(|(rest, s)| (rest, s.last, s.count, s.first));
        assert_eq!(seen_all("18s rest"), Ok((" rest", "18s", None, None)));
        assert_eq!(seen_all("2m (x4 over 5m32s)"), Ok(("", "2m", Some(4), Some("5m32s"))));
        assert_eq!(seen_all("2m (x4)"), Ok(("", "2m", Some(4), None)));
        assert!(seen("Normal").is_err());
    }

    #[test]
    fn restarts_drop_the_age_of_the_last_one() {
        assert_eq!(restarts("5 (2m10s ago) 121m"), Ok((" 121m", "5")));
        assert_eq!(restarts("12"), Ok(("", "12")));
    }
}
