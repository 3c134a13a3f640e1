//! A finding as a card: what it is, why, where it is written, what it explains, what to do.

use std::collections::HashSet;
use std::io;

use kubetriage_model::{Finding, Fix, Severity};

use super::evidence;
use super::safe::{Lines, Link, Safe};
use crate::plain::{confidence, count, number, objects, place, seen, severity, subject, verdict};
use crate::tree::Root;

/// Places shown of one finding before the others have to be opened.
const SHOWN: usize = 3;

/// Writes a root cause with its symptoms, under its number.
pub(super) fn card(
    index: usize,
    root: &Root<'_>,
    known: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let finding = root.finding;
    let all = std::iter::once(finding).chain(root.symptoms.iter().map(|(_, symptom)| *symptom));
    let mut weights: Vec<Severity> = all.map(|one| one.severity).collect();
    weights.sort_unstable();
    weights.dedup();
    let weights: Vec<_> = weights.into_iter().map(severity).collect();
    let (weight, weights) = (severity(finding.severity), weights.join(" "));
    writeln!(
        out,
        "<article class=\"card finding {weight}\" id=\"f{index}\" data-weights=\"{weights}\" \
         aria-labelledby=\"t{index}\">"
    )?;
    writeln!(out, "<header>{}", badges(finding, known))?;
    writeln!(out, "<h3 id=\"t{index}\">{}</h3></header>", Safe(&finding.title))?;
    body(finding, out)?;
    symptoms(root, out)?;
    advice(index, finding, out)?;
    writeln!(out, "</article>")
}

/// Returns weight, rule, verdict and confidence as small labels.
fn badges(finding: &Finding, known: bool) -> String {
    let (weight, sure) = (severity(finding.severity), confidence(finding.confidence));
    let (rule, verdict) = (Safe(&finding.rule), verdict(finding.verdict));
    let known = if known { " <span class=\"tag\">known</span>" } else { "" };
    format!(
        "<p class=\"badges\"><span class=\"badge {weight}\">{weight}</span> <code>{rule}</code> \
         <span class=\"tag\">{verdict}</span> <span class=\"tag\">{sure} confidence</span>{known}</p>"
    )
}

/// Writes cause, whom it concerns, when it was seen, and the evidence.
fn body(finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    if !finding.cause.is_empty() {
        writeln!(out, "<p class=\"cause\">{}</p>", Safe(&finding.cause))?;
    }
    let (objects, seen) = (objects(finding), seen(finding));
    if !objects.is_empty() || !seen.is_empty() {
        write!(out, "<dl class=\"facts\">")?;
        if !objects.is_empty() {
            write!(out, "<dt>affects</dt><dd><ul class=\"chips\">")?;
            for object in objects {
                write!(out, "<li>{}</li>", Safe(&subject(object)))?;
            }
            write!(out, "</ul></dd>")?;
        }
        if !seen.is_empty() {
            write!(out, "<dt>seen</dt><dd>{}</dd>", Safe(&seen))?;
        }
        writeln!(out, "</dl>")?;
    }
    // The first place of each sign in each file tells most; more of the same can be opened.
    let mut told = HashSet::new();
    let (first, more): (Vec<_>, Vec<_>) = finding.evidence.iter().partition(|one| {
        told.insert((one.artifact.as_str(), one.signal.as_str())) && told.len() <= SHOWN
    });
    first.into_iter().try_for_each(|one| evidence::figure(one, out))?;
    if !more.is_empty() {
        let these = count(number(more.len()), "further place");
        writeln!(out, "<details class=\"more\"><summary>{these}</summary>")?;
        more.into_iter().try_for_each(|one| evidence::figure(one, out))?;
        writeln!(out, "</details>")?;
    }
    Ok(())
}

/// Writes the tree of symptoms; each opens to its own evidence.
fn symptoms(root: &Root<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    if root.symptoms.is_empty() {
        return Ok(());
    }
    let these = count(number(root.symptoms.len()), "further finding");
    writeln!(out, "<section class=\"explains\"><h4>Explains {these}</h4>\n<ul class=\"tree\">")?;
    let mut depth = 1;
    for (index, (level, symptom)) in root.symptoms.iter().enumerate() {
        if *level > depth {
            write!(out, "<ul>")?;
        } else if index > 0 {
            write!(out, "</li>")?;
        }
        for _ in *level..depth {
            write!(out, "</ul></li>")?;
        }
        depth = *level;
        write!(out, "<li>")?;
        self::symptom(symptom, out)?;
    }
    for _ in 1..depth {
        write!(out, "</li></ul>")?;
    }
    writeln!(out, "</li></ul></section>")
}

/// Writes one symptom: a line that opens.
fn symptom(symptom: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    let (weight, rule) = (severity(symptom.severity), Safe(&symptom.rule));
    let times = if symptom.count > 1 { format!(" ×{}", symptom.count) } else { String::new() };
    let at = symptom.evidence.first().map(place).unwrap_or_default();
    write!(out, "<details><summary><span class=\"badge {weight}\">{weight}</span> ")?;
    write!(out, "<span class=\"name\">{}</span>{times} ", Safe(&symptom.title))?;
    write!(out, "<span class=\"meta\"><code>{rule}</code> <code>{}</code></span>", Safe(&at))?;
    writeln!(out, "</summary>")?;
    body(symptom, out)?;
    for (index, fix) in symptom.fixes.iter().enumerate() {
        remedy(index, fix, out)?;
    }
    writeln!(out, "</details>")
}

/// Writes what to do, how to verify it, and where to read on.
fn advice(index: usize, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
    for (number, fix) in finding.fixes.iter().enumerate() {
        remedy(number, fix, out)?;
    }
    if !finding.verify.is_empty() {
        writeln!(out, "<section class=\"verify\"><h4>Verify</h4>\n<ul>")?;
        for (number, step) in finding.verify.iter().enumerate() {
            let id = format!("v{index}-{number}");
            write!(out, "<li><input type=\"checkbox\" id=\"{id}\">")?;
            writeln!(out, "<label for=\"{id}\">{}</label></li>", Safe(step))?;
        }
        writeln!(out, "</ul></section>")?;
    }
    if !finding.docs.is_empty() {
        writeln!(out, "<section class=\"docs\"><h4>Read on</h4>\n<ul>")?;
        for address in &finding.docs {
            writeln!(out, "<li>{}</li>", Link(address))?;
        }
        writeln!(out, "</ul></section>")?;
    }
    Ok(())
}

/// Writes one way to mend the cause: the first open, the others to be opened.
fn remedy(index: usize, fix: &Fix, out: &mut dyn io::Write) -> io::Result<()> {
    let open = if index == 0 { " open" } else { "" };
    let recommended =
        if fix.recommended { " <span class=\"tag good\">recommended</span>" } else { "" };
    let title = Safe(&fix.title);
    writeln!(out, "<details class=\"fix\"{open}><summary>Fix: {title}{recommended}</summary>")?;
    if !fix.steps.is_empty() {
        writeln!(out, "<ol>")?;
        for step in &fix.steps {
            writeln!(out, "<li>{}</li>", Safe(step))?;
        }
        writeln!(out, "</ol>")?;
    }
    if !fix.commands.is_empty() {
        copyable(&fix.commands.join("\n"), "commands", out)?;
    }
    if let Some(manifest) = &fix.manifest {
        copyable(manifest, "manifest", out)?;
    }
    writeln!(out, "</details>")
}

/// Writes text to copy, with a button that does it where scripts run.
pub(super) fn copyable(text: &str, what: &str, out: &mut dyn io::Write) -> io::Result<()> {
    write!(
        out,
        "<div class=\"copyable\" data-what=\"{what}\"><pre tabindex=\"0\" aria-label=\"{what}\">"
    )?;
    write!(out, "<code>{}</code></pre>", Lines(text))?;
    writeln!(
        out,
        "<button type=\"button\" class=\"copy\" hidden>Copy<span class=\"away\"> {what}</span></button></div>"
    )
}
