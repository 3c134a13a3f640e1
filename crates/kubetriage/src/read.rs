//! Artifacts to events: the two ways of reading, on all cores.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use kubetriage_model::{
    ArtifactId, Coverage, Event, Hint, Interest, Note, NoteKind, Parsed, Section, Sink,
};
use kubetriage_parse::{Long, Reading as Way, Text, parse, reading, scan_log, settle};
use kubetriage_rules::{Repeats, Sieve};
use kubetriage_source::{Artifact, Block, Blocks, Bundle, Limits, Reading};
use rayon::iter::{ParallelBridge, ParallelIterator};

use crate::ordered::Ordered;
use crate::parts::{Part, Parts};
use crate::{Options, Watch};

/// Bytes of a text that decide how it is read.
const HEAD: usize = 16 << 10;

/// The interest of `kubetriage parse`: every log line becomes an event.
#[derive(Debug, Clone, Copy, Default)]
pub struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}

    fn everything(&self) -> bool {
        true
    }
}

/// What was read of one artifact, or of one block of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct ArtifactEvents {
    /// Path in the bundle, and what it says.
    pub hint: Hint,
    /// What the parsers stated.
    pub parsed: Parsed,
    /// Bytes, lines and notes of the reading; zero and empty but for the last block.
    pub reading: Reading,
}

/// What rules ask for: it decides what is read, and what is kept of that.
#[derive(Clone, Copy)]
pub(crate) struct Aside<'r> {
    pub(crate) interest: &'r dyn Interest,
    pub(crate) sieve: &'r Sieve<'r>,
    pub(crate) repeats: &'r Repeats,
}

/// Reads all artifacts of `bundle` and returns them in the bundle's order.
pub(crate) fn read_all(
    bundle: &mut Bundle,
    options: &Options,
    aside: Aside<'_>,
) -> Vec<ArtifactEvents> {
    let done = Mutex::new(Vec::new());
    bundle.each(options.threads(), |artifact| {
        let id = artifact.id;
        let read = read_artifact(artifact, options, aside);
        done.lock().unwrap_or_else(PoisonError::into_inner).push((id, read));
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(id, _)| *id);
    done.into_iter().map(|(_, read)| read).collect()
}

fn read_artifact(mut artifact: Artifact, options: &Options, aside: Aside<'_>) -> ArtifactEvents {
    let hint = artifact.hint.clone();
    let (limits, watch) = (&options.limits, options.watch.as_deref());
    let interest = aside.interest;
    let task = Task {
        artifact: artifact.id,
        hint: &hint,
        limits,
        interest,
        sieve: Some(aside.sieve),
        watch,
    };
    let mut blocks = artifact.blocks();
    let mut parsed = match blocks.next() {
        None => Parsed::default(),
        Some(first) if way(&first, &hint) == Way::Stream => {
            let parts = Ordered::new(Some(aside.repeats));
            let read = |block: Block| parts.add(&block, task.block(&block));
            match blocks.next() {
                // Sharing out a single block costs more than reading it.
                None => read(first),
                Some(second) => {
                    [first, second].into_iter().chain(&mut blocks).par_bridge().for_each(read);
                }
            }
            parts.finish()
        }
        Some(first) => match Parts::of(first, &mut blocks, &hint, limits) {
            Ok(parts) => long(&task, parts),
            Err(first) => task.whole(&mut blocks, first),
        },
    };
    if let Some(watch) = watch {
        watch.add_artifact();
    }
    parsed.shrink_to_fit();
    ArtifactEvents { hint, parsed, reading: blocks.finish() }
}

/// Reads a long list or table part by part, on all cores.
fn long(task: &Task<'_>, parts: Parts<'_>) -> Parsed {
    let long = parts.long.clone();
    let cut = AtomicBool::new(false);
    let read = Ordered::new(None);
    parts.par_bridge().for_each(|part| {
        let (parsed, whole) = task.part(&long, &part);
        cut.fetch_or(!whole, Ordering::Relaxed);
        read.add(&part.block, parsed);
    });
    let mut parsed = read.finish();
    parsed.coverage = settle(std::mem::take(&mut parsed.coverage), !cut.into_inner());
    // What holds for the text as a whole is noted once.
    let mut noted = HashSet::new();
    parsed.notes.retain(|note| {
        note.kind != NoteKind::Scrubbed || noted.insert((note.kind, note.message.clone()))
    });
    parsed
}

/// Reads one artifact and hands it out block by block, so that memory stays flat.
pub(crate) fn visit_artifact(
    mut artifact: Artifact,
    limits: &Limits,
    visit: &mut dyn FnMut(ArtifactEvents),
) {
    let hint = artifact.hint.clone();
    let (interest, sieve, watch) = (&Everything, None, None);
    let task = Task { artifact: artifact.id, hint: &hint, limits, interest, sieve, watch };
    let mut blocks = artifact.blocks();
    let mut last = Parsed::default();
    if let Some(first) = blocks.next() {
        let mut hand_out = |parsed| {
            visit(ArtifactEvents { hint: hint.clone(), parsed, reading: Reading::default() });
        };
        if way(&first, &hint) == Way::Stream {
            let blocks = std::iter::once(first).chain(&mut blocks);
            blocks.for_each(|block| hand_out(task.block(&block)));
        } else {
            match Parts::of(first, &mut blocks, &hint, limits) {
                Ok(mut parts) => {
                    let long = parts.long.clone();
                    parts.by_ref().for_each(|part| hand_out(task.part(&long, &part).0));
                }
                Err(first) => last = task.whole(&mut blocks, first),
            }
        }
    }
    visit(ArtifactEvents { hint, parsed: last, reading: blocks.finish() });
}

fn way(first: &Block, hint: &Hint) -> Way {
    let mut end = first.text.len().min(HEAD);
    while !first.text.is_char_boundary(end) {
        end -= 1;
    }
    reading(first.text.get(..end).unwrap_or_default(), hint)
}

/// One artifact under the parsers.
#[derive(Clone, Copy)]
struct Task<'t> {
    artifact: ArtifactId,
    hint: &'t Hint,
    limits: &'t Limits,
    interest: &'t dyn Interest,
    sieve: Option<&'t Sieve<'t>>,
    watch: Option<&'t Watch>,
}

/// Keeps what is stated, but for statements that a sieve puts aside.
struct Sifting<'s> {
    parsed: Parsed,
    sieve: Option<&'s Sieve<'s>>,
}

impl Sink for Sifting<'_> {
    fn wants(&mut self, event: &Event) -> bool {
        self.sieve.is_none_or(|sieve| sieve.keeps(event))
    }

    fn event(&mut self, event: Event) {
        self.parsed.event(event);
    }

    fn note(&mut self, note: Note) {
        self.parsed.note(note);
    }

    fn coverage(&mut self, coverage: Coverage) {
        self.parsed.coverage(coverage);
    }

    fn section(&mut self, section: Section) {
        self.parsed.section(section);
    }

    fn lines(&mut self, artifact: ArtifactId, total: u64, used: u64, blank: u64) {
        self.parsed.lines(artifact, total, used, blank);
    }
}

impl Task<'_> {
    /// Parses one block of a log.
    fn block(&self, block: &Block) -> Parsed {
        let mut sink = self.sink();
        scan_log(self.text(block), self.hint, self.interest, &mut sink);
        sink.parsed
    }

    /// Parses the whole text that starts with `first`.
    fn whole(&self, blocks: &mut Blocks, first: Block) -> Parsed {
        let block = blocks.join(first, self.limits.whole_bytes);
        let mut sink = self.sink();
        parse(self.text(&block), self.hint, self.interest, &mut sink);
        sink.parsed
    }

    /// Parses one part of a long list or table; false if it tells that something is missing from the text.
    fn part(&self, long: &Long, part: &Part) -> (Parsed, bool) {
        let mut sink = self.sink();
        let text = self.text(&part.block);
        let part = kubetriage_parse::Part { text, first: part.first, last: part.last };
        let whole = long.parse(part, self.hint, self.interest, &mut sink);
        (sink.parsed, whole)
    }

    fn sink(&self) -> Sifting<'_> {
        Sifting { parsed: Parsed::default(), sieve: self.sieve }
    }

    fn text<'b>(&self, block: &'b Block) -> Text<'b> {
        let Block { text, offset, first_line } = block;
        if let Some(watch) = self.watch {
            watch.add_text(text);
        }
        Text { artifact: self.artifact, text, offset: *offset, first_line: *first_line }
    }
}
