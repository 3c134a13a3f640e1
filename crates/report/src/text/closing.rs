//! First and last lines: what was read, how much of it was understood, and the counts.

use std::io;

use kubetriage_model::Report;

use super::look::Tone;
use super::page::Page;
use crate::plain::{Counted, counts, visible};

/// Writes the first line: the inputs, their layout, and the time they speak of.
pub(super) fn heading(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let bundle = &report.bundle;
    let mut parts = vec![visible(&bundle.inputs.join(", "))];
    if !bundle.layouts.is_empty() {
        parts.push(visible(&bundle.layouts.join(", ")));
    }
    if let Some(made) = &bundle.made {
        parts.push(format!("made {}", visible(made)));
    }
    match (&bundle.first_time, &bundle.last_time) {
        (Some(first), Some(last)) if first != last => parts.push(format!("{first} to {last}")),
        (Some(time), _) | (None, Some(time)) => parts.push(time.clone()),
        (None, None) => {}
    }
    if bundle.scrubbed {
        parts.push("values were replaced by a cleaner".to_owned());
    }
    parts.retain(|part| !part.is_empty());
    let name = page.look.paint(Tone::Strong, "kubetriage");
    page.wrapped((&format!("{name} "), "           "), 11, &parts.join("; "))
}

/// Writes how much was read (files, bytes, lines understood, notes by class), and what of the cluster it holds.
pub(super) fn coverage(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    page.gap()?;
    let label = page.look.paint(Tone::Dim, "read:");
    page.wrapped((&format!("{label} "), "      "), 6, &crate::plain::coverage(report))?;
    let holdings = crate::plain::holdings(report);
    if holdings.is_empty() {
        return Ok(());
    }
    let label = page.look.paint(Tone::Dim, "holds:");
    page.wrapped((&format!("{label} "), "       "), 7, &holdings)
}

/// Writes the last line: the counts, each in its color, those of nothing left out.
pub(super) fn summary(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let tone = |about| match about {
        Counted::Live(severity) => Tone::from(severity),
        Counted::Nothing | Counted::Open => Tone::Strong,
        Counted::Well => Tone::Good,
        Counted::Tolerated => Tone::Dim,
    };
    let counts = counts(report);
    let told = counts.iter().filter(|(number, ..)| *number > 0);
    let parts: Vec<_> = told.map(|(_, text, about)| page.look.paint(tone(*about), text)).collect();
    page.line(&parts.join(", "))
}
