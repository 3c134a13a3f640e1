//! `kubetriage completions` and `kubetriage man`: what a shell and its user need, from the command line itself.

use clap::CommandFactory;
use miette::miette;

use crate::args::Cli;
use crate::exit::Exit;
use crate::output;
use crate::second_look_args::{CompletionsArgs, ManArgs};

/// Writes the completions of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> miette::Result<Exit> {
    output::write_to(None, |out| {
        let mut text = Vec::new();
        clap_complete::generate(args.shell, &mut Cli::command(), "kubetriage", &mut text);
        out.write_all(&text)
    })?;
    Ok(Exit::Clean)
}

/// Writes the manual page of the program or of one of its commands.
pub(super) fn man(args: &ManArgs) -> miette::Result<Exit> {
    let mut program = Cli::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => {
            let found = program.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                miette!(help = "`kubetriage help` names the commands", "no command `{name}`")
            })?
        }
    };
    output::write_to(None, |out| clap_mangen::Man::new(command).render(out))?;
    Ok(Exit::Clean)
}
