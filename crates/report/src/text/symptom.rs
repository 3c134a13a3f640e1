//! The symptoms of a cause, drawn as a small tree.

use std::io;

use kubetriage_model::Finding;

use super::finding;
use super::look::Tone;
use super::page::{Page, SECTION};
use crate::plain::{count, place, severity, visible};
use crate::tree::Root;

/// Symptoms listed below a cause before the rest is counted.
const BRANCHES: usize = 12;

/// Writes the symptoms of a root as a small tree, one line each.
pub(super) fn write(page: &mut Page<'_>, root: &Root<'_>) -> io::Result<()> {
    let Some(number) = u64::try_from(root.symptoms.len()).ok().filter(|number| *number > 0) else {
        return Ok(());
    };
    page.section("explains", &count(number, "further finding"))?;
    // From below, a depth is open while another branch of it is still to come.
    let mut open = Vec::new();
    let mut branches = Vec::new();
    for (depth, symptom) in root.symptoms.iter().rev() {
        open.resize(depth + 1, false);
        let more = open.get_mut(*depth).is_some_and(|open| std::mem::replace(open, true));
        branches.push((open.clone(), *depth, more, *symptom));
    }
    let shown = page.most(branches.len(), BRANCHES);
    let hidden = branches.len() - shown;
    for (open, depth, more, symptom) in branches.into_iter().rev().take(shown) {
        branch(page, &open, (depth, more), symptom)?;
    }
    if hidden > 0 {
        page.item("", &format!("and {hidden} more; --verbose lists them"))?;
    }
    Ok(())
}

/// Writes one branch: severity, rule, how often, title and first place, on two lines where one is too narrow.
fn branch(
    page: &mut Page<'_>,
    open: &[bool],
    (depth, more): (usize, bool),
    symptom: &Finding,
) -> io::Result<()> {
    let drawn = page.look.characters();
    let mut lead = " ".repeat(SECTION);
    for above in open.get(1..depth).unwrap_or_default() {
        lead.push(if *above { drawn.vbar } else { ' ' });
        lead.push_str("  ");
    }
    let below = format!("{lead}{}  ", if more { drawn.vbar } else { ' ' });
    lead.push(if more { drawn.lcross } else { drawn.lbot });
    lead.push(drawn.hbar);
    lead.push(' ');
    let head = format!("{}[{}]", severity(symptom.severity), visible(&symptom.rule));
    let times = if symptom.count > 1 { format!(" ×{}", symptom.count) } else { String::new() };
    let at = symptom.evidence.first().map(place).unwrap_or_default();
    let title = visible(&symptom.title);
    let parts = [&lead, &head, &times, &title, &at];
    let width: usize = parts.into_iter().map(|text| text.chars().count()).sum();
    let fits = width + 3 <= page.look.width();
    let head = page.look.paint(Tone::from(symptom.severity), &head);
    let at = page.look.paint(Tone::Dim, &at);
    if fits {
        return page.line(&format!("{lead}{head}{times} {title}  {at}"));
    }
    page.line(&format!("{lead}{head}{times}  {at}"))?;
    page.wrapped((&below, &below), below.chars().count(), &title)
}

/// Writes the symptoms of a root in full, for the verbose report.
pub(super) fn write_in_full(page: &mut Page<'_>, root: &Root<'_>) -> io::Result<()> {
    for (_, symptom) in &root.symptoms {
        finding::write(page, symptom)?;
        finding::advice(page, symptom)?;
    }
    Ok(())
}
