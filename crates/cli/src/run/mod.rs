//! The commands, one file each: from arguments to the calls of the library and back.

mod analyze;
mod collect;
mod diff;
mod input;
mod new_rule;
mod parse;
mod redact;
mod rules;
mod schema;
mod second_look;
mod shell;
mod show;

use crate::args::Command;
use crate::exit::Exit;
use crate::terminal::Terminal;

/// Runs a command.
pub(crate) fn run(command: &Command, terminal: Terminal) -> miette::Result<Exit> {
    match command {
        Command::Analyze(args) => analyze::run(args, terminal),
        Command::Parse(args) => parse::run(args),
        Command::Rules(command) => rules::run(command, terminal),
        Command::Diff(args) => diff::run(args, terminal),
        Command::Show(args) => show::run(args, terminal),
        Command::Collect(args) => collect::run(args, terminal),
        Command::Redact(args) => redact::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => shell::completions(args),
        Command::Man(args) => shell::man(args),
    }
}
