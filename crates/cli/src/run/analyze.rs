//! `kubetriage analyze`: the main job.

use kubetriage::choose;
use kubetriage::model::Report;
use kubetriage::report::{self, Detail};

use super::input;
use crate::args::{AnalyzeArgs, JudgeArgs, ReportFormat};
use crate::exit::{self, Exit};
use crate::progress::Progress;
use crate::terminal::Terminal;
use crate::{output, rule_files};

/// Analyzes the inputs and writes the report.
pub(super) fn run(args: &AnalyzeArgs, terminal: Terminal) -> miette::Result<Exit> {
    let mut report = analyze(args)?;
    choose::from_severity(&mut report, args.judge.severity.into());
    let path = args.output.output.as_deref();
    let text = terminal.text_options(args.width, detail(args), path.is_some());
    output::write_to(path, |out| match args.format {
        ReportFormat::Text => report::text(&report, &text, out),
        ReportFormat::Json => report::json(&report, out),
    })?;
    Ok(exit::of_report(&report, args.judge.fail_on))
}

/// Calls the library as the arguments ask.
fn analyze(args: &AnalyzeArgs) -> miette::Result<Report> {
    let JudgeArgs { rules, only, skip, now, .. } = &args.judge;
    let inputs = input::inputs(&args.input)?;
    let mut options = input::options(&args.input).only(only).skip(skip);
    options.rule_files = rule_files::read(rules)?;
    if let Some(now) = now {
        options = options.now(now);
    }
    let progress = Progress::start("reading");
    let report = kubetriage::analyze(&inputs, &options);
    drop(progress);
    Ok(report?)
}

/// Returns how much of the report is told.
fn detail(args: &AnalyzeArgs) -> Detail {
    match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    }
}
