//! A bundle: all artifacts of what the user handed over, in a fixed order.

#[cfg(feature = "archive")]
mod expand;
mod input;
mod walk;

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use kubetriage_model::{ArtifactId, NoteKind};

pub use input::Input;

use crate::{Artifact, Error, Limits, artifact::Content, layout, notes::Notes};
use walk::Walk;

/// Size of a small file, in bytes, and how many of them a thread takes at once.
const SMALL: u64 = 16 << 10;
const HANDFUL: usize = 16;

/// Opens what the user handed over.
///
/// Nothing is read yet; the artifacts come out of the [`Bundle`] one by one.
///
/// # Errors
///
/// When an input itself does not exist or cannot be opened, or when there is none. Trouble inside an
/// input is a note on its artifact.
pub fn open(inputs: &[Input], limits: &Limits) -> Result<Bundle, Error> {
    if inputs.is_empty() {
        return Err(Error::NoInput);
    }
    let names = input::names(inputs);
    let alone = inputs.len() == 1;
    let mut sources = Vec::with_capacity(inputs.len());
    let within = input::within(inputs);
    for ((input, name), within) in inputs.iter().zip(&names).zip(within) {
        if let Some(other) = within.and_then(|other| names.get(other)) {
            sources.push(covered(name, other));
            continue;
        }
        sources.push(match input {
            Input::Stdin => single(name, Content::Stream(Box::new(std::io::stdin()))),
            Input::Bytes { bytes, .. } => {
                let bytes = std::io::Cursor::new(Arc::clone(bytes));
                single(name, Content::Stream(Box::new(bytes)))
            }
            Input::Path(path) => source(path, name, alone)?,
        });
    }
    sources.reverse();
    Ok(Bundle {
        inputs: names,
        sources,
        handed_out: 0,
        layouts: BTreeSet::new(),
        made: names_made(inputs),
        limits: limits.clone(),
    })
}

/// Returns the artifacts of one path.
fn source(path: &Path, name: &str, alone: bool) -> Result<Source, Error> {
    let metadata = fs::metadata(path).map_err(|reason| Error::of(path, reason))?;
    if metadata.is_dir() {
        fs::read_dir(path).map_err(|reason| Error::of(path, reason))?;
        let prefix = if alone { String::new() } else { format!("{name}/") };
        return Ok(Box::new(Walk::new(path.to_owned(), prefix)));
    }
    let file = fs::File::open(path).map_err(|reason| Error::of(path, reason))?;
    if !metadata.is_file() {
        // A pipe (`<(kubectl …)`) can be opened only once.
        return Ok(single(name, Content::Stream(Box::new(file))));
    }
    let found = Found {
        content: Content::File(path.to_owned()),
        size: Some(metadata.len()),
        ..Found::new(name.to_owned())
    };
    Ok(Box::new(std::iter::once(found)))
}

/// Returns the moment that the name of an input tells: a folder is no part of the paths below it.
fn names_made(inputs: &[Input]) -> Option<String> {
    inputs.iter().find_map(|input| match input {
        Input::Path(path) if path.is_dir() => {
            layout::made(&format!("{}/x", path.canonicalize().ok()?.file_name()?.to_string_lossy()))
        }
        _ => None,
    })
}

/// What one input holds.
type Source = Box<dyn Iterator<Item = Found> + Send>;

/// Something found in an input, before it gets its number.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) content: Content,
    pub(crate) size: Option<u64>,
    pub(crate) notes: Notes,
}

/// All artifacts of what the user handed over: an iterator that opens them lazily.
///
/// It is [`Send`], so several threads may share it ([`each`](Self::each) does that). The order is fixed:
/// inputs as given, folders by name, archives as packed.
pub struct Bundle {
    inputs: Vec<String>,
    /// What is still to be handed out, last input first.
    sources: Vec<Source>,
    handed_out: u32,
    layouts: BTreeSet<&'static str>,
    made: Option<String>,
    limits: Limits,
}

impl Bundle {
    /// Returns the names of the inputs, as paths of artifacts begin with them.
    pub fn inputs(&self) -> &[String] {
        &self.inputs
    }

    /// Returns the names of the layouts recognized in what was handed out so far, sorted.
    pub fn layouts(&self) -> impl Iterator<Item = &'static str> {
        self.layouts.iter().copied()
    }

    /// Returns when the bundle was made, as far as its folders and archives are named after that moment.
    pub fn made(&self) -> Option<&str> {
        self.made.as_deref()
    }

    /// Calls `work` with every artifact, on `threads` threads (at least one), and waits for all.
    ///
    /// Artifacts are started in order; they end in any order. Small files are handed out several at a time: a
    /// thread would spend more on its turn than on one of them.
    pub fn each(&mut self, threads: usize, work: impl Fn(Artifact) + Sync) {
        let artifacts = Mutex::new(self);
        let next = || artifacts.lock().map(|mut artifacts| artifacts.handful()).unwrap_or_default();
        let run = || loop {
            let handful = next();
            if handful.is_empty() {
                break;
            }
            handful.into_iter().for_each(&work);
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(run);
            }
            run();
        });
    }
}

impl Bundle {
    /// Returns the next artifacts: small files up to one that is none. What is unpacked while it is read is always
    /// the last: nothing comes behind it before it was read.
    fn handful(&mut self) -> Vec<Artifact> {
        let mut handful = Vec::new();
        for artifact in self.by_ref() {
            let small = matches!(artifact.content, Content::None | Content::File(_))
                && artifact.size.unwrap_or(0) <= SMALL;
            handful.push(artifact);
            if !small || handful.len() == HANDFUL {
                break;
            }
        }
        handful
    }
}

impl Iterator for Bundle {
    type Item = Artifact;

    fn next(&mut self) -> Option<Artifact> {
        loop {
            let Some(found) = self.sources.last_mut()?.next() else {
                self.sources.pop();
                continue;
            };
            #[cfg(feature = "archive")]
            let Some(found) = self.expand(found) else { continue };
            let (hint, layout) = layout::hint(&found.path);
            self.layouts.extend(layout);
            // Of several moments the newest is that of the whole.
            self.made = self.made.take().max(layout::made(&found.path));
            let id = ArtifactId(self.handed_out);
            self.handed_out = self.handed_out.saturating_add(1);
            return Some(Artifact {
                id,
                hint,
                content: found.content,
                size: found.size,
                notes: found.notes,
                limits: self.limits.clone(),
            });
        }
    }
}

impl Found {
    /// Returns something of that name without content.
    pub(crate) fn new(path: String) -> Self {
        Self { path, content: Content::None, size: None, notes: Notes::default() }
    }
}

/// Returns the remark on an input that another one holds.
fn covered(name: &str, other: &str) -> Source {
    let mut found = Found::new(name.to_owned());
    found.notes.add(NoteKind::Info, format!("given twice: read as part of {other}"));
    Box::new(std::iter::once(found))
}

/// Returns the only artifact of an input.
fn single(name: &str, content: Content) -> Source {
    Box::new(std::iter::once(Found { content, ..Found::new(name.to_owned()) }))
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle").field("inputs", &self.inputs).finish_non_exhaustive()
    }
}
