//! The machine form `kubetriage.diff/1`: a promise with a published schema.

use std::io;

use kubetriage_model as model;
use schemars::JsonSchema;
use serde::Serialize;

use crate::plain::{severity, verdict};
use crate::printed;

/// Name and version of the form.
const SCHEMA: &str = "kubetriage.diff/1";

/// Two reports side by side. Readers shall accept fields they do not know.
#[derive(Debug, Serialize, JsonSchema)]
struct Document<'a> {
    /// Always `kubetriage.diff/1`.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The earlier report.
    before: Side<'a>,
    /// The later report.
    after: Side<'a>,
    /// Lengths of the lists.
    summary: Summary,
    /// Live in AFTER and not there before, or healed before.
    new: Vec<Compared<'a>>,
    /// Live in both with another verdict or severity.
    changed: Vec<Compared<'a>>,
    /// Live before, and AFTER shows that it is so no more.
    resolved: Vec<Compared<'a>>,
    /// Live before; AFTER lacks what it was read from.
    not_comparable: Vec<Compared<'a>>,
    /// Live in both, just so.
    unchanged: Vec<Compared<'a>>,
}

/// One of the two reports.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Side<'a> {
    /// What the user had named.
    inputs: &'a [String],
    /// Latest time in the bundle (RFC 3339).
    last_time: Option<&'a str>,
}

/// Lengths of the lists.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary {
    /// Of `new`.
    new: usize,
    /// Of `changed`.
    changed: usize,
    /// Of `resolved`.
    resolved: usize,
    /// Of `not_comparable`.
    not_comparable: usize,
    /// Of `unchanged`.
    unchanged: usize,
}

/// One finding in both reports.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Compared<'a> {
    /// Stable fingerprint, of AFTER where it is there, else of BEFORE.
    id: &'a str,
    /// Rule id.
    rule: &'a str,
    /// Title.
    title: &'a str,
    /// What it is about.
    subject: Subject<'a>,
    /// State in BEFORE; null where it was not there.
    before: Option<State>,
    /// State in AFTER; null where it is not there.
    after: Option<State>,
    /// First place, `path:line`, in AFTER where it is there, else in BEFORE.
    place: Option<&'a str>,
    /// Why it is in this list.
    why: &'a str,
    /// What AFTER lacks.
    missing: Vec<Missing<'a>>,
    /// The steps that verify a fix, ticked by what AFTER holds; of resolved findings only.
    verify: Vec<Step<'a>>,
    /// Read-only commands that would make it comparable.
    collect: &'a [String],
}

/// An object; every part may be unknown.
#[derive(Debug, Serialize, JsonSchema)]
struct Subject<'a> {
    /// Kind.
    kind: Option<&'a str>,
    /// Namespace.
    namespace: Option<&'a str>,
    /// Name.
    name: Option<&'a str>,
}

/// What a report says of a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct State {
    /// `confirmed`, `likely` or `healed`.
    verdict: &'static str,
    /// `error`, `warning` or `note`.
    severity: &'static str,
    /// How many statements carry it.
    count: u64,
}

/// A source that AFTER lacks.
#[derive(Debug, Serialize, JsonSchema)]
struct Missing<'a> {
    /// Event kind (`kube_event`); empty where BEFORE does not tell.
    kind: &'a str,
    /// Namespace that would have to be captured.
    namespace: Option<&'a str>,
    /// Where it was read in BEFORE, `path:line`.
    place: &'a str,
}

/// One step that verifies a fix.
#[derive(Debug, Serialize, JsonSchema)]
struct Step<'a> {
    /// The step.
    text: &'a str,
    /// True when AFTER holds what the step looks at, and the fault is not in it.
    done: bool,
    /// What of AFTER ticks it, or what is missing.
    by: &'a str,
}

/// Writes a comparison as one JSON document, indented, with a line end.
///
/// # Errors
/// Those of `out`.
pub fn comparison_json(comparison: &model::Comparison, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document::from(comparison);
    printed::document(&document, out)
}

/// Returns the JSON Schema (2020-12) of what [`comparison_json`] writes.
pub fn comparison_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Document<'_>);
    schema.insert("$id".to_owned(), SCHEMA.into());
    schema.insert("title".to_owned(), "kubetriage diff, version 1".into());
    schema.to_value()
}

impl<'a> From<&'a model::Comparison> for Document<'a> {
    fn from(comparison: &'a model::Comparison) -> Self {
        let each =
            |list: &'a [model::Compared]| list.iter().map(Compared::from).collect::<Vec<_>>();
        Self {
            schema: SCHEMA,
            before: (&comparison.before).into(),
            after: (&comparison.after).into(),
            summary: comparison.into(),
            new: each(&comparison.new),
            changed: each(&comparison.changed),
            resolved: each(&comparison.resolved),
            not_comparable: each(&comparison.not_comparable),
            unchanged: each(&comparison.unchanged),
        }
    }
}

impl<'a> From<&'a model::Side> for Side<'a> {
    fn from(side: &'a model::Side) -> Self {
        Self { inputs: &side.inputs, last_time: side.last_time.as_deref() }
    }
}

impl From<&model::Comparison> for Summary {
    fn from(comparison: &model::Comparison) -> Self {
        Self {
            new: comparison.new.len(),
            changed: comparison.changed.len(),
            resolved: comparison.resolved.len(),
            not_comparable: comparison.not_comparable.len(),
            unchanged: comparison.unchanged.len(),
        }
    }
}

impl<'a> From<&'a model::Compared> for Compared<'a> {
    fn from(one: &'a model::Compared) -> Self {
        let state = |state: model::State| State {
            verdict: verdict(state.verdict),
            severity: severity(state.severity),
            count: state.count,
        };
        let missing = |source: &'a model::MissingSource| Missing {
            kind: &source.kind,
            namespace: source.namespace.as_deref(),
            place: &source.place,
        };
        let step = |step: &'a model::Step| Step { text: &step.text, done: step.done, by: &step.by };
        Self {
            id: &one.id,
            rule: &one.rule,
            title: &one.title,
            subject: Subject {
                kind: one.subject.kind.as_deref(),
                namespace: one.subject.namespace.as_deref(),
                name: one.subject.name.as_deref(),
            },
            before: one.before.map(state),
            after: one.after.map(state),
            place: one.place.as_deref(),
            why: &one.why,
            missing: one.missing.iter().map(missing).collect(),
            verify: one.verify.iter().map(step).collect(),
            collect: &one.collect,
        }
    }
}
