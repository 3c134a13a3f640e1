//! `kubetriage collect`: what to capture next.

use kubetriage::report::{self, Detail};
use kubetriage::review::{Again, plan};

use super::analyze;
use crate::args::ReportFormat;
use crate::exit::Exit;
use crate::output;
use crate::second_look_args::{CollectArgs, Script};
use crate::terminal::Terminal;

/// Analyzes the inputs and writes the plan; open questions are no failure.
pub(super) fn run(args: &CollectArgs, terminal: Terminal) -> miette::Result<Exit> {
    let report = analyze::judged(&args.input, &args.judge)?;
    let plan = plan(&report, if args.verify { Again::Findings } else { Again::No });
    let path = args.output.output.as_deref();
    let text = terminal.text_options(None, Detail::Normal, path.is_some());
    output::write_to(path, |out| match (args.script, args.format) {
        (Some(Script::Sh), _) => report::plan_sh(&plan, out),
        (Some(Script::Powershell), _) => report::plan_powershell(&plan, out),
        (None, ReportFormat::Json) => report::plan_json(&plan, out),
        (None, ReportFormat::Text) => report::plan_text(&plan, &text, out),
    })?;
    Ok(Exit::Clean)
}
