//! The command line of `redact`.

use std::path::PathBuf;

use clap::Args;

use crate::args::LimitArgs;

/// What `redact` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage redact out/ -o out-clean/
  kubetriage redact bundle.tar.gz -o clean.tar.gz --map originals.json

The same value has the same stand-in everywhere, and the stand-in keeps its class: private addresses stay
private and neighbors stay neighbors, so that the copy gives the same findings. Secrets are masked. Read the copy
before you hand it on: a name that nothing in the bundle shows to be one is not replaced.")]
pub(crate) struct RedactArgs {
    /// Folder, archive or file
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Where the copy goes: a new folder, or a new .tar.gz, .tgz or .zip file
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// Also write the originals with their stand-ins, as JSON; keep this file to yourself
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}
