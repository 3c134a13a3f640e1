//! A comparison as JUnit XML: a suite per state, a case per finding.
//!
//! What is new and weighs enough is a failure, as it is for the exit status. What was known before passes, as
//! what a baseline knows does, and is told in `system-out`; what was resolved passes with its steps, and what is
//! not comparable is skipped with what is missing.

use std::io;

use kubetriage_model::{Compared, Comparison, Severity};

use super::{change, lists, reason, ticked, weight};
use crate::junit::JunitOptions;
use crate::junit::xml::{open, text};
use crate::plain::subject;

/// What is said of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// New, and it weighs enough.
    Failure,
    /// Not comparable.
    Skipped,
    /// Anything else.
    Passed,
}

/// Writes a comparison as one file of test suites; states without findings have none.
///
/// # Errors
/// Those of `out`.
pub fn comparison_junit(
    comparison: &Comparison,
    options: &JunitOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let suites = lists(comparison).map(|(state, list)| {
        let cases: Vec<_> =
            list.iter().map(|one| (said(state, one, options.fail_from), one)).collect();
        (state, cases)
    });
    let all: Vec<Said> = suites.iter().flat_map(|(_, list)| list).map(|(said, _)| *said).collect();
    let inputs = |inputs: &[String]| inputs.join(", ");
    let (before, after) = (inputs(&comparison.before.inputs), inputs(&comparison.after.inputs));
    let name = format!("kubetriage diff {before} -> {after}");
    let (tests, failures) = (all.len().to_string(), number(&all, Said::Failure));
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let totals = [("name", name.as_str()), ("tests", &tests), ("failures", &failures)];
    open(&mut file, "testsuites", &[&totals[..], &[("errors", "0")]].concat());
    file.push_str(">\n");
    for (state, cases) in suites.iter().filter(|(_, cases)| !cases.is_empty()) {
        suite(&mut file, comparison.after.last_time.as_deref(), state, cases);
    }
    file.push_str("</testsuites>\n");
    out.write_all(file.as_bytes())
}

/// Returns what is said of a finding in a state.
fn said(state: &str, one: &Compared, fail_from: Severity) -> Said {
    match (state, one.after) {
        ("new", Some(after)) if after.severity <= fail_from => Said::Failure,
        ("not comparable", _) => Said::Skipped,
        _ => Said::Passed,
    }
}

fn number(all: &[Said], wanted: Said) -> String {
    all.iter().filter(|said| **said == wanted).count().to_string()
}

/// Appends the suite of one state.
fn suite(file: &mut String, time: Option<&str>, state: &str, cases: &[(Said, &Compared)]) {
    let all: Vec<Said> = cases.iter().map(|(said, _)| *said).collect();
    let (tests, failures) = (all.len().to_string(), number(&all, Said::Failure));
    let skipped = number(&all, Said::Skipped);
    let mut attributes = vec![
        ("name", state),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", "0"),
        ("skipped", &skipped),
        ("time", "0"),
    ];
    if let Some(time) = time {
        attributes.push(("timestamp", time));
    }
    open(file, "testsuite", &attributes);
    file.push_str(">\n");
    for (said, one) in cases {
        case(file, state, *said, one);
    }
    file.push_str("</testsuite>\n");
}

/// Appends one finding; its id keeps its name apart from that of others of the rule.
fn case(file: &mut String, state: &str, said: Said, one: &Compared) {
    let area = one.rule.split('/').next().unwrap_or_default();
    let class = format!("kubetriage.{area}");
    let name = format!("{} {} ({})", one.rule, subject(&one.subject), one.id);
    open(file, "testcase", &[("classname", &class), ("name", &name), ("time", "0")]);
    file.push_str(">\n");
    let body = body(one);
    match said {
        Said::Failure => {
            let attributes = [("message", one.title.as_str()), ("type", weight(one))];
            text(file, "failure", &attributes, &body);
        }
        Said::Skipped => text(file, "skipped", &[("message", &reason(one))], &body),
        Said::Passed => {
            let word = if state == "unchanged" { "known" } else { state };
            text(file, "system-out", &[], &format!("{word}, {}: {body}", weight(one)));
        }
    }
    file.push_str("</testcase>\n");
}

/// Returns a finding as lines of text.
fn body(one: &Compared) -> String {
    let mut lines = vec![one.title.clone()];
    lines.extend(change(one));
    lines.push(reason(one));
    lines.extend(one.place.clone());
    lines.extend(ticked(one).map(|step| format!("verify: {step}")));
    lines.extend(one.collect.iter().map(|command| format!("settle it with: {command}")));
    lines.join("\n")
}
