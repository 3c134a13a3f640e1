//! `kubetriage redact`: a cleaned copy as a folder or an archive.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use kubetriage::clean::Replaced;
use kubetriage::source::Input;
use kubetriage::{CleanPiece, Options};
use miette::{Diagnostic, miette};
use thiserror::Error;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::input;
use crate::exit::Exit;
use crate::output;
use crate::progress::Progress;
use crate::redact_args::RedactArgs;

/// Why no copy was made.
#[derive(Debug, Error, Diagnostic)]
enum Failure {
    #[error(transparent)]
    #[diagnostic(transparent)]
    Input(#[from] kubetriage::Error),
    #[error("cannot write the copy: {0}")]
    Output(#[from] io::Error),
}

/// Writes the copy, and tells on standard output what was replaced.
pub(super) fn run(args: &RedactArgs) -> miette::Result<Exit> {
    if args.path.as_os_str() == "-" {
        return Err(miette!(
            help = "save it to a file first",
            "standard input cannot be read twice, which cleaning needs"
        ));
    }
    if args.output.exists() {
        return Err(miette!(
            help = "name a folder or a file that does not exist yet",
            "{} exists already",
            args.output.display()
        ));
    }
    let mut options = Options::default();
    options.limits = input::limits(&args.limits);
    let progress = Progress::start("cleaning", None);
    let mut copy = Copy::create(&args.output).map_err(Failure::from)?;
    let inputs = [Input::Path(args.path.clone())];
    let replaced = kubetriage::redact(&inputs, &options, &mut |piece| -> Result<(), Failure> {
        Ok(copy.take(&piece)?)
    });
    let done = replaced.and_then(|replaced| Ok((copy.finish()?, replaced)));
    drop(progress);
    if done.is_err() {
        // The first error is the one to tell; half a copy must not be taken for a whole one.
        let _ = if args.output.is_dir() {
            fs::remove_dir_all(&args.output)
        } else {
            fs::remove_file(&args.output)
        };
    }
    let (files, replaced) = done?;
    if let Some(path) = &args.map {
        output::write_to(Some(path), |out| map(&replaced, out))?;
    }
    output::write_to(None, |out| tell(files, &replaced, out))?;
    Ok(Exit::Clean)
}

/// Writes how much was replaced, never what.
fn tell(files: u64, replaced: &Replaced, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "cleaned {files} files")?;
    for (class, count) in replaced.counts.iter().filter(|(_, count)| **count > 0) {
        let different = replaced.map.get(class).map_or(0, BTreeMap::len);
        let different =
            if different > 0 { format!(", {different} different") } else { String::new() };
        writeln!(out, "  {:16} {count} places{different}", class.word())?;
    }
    Ok(())
}

/// Writes originals and stand-ins.
fn map(replaced: &Replaced, out: &mut dyn Write) -> io::Result<()> {
    let classes: serde_json::Map<String, serde_json::Value> = replaced
        .map
        .iter()
        .map(|(class, map)| {
            let values = map.iter().map(|(was, is)| (was.clone(), is.as_str().into()));
            (class.word().to_owned(), serde_json::Value::Object(values.collect()))
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &classes).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// Where the pieces of a copy go.
enum Copy {
    Folder { root: PathBuf, open: Option<File>, files: u64 },
    Tar { archive: Box<tar::Builder<GzEncoder<File>>>, text: Vec<u8>, files: u64 },
    Zip { archive: Box<ZipWriter<File>>, open: bool, files: u64 },
}

impl Copy {
    /// Makes the place that `path` asks for by its ending.
    fn create(path: &Path) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let mut endings = name.rsplit('.');
        let (last, before) = (endings.next(), endings.next());
        let new = || OpenOptions::new().write(true).create_new(true).open(path);
        if last == Some("tgz") || last == Some("gz") && before == Some("tar") {
            let archive = tar::Builder::new(GzEncoder::new(new()?, Compression::default()));
            return Ok(Self::Tar { archive: Box::new(archive), text: Vec::new(), files: 0 });
        }
        if last == Some("zip") && before.is_some() {
            let archive = Box::new(ZipWriter::new(new()?));
            return Ok(Self::Zip { archive, open: false, files: 0 });
        }
        fs::create_dir(path)?;
        Ok(Self::Folder { root: path.to_owned(), open: None, files: 0 })
    }

    /// Adds a piece; pieces of one artifact come one after the other.
    fn take(&mut self, piece: &CleanPiece<'_>) -> io::Result<()> {
        match self {
            Self::Folder { root, open, files } => {
                let path = root.join(piece.path);
                let file = match open {
                    Some(file) => file,
                    None => open.insert(create(&path)?),
                };
                file.write_all(piece.text.as_bytes())?;
                if piece.last {
                    *open = None;
                    *files += 1;
                }
            }
            Self::Tar { archive, text, files } => {
                text.extend_from_slice(piece.text.as_bytes());
                if piece.last {
                    let mut header = tar::Header::new_gnu();
                    header.set_size(u64::try_from(text.len()).unwrap_or(u64::MAX));
                    header.set_mode(0o644);
                    archive.append_data(&mut header, piece.path, text.as_slice())?;
                    text.clear();
                    *files += 1;
                }
            }
            Self::Zip { archive, open, files } => {
                if !*open {
                    archive.start_file(piece.path, SimpleFileOptions::default())?;
                }
                archive.write_all(piece.text.as_bytes())?;
                *open = !piece.last;
                *files += u64::from(piece.last);
            }
        }
        Ok(())
    }

    /// Ends the copy and returns the number of its files.
    fn finish(self) -> io::Result<u64> {
        match self {
            Self::Folder { files, .. } => Ok(files),
            Self::Tar { archive, files, .. } => {
                archive.into_inner()?.finish()?.sync_all()?;
                Ok(files)
            }
            Self::Zip { archive, files, .. } => {
                archive.finish()?.sync_all()?;
                Ok(files)
            }
        }
    }
}

/// Makes a file with the folders above it.
fn create(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)
}
