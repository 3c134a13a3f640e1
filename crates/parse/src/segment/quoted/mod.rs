//! Telling a document that quotes captures from a capture with words around it.
//!
//! A runbook, an article or a README shows errors as examples; a ticket shows them because they happened.
//! Both have prose. What tells them apart, each worth some points ([`Signs`]):
//!
//! | for a document | for a ticket |
//! |---|---|
//! | section words (*cause*, *solution*, *symptoms*, *runbook*, …) in a heading or at a line start | someone speaks (*we*, *our*, *hi*, *please*) |
//! | phrases of instruction (*run the following command*, *this error occurs if*) | words of a ticket (*since yesterday*, *expected behavior*, *customer*) |
//! | placeholders in commands and samples (`<region>`, `{id}`, `[region]`) | |
//! | numbered alternatives (*Cause 1*, *Cause 2*, *Solution 3.1*), several headings | |
//!
//! A note of a few lines has no room for many signs. It is a document when it teaches: a section word and an
//! instruction, or two instructions of different kinds, nobody speaks, and half of its lines are written.
//!
//! A file that is named a runbook, a playbook, a FAQ or a guide is taken at its word if it holds a sentence and nobody
//! speaks in it.
//!
//! Otherwise, without at least [`FEWEST_PROSE`] sentences nothing is a document: a sample pasted alone is evidence,
//! and so is a transcript, a manifest or a log, whatever words stand in it. The words are those of eleven
//! languages, see [`words`].

mod signs;
mod speaking;
mod words;

use super::undress::Part;
use signs::Signs;

/// Fewest sentences of a document.
const FEWEST_PROSE: usize = 3;
/// Least share of sentences and headings among the lines, in percent.
const LEAST_SHARE: usize = 12;
/// Points that make a document.
const ENOUGH: i32 = 5;
/// Most lines of a note.
const NOTE: usize = 12;
/// Most lines of a text that is asked; documents are short.
const LONGEST: usize = 5000;
/// Most bytes of such a text.
const BIGGEST: usize = 1 << 20;

/// What people name files that teach.
const NAMES: &[&str] =
    &["runbook", "runbooks", "playbook", "playbooks", "faq", "howto", "cheatsheet", "tsg", "guide"];
/// Endings of files that are written by hand.
const WRITTEN: &[&str] = &["md", "txt", "rst", "adoc", "markdown", "html"];

/// True when the text of a file is a document, so that what it shows is quoted.
pub(super) fn is_document(parts: &[Part<'_>], path: &str) -> bool {
    let lines: usize = parts.iter().map(|part| part.lines.len()).sum();
    let bytes: usize = parts.iter().flat_map(|part| &part.lines).map(|line| line.text.len()).sum();
    if lines > LONGEST || bytes > BIGGEST || starts_as_data(parts) {
        return false;
    }
    let signs = Signs::of(parts);
    let written = signs.prose + signs.headings;
    if signs.lines <= NOTE && signs.teaches() && written * 2 >= signs.lines {
        return true;
    }
    if is_named(path) && signs.is_silent() {
        return true;
    }
    signs.prose >= FEWEST_PROSE
        && written * 100 >= signs.lines * LEAST_SHARE
        && signs.points() >= ENOUGH
}

/// True for the name of a file that teaches: `aks-runbook.md`.
fn is_named(path: &str) -> bool {
    let file = path.rsplit(['/', '!']).next().unwrap_or(path).to_lowercase();
    let Some((stem, ending)) = file.rsplit_once('.') else { return false };
    WRITTEN.contains(&ending)
        && stem.split(|sign: char| !sign.is_alphanumeric()).any(|word| NAMES.contains(&word))
}

/// True for texts whose first line shows that they are no prose: manifests, JSON, descriptions.
fn starts_as_data(parts: &[Part<'_>]) -> bool {
    let first = parts.iter().flat_map(|part| &part.lines).find(|line| !line.is_blank());
    first.is_some_and(|line| {
        line.text.starts_with(['{', '['])
            || ["apiVersion:", "kind:", "items:", "Name:  "]
                .iter()
                .any(|h| line.text.starts_with(h))
    })
}

#[cfg(test)]
mod tests;
