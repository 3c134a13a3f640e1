//! Two reports side by side: what was mended, what is new, what cannot be said.

use crate::{Severity, Subject, Verdict};

/// The comparison of two reports, BEFORE and AFTER; each list in the order of the report it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The earlier report.
    pub before: Side,
    /// The later report.
    pub after: Side,
    /// Live before, and AFTER shows that it is so no more.
    pub resolved: Vec<Compared>,
    /// Live in AFTER and not there before, or healed before.
    pub new: Vec<Compared>,
    /// Live in both with another verdict or severity.
    pub changed: Vec<Compared>,
    /// Live in both, just so.
    pub unchanged: Vec<Compared>,
    /// Live before; AFTER lacks what it was read from.
    pub not_comparable: Vec<Compared>,
}

/// One of the two reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// What the user had named.
    pub inputs: Vec<String>,
    /// Latest time in the bundle (RFC 3339).
    pub last_time: Option<String>,
}

/// One finding in both reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Stable fingerprint, of AFTER where it is there, else of BEFORE.
    pub id: String,
    /// Rule id.
    pub rule: String,
    /// Title, of the same report as the id.
    pub title: String,
    /// Subject, of the same report.
    pub subject: Subject,
    /// State in BEFORE, if it was there.
    pub before: Option<State>,
    /// State in AFTER, if it is there.
    pub after: Option<State>,
    /// First place, `path:line`, in the report that the id is of.
    pub place: Option<String>,
    /// Why it is in this list, one sentence.
    pub why: String,
    /// What AFTER lacks, for what is not comparable.
    pub missing: Vec<MissingSource>,
    /// The steps that verify a fix, ticked by what AFTER shows; of resolved findings only.
    pub verify: Vec<Step>,
    /// Commands that would make it comparable.
    pub collect: Vec<String>,
}

/// What a report says of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Verdict.
    pub verdict: Verdict,
    /// Weight.
    pub severity: Severity,
    /// How many statements carry it.
    pub count: u64,
}

/// A source that a finding was read from and that the other report lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MissingSource {
    /// Event kind (`kube_event`); empty where the earlier report does not tell.
    pub kind: String,
    /// Namespace that would have to be captured.
    pub namespace: Option<String>,
    /// Where it was read in BEFORE, `path:line`.
    pub place: String,
}

/// One step that verifies a fix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The step, as the rule words it.
    pub text: String,
    /// True when AFTER holds what the step looks at, and the fault is not in it.
    pub done: bool,
    /// What of AFTER ticks it, or what is missing.
    pub by: String,
}
