//! What is read: paths, a pipe, and the limits of reading.

use std::io::{self, IsTerminal};

use kubetriage::Options;
use kubetriage::source::{Input, Limits};
use miette::miette;

use crate::args::{InputArgs, LimitArgs};

/// Returns the inputs; a pipe stands in where no path is given.
pub(super) fn inputs(args: &InputArgs) -> miette::Result<Vec<Input>> {
    if !args.paths.is_empty() {
        return Ok(args.paths.iter().map(Input::from_argument).collect());
    }
    if io::stdin().is_terminal() {
        return Err(miette!(
            help = "name a folder, an archive or a file, or pipe a capture in",
            "nothing to read: no path was given"
        ));
    }
    Ok(vec![Input::Stdin])
}

/// Returns the settings of reading.
pub(super) fn options(args: &InputArgs) -> Options {
    let mut options = Options::default().jobs(args.jobs);
    options.limits = limits(&args.limits);
    options
}

/// Returns the limits, those of the library where none is given.
pub(super) fn limits(args: &LimitArgs) -> Limits {
    let usual = Limits::default();
    let line = args.line.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
    Limits {
        line_bytes: line.unwrap_or(usual.line_bytes),
        whole_bytes: args.text.unwrap_or(usual.whole_bytes),
        archive_depth: args.depth.unwrap_or(usual.archive_depth),
        archive_bytes: args.unpacked.unwrap_or(usual.archive_bytes),
        archive_ratio: args.ratio.unwrap_or(usual.archive_ratio),
        archive_members: args.members.unwrap_or(usual.archive_members),
        member_bytes: args.member.unwrap_or(usual.member_bytes),
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Cli, Command};

    fn parsed(options: &[&str]) -> Limits {
        let words = [&["kubetriage", "parse"], options].concat();
        match Cli::try_parse_from(words).unwrap().command {
            Command::Parse(args) => limits(&args.input.limits),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn limits_are_those_of_the_library_unless_given() {
        assert_eq!(parsed(&[]), Limits::default());
        let given = parsed(&["--max-depth", "1", "--max-line", "1KiB", "--max-unpacked", "2GiB"]);
        let expected = Limits {
            archive_depth: 1,
            line_bytes: 1024,
            archive_bytes: 2 << 30,
            ..Limits::default()
        };
        assert_eq!(given, expected);
    }

    #[test]
    fn the_help_tells_the_defaults_of_the_library() {
        let usual = Limits::default();
        let figures =
            (usual.line_bytes, usual.whole_bytes, usual.archive_bytes, usual.member_bytes);
        assert_eq!(figures, (32 << 20, 1 << 30, 256 << 30, 32 << 30));
        let figures = (usual.archive_depth, usual.archive_ratio, usual.archive_members);
        assert_eq!(figures, (3, 250, 1_000_000));
    }
}
