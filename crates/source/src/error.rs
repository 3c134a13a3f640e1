//! Why an input itself could not be opened.

use std::io;

/// An input that the user named could not be opened at all.
///
/// Trouble *inside* an input (one unreadable file of a folder, say) is a note on that artifact instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No input was given.
    #[error("no input: name a folder, an archive or a file, or - for standard input")]
    NoInput,
    /// The path does not lead to anything.
    #[error("{path} does not exist: check the spelling and the current folder")]
    Missing {
        /// The path as given.
        path: String,
    },
    /// The path exists but cannot be opened.
    #[error("cannot open {path}: {reason}; check that this user may read it")]
    Unreadable {
        /// The path as given.
        path: String,
        /// What the system said.
        #[source]
        reason: io::Error,
    },
}

impl Error {
    /// Returns the error that says why `path` could not be opened.
    pub(crate) fn of(path: &std::path::Path, reason: io::Error) -> Self {
        let path = path.display().to_string();
        match reason.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            _ => Self::Unreadable { path, reason },
        }
    }
}
