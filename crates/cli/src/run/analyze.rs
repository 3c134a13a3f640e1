//! `kubetriage analyze`: the main job.

use kubetriage::model::Report;
use kubetriage::report::{self, Detail};
use kubetriage::{Options, choose};

use super::{input, second_look};
use crate::args::{AnalyzeArgs, InputArgs, JudgeArgs, ReportFormat};
use crate::exit::{self, Exit};
use crate::progress::Progress;
use crate::terminal::Terminal;
use crate::{output, rule_files};

/// Analyzes the inputs and writes the report.
pub(super) fn run(args: &AnalyzeArgs, terminal: Terminal) -> miette::Result<Exit> {
    let mut report = judged(&args.input, &args.judge)?;
    second_look::apply(&args.second, args.judge.now.as_deref(), &mut report)?;
    let path = args.output.output.as_deref();
    let text = terminal.text_options(args.width, detail(args), path.is_some());
    output::write_to(path, |out| match args.format {
        ReportFormat::Text => report::text(&report, &text, out),
        ReportFormat::Json => report::json(&report, out),
    })?;
    Ok(exit::of_report(&report, args.judge.fail_on))
}

/// Analyzes the inputs as the arguments ask, without what lies below the wanted weight.
pub(super) fn judged(input: &InputArgs, judge: &JudgeArgs) -> miette::Result<Report> {
    let inputs = input::inputs(input)?;
    let options = options(input, judge)?;
    let progress = Progress::start("reading");
    let report = kubetriage::analyze(&inputs, &options);
    drop(progress);
    let mut report = report?;
    choose::from_severity(&mut report, judge.severity.into());
    Ok(report)
}

/// Returns the settings of reading and judging.
pub(super) fn options(input: &InputArgs, judge: &JudgeArgs) -> miette::Result<Options> {
    let JudgeArgs { rules, only, skip, now, .. } = judge;
    let mut options = input::options(input).only(only).skip(skip);
    options.rule_files = rule_files::read(rules)?;
    if let Some(now) = now {
        options = options.now(now);
    }
    Ok(options)
}

/// Returns how much of the report is told.
fn detail(args: &AnalyzeArgs) -> Detail {
    match (args.quiet, args.verbose) {
        (true, _) => Detail::Quiet,
        (_, true) => Detail::Verbose,
        _ => Detail::Normal,
    }
}
