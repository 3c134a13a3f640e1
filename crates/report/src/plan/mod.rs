//! A plan of captures: as a list, as JSON, and as scripts that write the files of a bundle folder.

mod powershell;
mod sh;

use std::collections::BTreeSet;
use std::io;

use kubetriage_model::{Capture, Plan};
use serde::Serialize;

pub use self::powershell::plan_powershell;
pub use self::sh::plan_sh;
use crate::plain::{count, visible};
use crate::printed;
use crate::text::{Page, TextOptions, Tone};

/// Folder that a script writes into unless told otherwise.
const FOLDER: &str = "kubetriage-captures";

/// Writes the commands of a plan, the most telling first, with the questions that each helps to settle.
///
/// # Errors
/// Those of `out`.
pub fn plan_text(plan: &Plan, options: &TextOptions, out: &mut dyn io::Write) -> io::Result<()> {
    let mut page = Page::new(options, out);
    page.line(&headline(plan))?;
    for (index, capture) in plan.captures.iter().enumerate() {
        page.gap()?;
        let command = page.look.paint(Tone::Strong, &visible(&capture.command));
        page.line(&format!("{:>3}. {command}", index + 1))?;
        page.wrapped(("     ", "     "), 5, &format!("for {}", capture.questions.join(", ")))?;
    }
    if !plan.left_open.is_empty() {
        page.gap()?;
        page.wrapped(
            ("", ""),
            0,
            &format!("no read-only command is known for: {}", plan.left_open.join(", ")),
        )?;
    }
    Ok(())
}

/// Returns the first line: how many commands settle how many questions.
fn headline(plan: &Plan) -> String {
    if plan.captures.is_empty() {
        return "nothing to collect: no question is open".to_owned();
    }
    let commands = u64::try_from(plan.captures.len()).unwrap_or(u64::MAX);
    format!(
        "{} would settle {}",
        count(commands, "read-only command"),
        count(plan.questions, "open question")
    )
}

/// Writes a plan as one JSON document.
///
/// # Errors
/// Those of `out`.
pub fn plan_json(plan: &Plan, out: &mut dyn io::Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        questions: u64,
        captures: Vec<One<'a>>,
        left_open: &'a [String],
    }
    #[derive(Serialize)]
    struct One<'a> {
        command: &'a str,
        words: &'a [String],
        file: &'a str,
        questions: &'a [String],
        settled: u64,
    }
    let captures = plan.captures.iter().map(|capture: &Capture| One {
        command: &capture.command,
        words: &capture.words,
        file: &capture.file,
        questions: &capture.questions,
        settled: capture.settled,
    });
    let document = Document {
        schema: "kubetriage.plan/1",
        questions: plan.questions,
        captures: captures.collect(),
        left_open: &plan.left_open,
    };
    printed::document(&document, out)
}

/// A part of a word: text to quote, or a variable whose value the user gives.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Variable(String),
}

/// Cuts a word at its open places: `<resource-group>` is the variable `KT_RESOURCE_GROUP`.
fn pieces(word: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while let Some((before, name, behind)) = next_place(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Variable(format!("KT_{}", name.to_uppercase().replace('-', "_"))));
        rest = behind;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Returns the next `<name>` with what is before and behind it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('<')?;
        let inside = text.get(start + 1..)?;
        let end = inside.find('>')?;
        let name = inside.get(..end)?;
        if !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            return Some((text.get(..start)?, name, inside.get(end + 1..)?));
        }
        from = start + 1;
    }
}

/// Returns the variables that the commands of a plan leave to the user, sorted.
fn variables(plan: &Plan) -> BTreeSet<String> {
    let words = plan.captures.iter().flat_map(|capture| &capture.words);
    let variable = |piece| match piece {
        Piece::Variable(name) => Some(name),
        Piece::Text(_) => None,
    };
    words.flat_map(|word| pieces(word)).filter_map(variable).collect()
}

/// Returns a text on one line, for a comment.
fn comment(text: &str) -> String {
    visible(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_places_become_variables() {
        let variable = |name: &str| Piece::Variable(name.to_owned());
        assert_eq!(pieces("<resource-group>"), [variable("KT_RESOURCE_GROUP")]);
        assert_eq!(pieces("a<b>c"), [Piece::Text("a"), variable("KT_B"), Piece::Text("c")]);
        for plain in ["", "a<B>", "<", "a<>b", "<$(x)>", "x"] {
            assert_eq!(pieces(plain), [Piece::Text(plain)]);
        }
    }
}
