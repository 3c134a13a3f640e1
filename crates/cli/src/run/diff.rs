//! `kubetriage diff`: two bundles or reports side by side.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use kubetriage::model::Comparison;
use kubetriage::report::{self, ComparisonSarifOptions, Detail, JunitOptions};
use kubetriage::review::{Snapshot, compare};
use kubetriage::{Options, rule_report};

use super::{analyze, second_look};
use crate::args::InputArgs;
use crate::exit::{self, Exit};
use crate::form::{self, Form, Target};
use crate::second_look_args::DiffArgs;
use crate::terminal::Terminal;
use crate::{output, rule_files};

/// Bytes that tell a report from a capture.
const HEAD: u64 = 512;

/// Compares the inputs and writes what became of each finding, in every form that is asked for.
pub(super) fn run(args: &DiffArgs, terminal: Terminal) -> miette::Result<Exit> {
    let targets = form::targets(&args.format, args.output.output.as_deref())?;
    let comparison = compare(&snapshot(&args.before, args)?, &snapshot(&args.after, args)?);
    for Target { form, file } in &targets {
        let text = terminal.text_options(None, Detail::Normal, file.is_some());
        let sarif = sarif_options(args, &comparison, *form)?;
        let junit = JunitOptions { fail_from: analyze::fail_from(&args.judge.fail_on) };
        output::write_to(file.as_deref(), |out| match form {
            Form::Text => report::comparison_text(&comparison, &text, out),
            Form::Json => report::comparison_json(&comparison, out),
            Form::Jsonl => report::comparison_json_lines(&comparison, out),
            Form::Sarif => report::comparison_sarif(&comparison, &sarif, out),
            Form::Junit => report::comparison_junit(&comparison, &junit, out),
            Form::Markdown => report::comparison_markdown(&comparison, out),
            Form::Csv => report::comparison_csv(&comparison, out),
            Form::Html => report::comparison_html(&comparison, out),
        })?;
    }
    Ok(exit::of_comparison(&comparison, &args.judge.fail_on))
}

/// Returns what SARIF wants beside the comparison: the folders, and the rules that are told; nothing for other
/// forms. A report does not tell where its captures lie.
fn sarif_options(
    args: &DiffArgs,
    comparison: &Comparison,
    form: Form,
) -> miette::Result<ComparisonSarifOptions> {
    if form != Form::Sarif {
        return Ok(ComparisonSarifOptions::default());
    }
    let base = |path: &Path| {
        if is_report(path) { String::new() } else { analyze::base(&[path.to_owned()]) }
    };
    let mut options = Options::default();
    options.rule_files = rule_files::read(&args.judge.rules)?;
    let catalog = options.catalog()?;
    let Comparison { new, changed, resolved, not_comparable, unchanged, .. } = comparison;
    let all = [new, changed, resolved, not_comparable, unchanged].into_iter().flatten();
    let spoke: BTreeSet<&str> = all.map(|one| one.rule.as_str()).collect();
    let rules = spoke.into_iter().filter_map(|id| catalog.get(id)).map(rule_report).collect();
    Ok(ComparisonSarifOptions { before: base(&args.before), after: base(&args.after), rules })
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
