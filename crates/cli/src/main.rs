//! The kubetriage command: arguments in, bytes and an exit status out.
//!
//! Everything a program could want is in the library; here are the terminal, the environment, the files
//! that results go to, and the exit status.
#![expect(clippy::disallowed_methods, reason = "the command reads the environment and rule files")]

mod args;
mod exit;
mod form;
mod output;
mod progress;
mod redact_args;
mod rule_files;
mod rules_args;
mod run;
mod second_look_args;
mod size;
mod terminal;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::args::Cli;
use crate::exit::Exit;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let cli = match parsed() {
        Ok(cli) => cli,
        Err(message) => {
            // Help and version go to standard output with status 0, usage errors to standard error with 2;
            // a reader that is gone changes neither.
            let _ = message.print();
            return if message.use_stderr() { Exit::Failed.into() } else { Exit::Clean.into() };
        }
    };
    let terminal = Terminal::new(cli.color);
    match run::run(&cli.command, terminal) {
        Ok(exit) => exit.into(),
        Err(error) => {
            explain(&error, terminal);
            Exit::Failed.into()
        }
    }
}

/// Reads the command line; under the name `kubectl-triage` the program is a plugin of kubectl.
fn parsed() -> Result<Cli, clap::Error> {
    let called = std::env::args_os().next().unwrap_or_default();
    let is_plugin = Path::new(&called).file_stem().is_some_and(|name| name == "kubectl-triage");
    let command = if is_plugin { plugin(Cli::command()) } else { Cli::command() };
    let mut matches = command.try_get_matches()?;
    Cli::from_arg_matches_mut(&mut matches)
}

/// Names the program as users of the plugin call it, in usage and examples.
fn plugin(command: clap::Command) -> clap::Command {
    fn examples(command: clap::Command) -> clap::Command {
        let renamed = command.get_after_help().map(|text| {
            text.to_string()
                .replace("  kubetriage ", "  kubectl triage ")
                .replace("| kubetriage ", "| kubectl triage ")
        });
        let command = match renamed {
            Some(text) => command.after_help(text),
            None => command,
        };
        command.mut_subcommands(examples)
    }
    examples(command).bin_name("kubectl triage").display_name("kubectl-triage")
}

/// Writes an error to standard error: what was found, what was expected, what to do.
fn explain(error: &miette::Report, terminal: Terminal) {
    let mut text = String::new();
    if terminal.error_handler().render_report(&mut text, error.as_ref()).is_err() {
        text = format!("error: {error}\n");
    }
    // Nobody is left to tell when standard error is closed.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
