//! A comparison for people.

use std::io;

use kubetriage_model::{Compared, Comparison, Side};

use super::{change, lists, reason, weight};
use crate::plain::{count, visible};
use crate::text::{Page, TextOptions, Tone};

/// Writes a comparison for people: new and changed findings first, then what was resolved, with the steps
/// that verify it ticked (`[x]`) where the later bundle shows them.
///
/// # Errors
/// Those of `out`.
pub fn comparison_text(
    comparison: &Comparison,
    options: &TextOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut page = Page::new(options, out);
    let name = page.look.paint(Tone::Strong, "kubetriage diff");
    let text = format!("{} -> {}", side(&comparison.before), side(&comparison.after));
    page.wrapped((&format!("{name} "), "                "), 16, &text)?;
    let mut counts = Vec::new();
    for (heading, list) in lists(comparison) {
        let number = u64::try_from(list.len()).unwrap_or(u64::MAX);
        counts.push(format!("{number} {heading}"));
        if number > 0 {
            page.heading(&format!("{heading}: {}", count(number, "finding")))?;
        }
        for one in list {
            entry(&mut page, heading, one)?;
        }
    }
    page.gap()?;
    page.line(&counts.join(", "))
}

fn side(side: &Side) -> String {
    let time = side.last_time.as_ref().map(|time| format!(" ({time})")).unwrap_or_default();
    format!("{}{time}", visible(&side.inputs.join(", ")))
}

fn entry(page: &mut Page<'_>, heading: &str, one: &Compared) -> io::Result<()> {
    let tone = match heading {
        "resolved" => Tone::Good,
        "new" => Tone::Error,
        "unchanged" => Tone::Dim,
        _ => Tone::Warning,
    };
    let rule = page.look.paint(tone, &format!("{}[{}]", weight(one), visible(&one.rule)));
    let place = one.place.as_deref().map(visible).unwrap_or_default();
    page.line(&format!("  {rule}  {place}"))?;
    page.wrapped(("    ", "    "), 4, &one.title)?;
    if let Some(change) = change(one) {
        page.line(&format!("    {change}"))?;
    }
    if matches!(heading, "resolved" | "not comparable") {
        page.wrapped(("    ", "    "), 4, &reason(one))?;
    }
    for step in &one.verify {
        let tick = if step.done { "    [x] " } else { "    [ ] " };
        page.wrapped((tick, "        "), 8, &format!("{} ({})", step.text, step.by))?;
    }
    for command in &one.collect {
        page.copyable(6, command)?;
    }
    Ok(())
}
