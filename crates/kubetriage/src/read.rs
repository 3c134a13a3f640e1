//! Artifacts to events: the two ways of reading, on all cores.

use std::sync::{Mutex, PoisonError};

use kubetriage_model::{ArtifactId, Hint, Interest, Parsed};
use kubetriage_parse::{Reading as Way, Text, parse, reading, scan_log};
use kubetriage_source::{Artifact, Block, Blocks, Bundle, Limits, Reading};
use rayon::iter::{ParallelBridge, ParallelIterator};

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

/// Reads all artifacts of `bundle` and returns them in the bundle's order.
pub(crate) fn read_all(
    bundle: &mut Bundle,
    options: &Options,
    interest: &dyn Interest,
) -> Vec<ArtifactEvents> {
    let done = Mutex::new(Vec::new());
    bundle.each(options.threads(), |artifact| {
        let id = artifact.id;
        let read = read_artifact(artifact, options, interest);
        done.lock().unwrap_or_else(PoisonError::into_inner).push((id, read));
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(id, _)| *id);
    done.into_iter().map(|(_, read)| read).collect()
}

fn read_artifact(
    mut artifact: Artifact,
    options: &Options,
    interest: &dyn Interest,
) -> ArtifactEvents {
    let hint = artifact.hint.clone();
    let (limits, watch) = (&options.limits, options.watch.as_deref());
    let task = Task { artifact: artifact.id, hint: &hint, limits, interest, watch };
    let mut blocks = artifact.blocks();
    let parsed = match blocks.next() {
        None => Parsed::default(),
        Some(first) if way(&first, &hint) == Way::Stream => {
            let mut parts: Vec<(u64, Parsed)> = std::iter::once(first)
                .chain(&mut blocks)
                .par_bridge()
                .map(|block| (block.offset, task.block(&block)))
                .collect();
            parts.sort_by_key(|(offset, _)| *offset);
            parts.into_iter().fold(Parsed::default(), |mut all, (_, part)| {
                all.append(part);
                all
            })
        }
        Some(first) => task.whole(&mut blocks, first),
    };
    if let Some(watch) = watch {
        watch.add_artifact();
    }
    ArtifactEvents { hint, parsed, reading: blocks.finish() }
}

/// Reads one artifact and hands it out block by block, so that memory stays flat.
pub(crate) fn visit_artifact(
    mut artifact: Artifact,
    limits: &Limits,
    visit: &mut dyn FnMut(ArtifactEvents),
) {
    let hint = artifact.hint.clone();
    let task =
        Task { artifact: artifact.id, hint: &hint, limits, interest: &Everything, watch: None };
    let mut blocks = artifact.blocks();
    let mut last = Parsed::default();
    if let Some(first) = blocks.next() {
        if way(&first, &hint) == Way::Stream {
            let mut block = Some(first);
            while let Some(text) = block {
                let parsed = task.block(&text);
                visit(ArtifactEvents { hint: hint.clone(), parsed, reading: Reading::default() });
                block = blocks.next();
            }
        } else {
            last = task.whole(&mut blocks, first);
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
    watch: Option<&'t Watch>,
}

impl Task<'_> {
    /// Parses one block of a log.
    fn block(&self, block: &Block) -> Parsed {
        let mut parsed = Parsed::default();
        scan_log(self.text(block), self.hint, self.interest, &mut parsed);
        parsed
    }

    /// Parses the whole text that starts with `first`.
    fn whole(&self, blocks: &mut Blocks, first: Block) -> Parsed {
        let block = blocks.join(first, self.limits.whole_bytes);
        let mut parsed = Parsed::default();
        parse(self.text(&block), self.hint, self.interest, &mut parsed);
        parsed
    }

    fn text<'b>(&self, block: &'b Block) -> Text<'b> {
        let Block { text, offset, first_line } = block;
        if let Some(watch) = self.watch {
            watch.add_text(text);
        }
        Text { artifact: self.artifact, text, offset: *offset, first_line: *first_line }
    }
}
