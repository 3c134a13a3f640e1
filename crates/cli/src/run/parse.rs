//! `kubetriage parse`: the typed events, as they are read.

use std::io;

use kubetriage::report::{EventLines, EventProse};

use super::input;
use crate::args::{ParseArgs, ReportFormat};
use crate::exit::Exit;
use crate::output;

/// Reads the inputs and writes each event.
pub(super) fn run(args: &ParseArgs) -> miette::Result<Exit> {
    let inputs = input::inputs(&args.input)?;
    let options = input::options(&args.input);
    let mut read = Ok(());
    output::write_while_reading(args.output.output.as_deref(), |out| {
        let mut written = Ok(());
        read = kubetriage::parse(&inputs, &options, &mut |artifact| {
            if written.is_ok() {
                let path = &artifact.hint.path;
                written = artifact.parsed.events.iter().try_for_each(|event| match args.format {
                    ReportFormat::Json => EventLines(&mut *out).write(path, event),
                    ReportFormat::Text => EventProse(&mut *out).write(path, event),
                });
            }
        });
        // An input that cannot be opened must leave no file behind.
        if read.is_err() { Err(io::Error::other("the input cannot be read")) } else { written }
    })
    .or_else(|error| if read.is_err() { Ok(()) } else { Err(error) })?;
    read?;
    Ok(Exit::Clean)
}
