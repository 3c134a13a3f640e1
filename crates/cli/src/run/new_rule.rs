//! `kubetriage rules new`: a file to begin a rule with.

use std::fs::{self, OpenOptions};
use std::io::Write;

use kubetriage::rules::Catalog;
use miette::miette;

use crate::exit::Exit;
use crate::output;
use crate::rules_args::NewArgs;

/// The file, with places for the id and the folder.
const BEGINNING: &str = include_str!("../starting-rule.yaml");

/// Writes the file, which passes `rules check` and `rules test` as it is.
pub(super) fn run(args: &NewArgs) -> miette::Result<Exit> {
    if Catalog::builtin().get(&args.id).is_some() {
        return Err(miette!(
            help = "choose another id; `kubetriage rules show` tells what that rule says",
            "`{}` is a built-in rule",
            args.id
        ));
    }
    let path = args.dir.join(format!("{}.yaml", args.id));
    let text = BEGINNING.replace("{id}", &args.id).replace("{folder}", &args.dir.to_string_lossy());
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let file = folder.and_then(|()| OpenOptions::new().write(true).create_new(true).open(&path));
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| miette!("cannot write {}: {error}", path.display()))?;
    output::write_to(None, |out| writeln!(out, "{}", path.display()))?;
    Ok(Exit::Clean)
}
