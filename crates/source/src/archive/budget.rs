//! What unpacking one input has cost so far, and when it is too much.

use std::{
    cell::{Cell, RefCell},
    io::{self, Read, Seek, SeekFrom},
    rc::Rc,
};

use crate::{Limits, failure::limit};

/// Unpacked bytes below which the ratio is not looked at.
const RATIO_FREE: u64 = 256 << 20;

/// The account of one input.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    members: Cell<u64>,
    exhausted: RefCell<Option<String>>,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Rc<Self> {
        Rc::new(Self {
            limits,
            packed: Cell::new(0),
            unpacked: Cell::new(0),
            members: Cell::new(0),
            exhausted: RefCell::new(None),
        })
    }

    /// Returns the limit that ended the unpacking.
    pub(super) fn exhausted(&self) -> Option<String> {
        self.exhausted.borrow().clone()
    }

    /// Books one more member.
    pub(super) fn member(&self) {
        self.members.set(self.members.get() + 1);
        if self.members.get() > self.limits.archive_members {
            let most = self.limits.archive_members;
            self.exhaust(format!("more than {most} members: the rest of the archive is not read"));
        }
    }

    /// Books unpacked bytes.
    fn unpacked(&self, count: usize) {
        let unpacked = self.unpacked.get() + count as u64;
        self.unpacked.set(unpacked);
        if unpacked > self.limits.archive_bytes {
            let most = self.limits.archive_bytes;
            self.exhaust(format!("unpacks to more than {most} bytes: the rest is not read"));
        }
        let fair = self.packed.get().max(1).saturating_mul(self.limits.archive_ratio);
        if unpacked > RATIO_FREE && unpacked > fair {
            let ratio = self.limits.archive_ratio;
            self.exhaust(format!(
                "unpacks to more than {ratio} times its size: the rest is not read"
            ));
        }
    }

    fn exhaust(&self, message: String) {
        self.exhausted.borrow_mut().get_or_insert(message);
    }
}

/// A reader whose bytes are booked as packed: the input itself.
pub(super) struct Packed<R> {
    pub(super) reader: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.budget.packed.set(self.budget.packed.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Packed<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

/// A reader whose bytes are booked as unpacked: it ends with an error when the budget does.
pub(super) struct Unpacked<R> {
    pub(super) reader: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(message) = self.budget.exhausted() {
            return Err(limit(message));
        }
        let count = self.reader.read(buffer)?;
        self.budget.unpacked(count);
        Ok(count)
    }
}

/// A reader that counts, and stops where headers would grow without end.
pub(super) struct Metered<R> {
    pub(super) reader: R,
    pub(super) meter: Rc<Meter>,
}

/// What a [`Metered`] reader has given, and may give.
#[derive(Debug, Default)]
pub(super) struct Meter {
    pub(super) count: Cell<u64>,
    /// The count at which reading stops.
    pub(super) stop: Cell<Option<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.meter.count.get();
        if self.meter.stop.get().is_some_and(|stop| count >= stop) {
            return Err(limit("a header in the archive is too long".to_owned()));
        }
        let read = self.reader.read(buffer)?;
        self.meter.count.set(count + read as u64);
        Ok(read)
    }
}
