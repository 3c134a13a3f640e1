//! Members of a tar archive.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read},
    rc::Rc,
};

use kubetriage_model::NoteKind;
use tar::{Archive, Entry, EntryType};

use super::{
    budget::{Meter, Metered},
    name::shown,
    unpack::{Halt, Place, Unpacker, damaged, inside},
};
use crate::{bundle::Found, notes::Notes};

/// Bytes of long names and attributes that one member may have; `tar` holds them in memory.
const HEADER_BYTES: u64 = 1 << 20;

impl Unpacker<'_> {
    /// Hands out the members of a tar archive.
    pub(super) fn tar(
        &mut self,
        reader: &mut dyn Read,
        name: &str,
        place: Place,
    ) -> Result<(), Halt> {
        let meter = Rc::new(Meter::default());
        let mut archive = Archive::new(Metered { reader, meter: Rc::clone(&meter) });
        let mut tape = Tape {
            name,
            seen: Seen::default(),
            notes: Notes::default(),
            left_out: LeftOut::default(),
            skip: 0,
        };
        let inner = Place { depth: place.depth + 1, layers: 0 };
        let mut members = 0;
        match archive.entries() {
            Err(error) => damaged(&mut tape.notes, &error, 0),
            Ok(mut entries) => loop {
                let most = tape.skip.saturating_add(HEADER_BYTES);
                meter.stop.set(Some(meter.count.get().saturating_add(most)));
                let next = entries.next();
                meter.stop.set(None);
                match next {
                    None => break,
                    Some(Err(error)) => {
                        damaged(&mut tape.notes, &error, members);
                        break;
                    }
                    Some(Ok(entry)) => {
                        members += 1;
                        self.tar_entry(entry, &mut tape, &meter, inner)?;
                    }
                }
            },
        }
        self.check()?;
        tape.left_out.note(&mut tape.notes);
        if members == 0 {
            tape.notes.add(NoteKind::Empty, "an archive without members");
        }
        self.remarks(name, tape.notes)
    }

    /// Hands out one entry and reads what nobody wanted of it.
    fn tar_entry<R: Read>(
        &mut self,
        mut entry: Entry<'_, R>,
        tape: &mut Tape<'_>,
        meter: &Meter,
        place: Place,
    ) -> Result<(), Halt> {
        let start = meter.count.get();
        self.budget.member();
        self.check()?;
        let kind = entry.header().entry_type();
        let packed = entry.header().entry_size().unwrap_or(0);
        tape.skip = packed;
        if tape.left_out.counts(kind) {
            return Ok(());
        }
        let (shown, problem) = shown(&entry.path_bytes());
        let mut found = Found::new(inside(tape.name, &shown));
        found.notes.warn(problem);
        found.notes.warn(tape.seen.again(&found.path));
        let told = entry.size();
        if kind == EntryType::GNUSparse {
            // Holes cost nothing in the archive: they count as unpacked.
            self.unpack(&mut self.booked(&mut entry), found, place)?;
        } else {
            self.unpack(&mut Whole { reader: &mut entry, left: told }, found, place)?;
            let _ = io::copy(&mut entry, &mut io::sink());
        }
        // What is left of a sparse member is skipped by its length in the archive.
        tape.skip = packed.saturating_sub(meter.count.get() - start);
        self.check()
    }
}

/// What is known about one archive while it is read.
struct Tape<'n> {
    name: &'n str,
    seen: Seen,
    notes: Notes,
    left_out: LeftOut,
    /// Bytes of the last entry that were not read.
    skip: u64,
}

/// A member that must be as long as its header says.
struct Whole<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.left = self.left.saturating_sub(count as u64);
        if count == 0 && self.left > 0 && !buffer.is_empty() {
            self.left = 0;
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends here"));
        }
        Ok(count)
    }
}

/// Members that hold no bytes of their own.
#[derive(Debug, Default)]
struct LeftOut {
    links: u64,
    devices: u64,
}

impl LeftOut {
    /// Counts an entry that is not read; false for one that is.
    fn counts(&mut self, kind: EntryType) -> bool {
        match kind {
            EntryType::Symlink | EntryType::Link => self.links += 1,
            EntryType::Char | EntryType::Block | EntryType::Fifo => self.devices += 1,
            EntryType::Directory | EntryType::XGlobalHeader => {}
            _ => return false,
        }
        true
    }

    fn note(&self, notes: &mut Notes) {
        if self.links > 0 {
            let message = format!("links not followed, read where they lead to: {}", self.links);
            notes.add(NoteKind::Info, message);
        }
        if self.devices > 0 {
            notes.add(NoteKind::Info, format!("devices and pipes left out: {}", self.devices));
        }
    }
}

/// Names that were already used, as hashes: a million of them take 16 MiB.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<u64>);

impl Seen {
    /// Notes the name and returns the remark for one that was seen before.
    pub(super) fn again(&mut self, name: &str) -> Option<&'static str> {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let again = !self.0.insert(hasher.finish());
        again.then_some("the archive holds an earlier member of the same name, too")
    }
}
