//! klog: the text lines of Kubernetes' own components.

use nom::bytes::complete::{tag, take_till1};
use nom::character::complete::{char, digit1, one_of, space1};
use nom::combinator::recognize;
use nom::{IResult, Parser};

use super::body::Body;
use super::pairs;
use crate::prim::stamp;

/// The header of a klog line.
struct Header<'t> {
    level: char,
    time: &'t str,
    file: &'t str,
}

/// Reads `Lmmdd hh:mm:ss.uuuuuu pid file.go:line] message`.
///
/// The time carries neither year nor zone and is kept as printed (`1121 10:00:00.000000`).
pub(super) fn read(text: &str) -> Option<Body> {
    let (message, header) = header(text).ok()?;
    let level = match header.level {
        'I' => "info",
        'W' => "warning",
        'E' => "error",
        _ => "fatal",
    };
    let message = message.strip_prefix(' ').unwrap_or(message);
    Some(Body {
        time: Some(header.time.to_owned()),
        level: Some(level.to_owned()),
        origin: Some(header.file.to_owned()),
        message: pairs::structured(message).unwrap_or_else(|| message.to_owned()),
    })
}

/// True for a line that starts with a klog header.
pub(super) fn is_klog(text: &str) -> bool {
    header(text).is_ok()
}

/// header = level month day " " clock fraction " "+ pid " " file ":" line "]"
fn header(text: &str) -> IResult<&str, Header<'_>> {
    let (text, level) = one_of("IWEF").parse(text)?;
    let day = (stamp::two, stamp::two);
    let (text, time) = recognize((day, char(' '), stamp::clock, stamp::fraction)).parse(text)?;
    let (text, _) = (space1, digit1, char(' ')).parse(text)?;
    let (text, file) = take_till1(|c: char| matches!(c, ':' | ']' | ' ')).parse(text)?;
    let (text, _) = (char(':'), digit1, tag("]")).parse(text)?;
    Ok((text, Header { level, time, file }))
}
