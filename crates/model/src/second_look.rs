//! What a second look at a report adds: suppressions and the comparison with an earlier report.

use crate::Finding;

/// A finding that a suppression took out of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding, as it would have been listed.
    pub finding: Finding,
    /// Why it is tolerated, as the entry says.
    pub reason: String,
    /// Last day of the suppression (`2026-12-31`), if it ends.
    pub until: Option<String>,
    /// The entry, `file:line`.
    pub entry: String,
}

/// What became of one entry of a suppression file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The entry, `file:line`.
    pub entry: String,
    /// Rule, or glob of rules.
    pub rule: String,
    /// Why, as the entry says.
    pub reason: String,
    /// Last day, if the entry has one.
    pub until: Option<String>,
    /// Whether it worked.
    pub state: SuppressionState,
    /// Findings that it took out of the list; of an expired entry those that it would have.
    pub count: u64,
}

/// Whether an entry of a suppression file worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuppressionState {
    /// It took findings out of the list.
    Applied,
    /// No finding is meant by it: it can be deleted.
    Unused,
    /// Its last day is over; its findings are listed again.
    Expired,
}

/// The comparison with an earlier report: what was known then does not fail a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The earlier report, as named by the user.
    pub source: String,
    /// Ids of live findings that were live then too, in the order of the report.
    pub known: Vec<String>,
    /// Findings that were live then and are not now, in the order of the earlier report.
    pub gone: Vec<Gone>,
}

/// A finding of an earlier report that is not live any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    /// Id.
    pub id: String,
    /// Rule id.
    pub rule: String,
    /// Title, as it was.
    pub title: String,
}
