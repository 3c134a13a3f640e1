//! JUnit XML, the form that test views of CI servers read (the schema of Jenkins, which GitLab, Azure
//! Pipelines and others follow).
//!
//! A suite per area, a case per rule: findings are a failure with their evidence, an open question is skipped
//! with what is missing, a clear rule passes. What weighs less than a failure, what has healed, and what a
//! baseline knows, passes and is told in `system-out`. Unexplained objects are a suite of their own, skipped. Nothing takes any time.

pub(crate) mod xml;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

use kubetriage_model::{
    Evidence, Finding, NotAssessed, Report, Severity, Subject, Suppressed, Unexplained,
};

use self::xml::{open, text};
use crate::plain::{
    count, coverage, is_live, label, missing, number, objects, place, severity, subject, totals,
};

/// What fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JunitOptions {
    /// Least weight of a failure; lighter findings pass and are told in the output of the case.
    pub fail_from: Severity,
}

impl Default for JunitOptions {
    fn default() -> Self {
        Self { fail_from: Severity::Error }
    }
}

/// Writes `report` as one file of test suites.
///
/// # Errors
/// Those of `out`.
pub fn junit(report: &Report, options: &JunitOptions, out: &mut dyn io::Write) -> io::Result<()> {
    let suites = suites(report, options);
    let all: Vec<&Case<'_>> = suites.values().flat_map(BTreeMap::values).collect();
    let (tests, failures, _) = tally(&all);
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let name = format!("kubetriage {}", report.bundle.inputs.join(", "));
    let totals_of_all = [("name", name.as_str()), ("tests", &tests), ("failures", &failures)];
    open(&mut file, "testsuites", &[&totals_of_all[..], &[("errors", "0")]].concat());
    file.push_str(">\n");
    for (area, cases) in &suites {
        suite(&mut file, report, area, cases);
    }
    file.push_str("</testsuites>\n");
    out.write_all(file.as_bytes())
}

/// Areas to names of cases to cases, sorted.
type Suites<'a> = BTreeMap<&'a str, BTreeMap<String, Case<'a>>>;

/// What is said of one rule, or of one unexplained object.
#[derive(Default)]
struct Case<'a> {
    failing: Vec<&'a Finding>,
    passing: Vec<&'a Finding>,
    tolerated: Vec<&'a Suppressed>,
    open: Option<&'a NotAssessed>,
    unexplained: Option<&'a Unexplained>,
}

impl Case<'_> {
    fn fails(&self) -> bool {
        !self.failing.is_empty()
    }

    fn is_skipped(&self) -> bool {
        !self.fails() && (self.open.is_some() || self.unexplained.is_some())
    }
}

/// Gathers what is said of each rule.
fn suites<'a>(report: &'a Report, options: &JunitOptions) -> Suites<'a> {
    let mut suites = Suites::new();
    for finding in &report.findings {
        let known = report.baseline.as_ref().is_some_and(|one| one.known.contains(&finding.id));
        let fails = is_live(finding.verdict) && !known && finding.severity <= options.fail_from;
        let case = case(&mut suites, &finding.rule);
        if fails { &mut case.failing } else { &mut case.passing }.push(finding);
    }
    for one in &report.suppressed {
        case(&mut suites, &one.finding.rule).tolerated.push(one);
    }
    for question in &report.not_assessed {
        case(&mut suites, &question.rule).open = Some(question);
    }
    for rule in &report.clear {
        case(&mut suites, rule);
    }
    for object in &report.unexplained {
        let name = subject(&object.subject);
        let cases = suites.entry("unexplained").or_default();
        cases.entry(name).or_default().unexplained = Some(object);
    }
    suites
}

/// Returns the case of a rule, a new one if nothing was said of it yet.
fn case<'c, 'a>(suites: &'c mut Suites<'a>, rule: &'a str) -> &'c mut Case<'a> {
    let area = rule.split('/').next().unwrap_or_default();
    suites.entry(area).or_default().entry(rule.to_owned()).or_default()
}

/// Returns the number of cases, of failures and of skipped ones, as text.
fn tally(cases: &[&Case<'_>]) -> (String, String, String) {
    let failures = cases.iter().filter(|case| case.fails()).count();
    let skipped = cases.iter().filter(|case| case.is_skipped()).count();
    (cases.len().to_string(), failures.to_string(), skipped.to_string())
}

/// Appends the suite of one area.
fn suite(file: &mut String, report: &Report, area: &str, cases: &BTreeMap<String, Case<'_>>) {
    let all: Vec<_> = cases.values().collect();
    let (tests, failures, skipped) = tally(&all);
    let mut attributes = vec![
        ("name", area),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", "0"),
        ("skipped", &skipped),
        ("time", "0"),
    ];
    if let Some(time) = &report.bundle.last_time {
        attributes.push(("timestamp", time));
    }
    open(file, "testsuite", &attributes);
    file.push_str(">\n<properties>\n");
    for (name, value) in [("totals", totals(report)), ("read", coverage(report))] {
        open(file, "property", &[("name", name), ("value", &value)]);
        file.push_str("/>\n");
    }
    file.push_str("</properties>\n");
    for (name, case) in cases {
        write_case(file, area, name, case);
    }
    file.push_str("</testsuite>\n");
}

/// Appends one case with what is said of it.
fn write_case(file: &mut String, area: &str, name: &str, case: &Case<'_>) {
    let class = format!("kubetriage.{area}");
    open(file, "testcase", &[("classname", &class), ("name", name), ("time", "0")]);
    let told = told(case);
    if !case.fails() && !case.is_skipped() && told.is_empty() {
        file.push_str("/>\n");
        return;
    }
    file.push_str(">\n");
    if case.fails() {
        failure(file, &case.failing);
    } else if let Some(question) = case.open {
        skipped(file, question);
    } else if let Some(object) = case.unexplained {
        let evidence: Vec<_> = object.evidence.iter().map(cited).collect();
        text(file, "skipped", &[("message", &object.what)], &evidence.join("\n"));
    }
    if !told.is_empty() {
        text(file, "system-out", &[], &told);
    }
    file.push_str("</testcase>\n");
}

/// Appends the failure of a rule: its findings with cause, evidence and fix.
fn failure(file: &mut String, findings: &[&Finding]) {
    let (Some(first), more) = (findings.first(), findings.len().saturating_sub(1)) else { return };
    let mut message = first.title.clone();
    if more > 0 {
        // Writing to a string cannot fail, here and below.
        let _ = write!(message, " (and {})", count(number(more), "further finding"));
    }
    let worst = findings.iter().map(|finding| finding.severity).min();
    let kind = worst.map_or("error", severity);
    let body: Vec<_> = findings.iter().map(|finding| body(finding)).collect();
    text(file, "failure", &[("message", &message), ("type", kind)], &body.join("\n\n"));
}

/// Returns a finding as lines of text.
fn body(finding: &Finding) -> String {
    let mut lines = vec![finding.title.clone()];
    if !finding.cause.is_empty() {
        lines.push(finding.cause.clone());
    }
    let about: Vec<&Subject> = objects(finding);
    if !about.is_empty() {
        let names: Vec<_> = about.into_iter().map(subject).collect();
        lines.push(format!("affects: {}", names.join(", ")));
    }
    lines.extend(finding.evidence.iter().map(cited));
    if let Some(fix) = finding.fixes.first() {
        lines.push(format!("fix: {}", fix.title));
        lines.extend(fix.steps.iter().map(|step| format!("- {step}")));
        lines.extend(fix.commands.iter().map(|command| format!("$ {command}")));
    }
    lines.extend(finding.verify.iter().map(|step| format!("verify: {step}")));
    lines.join("\n")
}

/// Returns where a sign stands and its line.
fn cited(evidence: &Evidence) -> String {
    let line = evidence.excerpt.lines().next().unwrap_or_default();
    format!("{}: {} [{}]", place(evidence), line.trim(), label(evidence))
}

/// Appends what is missing for an answer and how to get it.
fn skipped(file: &mut String, question: &NotAssessed) {
    let message = format!("not assessed, missing: {}", missing(question));
    let mut lines = vec![question.title.clone()];
    lines.extend(question.found.iter().map(cited));
    lines.extend(question.collect.iter().map(|command| format!("settle it with: {command}")));
    text(file, "skipped", &[("message", &message)], &lines.join("\n"));
}

/// Returns what a case tells although it does not fail for it.
fn told(case: &Case<'_>) -> String {
    let mut lines = Vec::new();
    for finding in &case.passing {
        let live = is_live(finding.verdict);
        let word = if live { severity(finding.severity) } else { "healed" };
        lines.push(format!("{word}: {}", body(finding)));
    }
    for one in &case.tolerated {
        lines.push(format!("suppressed ({}): {}", one.reason, one.finding.title));
    }
    lines.join("\n\n")
}
