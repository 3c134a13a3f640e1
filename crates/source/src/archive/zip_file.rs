//! Members of a zip archive that can be searched: by the directory at its end.

use std::io::{Cursor, Read, Seek, SeekFrom};

use kubetriage_model::NoteKind;
use zip::{ZipArchive, result::ZipError};

use super::{
    name::shown,
    tape::Seen,
    unpack::{Halt, Place, Unpacker, inside},
};
use crate::{bundle::Found, notes::Notes};

impl Unpacker<'_> {
    /// Hands out the members of a zip archive; false when it has no (sound) directory.
    pub(super) fn zip<R: Read + Seek>(
        &mut self,
        reader: R,
        name: &str,
        place: Place,
    ) -> Result<bool, Halt> {
        let mut reader = reader;
        let told = told_members(&mut reader);
        let Ok(mut archive) = ZipArchive::new(reader) else { return Ok(false) };
        // Of members with the same name only the last one can be opened by the directory.
        if told.is_some_and(|told| told > archive.len()) {
            return Ok(false);
        }
        let mut seen = Seen::default();
        let mut notes = Notes::default();
        let mut links = 0_u64;
        for index in 0..archive.len() {
            self.budget.member();
            self.check()?;
            let raw = archive.by_index_raw(index).map(|file| Listed::of(&file));
            let Ok(listed) = raw else {
                notes.add(
                    NoteKind::Malformed,
                    format!("member {index} of the directory is damaged"),
                );
                continue;
            };
            links += u64::from(listed.link);
            if listed.link || listed.folder {
                continue;
            }
            let (member, problem) = shown(&listed.name);
            let mut found = Found::new(inside(name, &member));
            found.notes.warn(problem);
            found.notes.warn(seen.again(&found.path));
            self.zip_member(&mut archive, index, found, place)?;
        }
        if archive.is_empty() {
            notes.add(NoteKind::Empty, "an archive without members");
        }
        if links > 0 {
            let message = format!("links not followed, read where they lead to: {links}");
            notes.add(NoteKind::Info, message);
        }
        self.remarks(name, notes)?;
        Ok(true)
    }

    fn zip_member<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        index: usize,
        mut found: Found,
        place: Place,
    ) -> Result<(), Halt> {
        match archive.by_index(index) {
            Ok(mut file) => {
                let mut reader = self.booked(&mut file);
                self.unpack(&mut reader, found, Place { depth: place.depth + 1, layers: 0 })
            }
            Err(error) => {
                found.notes.add(NoteKind::Unreadable, reason(&error));
                self.hand_out(found)
            }
        }
    }

    /// Hands out the members of a zip archive that comes as a stream.
    ///
    /// A short one is held in memory and read by its directory, a longer one from front to back.
    pub(super) fn buffered_zip(
        &mut self,
        reader: &mut dyn Read,
        name: &str,
        place: Place,
    ) -> Result<(), Halt> {
        let mut bytes = Vec::new();
        let most = self.limits.zip_buffer_bytes;
        // What cannot be read is missed by the directory, and noted by the reader of local headers.
        let whole =
            reader.take(most).read_to_end(&mut bytes).is_ok() && (bytes.len() as u64) < most;
        if whole && self.zip(Cursor::new(&bytes), name, place)? {
            return Ok(());
        }
        self.zip_stream(&mut Cursor::new(bytes).chain(reader), name, place)
    }
}

/// Returns how many members the end of the archive counts; `None` for more than it can tell.
fn told_members(reader: &mut (impl Read + Seek)) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    /// Longest comment, and the record in front of it.
    const MOST: u64 = (1 << 16) + 22;
    let length = reader.seek(SeekFrom::End(0)).ok()?;
    reader.seek(SeekFrom::Start(length.saturating_sub(MOST))).ok()?;
    let mut tail = Vec::new();
    reader.take(MOST).read_to_end(&mut tail).ok()?;
    reader.seek(SeekFrom::Start(0)).ok()?;
    let at = memchr::memmem::rfind(&tail, END)?;
    let count = tail.get(at + 10..at + 12)?;
    let count = u16::from_le_bytes(count.try_into().ok()?);
    (count < u16::MAX).then(|| usize::from(count))
}

/// What the directory says about a member.
struct Listed {
    name: Vec<u8>,
    folder: bool,
    link: bool,
}

impl Listed {
    fn of<R: Read>(file: &zip::read::ZipFile<'_, R>) -> Self {
        let raw = file.name_raw();
        // Names that are not UTF-8 are in the old code page of DOS.
        let name = match std::str::from_utf8(raw) {
            Ok(_) => raw.to_vec(),
            Err(_) => file.name().map_or(raw.to_vec(), |name| name.into_owned().into_bytes()),
        };
        Self { name, folder: file.is_dir(), link: file.is_symlink() }
    }
}

/// Returns the sentence for a member that cannot be opened.
fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => {
            "encrypted: not read".to_owned()
        }
        error => format!("cannot be unpacked: {error}"),
    }
}
