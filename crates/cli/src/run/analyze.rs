//! `kubetriage analyze`: the main job.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kubetriage::model::{Report, Severity};
use kubetriage::report::{self, Detail, JunitOptions, SarifOptions, TextOptions};
use kubetriage::{Options, Watch, add_context, choose};

use super::{input, second_look};
use crate::args::{AnalyzeArgs, FailOn, InputArgs, JudgeArgs};
use crate::exit::{self, Exit};
use crate::form::{self, BoundArgs, Form, Target};
use crate::progress::Progress;
use crate::terminal::Terminal;
use crate::{output, rule_files};

/// Analyzes the inputs and writes the report in every form that is asked for.
pub(super) fn run(args: &AnalyzeArgs, terminal: Terminal) -> miette::Result<Exit> {
    let targets = form::targets(&args.format, args.output.output.as_deref())?;
    let inputs = input::inputs(&args.input)?;
    let mut options = options(&args.input, &args.judge)?;
    if let Some(most) = args.bounds.max_evidence {
        options.evaluation.max_evidence = usize::from(most);
    }
    let mut report = analyzed(&inputs, &options, &args.judge)?;
    second_look::apply(&args.second, args.judge.now.as_deref(), &mut report)?;
    let exit = exit::of_report(&report, &args.judge.fail_on);
    if let Some(most) = args.bounds.max_findings {
        choose::at_most(&mut report, most);
    }
    let context = context(&args.bounds, &targets);
    add_context(&mut report, &inputs, &options.limits, context)?;
    if let Some(most) = args.bounds.max_excerpt {
        choose::shorter_excerpts(&mut report, most);
    }
    for Target { form, file } in &targets {
        let text = TextOptions {
            group: args.group_by.into(),
            narrated: args.narrate,
            ..terminal.text_options(args.width, detail(args), file.is_some())
        };
        let drawing = Drawing { form: *form, args, text };
        output::write_to(file.as_deref(), |out| drawing.write(&report, out))?;
    }
    Ok(exit)
}

/// Returns how many captured lines are shown around each place; a page has room for some.
fn context(bounds: &BoundArgs, targets: &[Target]) -> u64 {
    let page = targets.iter().any(|target| target.form == Form::Html);
    bounds.context.unwrap_or(if page { 2 } else { 0 })
}

/// One form as it is asked for.
struct Drawing<'a> {
    form: Form,
    args: &'a AnalyzeArgs,
    text: TextOptions,
}

impl Drawing<'_> {
    /// Writes `report` in this form.
    fn write(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        match self.form {
            Form::Text => report::text(report, &self.text, out),
            Form::Json => report::json(report, out),
            Form::Jsonl => report::json_lines(report, out),
            Form::Sarif => {
                let base = base(&self.args.input.paths);
                report::sarif(report, &SarifOptions { base }, out)
            }
            Form::Junit => {
                let fail_from = fail_from(&self.args.judge.fail_on);
                report::junit(report, &JunitOptions { fail_from }, out)
            }
            Form::Markdown => report::markdown(report, out),
            Form::Csv => report::csv(report, out),
            Form::Html => report::html(report, out),
        }
    }
}

/// Returns the folder in which the paths of a report begin, as far as it lies below the current one: so that
/// code scanning finds the captures in the repository.
pub(super) fn base(paths: &[PathBuf]) -> String {
    let [path] = paths else { return String::new() };
    let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
    let plain = |path: &&Path| {
        path.components().all(|part| {
            matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir)
        })
    };
    let folder = folder.filter(plain).map(|folder| folder.to_string_lossy().replace('\\', "/"));
    folder.filter(|folder| folder != ".").unwrap_or_default()
}

/// Returns the least weight that fails a test: that which fails the run, an error where none does.
pub(super) fn fail_from(fail_on: &[FailOn]) -> Severity {
    let weights = fail_on.iter().map(|one| match one {
        FailOn::Error | FailOn::NotAssessed | FailOn::Never => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Note => Severity::Note,
    });
    weights.max().unwrap_or(Severity::Error)
}

/// Analyzes the inputs as the arguments ask, without what lies below the wanted weight.
pub(super) fn judged(input: &InputArgs, judge: &JudgeArgs) -> miette::Result<Report> {
    analyzed(&input::inputs(input)?, &options(input, judge)?, judge)
}

/// Analyzes `inputs`, with a sign of life for the user.
fn analyzed(
    inputs: &[kubetriage::source::Input],
    options: &Options,
    judge: &JudgeArgs,
) -> miette::Result<Report> {
    let watch = Arc::new(Watch::default());
    let mut options = options.clone();
    options.watch = Some(Arc::clone(&watch));
    let progress = Progress::start("reading", Some(&watch));
    let report = kubetriage::analyze(inputs, &options);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_here_are_a_base() {
        let of = |path: &str| base(&[PathBuf::from(path)]);
        assert_eq!([of("src"), of("./src"), of("src/main.rs")], ["src", "./src", "src"]);
        assert_eq!([of("bundle.tgz"), of("/tmp"), of("../cli"), of(".")], ["", "", "", ""]);
        assert_eq!(base(&["src".into(), "tests".into()]), "");
    }
}
