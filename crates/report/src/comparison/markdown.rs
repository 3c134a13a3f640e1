//! A comparison as Markdown, for a ticket or a pull request.

use std::io;

use kubetriage_model::{Compared, Comparison};

use super::{change, lists, reason, weight};
use crate::plain::visible;

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

/// Returns text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in visible(text).chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '@' => {
                safe.push('\\');
                safe.push(letter);
            }
            _ => safe.push(letter),
        }
    }
    safe
}

/// Returns text as inline code, fenced by more backticks than it holds.
fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { String::new() } else { format!("{fence}{pad}{text}{pad}{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captured_text_stays_text() {
        assert_eq!(escaped("<b>*x*_[y](z)\n@me"), "&lt;b&gt;\\*x\\*\\_\\[y\\](z) \\@me");
        assert_eq!([code("a`b"), code("`"), code("")], ["``a`b``", "`` ` ``", ""]);
    }
}
