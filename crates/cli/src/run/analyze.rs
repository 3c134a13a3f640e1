//! `kubetriage analyze`: the main job.

use kubetriage::model::{Finding, Report, Severity, Verdict};
use kubetriage::report::{self, Detail};

use super::input;
use crate::args::{AnalyzeArgs, JudgeArgs, Level, ReportFormat};
use crate::exit::{self, Exit};
use crate::progress::Progress;
use crate::terminal::Terminal;
use crate::{output, rule_files};

/// Analyzes the inputs and writes the report.
pub(super) fn run(args: &AnalyzeArgs, terminal: Terminal) -> miette::Result<Exit> {
    let mut report = analyze(args)?;
    leave_out_below(&mut report, args.judge.severity);
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

/// Takes the findings below `level` out of the report, its counts and its references.
fn leave_out_below(report: &mut Report, level: Level) {
    let kept = |severity: Severity| match level {
        Level::Error => severity == Severity::Error,
        Level::Warning => severity != Severity::Note,
        Level::Note => true,
    };
    report.findings.retain(|finding| kept(finding.severity));
    let ids: std::collections::HashSet<String> =
        report.findings.iter().map(|finding| finding.id.clone()).collect();
    for finding in &mut report.findings {
        finding.explains.retain(|id| ids.contains(id));
        finding.explained_by.retain(|id| ids.contains(id));
    }
    let number = |of: &dyn Fn(&Finding) -> bool| {
        u64::try_from(report.findings.iter().filter(|finding| of(finding)).count())
            .unwrap_or(u64::MAX)
    };
    let live =
        |severity| number(&|f: &Finding| f.verdict != Verdict::Healed && f.severity == severity);
    let summary = &mut report.summary;
    summary.error = live(Severity::Error);
    summary.warning = live(Severity::Warning);
    summary.note = live(Severity::Note);
    summary.healed = number(&|finding: &Finding| finding.verdict == Verdict::Healed);
}
