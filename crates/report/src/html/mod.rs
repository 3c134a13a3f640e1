//! The report as one HTML file: no network, nothing beside it, readable without scripts and on paper.
//!
//! Everything captured is escaped, and a content security policy lets nothing run or load but the style and
//! the script of this page, named by their hashes. Colors follow the reader's light or dark setting.
//!
//! The script only adds comfort: filters by weight and by text, copy buttons, all details opened for print.

mod comparison;
mod evidence;
mod finding;
mod policy;
mod rest;
mod safe;
mod timeline;

use std::io;

use kubetriage_model::{Report, Severity};

pub use self::comparison::comparison_html;
use self::safe::Safe;
use crate::plain::{Counted, counts, number, severity};
use crate::tree::{Root, roots};

/// Style of the page; its bytes are hashed into the policy.
const STYLE: &str = include_str!("style.css");

/// Script of the page; its bytes are hashed into the policy.
const SCRIPT: &str = include_str!("script.js");

/// Writes `report` as one page.
///
/// # Errors
/// Those of `out`.
pub fn html(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let roots = roots(&report.findings);
    head(&name(report), out)?;
    header(report, out)?;
    writeln!(out, "<div class=\"page\">")?;
    contents(report, &roots, out)?;
    writeln!(out, "<main id=\"main\">")?;
    findings(report, &roots, out)?;
    timeline::timeline(report, out)?;
    rest::not_assessed(&report.not_assessed, out)?;
    rest::unexplained(&report.unexplained, out)?;
    rest::healed(&report.findings, out)?;
    rest::suppressed(&report.suppressed, out)?;
    rest::coverage(report, out)?;
    writeln!(out, "</main></div>")?;
    foot(&format!("{} {}", report.tool.name, report.tool.version), out)
}

/// Writes what closes the page: the program that wrote it, and the script.
fn foot(tool: &str, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<footer><p>Written by {}. Secrets in captured text are masked.</p></footer>",
        Safe(tool)
    )?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

/// Returns the name of the bundle.
fn name(report: &Report) -> String {
    let inputs = report.bundle.inputs.join(", ");
    if inputs.is_empty() { "bundle".to_owned() } else { inputs }
}

/// Writes what comes before anything is seen.
fn head(name: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let policy = policy::policy(STYLE, SCRIPT);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">")?;
    writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
    writeln!(out, "<title>{} - kubetriage</title>", Safe(name))?;
    writeln!(out, "<style>{STYLE}</style>\n</head>")
}

/// Writes the name of the bundle, when it speaks of, and the counts.
fn header(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let bundle = &report.bundle;
    writeln!(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the findings</a>")?;
    writeln!(
        out,
        "<header class=\"top\"><p class=\"brand\">kubetriage</p>\n<h1>{}</h1>",
        Safe(&name(report))
    )?;
    let mut about = bundle.layouts.clone();
    match (&bundle.first_time, &bundle.last_time) {
        (Some(first), Some(last)) if first != last => about.push(format!("{first} to {last}")),
        (Some(time), _) | (None, Some(time)) => about.push(time.clone()),
        (None, None) => {}
    }
    if bundle.scrubbed {
        about.push("values were replaced by a cleaner".to_owned());
    }
    writeln!(out, "<p class=\"about\">{}</p>\n<ul class=\"counts\">", Safe(&about.join(" · ")))?;
    for (number, text, about) in counts(report) {
        if number > 0 {
            let (figure, words) = text.split_once(' ').unwrap_or(("", &text));
            let figure =
                if figure.starts_with(|c: char| c.is_ascii_digit()) { figure } else { "0" };
            let words = if figure == "0" { "findings" } else { words };
            write!(out, "<li class=\"{}\"><b>{figure}</b> {}</li>", class(about), Safe(words))?;
        }
    }
    writeln!(out, "</ul></header>")
}

/// Returns the class of a count.
fn class(about: Counted) -> &'static str {
    match about {
        Counted::Live(weight) => severity(weight),
        Counted::Nothing | Counted::Well => "healed",
        Counted::Open => "open",
        Counted::Tolerated => "tolerated",
    }
}

/// Writes the filters and the list of what the page holds.
fn contents(report: &Report, roots: &[Root<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    let weights = [Severity::Error, Severity::Warning, Severity::Note];
    let listed = |weight: &Severity| report.findings.iter().any(|one| one.severity == *weight);
    let mut words: Vec<_> = weights.into_iter().filter(listed).map(severity).collect();
    if !report.not_assessed.is_empty() {
        words.push("open");
    }
    writeln!(out, "<nav aria-label=\"Contents\">")?;
    filter(&words, out)?;
    writeln!(out, "<ol class=\"causes\">")?;
    for (index, root) in (1..).zip(roots) {
        let weight = severity(root.finding.severity);
        let title = Safe(&root.finding.title);
        writeln!(
            out,
            "<li><a href=\"#f{index}\"><span class=\"dot {weight}\"></span>{title}</a></li>"
        )?;
    }
    writeln!(out, "</ol>\n<ul class=\"parts\">")?;
    let times =
        report.findings.iter().any(|one| one.first_seen.is_some() || one.last_seen.is_some());
    let healed = report.summary.healed;
    let parts = [
        ("timeline", "Timeline", u64::from(times), false),
        ("open", "Not assessed", number(report.not_assessed.len()), true),
        ("unexplained", "Unexplained", number(report.unexplained.len()), true),
        ("healed", "Healed", healed, true),
        ("suppressed", "Suppressed", number(report.suppressed.len()), true),
        ("read", "What was read", number(report.artifacts.len()).max(1), false),
    ];
    for (id, title, number, counted) in parts.into_iter().filter(|part| part.2 > 0) {
        let figure = if counted { format!(" <span>{number}</span>") } else { String::new() };
        writeln!(out, "<li><a href=\"#{id}\">{title}{figure}</a></li>")?;
    }
    writeln!(out, "</ul></nav>")
}

/// Writes the search and the boxes of the weights that there are; nothing is to be chosen of one alone.
fn filter(words: &[&str], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<form id=\"filter\" role=\"search\" hidden><label for=\"text\">Search</label>")?;
    writeln!(
        out,
        "<input type=\"search\" id=\"text\" placeholder=\"pod, rule, message   /\" autocomplete=\"off\">"
    )?;
    writeln!(out, "<fieldset><legend class=\"away\">Weights</legend>")?;
    let alone = if words.len() < 2 { " hidden" } else { "" };
    for word in words {
        write!(
            out,
            "<label class=\"weight\"{alone}><input type=\"checkbox\" value=\"{word}\" checked> {word}</label>"
        )?;
    }
    writeln!(out, "</fieldset><p id=\"shown\" role=\"status\"></p></form>")
}

/// Writes the root causes.
fn findings(report: &Report, roots: &[Root<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<section id=\"findings\" aria-labelledby=\"h-findings\"><h2 id=\"h-findings\">Findings</h2>"
    )?;
    if roots.is_empty() {
        let understood = report.artifacts.iter().any(|artifact| artifact.used > 0);
        let told = if understood {
            "No rule fired. That alone is no proof of health: see what was not assessed and what was read."
        } else {
            "Nothing was recognized in what was read."
        };
        writeln!(out, "<p class=\"lead\">{told}</p>")?;
    }
    let known: &[String] = report.baseline.as_ref().map_or(&[], |baseline| &baseline.known);
    for (index, root) in (1..).zip(roots) {
        finding::card(index, root, known.contains(&root.finding.id), out)?;
    }
    let left_out: u64 = report.summary.left_out.values().sum();
    if left_out > 0 {
        writeln!(out, "<p class=\"lead\">{left_out} of the findings are not listed.</p>")?;
    }
    writeln!(out, "<p class=\"lead none\" hidden>Nothing matches the filter.</p></section>")
}
