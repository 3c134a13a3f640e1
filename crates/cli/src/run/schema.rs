//! `kubetriage schema`: the published forms of what programs read.

use std::io;

use kubetriage::report;

use crate::exit::Exit;
use crate::output;
use crate::second_look_args::{SchemaArgs, SchemaForm};

/// Writes the JSON Schema of a form.
pub(super) fn run(args: &SchemaArgs) -> miette::Result<Exit> {
    let schema = match args.form {
        SchemaForm::Report => report::schema(),
        SchemaForm::Record => report::record_schema(),
        SchemaForm::Diff => report::comparison_schema(),
        SchemaForm::DiffRecord => report::comparison_record_schema(),
    };
    output::write_to(args.output.output.as_deref(), |out| {
        serde_json::to_writer_pretty(&mut *out, &schema).map_err(io::Error::from)?;
        out.write_all(b"\n")
    })?;
    Ok(Exit::Clean)
}
