//! A comparison as Markdown, for a ticket or a pull request.

use std::io;

use kubetriage_model::{Compared, Comparison};

use super::{change, lists, reason, weight};
use crate::markdown::{code, escaped};

/// Writes a comparison as Markdown: a line of counts, then one list for each outcome; the steps that verify
/// a fix are task-list boxes.
///
/// Captured text cannot break out: what Markdown or HTML would read as markup is escaped.
///
/// # Errors
/// Those of `out`.
pub fn comparison_markdown(comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
    let names = |inputs: &[String]| code(&inputs.join(", "));
    let (before, after) = (&comparison.before.inputs, &comparison.after.inputs);
    writeln!(out, "## {} compared with {}\n", names(after), names(before))?;
    let lists = lists(comparison);
    let counts = lists.iter().map(|(heading, list)| format!("{} {heading}", list.len()));
    writeln!(out, "{}", counts.collect::<Vec<_>>().join(", "))?;
    for (heading, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        writeln!(
            out,
            "\n### {}{}\n",
            heading.get(..1).unwrap_or_default().to_uppercase(),
            heading.get(1..).unwrap_or_default()
        )?;
        for one in list {
            let place = one.place.as_deref().map(|place| format!(" ({})", code(place)));
            let change = change(one).map(|change| format!(", {change}")).unwrap_or_default();
            writeln!(
                out,
                "- **{}** {} {}{}{}",
                weight(one),
                code(&one.rule),
                escaped(&one.title),
                escaped(&change),
                place.unwrap_or_default()
            )?;
            if matches!(heading, "resolved" | "not comparable") {
                writeln!(out, "  {}", escaped(&reason(one)))?;
            }
            below(one, out)?;
        }
    }
    Ok(())
}

/// Writes the steps of a finding with their ticks, and the commands that would make it comparable.
fn below(one: &Compared, out: &mut dyn io::Write) -> io::Result<()> {
    for step in &one.verify {
        let tick = if step.done { 'x' } else { ' ' };
        writeln!(out, "  - [{tick}] {} _({})_", escaped(&step.text), escaped(&step.by))?;
    }
    for command in &one.collect {
        writeln!(out, "  - {}", code(command))?;
    }
    Ok(())
}
