//! `kubetriage schema`: the published form of the JSON report.

use std::io;

use kubetriage::report;

use crate::args::OutputArgs;
use crate::exit::Exit;
use crate::output;

/// Writes the JSON Schema of the report.
pub(super) fn run(args: &OutputArgs) -> miette::Result<Exit> {
    output::write_to(args.output.as_deref(), |out| {
        serde_json::to_writer_pretty(&mut *out, &report::schema()).map_err(io::Error::from)?;
        out.write_all(b"\n")
    })?;
    Ok(Exit::Clean)
}
