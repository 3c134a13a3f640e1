//! What rules conclude.

use std::collections::BTreeMap;

/// How sure a finding is, and whether it still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// All signs are there and belong together.
    Confirmed,
    /// All signs are there; that they belong together could not be shown.
    Likely,
    /// It was so; later evidence in the same bundle shows recovery.
    Healed,
}

/// Weight of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something does not work.
    Error,
    /// Something will or may not work.
    Warning,
    /// Worth knowing.
    Note,
}

/// Derived from which signals and joins held; an author may only lower it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Several signs agree, or one decisive sign.
    High,
    /// One sign, or a join that could not be shown.
    Medium,
    /// A weak sign.
    Low,
}

/// The object a finding is about; every part may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// Kind as the API spells it, or a class of ours (`Image`, `Host`, `Region`).
    pub kind: Option<String>,
    /// Namespace.
    pub namespace: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// One place in the bundle that carries a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Path in the bundle.
    pub artifact: String,
    /// Line (1-based).
    pub line: u64,
    /// Column in characters (1-based).
    pub column: u64,
    /// Last line (1-based, inclusive).
    pub end_line: u64,
    /// Number of characters from `column` that carry the value; 0 for the whole line.
    pub width: u64,
    /// The text, bounded and masked.
    pub excerpt: String,
    /// Name of the rule's signal that it fed.
    pub signal: String,
    /// Kind of the event it was read as (`kube_event`).
    pub kind: String,
    /// Time of the statement as the capture prints it, if any.
    pub time: Option<String>,
    /// The lines right before `line`, bounded and masked; empty unless context was asked for.
    pub before: Vec<String>,
    /// The lines right behind `end_line`, bounded and masked; empty unless context was asked for.
    pub after: Vec<String>,
}

/// A way to mend the cause, filled in with the bundle's own names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fix {
    /// What it is.
    pub title: String,
    /// The way the documentation recommends.
    pub recommended: bool,
    /// What to do, one imperative sentence each.
    pub steps: Vec<String>,
    /// Commands, ready to run.
    pub commands: Vec<String>,
    /// A manifest, ready to apply.
    pub manifest: Option<String>,
}

/// A rule that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable fingerprint of rule, subject and keys.
    pub id: String,
    /// Rule id, `area/slug`.
    pub rule: String,
    /// Verdict.
    pub verdict: Verdict,
    /// Weight.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// One line.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// Kept values that identify it (`image`, `region`).
    pub keys: BTreeMap<String, String>,
    /// Why it is so.
    pub cause: String,
    /// How many statements carry it, also those not listed as evidence.
    pub count: u64,
    /// Earliest time, as the capture prints it.
    pub first_seen: Option<String>,
    /// Latest time, as the capture prints it.
    pub last_seen: Option<String>,
    /// Where it is written; never empty.
    pub evidence: Vec<Evidence>,
    /// Further objects concerned beside the subject, `kind namespace/name`, sorted.
    pub affected: Vec<Subject>,
    /// How to mend it, the recommended way first.
    pub fixes: Vec<Fix>,
    /// How to see that it is mended.
    pub verify: Vec<String>,
    /// Documentation links.
    pub docs: Vec<String>,
    /// Ids of findings that this one causes.
    pub explains: Vec<String>,
    /// Ids of findings that cause this one.
    pub explained_by: Vec<String>,
}

/// A rule with partial evidence whose deciding capture is missing, cut or scrubbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessed {
    /// Rule id.
    pub rule: String,
    /// What the rule would say.
    pub title: String,
    /// Event kinds or signals that are missing.
    pub missing: Vec<String>,
    /// Why: not captured, empty, cut, expired, scrubbed.
    pub reason: String,
    /// The partial evidence.
    pub found: Vec<Evidence>,
    /// Read-only commands that would settle it, filled in.
    pub collect: Vec<String>,
}

/// Something unwell that no rule explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexplained {
    /// The object.
    pub subject: Subject,
    /// What is unwell.
    pub what: String,
    /// Where it is written.
    pub evidence: Vec<Evidence>,
}
