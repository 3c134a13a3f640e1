//! A comparison as SARIF: what became of each finding is its `baselineState`.
//!
//! | of the comparison | in SARIF |
//! |---|---|
//! | new | kind `fail`, state `new` |
//! | unchanged | kind `fail`, state `unchanged` |
//! | changed | kind `fail`, state `updated` |
//! | resolved | kind `pass`, state `absent`, suppressed with a justification for viewers that know no states |
//! | not comparable | kind `open`, no state: nobody can tell it |

use std::collections::HashMap;
use std::io;

use kubetriage_model::{Compared, Comparison, RuleReport};

use super::document::{DiffProperties, Id, Invocation, Log, Outcome, Properties, Run, Text};
use super::place::{Files, logical};
use super::{SCHEMA, accepted, driver, message, outcome};
use crate::comparison::{change, lists, reason, spot};
use crate::plain::{severity, verdict, visible};
use crate::printed;

/// How a comparison is written as SARIF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparisonSarifOptions {
    /// Folder of the captures of BEFORE, relative to the root of the repository; empty if they lie at the root.
    pub before: String,
    /// The same for AFTER.
    pub after: String,
    /// What the rules say in general; rules that are not among them are told by their id alone.
    pub rules: Vec<RuleReport>,
}

/// Writes a comparison as one SARIF log with one run.
///
/// # Errors
/// Those of `out`.
pub fn comparison_sarif(
    comparison: &Comparison,
    options: &ComparisonSarifOptions,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run(comparison, options)] };
    printed::document(&log, out)
}

fn run<'a>(
    comparison: &'a Comparison,
    options: &'a ComparisonSarifOptions,
) -> Run<'a, DiffProperties<'a>> {
    let version = env!("CARGO_PKG_VERSION");
    let ids = options.rules.iter().map(|rule| rule.id.as_str());
    let rules: HashMap<&str, usize> = ids.enumerate().map(|(index, id)| (id, index)).collect();
    let files = (Files::unnumbered(&options.before), Files::unnumbered(&options.after));
    let results = lists(comparison).into_iter().flat_map(|(state, list)| {
        let result =
            |one: &'a Compared| result(state, one, rules.get(one.rule.as_str()).copied(), &files);
        list.iter().map(result).collect::<Vec<_>>()
    });
    Run {
        tool: super::Tool { driver: driver(("kubetriage", version), &options.rules) },
        automation_details: Id { id: "kubetriage-diff/" },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: Vec::new(),
        }],
        artifacts: Vec::new(),
        results: results.collect(),
        column_kind: "unicodeCodePoints",
        properties: DiffProperties {
            before: &comparison.before.inputs,
            after: &comparison.after.inputs,
            new: comparison.new.len(),
            changed: comparison.changed.len(),
            resolved: comparison.resolved.len(),
            not_comparable: comparison.not_comparable.len(),
            unchanged: comparison.unchanged.len(),
        },
    }
}

/// Returns a finding in its state; its place is in AFTER where it is there, else in BEFORE.
fn result<'a>(
    state: &'static str,
    one: &'a Compared,
    rule: Option<usize>,
    (before, after): &(Files<'_>, Files<'_>),
) -> Outcome<'a> {
    let (kind, baseline) = match state {
        "new" => ("fail", Some("new")),
        "unchanged" => ("fail", Some("unchanged")),
        "changed" => ("fail", Some("updated")),
        "resolved" => ("pass", Some("absent")),
        _ => ("open", None),
    };
    let told = one.after.or(one.before);
    let files = if one.after.is_some() { after } else { before };
    let place = spot(one).map(|(path, line)| files.file(path, Some(line)));
    let mut locations: Vec<_> = place.into_iter().collect();
    for location in &mut locations {
        location.logical = logical(&one.subject);
    }
    let level = told.map_or("error", |told| severity(told.severity));
    let settled = (state == "resolved").then(|| accepted(&one.why));
    let step = |step: &kubetriage_model::Step| {
        let tick = if step.done { 'x' } else { ' ' };
        visible(&format!("[{tick}] {} ({})", step.text, step.by))
    };
    Outcome {
        kind,
        level: if kind == "fail" { level } else { "none" },
        message: Text { text: message(&format!("{}. {}", one.title, reason(one))) },
        locations,
        occurrence_count: told.map(|told| told.count.max(1)),
        baseline_state: baseline,
        suppressions: settled.into_iter().collect(),
        properties: Properties {
            verdict: told.map(|told| verdict(told.verdict)),
            collect: &one.collect,
            state: Some(state),
            change: change(one),
            verify: one.verify.iter().map(step).collect(),
            ..Properties::default()
        },
        ..outcome((&one.rule, rule), &one.id)
    }
}
