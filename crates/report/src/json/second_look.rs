//! The part of the JSON report that a second look adds: suppressions and the baseline.

use kubetriage_model as model;
use schemars::JsonSchema;
use serde::Serialize;

use super::document::Finding;

/// A finding that a suppression took out of the list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Suppressed<'a> {
    /// The finding, as it would have been listed.
    finding: Finding<'a>,
    /// Why it is tolerated.
    reason: &'a str,
    /// Last day of the suppression (`2026-12-31`).
    until: Option<&'a str>,
    /// The entry, `file:line`.
    entry: &'a str,
}

/// What became of one entry of a suppression file.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Suppression<'a> {
    /// The entry, `file:line`.
    entry: &'a str,
    /// Rule, or glob of rules.
    rule: &'a str,
    /// Why.
    reason: &'a str,
    /// Last day (`2026-12-31`).
    until: Option<&'a str>,
    /// Whether it worked.
    state: State,
    /// Findings that it took out of the list; of an expired entry those that it would have.
    count: u64,
}

/// Whether an entry worked.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It took findings out of the list.
    Applied,
    /// No finding is meant by it.
    Unused,
    /// Its last day is over; its findings are listed again.
    Expired,
}

/// The comparison with an earlier report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Baseline<'a> {
    /// The earlier report, as named by the user.
    source: &'a str,
    /// Ids of live findings that were live then too.
    known: &'a [String],
    /// Findings that were live then and are not now.
    gone: Vec<Gone<'a>>,
}

/// A finding of the earlier report that is not live any more.
#[derive(Debug, Serialize, JsonSchema)]
struct Gone<'a> {
    /// Id.
    id: &'a str,
    /// Rule id.
    rule: &'a str,
    /// Title, as it was.
    title: &'a str,
}

impl<'a> From<&'a model::Suppressed> for Suppressed<'a> {
    fn from(suppressed: &'a model::Suppressed) -> Self {
        Self {
            finding: Finding::from(&suppressed.finding),
            reason: &suppressed.reason,
            until: suppressed.until.as_deref(),
            entry: &suppressed.entry,
        }
    }
}

impl<'a> From<&'a model::Suppression> for Suppression<'a> {
    fn from(suppression: &'a model::Suppression) -> Self {
        Self {
            entry: &suppression.entry,
            rule: &suppression.rule,
            reason: &suppression.reason,
            until: suppression.until.as_deref(),
            state: match suppression.state {
                model::SuppressionState::Applied => State::Applied,
                model::SuppressionState::Unused => State::Unused,
                model::SuppressionState::Expired => State::Expired,
            },
            count: suppression.count,
        }
    }
}

impl<'a> From<&'a model::Baseline> for Baseline<'a> {
    fn from(baseline: &'a model::Baseline) -> Self {
        let gone = baseline.gone.iter().map(|gone| Gone {
            id: &gone.id,
            rule: &gone.rule,
            title: &gone.title,
        });
        Self { source: &baseline.source, known: &baseline.known, gone: gone.collect() }
    }
}
