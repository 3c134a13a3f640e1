//! Puts the members of an archive in the place of the archive.

use std::{
    fs::File,
    io::{Cursor, Read, Seek, SeekFrom},
    path::Path,
};

use super::{Bundle, Found};
use crate::{
    archive::{Failing, Members, Packed, head, kind},
    artifact::Content,
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
        Content::File(path) => archive_file(&path).map(Packed::File).ok_or(Content::File(path)),
        Content::Stream(mut stream) => {
            let (head, failure) = head(&mut stream);
            let kind = kind(&head);
            let stream = Box::new(Cursor::new(head).chain(Failing(failure)).chain(stream));
            if kind.is_some() { Ok(Packed::Stream(stream)) } else { Err(Content::Stream(stream)) }
        }
        content => Err(content),
    }
}

/// Returns the file when it is an archive. What cannot be opened is noted when it is read.
fn archive_file(path: &Path) -> Option<File> {
    let mut file = File::open(path).ok()?;
    let (head, _) = head(&mut file);
    kind(&head)?;
    file.seek(SeekFrom::Start(0)).is_ok().then_some(file)
}
