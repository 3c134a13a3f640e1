//! Lines that hold a text in another dress, and the lines that are read in their place.
//!
//! What a task of Ansible says of its command ([`task`]), rows between bars ([`bars`]), the states of containers on one
//! line ([`statuses`]), and records of what ships events and journals ([`records`]). Each line that is read keeps the number of the line it stands on.

mod bars;
mod records;
mod statuses;
mod task;

use crate::text::Line;

/// Indices of lines and the lines that are read in place of each.
pub(in crate::segment) type Unfolded = Vec<(usize, Vec<String>)>;

/// Finds such lines.
pub(in crate::segment) fn unfold(lines: &[Line<'_>]) -> Unfolded {
    let mut found = task::unfold(lines);
    found.extend(bars::unfold(lines));
    found.extend(statuses::unfold(lines));
    found.extend(records::unfold(lines));
    found.sort_by_key(|(index, _)| *index);
    found.dedup_by_key(|(index, _)| *index);
    found
}

/// Returns `lines` with those of `unfolded` in place.
pub(in crate::segment) fn apply<'l>(lines: &[Line<'l>], unfolded: &'l Unfolded) -> Vec<Line<'l>> {
    let mut all = Vec::with_capacity(lines.len());
    let mut rest = unfolded.iter().peekable();
    for (index, line) in lines.iter().enumerate() {
        match rest.next_if(|(at, _)| *at == index) {
            None => all.push(*line),
            Some((_, texts)) => all.extend(texts.iter().map(|text| Line { text, ..*line })),
        }
    }
    all
}

#[cfg(test)]
fn read(text: &str) -> Vec<String> {
    let lines: Vec<Line<'_>> =
        (1..).zip(text.lines()).map(|(number, text)| Line { text, number, offset: 0 }).collect();
    let unfolded = unfold(&lines);
    apply(&lines, &unfolded).iter().map(|line| format!("{} {}", line.number, line.text)).collect()
}
