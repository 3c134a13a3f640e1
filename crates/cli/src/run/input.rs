//! What is read: paths, a pipe, and the limits of reading.

use std::io::{self, IsTerminal};

use kubetriage::Options;
use kubetriage::source::Input;
use miette::miette;

use crate::args::InputArgs;

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
    if let Some(bytes) = args.max_line {
        options.limits.line_bytes = bytes;
    }
    options
}
