//! What is not a live finding: what has healed, what could not be judged, what nothing explains.

use std::io;

use kubetriage_model::{Finding, NotAssessed, Unexplained};

use super::look::Tone;
use super::page::Page;
use crate::plain::{
    commands as all_commands, count, is_live, missing, place, severity, subject, visible,
};

/// Places named per open question.
const PLACES: usize = 3;

/// Open questions told in full before the rest is only named.
const IN_FULL: usize = 8;

/// Unexplained objects told before the rest is counted.
const OBJECTS: usize = 20;

/// Writes the healed findings, one entry each.
pub(super) fn healed(page: &mut Page<'_>, findings: &[Finding]) -> io::Result<()> {
    let healed: Vec<_> = findings.iter().filter(|finding| !is_live(finding.verdict)).collect();
    if healed.is_empty() {
        return Ok(());
    }
    page.heading("healed: it was so, later evidence shows recovery")?;
    for finding in healed {
        let rule = format!("{}[{}]", severity(finding.severity), visible(&finding.rule));
        let rule = page.look.paint(Tone::Good, &rule);
        page.line(&format!("  {rule}"))?;
        let at = finding.evidence.first().map(place).unwrap_or_default();
        page.wrapped(("    ", "    "), 4, &format!("{} {at}", sentence(&finding.title)))?;
    }
    Ok(())
}

/// Returns `text` with a full stop unless it ends in punctuation.
fn sentence(text: &str) -> String {
    let text = visible(text.trim());
    if text.ends_with(['.', '!', '?', ':']) { text } else { format!("{text}.") }
}

/// Writes the open questions, then all commands that would settle them, each once.
pub(super) fn not_assessed(page: &mut Page<'_>, questions: &[NotAssessed]) -> io::Result<()> {
    if questions.is_empty() {
        return Ok(());
    }
    let number = u64::try_from(questions.len()).unwrap_or(u64::MAX);
    page.heading(&format!("not assessed: {}", count(number, "open question")))?;
    let (shown, named) = questions.split_at(page.most(questions.len(), IN_FULL));
    for question in shown {
        let rule = page.look.paint(Tone::Warning, &visible(&question.rule));
        page.line(&format!("  {rule}"))?;
        page.wrapped(("    ", "    "), 4, &sentence(&question.title))?;
        let missing = format!("Missing: {}.", missing(question));
        page.wrapped(("    ", "    "), 4, &missing)?;
        if !question.found.is_empty() {
            page.wrapped(("    ", "    "), 4, &found(question))?;
        }
    }
    if !named.is_empty() {
        let rules: Vec<_> = named.iter().map(|question| question.rule.as_str()).collect();
        let text = format!("and {}: {}; --verbose tells more", named.len(), rules.join(", "));
        page.wrapped(("  ", "  "), 2, &text)?;
    }
    commands(page, questions)
}

/// Returns where the partial evidence stands.
fn found(question: &NotAssessed) -> String {
    let mut places: Vec<_> = question.found.iter().map(place).collect();
    places.dedup();
    let more = places.len().saturating_sub(PLACES);
    places.truncate(PLACES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("Found: {}{more}.", places.join(", "))
}

/// Writes the commands of all questions, in order of first mention.
fn commands(page: &mut Page<'_>, questions: &[NotAssessed]) -> io::Result<()> {
    let commands = all_commands(questions);
    if commands.is_empty() {
        return Ok(());
    }
    let settled = questions.iter().filter(|question| !question.collect.is_empty()).count();
    let number = |items: usize| u64::try_from(items).unwrap_or(u64::MAX);
    let these = count(number(commands.len()), "command");
    let questions = count(number(settled), "question");
    page.gap()?;
    page.line(&format!("  {these} would settle {questions}; capture and add to the bundle:"))?;
    for command in commands {
        page.copyable(4, command)?;
    }
    Ok(())
}

/// Writes what is unwell and mentioned by no finding.
pub(super) fn unexplained(page: &mut Page<'_>, unexplained: &[Unexplained]) -> io::Result<()> {
    if unexplained.is_empty() {
        return Ok(());
    }
    let number = u64::try_from(unexplained.len()).unwrap_or(u64::MAX);
    page.heading(&format!("unexplained: {} no rule explains", count(number, "object")))?;
    let (shown, counted) = unexplained.split_at(page.most(unexplained.len(), OBJECTS));
    for one in shown {
        let name = page.look.paint(Tone::Warning, &subject(&one.subject));
        page.line(&format!("  {name}"))?;
        let at = one.evidence.first().map(place).unwrap_or_default();
        page.wrapped(("    ", "    "), 4, &format!("{} {at}", sentence(&one.what)))?;
    }
    if !counted.is_empty() {
        page.line(&format!("  and {} more; --verbose lists them", counted.len()))?;
    }
    page.line("  `kubetriage collect` on the same paths prints what to capture next")
}
