//! Members of a zip archive read from front to back, by the headers in front of them.
//!
//! For archives that come through a pipe, are too long to be held, or have lost their end. The directory
//! says more than these headers (links, for one), so it is preferred.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::DeflateDecoder;
use kubetriage_model::NoteKind;

use super::{
    name::shown,
    tape::Seen,
    unpack::{Halt, Place, Unpacker, damaged, inside},
};
use crate::{bundle::Found, notes::Notes};

const MEMBER: [u8; 4] = *b"PK\x03\x04";
/// Bytes of a header behind its signature, without name and extra fields.
const HEADER_BYTES: usize = 26;
/// Bytes behind a member in which the next header must begin: the longest data descriptor.
const DESCRIPTOR_BYTES: usize = 24;

impl Unpacker<'_> {
    /// Hands out the members of a zip archive in the order in which they lie in it.
    pub(super) fn zip_stream(
        &mut self,
        reader: &mut dyn Read,
        name: &str,
        place: Place,
    ) -> Result<(), Halt> {
        let mut reader = BufReader::with_capacity(128 << 10, reader);
        let mut seen = Seen::default();
        let mut notes = Notes::default();
        notes.add(NoteKind::Info, "read from front to back, without the directory at its end");
        let mut members = 0;
        loop {
            self.check()?;
            let header = match Header::next(&mut reader) {
                Ok(Some(header)) => header,
                Ok(None) => break,
                Err(error) => {
                    damaged(&mut notes, &error, members);
                    break;
                }
            };
            members += 1;
            self.budget.member();
            let (member, problem) = shown(&header.name);
            let mut found = Found::new(inside(name, &member));
            found.notes.warn(problem);
            found.notes.warn(seen.again(&found.path));
            let ended = self.streamed(&mut reader, &header, found, place)?;
            if let Err(error) = ended {
                damaged(&mut notes, &error, members);
                break;
            }
        }
        self.remarks(name, notes)
    }

    /// Hands out one member; the inner result says whether the reader stands behind it.
    fn streamed(
        &mut self,
        reader: &mut impl BufRead,
        header: &Header,
        mut found: Found,
        place: Place,
    ) -> Result<io::Result<()>, Halt> {
        let inner = Place { depth: place.depth + 1, layers: 0 };
        let folder = header.name.ends_with(b"/");
        let length = (!header.size_behind).then_some(header.packed);
        let problem = match (header.encrypted, header.method) {
            (true, _) => Some("encrypted: not read".to_owned()),
            (_, 0) if length.is_none() && !folder => {
                Some("its length is not told: not read".to_owned())
            }
            (_, 0 | 8) => None,
            (_, method) => Some(format!("packed by method {method}: not read")),
        };
        let mut packed = reader.take(length.unwrap_or(u64::MAX));
        if let Some(problem) = &problem {
            found.notes.add(NoteKind::Unreadable, problem.as_str());
            self.hand_out(found)?;
        } else if folder {
            // Has no bytes.
        } else if header.method == 8 {
            let mut plain = self.booked(DeflateDecoder::new(&mut packed));
            self.unpack(&mut plain, found, inner)?;
            let _ = io::copy(&mut plain, &mut io::sink());
        } else {
            self.unpack(&mut packed, found, inner)?;
        }
        if length.is_some() {
            return Ok(io::copy(&mut packed, &mut io::sink()).map(drop));
        }
        if problem.is_some() {
            return Ok(Err(io::Error::other("the end of a member cannot be found")));
        }
        Ok(Ok(()))
    }
}

/// The header in front of a member.
#[derive(Debug)]
struct Header {
    name: Vec<u8>,
    encrypted: bool,
    method: u16,
    packed: u64,
    /// True when the sizes stand behind the member.
    size_behind: bool,
}

impl Header {
    /// Reads up to the next header; `None` where the members end.
    fn next(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut signature = [0; 4];
        reader.read_exact(&mut signature)?;
        let mut skipped = 0;
        while signature != MEMBER {
            if signature.starts_with(b"PK\x01\x02") || signature.starts_with(b"PK\x05\x06") {
                return Ok(None);
            }
            if skipped == DESCRIPTOR_BYTES {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "no header where one must be",
                ));
            }
            let mut byte = [0];
            reader.read_exact(&mut byte)?;
            signature.rotate_left(1);
            signature[3] = byte[0];
            skipped += 1;
        }
        let mut fixed = [0; HEADER_BYTES];
        reader.read_exact(&mut fixed)?;
        let word = |at: usize| u16::from_le_bytes([byte(&fixed, at), byte(&fixed, at + 1)]);
        let long = |at: usize| u64::from(word(at)) | u64::from(word(at + 2)) << 16;
        let mut name = vec![0; word(22).into()];
        reader.read_exact(&mut name)?;
        let mut extra = vec![0; word(24).into()];
        reader.read_exact(&mut extra)?;
        let packed = match long(14) {
            0xffff_ffff => long_size(&extra).unwrap_or(0xffff_ffff),
            size => size,
        };
        let flags = word(2);
        let (encrypted, size_behind) = (flags & 1 != 0, flags & 8 != 0 && packed == 0);
        Ok(Some(Self { name, encrypted, method: word(4), packed, size_behind }))
    }
}

/// Returns one byte; zero behind the end.
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Returns the packed size from the extra field of long archives: the second of its two sizes.
fn long_size(mut extra: &[u8]) -> Option<u64> {
    loop {
        let (id, rest) = extra.split_first_chunk::<2>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (field, rest) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
        if u16::from_le_bytes(*id) == 1 {
            return field.get(8..16)?.try_into().ok().map(u64::from_le_bytes);
        }
        extra = rest;
    }
}
