//! `kubetriage show`: one finding with everything around it.

use kubetriage::model::Finding;
use kubetriage::report::{self, Detail};
use kubetriage::review::keep;
use kubetriage::{Report, add_context};
use miette::miette;

use super::{analyze, input};
use crate::args::ReportFormat;
use crate::exit::Exit;
use crate::output;
use crate::second_look_args::ShowArgs;
use crate::terminal::Terminal;

/// Places listed of the one finding.
const EVIDENCE: usize = 12;

/// Analyzes the inputs and writes the one finding.
pub(super) fn run(args: &ShowArgs, terminal: Terminal) -> miette::Result<Exit> {
    let inputs = input::inputs(&args.input)?;
    let mut options = analyze::options(&args.input, &args.judge)?;
    options.evaluation.max_evidence = EVIDENCE;
    let mut report = kubetriage::analyze(&inputs, &options)?;
    let finding = find(&report, &args.id)?.clone();
    let path = args.output.output.as_deref();
    add_context(&mut report, &inputs, &options.limits, args.context)?;
    if args.format == ReportFormat::Json {
        keep(&mut report, |other| other.id == finding.id);
        output::write_to(path, |out| report::json(&report, out))?;
        return Ok(Exit::Clean);
    }
    let text = terminal.text_options(None, Detail::Verbose, path.is_some());
    output::write_to(path, |out| report::finding(&report, &finding.id, &text, out))?;
    Ok(Exit::Clean)
}

/// Returns the finding whose id begins so, or that is the only one of the rule.
fn find<'r>(report: &'r Report, id: &str) -> miette::Result<&'r Finding> {
    let is_meant = |finding: &&Finding| finding.id.starts_with(id) || finding.rule == id;
    let meant: Vec<_> = report.findings.iter().filter(is_meant).collect();
    match meant.as_slice() {
        [one] if !id.is_empty() => Ok(one),
        [] => {
            let all = listed(report.findings.iter());
            Err(miette!(help = format!("the findings are\n{all}"), "no finding is called `{id}`"))
        }
        several => {
            let these = listed(several.iter().copied());
            Err(miette!(help = format!("name one of\n{these}"), "`{id}` means several findings"))
        }
    }
}

/// Returns one line for each finding: id, rule, title.
fn listed<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let line = |finding: &Finding| {
        report::visible(&format!("{} {} {}", finding.id, finding.rule, finding.title))
    };
    findings.map(line).collect::<Vec<_>>().join("\n")
}
