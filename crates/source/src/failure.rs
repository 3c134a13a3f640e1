//! Why reading stopped before the end, as a note says it.

use std::{fmt, io};

use kubetriage_model::NoteKind;

/// A reason of our own to stop reading, carried inside an [`io::Error`].
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) kind: NoteKind,
    pub(crate) message: String,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Stopped {}

/// Returns the error that ends a reader because of a limit.
#[cfg(feature = "archive")]
pub(crate) fn limit(message: String) -> io::Error {
    io::Error::other(Stopped { kind: NoteKind::Limit, message })
}

/// Returns kind and sentence of the note about a reader that failed after `read` bytes.
pub(crate) fn describe(error: &io::Error, read: u64) -> (NoteKind, String) {
    let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Stopped>());
    match own {
        Some(stopped) => (stopped.kind, stopped.message.clone()),
        None if error.kind() == io::ErrorKind::UnexpectedEof => {
            (NoteKind::Truncated, format!("cut off after {read} bytes: {error}"))
        }
        None => (NoteKind::Unreadable, format!("reading failed after {read} bytes: {error}")),
    }
}
