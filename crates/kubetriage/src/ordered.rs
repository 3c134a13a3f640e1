//! Parts of one artifact that are read on several cores, put together in order while reading goes on.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kubetriage_model::Parsed;
use kubetriage_rules::Repeats;
use kubetriage_source::Block;

/// Takes parts in any order; what follows on what is there already is joined at once, so that no more than a few
/// parts wait.
pub(crate) struct Ordered<'r> {
    state: Mutex<State>,
    repeats: Option<&'r Repeats>,
}

#[derive(Default)]
struct State {
    all: Parsed,
    /// Byte behind what is joined.
    end: u64,
    /// Parts that do not follow yet, by where they start, with where they end.
    waiting: BTreeMap<u64, (u64, Parsed)>,
    /// Events that were left when the whole was thinned last.
    thinned: usize,
}

impl<'r> Ordered<'r> {
    /// Returns a place for parts; of logs, `repeats` thins what they say over and over.
    pub(crate) fn new(repeats: Option<&'r Repeats>) -> Self {
        Self { state: Mutex::default(), repeats }
    }

    /// Takes what a block states.
    pub(crate) fn add(&self, block: &Block, mut parsed: Parsed) {
        if let Some(repeats) = self.repeats {
            repeats.thin(&mut parsed.events);
        }
        let end = block.offset + block.text.len() as u64;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(block.offset, (end, parsed));
        state.join(self.repeats);
    }

    /// Returns all that was taken, in order.
    pub(crate) fn finish(self) -> Parsed {
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        // Nothing waits where every part came.
        for (_, parsed) in std::mem::take(&mut state.waiting).into_values() {
            state.all.append(parsed);
        }
        if let Some(repeats) = self.repeats {
            repeats.thin(&mut state.all.events);
        }
        state.all
    }
}

impl State {
    fn join(&mut self, repeats: Option<&Repeats>) {
        while let Some((end, parsed)) = self.waiting.remove(&self.end) {
            self.all.append(parsed);
            self.end = end;
        }
        // Thinning looks at everything: only when there is twice as much.
        if let Some(repeats) = repeats.filter(|_| self.all.events.len() > 2 * self.thinned + 1024) {
            repeats.thin(&mut self.all.events);
            self.thinned = self.all.events.len();
        }
    }
}
