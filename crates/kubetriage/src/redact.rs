//! A cleaned copy of a bundle, text by text.

use std::collections::HashSet;
use std::sync::LazyLock;

use kubetriage_redact::{Learner, Replaced};
use kubetriage_rules::Catalog;
use kubetriage_source::{Artifact, Input, open};

use crate::read::visit_artifact;
use crate::{Error, Options};

/// Most bytes of one text that are looked at in one piece; a Secret that spans two pieces is seen by its values only.
const PIECE: usize = 32 << 20;

/// Knows the words of the rules and of the formats, which must not be taken for names.
static BEGINNER: LazyLock<Learner> = LazyLock::new(|| {
    let mut learner = Learner::default();
    for (_, source) in Catalog::builtin_files() {
        learner.keep(source.split("\nprove:").next().unwrap_or(source));
    }
    learner.keep(&kubetriage_parse::format_names().join(" "));
    learner
});

/// One artifact of the cleaned copy, handed out in one or several pieces.
#[derive(Debug)]
#[non_exhaustive]
pub struct CleanPiece<'a> {
    /// Path in the copy, relative, `/`-separated, without ways up. The same for all pieces of an artifact.
    pub path: &'a str,
    /// The cleaned text of the piece, UTF-8 with `\n`; empty for an artifact without text.
    pub text: &'a str,
    /// True for the last piece of the artifact.
    pub last: bool,
}

/// Cleans what the user handed over and calls `visit` with each piece of the copy, in the bundle's order.
///
/// The bundle is read twice: once to learn what is there to replace, once to rewrite it. What is no text is left
/// out. Archives inside become folders. Standard input cannot be read twice, so it is no input here.
///
/// Returns what was replaced.
///
/// # Errors
/// When an input cannot be opened, or `visit` fails.
pub fn redact<E: From<Error>>(
    inputs: &[Input],
    options: &Options,
    visit: &mut dyn FnMut(CleanPiece<'_>) -> Result<(), E>,
) -> Result<Replaced, E> {
    let mut learner = BEGINNER.clone();
    for mut artifact in open(inputs, &options.limits).map_err(Error::from)? {
        learner.path(&artifact.hint.path);
        for block in artifact.blocks() {
            learner.text(&block.text);
        }
    }
    for artifact in open(inputs, &options.limits).map_err(Error::from)? {
        visit_artifact(artifact, &options.limits, &mut |read| {
            read.parsed.events.iter().for_each(|event| learner.event(event));
        });
    }
    let mut cleaner = learner.finish();
    let mut taken = HashSet::new();
    let bundle = open(inputs, &options.limits).map_err(Error::from)?;
    let named = bundle.inputs().to_vec();
    for artifact in bundle {
        let path = unpacked(&artifact.hint.path, &named);
        let path = free(&cleaner.path(&path), &mut taken);
        each_piece(artifact, &mut |text, last| {
            let text = cleaner.text(text);
            visit(CleanPiece { path: &path, text: &text, last })
        })?;
    }
    Ok(cleaner.replaced().clone())
}

/// Returns the path of an artifact as if the archives around it had been unpacked; one that was named as input leaves
/// no trace.
fn unpacked(path: &str, named: &[String]) -> String {
    let inside = named.iter().find_map(|name| path.strip_prefix(name.as_str())?.strip_prefix('!'));
    inside.unwrap_or(path).replace('!', "/")
}

/// Returns the path, or one like it that no other artifact has.
fn free(path: &str, taken: &mut HashSet<String>) -> String {
    let mut free = path.to_owned();
    let mut number = 1;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{path}~{number}");
    }
    free
}

/// Hands out the text of an artifact in pieces of whole lines; an artifact without text gives nothing.
fn each_piece<E>(
    mut artifact: Artifact,
    work: &mut dyn FnMut(&str, bool) -> Result<(), E>,
) -> Result<(), E> {
    let mut blocks = artifact.blocks().peekable();
    let mut piece = String::new();
    while let Some(block) = blocks.next() {
        piece.push_str(&block.text);
        let last = blocks.peek().is_none();
        if last || piece.len() >= PIECE {
            work(&piece, last)?;
            piece.clear();
        }
    }
    Ok(())
}
