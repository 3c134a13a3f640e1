//! Time stamps at the start of a text, as logs print them.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::{IResult, Parser};

/// stamp = date ("T" | " ") clock fraction? zone?
///
/// Takes `2024-01-02T03:04:05.678901234Z`, `2024-01-02 03:04:05,678`, `2024/02/07 06:04:43.672` and
/// `01/22/2021 14:59:59`; gives the text of the stamp, never reformatted.
pub(crate) fn stamp(text: &str) -> IResult<&str, &str> {
    recognize((date, one_of("T "), clock, opt(fraction), opt(zone))).parse(text)
}

/// internet = a stamp with `T` and zone (RFC 3339)
pub(crate) fn internet(text: &str) -> IResult<&str, &str> {
    recognize((date, char('T'), clock, opt(fraction), zone)).parse(text)
}

/// clock = digit{2} ":" digit{2} ":" digit{2}
pub(crate) fn clock(text: &str) -> IResult<&str, &str> {
    recognize((two, char(':'), two, char(':'), two)).parse(text)
}

/// date = year "-" month "-" day | year "/" month "/" day | month "/" day "/" year
fn date(text: &str) -> IResult<&str, &str> {
    alt((
        recognize((four, char('-'), two, char('-'), two)),
        recognize((four, char('/'), two, char('/'), two)),
        recognize((two, char('/'), two, char('/'), four)),
    ))
    .parse(text)
}

/// fraction = ("." | ",") digit+
pub(crate) fn fraction(text: &str) -> IResult<&str, &str> {
    recognize((one_of(".,"), digit1)).parse(text)
}

/// zone = "Z" | " "? sign digit{2} ":"? digit{2} | " UTC"
fn zone(text: &str) -> IResult<&str, &str> {
    alt((
        tag("Z"),
        tag(" UTC"),
        recognize((opt(char(' ')), one_of("+-"), two, opt(char(':')), two)),
    ))
    .parse(text)
}

pub(crate) fn two(text: &str) -> IResult<&str, &str> {
    take_while_m_n(2, 2, |c: char| c.is_ascii_digit()).parse(text)
}

fn four(text: &str) -> IResult<&str, &str> {
    take_while_m_n(4, 4, |c: char| c.is_ascii_digit()).parse(text)
}

#[cfg(test)]
mod tests {
    use super::stamp;

    #[test]
    fn stamps_of_every_log_form_are_read() {
        for (text, time, rest) in [
            ("2024-01-02T03:04:05.678901234Z x", "2024-01-02T03:04:05.678901234Z", " x"),
            ("2024-01-02T03:04:05+05:30 x", "2024-01-02T03:04:05+05:30", " x"),
            ("2024-01-02 03:04:05,678 ERROR", "2024-01-02 03:04:05,678", " ERROR"),
            ("2024/02/07 06:04:43 \"Err", "2024/02/07 06:04:43", " \"Err"),
            ("01/22/2021 14:59:59", "01/22/2021 14:59:59", ""),
            ("2024-01-02 03:04:05 +0000 x", "2024-01-02 03:04:05 +0000", " x"),
        ] {
            assert_eq!(stamp(text), Ok((rest, time)), "{text}");
        }
        for text in ["2024-01-02", "12:30:00", "x 2024-01-02T03:04:05Z"] {
            assert!(stamp(text).is_err(), "{text}");
        }
    }
}
