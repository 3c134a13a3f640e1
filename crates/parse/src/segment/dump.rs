//! The marks of `kubectl cluster-info dump` around the log of each container.
//!
//! `==== START logs for container web of pod shop/web-1 ====` … `==== END logs for container web of pod
//! shop/web-1 ====`; a log without final newline has the end mark glued to its last line.

use kubetriage_model::Command;
use nom::bytes::complete::{tag, take_till1};
use nom::sequence::delimited;
use nom::{IResult, Parser};

use super::block::Block;
use crate::text::Line;

const START: &str = "==== START logs for container ";
const END: &str = "==== END logs for container ";

/// True for a line that opens the log of a container.
pub(super) fn is_mark(text: &str) -> bool {
    text.starts_with(START)
}

/// Returns the block that a start mark opens.
pub(super) fn opened<'t>(line: &Line<'t>) -> Option<Block<'t>> {
    let (_, (container, namespace, pod)) = start(line.text).ok()?;
    let command = Command {
        tool: "kubectl".to_owned(),
        verb: "logs".to_owned(),
        resource: Some("pod".to_owned()),
        name: Some(pod.to_owned()),
        namespace: Some(namespace.to_owned()),
        container: Some(container.to_owned()),
        line: "kubectl cluster-info dump".to_owned(),
        ..Command::default()
    };
    let frame = vec![*line];
    Some(Block { command: Some(command), typed: true, marked: true, frame, lines: Vec::new() })
}

/// Returns what stands in front of an end mark: nothing, or the last line of the log with the mark glued
/// to it. `None` for any other line.
pub(super) fn closed<'t>(line: &Line<'t>) -> Option<Vec<Line<'t>>> {
    let at = line.text.find(END).filter(|_| line.text.trim_end().ends_with("===="))?;
    let text = line.text.get(..at)?;
    Some(if text.is_empty() { Vec::new() } else { vec![Line { text, ..*line }] })
}

/// start = "==== START logs for container " name " of pod " namespace "/" pod " ===="
fn start(text: &str) -> IResult<&str, (&str, &str, &str)> {
    let word = |text| take_till1(|c: char| c == ' ' || c == '/')(text);
    let (text, container) = delimited(tag(START), word, tag(" of pod ")).parse(text)?;
    let (text, namespace) = word(text)?;
    let (text, pod) = delimited(tag("/"), word, tag(" ====")).parse(text)?;
    Ok((text, (container, namespace, pod)))
}
