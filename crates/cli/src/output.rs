//! Where results go: standard output, or a file that appears only once it is whole.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;

use miette::miette;

/// Writes what `write` gives to `path`, or to standard output if there is none.
///
/// A file is written beside its final place and renamed, so that nobody ever reads half of it, and a failure
/// leaves the one before as it was. What is no file, a device or a pipe, is written to. A reader that goes
/// away (`| head`) ends the writing quietly.
pub(crate) fn write_to(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> miette::Result<()> {
    let Some(path) = path else {
        let mut out = BufWriter::new(io::stdout().lock());
        return match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(miette!("cannot write to standard output: {error}"))
            }
            _ => {
                // What is still in the buffer has no reader; writing it on drop would only fail again.
                let _ = out.into_parts();
                Ok(())
            }
        };
    };
    replace(path, write).map_err(|error| {
        miette!(
            help = "check that the folder exists and that this user may write there",
            "cannot write {}: {error}",
            path.display()
        )
    })
}

/// Like [`write_to`], for writing that goes on while inputs are still being read.
///
/// The file may lie inside a folder that is read, where a half-written result would be taken for a capture;
/// so it grows in the system's folder for temporary files first.
pub(crate) fn write_while_reading(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> miette::Result<()> {
    if path.is_none() {
        return write_to(None, write);
    }
    let spool = env::temp_dir().join(format!("kubetriage-{}.unfinished", process::id()));
    let mut file = spooled(&spool, write)
        .map_err(|error| miette!("cannot write the temporary file {}: {error}", spool.display()))?;
    write_to(path, |out| io::copy(&mut file, out).map(drop))
}

/// Writes a new file without a name, so that nothing is left of it however the run ends, and returns it, ready
/// to be read from its start.
fn spooled(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    fs::remove_file(path)?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    let mut file = out.into_inner()?;
    file.rewind()?;
    Ok(file)
}

/// Writes a new file and puts it in the place of `path`, or of the file that a link of that name leads to.
fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file() && !old.is_dir()) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        return write(&mut out).and_then(|()| out.flush());
    }
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let unfinished = beside(path)?;
    let file = OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
    let result = old
        .map_or(Ok(()), |old| file.set_permissions(old.permissions()))
        .and_then(|()| fill(file, write))
        .and_then(|()| fs::rename(&unfinished, path));
    if result.is_err() {
        // The first error is the one to tell; a leftover that cannot be removed adds nothing to it.
        let _ = fs::remove_file(&unfinished);
    }
    result
}

/// Returns a name in the folder of `path` that no other run uses.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let mut unfinished = OsString::from(".");
    unfinished.push(name);
    unfinished.push(format!(".{}.unfinished", process::id()));
    Ok(path.with_file_name(unfinished))
}

/// Writes the content and makes sure that it is on the disk.
fn fill(file: File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.into_inner()?.sync_all()
}
