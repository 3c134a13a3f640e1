//! `kubetriage diff`: two bundles or reports side by side.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use kubetriage::report::{self, Detail};
use kubetriage::review::{Snapshot, compare};

use super::{analyze, second_look};
use crate::args::InputArgs;
use crate::exit::{self, Exit};
use crate::output;
use crate::second_look_args::{DiffArgs, DiffFormat};
use crate::terminal::Terminal;

/// Bytes that tell a report from a capture.
const HEAD: u64 = 512;

/// Compares the inputs and writes what became of each finding.
pub(super) fn run(args: &DiffArgs, terminal: Terminal) -> miette::Result<Exit> {
    let comparison = compare(&snapshot(&args.before, args)?, &snapshot(&args.after, args)?);
    let path = args.output.output.as_deref();
    let text = terminal.text_options(None, Detail::Normal, path.is_some());
    output::write_to(path, |out| match args.format {
        DiffFormat::Text => report::comparison_text(&comparison, &text, out),
        DiffFormat::Json => report::comparison_json(&comparison, out),
        DiffFormat::Markdown => report::comparison_markdown(&comparison, out),
    })?;
    Ok(exit::of_comparison(&comparison, &args.judge.fail_on))
}

/// Reads a report, or analyzes a bundle.
fn snapshot(path: &Path, args: &DiffArgs) -> miette::Result<Snapshot> {
    if is_report(path) {
        let text = second_look::read(path)?;
        return Snapshot::from_json(&path.to_string_lossy(), &text)
            .map_err(|error| miette::miette!("{error}"));
    }
    let input =
        InputArgs { paths: vec![path.to_owned()], jobs: args.jobs, limits: args.limits.clone() };
    Ok(Snapshot::from(&analyze::judged(&input, &args.judge)?))
}

/// True for a file that begins as a report does; what cannot be read is for the analysis to tell.
fn is_report(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && Snapshot::is_report(&String::from_utf8_lossy(&head))
}
