//! One cause, many symptoms: which findings stand alone, and the tree of those they explain.

use std::collections::{HashMap, HashSet};
use std::io;

use kubetriage_model::Finding;

use super::look::Tone;
use super::page::{Page, SECTION};
use super::{finding, is_live};
use crate::plain::{count, place, severity, visible};

/// Symptoms listed below a cause before the rest is counted.
const BRANCHES: usize = 12;

/// A finding that nothing else explains, with the findings it explains.
#[derive(Debug)]
pub(super) struct Root<'a> {
    /// The cause.
    pub(super) finding: &'a Finding,
    /// Symptoms in tree order: the depth (1 for direct ones) and the finding.
    symptoms: Vec<(usize, &'a Finding)>,
}

/// Returns the live findings as root causes with their symptoms, in the order of the report.
///
/// Each finding appears exactly once: below the first cause that names it, and as a root of its own
/// where its causes are missing, healed, or explain each other in a circle.
pub(super) fn roots(findings: &[Finding]) -> Vec<Root<'_>> {
    let live: Vec<_> = findings.iter().filter(|finding| is_live(finding.verdict)).collect();
    let family = Family::new(&live);
    let mut placed = HashSet::new();
    let mut roots = Vec::new();
    let (symptoms, causes): (Vec<&Finding>, Vec<&Finding>) =
        live.iter().partition(|finding| family.symptoms.contains(finding.id.as_str()));
    for finding in causes.into_iter().chain(symptoms) {
        if placed.insert(finding.id.as_str()) {
            let symptoms = family.below(finding, &mut placed);
            roots.push(Root { finding, symptoms });
        }
    }
    roots
}

/// Who explains whom, whichever side says so.
#[derive(Debug, Default)]
struct Family<'a> {
    /// Id of a cause to its symptoms, in the order of the report.
    below: HashMap<&'a str, Vec<&'a Finding>>,
    /// Ids of all symptoms.
    symptoms: HashSet<&'a str>,
}

impl<'a> Family<'a> {
    /// Reads both directions of every explanation between live findings.
    fn new(live: &[&'a Finding]) -> Self {
        let by_id: HashMap<&str, &'a Finding> =
            live.iter().map(|finding| (finding.id.as_str(), *finding)).collect();
        let mut family = Self::default();
        for &finding in live {
            let named = finding.explains.iter().filter_map(|id| by_id.get(id.as_str()));
            let named = named.map(|symptom| (finding, *symptom));
            let causes = finding.explained_by.iter().filter_map(|id| by_id.get(id.as_str()));
            let causes = causes.map(|cause| (*cause, finding));
            for (cause, symptom) in named.chain(causes).filter(|(a, b)| a.id != b.id) {
                family.below.entry(&cause.id).or_default().push(symptom);
                family.symptoms.insert(&symptom.id);
            }
        }
        family
    }

    /// Returns the findings below `cause` that are not placed yet, depth first, without recursion.
    fn below(
        &self,
        cause: &'a Finding,
        placed: &mut HashSet<&'a str>,
    ) -> Vec<(usize, &'a Finding)> {
        let mut tree = Vec::new();
        let mut open = vec![(0, cause)];
        while let Some((depth, finding)) = open.pop() {
            if depth > 0 {
                tree.push((depth, finding));
            }
            let children = self.below.get(finding.id.as_str()).map(Vec::as_slice);
            let mut next: Vec<_> = children
                .unwrap_or_default()
                .iter()
                .filter(|child| placed.insert(child.id.as_str()))
                .map(|child| (depth + 1, *child))
                .collect();
            next.reverse();
            open.extend(next);
        }
        tree
    }
}

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
