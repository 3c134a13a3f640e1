//! The files of a folder, in the order of their names.
//!
//! Links are never followed: a link inside a bundle repeats a file that is read where it lies (the
//! collectors of troubleshoot.sh do so with every log), and a link out of it leads to what nobody handed
//! over. Every entry that is not read is noted.

use std::path::{Path, PathBuf};

use kubetriage_model::NoteKind;

use super::{Found, input::components};
use crate::{
    artifact::{Content, unreadable},
    notes::Notes,
};

/// Folders that hold the history of a tool, not captures.
const SKIPPED: &[&str] = &[".git", ".hg", ".svn"];

/// Iterator over the files of a folder.
#[derive(Debug)]
pub(super) struct Walk {
    entries: walkdir::IntoIter,
    root: PathBuf,
    /// Put in front of every path, with its `/`; empty for a single input.
    prefix: String,
    links: usize,
    outside: usize,
    /// True until anything was found.
    empty: bool,
    done: bool,
}

impl Walk {
    /// Returns the files below `root`, their paths behind `prefix`.
    pub(super) fn new(root: PathBuf, prefix: String) -> Self {
        let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter();
        Self { entries, root, prefix, links: 0, outside: 0, empty: true, done: false }
    }

    /// Returns the path of an entry as the report shows it.
    fn shown(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        format!("{}{}", self.prefix, components(inside).join("/"))
    }

    /// Returns what an entry is, or `None` when it needs no mention of its own.
    fn found(&mut self, entry: walkdir::DirEntry) -> Option<Found> {
        let kind = entry.file_type();
        let mut found = Found::new(self.shown(entry.path()));
        if kind.is_dir() {
            let name = entry.file_name().to_string_lossy();
            if entry.depth() == 0 || !SKIPPED.contains(&&*name) {
                return None;
            }
            self.entries.skip_current_dir();
            found.notes.add(NoteKind::Info, "folder of a version control system: not read");
        } else if kind.is_symlink() {
            self.links += 1;
            self.outside += usize::from(!self.leads_inside(entry.path()));
            return None;
        } else if kind.is_file() {
            if entry.file_name().to_str().is_none() {
                found.notes.add(NoteKind::Info, "the file name is not valid UTF-8");
            }
            found.size = entry.metadata().ok().map(|metadata| metadata.len());
            found.content = Content::File(entry.into_path());
        } else {
            found
                .notes
                .add(NoteKind::Info, "not a regular file (device, pipe or socket): not read");
        }
        Some(found)
    }

    /// Returns true when a link ends at something below the root.
    fn leads_inside(&self, link: &Path) -> bool {
        let target = link.canonicalize();
        let root = self.root.canonicalize();
        target.is_ok_and(|target| root.is_ok_and(|root| target.starts_with(root)))
    }

    /// Returns the remarks on the whole folder.
    fn remarks(&mut self) -> Option<Found> {
        if self.links == 0 && !self.empty {
            return None;
        }
        let mut found = Found::new(self.prefix.trim_end_matches('/').to_owned());
        if found.path.is_empty() {
            ".".clone_into(&mut found.path);
        }
        if self.empty && self.links == 0 {
            found.notes.add(NoteKind::Empty, "a folder without files");
        }
        let inside = self.links - self.outside;
        if inside > 0 {
            let message = format!("links not followed, read where they lead to: {inside}");
            found.notes.add(NoteKind::Info, message);
        }
        if self.outside > 0 {
            let message =
                format!("links out of the folder, or to nothing, not followed: {}", self.outside);
            found.notes.add(NoteKind::Info, message);
        }
        Some(found)
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while !self.done {
            let found = match self.entries.next() {
                Some(Ok(entry)) => self.found(entry),
                Some(Err(error)) => {
                    let path = error.path().map(|path| self.shown(path)).unwrap_or_default();
                    Some(Found::failed(path, &error.into()))
                }
                None => {
                    self.done = true;
                    self.remarks()
                }
            };
            if found.is_some() {
                self.empty = false;
                return found;
            }
        }
        None
    }
}

impl Found {
    /// Returns something that could not be opened.
    pub(super) fn failed(path: String, error: &std::io::Error) -> Self {
        let mut notes = Notes::default();
        notes.add(NoteKind::Unreadable, unreadable(error));
        Self { notes, ..Self::new(path) }
    }
}
