//! A comparison as one HTML file: a section per state, a card per finding, the steps that verify a fix ticked.
//!
//! Style, script, policy and escaping are those of the report.

use std::io;

use kubetriage_model::{Compared, Comparison, Severity, Side};

use super::finding::copyable;
use super::safe::Safe;
use super::{filter, foot, head};
use crate::comparison::{change, lists, reason, weight};
use crate::plain::{severity, subject};

/// Writes a comparison as one page.
///
/// # Errors
/// Those of `out`.
pub fn comparison_html(comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
    let lists = lists(comparison);
    let names = |side: &Side| side.inputs.join(", ");
    let (before, after) = (names(&comparison.before), names(&comparison.after));
    head(&format!("{after} compared with {before}"), out)?;
    header(comparison, out)?;
    writeln!(out, "<div class=\"page\">\n<nav aria-label=\"Contents\">")?;
    let all = || lists.iter().flat_map(|(_, list)| *list).map(weight);
    let weights = [Severity::Error, Severity::Warning, Severity::Note].map(severity);
    let words: Vec<_> = weights.into_iter().filter(|word| all().any(|one| one == *word)).collect();
    filter(&words, out)?;
    writeln!(out, "<ul class=\"parts\">")?;
    for (state, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        let (id, title, number) = (id(state), title(state), list.len());
        writeln!(out, "<li><a href=\"#{id}\">{title} <span>{number}</span></a></li>")?;
    }
    writeln!(out, "</ul></nav>\n<main id=\"main\">")?;
    if all().next().is_none() {
        writeln!(
            out,
            "<p class=\"lead\">Neither holds a finding. That alone is no proof of health.</p>"
        )?;
    }
    for (state, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        section(state, list, out)?;
    }
    writeln!(out, "<p class=\"lead none\" hidden>Nothing matches the filter.</p>")?;
    writeln!(out, "</main></div>")?;
    foot(concat!("kubetriage ", env!("CARGO_PKG_VERSION")), out)
}

/// Returns the anchor of a state.
fn id(state: &str) -> String {
    state.replace(' ', "-")
}

/// Returns the heading of a state.
fn title(state: &str) -> &'static str {
    match state {
        "new" => "New",
        "changed" => "Changed",
        "resolved" => "Resolved",
        "not comparable" => "Not comparable",
        _ => "Unchanged",
    }
}

/// Returns the color of a state; none for what is as it was.
fn color(state: &str) -> &'static str {
    match state {
        "new" => "error",
        "changed" => "warning",
        "resolved" => "healed",
        "not comparable" => "open",
        _ => "same",
    }
}

/// Writes the names of both sides, when they speak of, and the counts.
fn header(comparison: &Comparison, out: &mut dyn io::Write) -> io::Result<()> {
    let side = |side: &Side| {
        let time = side.last_time.as_ref().map(|time| format!(" ({time})")).unwrap_or_default();
        format!("{}{time}", side.inputs.join(", "))
    };
    let (before, after) = (side(&comparison.before), side(&comparison.after));
    writeln!(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>")?;
    writeln!(out, "<header class=\"top\"><p class=\"brand\">kubetriage diff</p>")?;
    writeln!(out, "<h1>{}</h1>", Safe(&comparison.after.inputs.join(", ")))?;
    writeln!(out, "<p class=\"about\">{} → {}</p>", Safe(&before), Safe(&after))?;
    writeln!(out, "<ul class=\"counts\">")?;
    for (state, list) in lists(comparison) {
        let color = if list.is_empty() { "same" } else { color(state) };
        write!(out, "<li class=\"{color}\"><b>{}</b> {state}</li>", list.len())?;
    }
    writeln!(out, "</ul></header>")
}

/// Writes the findings of one state.
fn section(state: &str, list: &[Compared], out: &mut dyn io::Write) -> io::Result<()> {
    let (id, title) = (id(state), title(state));
    writeln!(
        out,
        "<section id=\"{id}\" aria-labelledby=\"h-{id}\"><h2 id=\"h-{id}\">{title}</h2>"
    )?;
    for (index, one) in (1..).zip(list) {
        card(state, &format!("{id}-{index}"), one, out)?;
    }
    writeln!(out, "</section>")
}

/// Writes a finding: what it is, what became of it and why, and its steps.
fn card(state: &str, id: &str, one: &Compared, out: &mut dyn io::Write) -> io::Result<()> {
    let (weight, color) = (weight(one), color(state));
    // Only what is live in the later bundle has the color of its weight.
    let edge = if one.after.is_some() { weight } else { color };
    writeln!(
        out,
        "<article class=\"card finding {edge}\" id=\"{id}\" data-weights=\"{weight}\" \
         aria-labelledby=\"t-{id}\">"
    )?;
    write!(out, "<header><p class=\"badges\"><span class=\"badge {weight}\">{weight}</span> ")?;
    write!(out, "<code>{}</code> ", Safe(&one.rule))?;
    writeln!(out, "<span class=\"badge {color}\">{state}</span></p>")?;
    writeln!(out, "<h3 id=\"t-{id}\">{}</h3></header>", Safe(&one.title))?;
    writeln!(out, "<p class=\"cause\">{}</p>", Safe(&reason(one)))?;
    facts(one, out)?;
    steps(id, one, out)?;
    if !one.collect.is_empty() {
        copyable(&one.collect.join("\n"), "commands", out)?;
    }
    writeln!(out, "</article>")
}

/// Writes whom it concerns, how it changed and where it is written.
fn facts(one: &Compared, out: &mut dyn io::Write) -> io::Result<()> {
    let about = subject(&one.subject);
    write!(out, "<dl class=\"facts\"><dt>about</dt><dd>{}</dd>", Safe(&about))?;
    if let Some(change) = change(one) {
        write!(out, "<dt>change</dt><dd>{}</dd>", Safe(&change))?;
    }
    if let Some(place) = &one.place {
        let side = if one.after.is_some() { "in AFTER" } else { "in BEFORE" };
        write!(out, "<dt>{side}</dt><dd><code>{}</code></dd>", Safe(place))?;
    }
    writeln!(out, "</dl>")
}

/// Writes the steps that verify a fix; what ticks them is captured, so nobody can change them here.
fn steps(id: &str, one: &Compared, out: &mut dyn io::Write) -> io::Result<()> {
    if one.verify.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"verify\"><h4>Verify, ticked by the later bundle</h4>\n<ul>")?;
    for (index, step) in one.verify.iter().enumerate() {
        let step_id = format!("v-{id}-{index}");
        let checked = if step.done { " checked" } else { "" };
        write!(out, "<li><input type=\"checkbox\" id=\"{step_id}\" disabled{checked}>")?;
        write!(out, "<label for=\"{step_id}\">{} ", Safe(&step.text))?;
        writeln!(out, "<span class=\"meta\">{}</span></label></li>", Safe(&step.by))?;
    }
    writeln!(out, "</ul></section>")
}
