//! The command line of the second look: what can be typed after a first report.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use crate::args::{InputArgs, JudgeArgs, LimitArgs, OutputArgs, ReportFormat};
use crate::form::{Target, TargetParser};

/// What is known and tolerated.
#[derive(Debug, Args)]
pub(crate) struct SecondLookArgs {
    /// YAML file of tolerated findings, each with a reason and usually an end date
    #[arg(long, value_name = "FILE")]
    pub(crate) suppress: Vec<PathBuf>,
    /// Earlier JSON report: findings it holds are marked as known and do not fail the run
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

/// What `diff` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage diff before.tar.gz after.tar.gz
  kubetriage diff previous.json out/ --format markdown -o changes.md
  kubetriage diff before.tar.gz after.tar.gz --format html=diff.html --format junit=diff.xml

A finding is resolved only if what it was read from was captured again; else it is not comparable.")]
pub(crate) struct DiffArgs {
    /// The earlier bundle, or a report that `analyze --format json` wrote
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,
    /// The later bundle or report
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,
    /// Form of the comparison, with the file it goes to; may be given several times
    #[arg(long, value_name = "FORM[=FILE]", default_value = "text", value_parser = TargetParser)]
    pub(crate) format: Vec<Target>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    /// Threads; all cores if not given. Never changes the result
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) jobs: usize,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// What `show` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage show beb807a7 bundle.tar.gz
  kubetriage show extension/dataplane-403 bundle.tar.gz --context 10")]
pub(crate) struct ShowArgs {
    /// Id of a finding (`--format json` and `-v` tell it) or its first digits; or a rule that fired once
    #[arg(value_name = "FINDING")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Captured lines shown before and behind each place
    #[arg(long, value_name = "LINES", default_value_t = 3)]
    pub(crate) context: u64,
    /// Form of the finding
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: ReportFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
}

/// What `collect` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage collect bundle.tar.gz
  kubetriage collect bundle.tar.gz --script sh -o collect.sh
  kubetriage collect bundle.tar.gz --verify --script powershell -o after.ps1

All commands only read. The scripts write a folder that `kubetriage analyze` reads.")]
pub(crate) struct CollectArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Also capture again what the findings were read from, to verify a fix with `diff`
    #[arg(long)]
    pub(crate) verify: bool,
    /// Write a script instead of a list
    #[arg(long, value_name = "SHELL", conflicts_with = "format")]
    pub(crate) script: Option<Script>,
    /// Form of the list
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: ReportFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
}

/// Shell of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Script {
    /// Any POSIX shell
    Sh,
    /// PowerShell 5.1 and later
    Powershell,
}

/// What `schema` takes.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The form to describe
    #[arg(value_name = "FORM", default_value = "report")]
    pub(crate) form: SchemaForm,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// A published form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaForm {
    /// What `analyze --format json` writes
    Report,
    /// One line of what `analyze --format jsonl` writes
    Record,
    /// What `diff --format json` writes
    Diff,
    /// One line of what `diff --format jsonl` writes
    DiffRecord,
}

/// What `completions` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage completions bash > /etc/bash_completion.d/kubetriage
  kubetriage completions zsh > ~/.zfunc/_kubetriage
  kubetriage completions fish > ~/.config/fish/completions/kubetriage.fish
  kubetriage completions powershell >> $PROFILE")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// What `man` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage man | man -l -
  kubetriage man analyze > kubetriage-analyze.1")]
pub(crate) struct ManArgs {
    /// Command to describe; the whole program if not given
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}
