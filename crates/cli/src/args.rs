//! The command line: what can be typed, and its help.

use std::path::PathBuf;

use clap::builder::{Styles, styling::AnsiColor};
use clap::{Args, Parser, Subcommand, ValueEnum};
use kubetriage::model::Severity;
use kubetriage::report::Group;

use crate::form::{BoundArgs, Target, TargetParser};
use crate::redact_args::RedactArgs;
use crate::rules_args::{ListArgs, NewArgs, RuleSchemaForm, ShowRuleArgs};
use crate::second_look_args::{
    CollectArgs, CompletionsArgs, DiffArgs, ManArgs, SchemaArgs, SecondLookArgs, ShowArgs,
};
use crate::size;

/// Colors of the help pages, those of the reports.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Cyan.on_default().bold())
    .usage(AnsiColor::Cyan.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Yellow.on_default());

/// Says what is wrong in a saved Kubernetes support bundle, where it is written, and how to mend it.
///
/// Works offline on what somebody saved: folders, archives, transcripts, single files. It never talks to
/// a cluster or to any network.
#[derive(Debug, Parser)]
#[command(name = "kubetriage", version, styles = STYLES, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colors; `auto` means on a terminal unless `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

/// Shown below the commands.
const EXAMPLES: &str = "\
Examples:
  kubetriage analyze bundle.tar.gz              what is wrong, and how to fix it
  kubetriage analyze pods.txt events.txt        several files are one bundle
  kubectl get events -A | kubetriage analyze    a pipe is a bundle too
  kubetriage analyze out/ --format json -o report.json
  kubetriage collect bundle.tar.gz              what to capture next
  kubetriage diff before.tar.gz after.tar.gz    what was resolved, what is new
  kubetriage parse pods.txt --format json       the typed events behind a report
  kubetriage rules list                         the failure signatures it knows

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 the work could not be done.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find what is wrong, what caused it, and how to fix it
    Analyze(AnalyzeArgs),
    /// Print the typed events that the captures state
    Parse(ParseArgs),
    /// Look at the rules, check and test own ones
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Compare two bundles or reports: what was resolved, what is new, what cannot be said
    Diff(DiffArgs),
    /// Show one finding with everything around it
    Show(ShowArgs),
    /// Tell which read-only commands would settle what is open, as a list or a script
    Collect(CollectArgs),
    /// Write a cleaned copy: what names somebody is replaced, and the findings stay the same
    Redact(RedactArgs),
    /// Print the JSON Schema of what `analyze` or `diff --format json` writes
    Schema(SchemaArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page of the program or of a command
    Man(ManArgs),
}

/// What `analyze` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage analyze bundle.tar.gz
  kubetriage analyze out/ --only image,scheduling --fail-on warning
  kubetriage analyze out/ --rules team-rules/ --format json -o report.json
  kubetriage analyze out/ --format sarif=out.sarif --format junit=out.xml
  kubetriage analyze out/ --suppress tolerated.yaml --baseline previous.json")]
pub(crate) struct AnalyzeArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Form of the report, with the file it goes to; may be given several times
    #[arg(long, value_name = "FORM[=FILE]", default_value = "text", value_parser = TargetParser)]
    pub(crate) format: Vec<Target>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    #[command(flatten)]
    pub(crate) second: SecondLookArgs,
    #[command(flatten)]
    pub(crate) bounds: BoundArgs,
    /// One line per finding
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Everything: symptoms in full, all evidence, each file and note, the clear rules
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// What stands together in the text report
    #[arg(long, value_name = "WHAT", default_value = "cause", conflicts_with = "quiet")]
    pub(crate) group_by: GroupBy,
    /// Tell the text report in sentences, for screen readers
    #[arg(long, conflicts_with_all = ["quiet", "group_by"])]
    pub(crate) narrate: bool,
    /// Columns of the text report; those of the terminal, `COLUMNS`, else 80, if not given
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
}

/// What is read, and how much of it.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Folders, archives or files, together one bundle; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Threads; all cores if not given. Never changes the result
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// Heading of the limits in the help pages.
const LIMITS: &str = "Limits (each one that is reached leaves a note)";

/// Limits of reading; each one that is reached leaves a note in the report.
#[derive(Debug, Clone, Args)]
pub(crate) struct LimitArgs {
    /// Longest line; the rest of a longer one is left out [default: 32MiB]
    #[arg(long = "max-line", help_heading = LIMITS, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) line: Option<u64>,
    /// Longest text that is not a plain log [default: 1GiB]
    #[arg(long = "max-text", help_heading = LIMITS, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) text: Option<u64>,
    /// Archives inside archives; 1 opens the outer one only [default: 3]
    #[arg(long = "max-depth", help_heading = LIMITS, value_name = "N")]
    pub(crate) depth: Option<u32>,
    /// What one archive may unpack to [default: 256GiB]
    #[arg(long = "max-unpacked", help_heading = LIMITS, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) unpacked: Option<u64>,
    /// Times its own size that a big archive may unpack to [default: 250]
    #[arg(long = "max-ratio", help_heading = LIMITS, value_name = "N")]
    pub(crate) ratio: Option<u64>,
    /// Members of one archive [default: 1000000]
    #[arg(long = "max-members", help_heading = LIMITS, value_name = "N")]
    pub(crate) members: Option<u64>,
    /// Bytes read of one archive member [default: 32GiB]
    #[arg(long = "max-member", help_heading = LIMITS, value_name = "SIZE", value_parser = size::parse)]
    pub(crate) member: Option<u64>,
}

/// Which rules judge, and by what measure.
#[derive(Debug, Args)]
pub(crate) struct JudgeArgs {
    /// Folder of own rules, judged beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// Only these rules, areas or tags (`image/not-found,scheduling`)
    #[arg(long, value_name = "RULE|AREA", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// All but these rules, areas or tags
    #[arg(long, value_name = "RULE|AREA", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// Leave out findings below this weight
    #[arg(long, value_name = "LEVEL", default_value = "note")]
    pub(crate) severity: Level,
    /// Exit with status 1 from this weight on; `warning,not-assessed` also for open questions
    #[arg(long, value_name = "LEVEL", default_value = "error", value_delimiter = ',')]
    pub(crate) fail_on: Vec<FailOn>,
    /// Moment to judge ages against (`2026-11-21T10:00:00Z`); the newest time of the bundle if not given
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) now: Option<String>,
}

/// What `parse` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage parse describe.txt
  kubetriage parse bundle.tar.gz --format json | jq 'select(.event == \"pod\")'")]
pub(crate) struct ParseArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// One readable line per event, or one JSON object per line
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: ReportFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Where the result goes.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Write to this file instead of standard output; it is replaced only once all is written
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What `rules` can do.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// List the rules
    List(ListArgs),
    /// Explain one rule
    #[command(visible_alias = "explain")]
    Show(ShowRuleArgs),
    /// Write a file to begin a rule with
    New(NewArgs),
    /// Check rule files; every problem is shown at its place
    Check {
        /// Rule files or folders of them
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,
    },
    /// Run the test cases that rules carry
    Test {
        /// Rule files or folders of them; the built-in rules if not given
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Only these rules, areas or tags
        #[arg(long, value_name = "RULE|AREA", value_delimiter = ',')]
        only: Vec<String>,
    },
    /// List the event kinds and fields that rules can speak of
    Schema {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "text")]
        format: RuleSchemaForm,
    },
    /// Print the guide for authors of rules, as Markdown
    Guide,
}

/// Which rules a command looks at.
#[derive(Debug, Args)]
pub(crate) struct RuleSetArgs {
    /// Folder of own rules, beside the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
}

/// Form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What stands together in the text report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupBy {
    /// Symptoms below their cause, causes in full
    Cause,
    /// Findings of one rule
    Rule,
    /// Findings that concern one object
    Subject,
    /// Findings that are written in one file
    Artifact,
}

impl From<GroupBy> for Group {
    fn from(what: GroupBy) -> Self {
        match what {
            GroupBy::Cause => Self::Cause,
            GroupBy::Rule => Self::Rule,
            GroupBy::Subject => Self::Subject,
            GroupBy::Artifact => Self::Artifact,
        }
    }
}

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Also into files and pipes
    Always,
    /// Not at all
    Never,
}

/// Weight of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// Something does not work
    Error,
    /// Something will or may not work
    Warning,
    /// Worth knowing
    Note,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Note => Self::Note,
        }
    }
}

/// Weight of a finding from which on the exit status is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// An error
    Error,
    /// A warning or an error
    Warning,
    /// Any finding
    Note,
    /// An open question too; alone, errors fail as well
    NotAssessed,
    /// No finding
    Never,
}

/// Accepts a moment in the form of RFC 3339; whether the day exists is for the judge to see.
fn moment(text: &str) -> Result<String, String> {
    let digits: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let date_and_time = digits.starts_with("0000-00-00T00:00:00");
    let zone = digits.ends_with('Z') || digits.ends_with("+00:00") || digits.ends_with("-00:00");
    if date_and_time && zone {
        return Ok(text.to_owned());
    }
    Err("expected a time with its zone, such as 2026-11-21T10:00:00Z".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_of_the_command_line_holds() {
        Cli::command().debug_assert();
    }

    #[test]
    fn moments_need_date_time_and_zone() {
        for good in ["2026-11-21T10:00:00Z", "2026-11-21T10:00:00.5+01:00"] {
            assert_eq!(moment(good).as_deref(), Ok(good));
        }
        for bad in ["", "now", "2026-11-21", "2026-11-21T10:00:00", "10:00:00Z"] {
            assert!(moment(bad).is_err(), "{bad}");
        }
    }
}
