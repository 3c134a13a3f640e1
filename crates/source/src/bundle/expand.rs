//! Puts the members of an archive in the place of the archive.

use std::{
    io::{Cursor, Read, Seek, SeekFrom},
    path::PathBuf,
};

use super::{Bundle, Found};
use crate::{
    archive::{Failing, Members, Packed, head, kind},
    artifact::{Content, Snapshot},
};

impl Bundle {
    /// Begins to unpack an archive; everything else comes back.
    pub(super) fn expand(&mut self, mut found: Found) -> Option<Found> {
        match packed(std::mem::replace(&mut found.content, Content::None)) {
            Ok(packed) => {
                self.sources.push(Box::new(Members::of(packed, found.path, &self.limits)));
                None
            }
            Err(content) => Some(Found { content, ..found }),
        }
    }
}

/// Tells an archive from everything else, which is given back.
fn packed(content: Content) -> Result<Packed, Content> {
    match content {
        Content::File(path) => file(path),
        Content::Stream(mut stream) => {
            let (head, failure) = head(&mut stream);
            let kind = kind(&head);
            let stream = Box::new(Cursor::new(head).chain(Failing(failure)).chain(stream));
            if kind.is_some() { Ok(Packed::Stream(stream)) } else { Err(Content::Stream(stream)) }
        }
        content => Err(content),
    }
}

/// Tells an archive file from other files, which stay open with their first bytes read. What cannot be opened is
/// noted when it is read.
fn file(path: PathBuf) -> Result<Packed, Content> {
    let Ok(mut file) = Snapshot::open(&path) else { return Err(Content::File(path)) };
    let (head, failure) = head(&mut file);
    if kind(&head).is_none() {
        let rest = Failing(failure).chain(file);
        return Err(Content::Opened(Box::new(Cursor::new(head).chain(rest))));
    }
    let mut file = file.into_file();
    match file.seek(SeekFrom::Start(0)) {
        Ok(_) => Ok(Packed::File(file)),
        Err(_) => Err(Content::File(path)),
    }
}
