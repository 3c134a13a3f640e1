//! The structs of the JSON report; their documentation is that of the published schema.

use std::collections::BTreeMap;

use kubetriage_model::NoteKind;

use schemars::JsonSchema;
use serde::Serialize;

use super::second_look::{Baseline, Suppressed, Suppression};

/// Name and version of the form.
pub(super) const SCHEMA: &str = "kubetriage.report/1";

/// One report: what was found, what could not be judged, what is clear, what nothing explains.
///
/// An empty `findings` alone does not mean healthy: read `not_assessed`, `unexplained` and `artifacts`
/// too. Readers shall accept fields they do not know.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Document<'a> {
    /// Always `kubetriage.report/1`.
    #[schemars(extend("const" = SCHEMA))]
    pub(super) schema: &'static str,
    /// The program that made the report.
    pub(super) tool: Tool<'a>,
    /// The bundle as a whole.
    pub(super) bundle: Bundle<'a>,
    /// Counts of the lists below.
    pub(super) summary: Summary<'a>,
    /// Rules that fired: root causes first, then by severity, rule and subject.
    pub(super) findings: Vec<Finding<'a>>,
    /// Rules with partial evidence whose deciding capture is missing, cut or scrubbed.
    pub(super) not_assessed: Vec<NotAssessed<'a>>,
    /// Ids of rules for which everything needed was there and it is not so.
    pub(super) clear: &'a [String],
    /// Unwell objects that no finding mentions.
    pub(super) unexplained: Vec<Unexplained<'a>>,
    /// What was read.
    pub(super) artifacts: Vec<Artifact<'a>>,
    /// What the bundle holds statements about, by event kind; a comparison with it needs no bundle.
    pub(super) captured: Vec<Captured<'a>>,
    /// Findings that a suppression took out of the list.
    pub(super) suppressed: Vec<Suppressed<'a>>,
    /// The entries of the suppression files, in their order.
    pub(super) suppressions: Vec<Suppression<'a>>,
    /// The comparison with an earlier report; null when none was named.
    pub(super) baseline: Option<Baseline<'a>>,
}

/// What of one event kind a bundle holds.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Captured<'a> {
    /// Event kind (`pod`).
    pub(super) kind: &'a str,
    /// True when a list of the whole cluster was captured, or the kind has no namespaces.
    pub(super) everywhere: bool,
    /// Namespaces that were listed or are spoken of, sorted.
    pub(super) namespaces: &'a [String],
    /// Different objects spoken of; statements, where these concern no objects.
    pub(super) count: u64,
}

/// The program that made a report.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Tool<'a> {
    /// Name.
    pub(super) name: &'a str,
    /// Version.
    pub(super) version: &'a str,
}

/// The bundle as a whole.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Bundle<'a> {
    /// What the user named, as typed; `-` is standard input.
    pub(super) inputs: &'a [String],
    /// Recognized bundle layouts.
    pub(super) layouts: &'a [String],
    /// Number of artifacts.
    pub(super) artifacts: u64,
    /// Bytes read.
    pub(super) bytes: u64,
    /// Earliest absolute time in the bundle (RFC 3339).
    pub(super) first_time: Option<&'a str>,
    /// Latest absolute time in the bundle (RFC 3339): the bundle's own clock.
    pub(super) last_time: Option<&'a str>,
    /// True when a cleaner replaced addresses or values, which weakens what they can prove.
    pub(super) scrubbed: bool,
    /// When the bundle was made, as its own name tells (RFC 3339, mostly without zone).
    pub(super) made: Option<&'a str>,
}

/// Counts.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Summary<'a> {
    /// Live findings of severity error.
    pub(super) error: u64,
    /// Live findings of severity warning.
    pub(super) warning: u64,
    /// Live findings of severity note.
    pub(super) note: u64,
    /// Healed findings.
    pub(super) healed: u64,
    /// Open questions.
    pub(super) not_assessed: u64,
    /// Clear rules.
    pub(super) clear: u64,
    /// Unexplained objects.
    pub(super) unexplained: u64,
    /// Findings dropped by a suppression, by rule id.
    pub(super) suppressed: &'a BTreeMap<String, u64>,
    /// Findings that are counted above but not listed, by rule id: there were too many.
    pub(super) left_out: &'a BTreeMap<String, u64>,
}

/// A rule that fired.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Finding<'a> {
    /// Stable fingerprint of rule, subject and keys: the same fault has the same id in a later bundle.
    pub(super) id: &'a str,
    /// Rule id, `area/slug`.
    pub(super) rule: &'a str,
    /// Whether it holds.
    pub(super) verdict: Verdict,
    /// Weight.
    pub(super) severity: Severity,
    /// How sure.
    pub(super) confidence: Confidence,
    /// One line.
    pub(super) title: &'a str,
    /// What it is about.
    pub(super) subject: Subject<'a>,
    /// Values that identify it (`image`, `region`).
    pub(super) keys: &'a BTreeMap<String, String>,
    /// Why it is so.
    pub(super) cause: &'a str,
    /// How many statements carry it, also those not listed as evidence.
    pub(super) count: u64,
    /// Earliest time, as the capture prints it.
    pub(super) first_seen: Option<&'a str>,
    /// Latest time, as the capture prints it.
    pub(super) last_seen: Option<&'a str>,
    /// Where it is written; never empty.
    pub(super) evidence: Vec<Evidence<'a>>,
    /// Further objects concerned beside the subject, sorted.
    pub(super) affected: Vec<Subject<'a>>,
    /// How to mend it, the recommended way first.
    pub(super) fixes: Vec<Fix<'a>>,
    /// How to see that it is mended.
    pub(super) verify: &'a [String],
    /// Documentation links.
    pub(super) docs: &'a [String],
    /// Ids of findings that this one causes.
    pub(super) explains: &'a [String],
    /// Ids of findings that cause this one.
    pub(super) explained_by: &'a [String],
    /// Whether the baseline knows it; null without a baseline.
    pub(super) known: Option<bool>,
}

/// How sure a finding is, and whether it still holds.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    /// All signs are there and belong together.
    Confirmed,
    /// All signs are there; that they belong together could not be shown.
    Likely,
    /// It was so; later evidence in the same bundle shows recovery.
    Healed,
}

/// Weight of a finding.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Severity {
    /// Something does not work.
    Error,
    /// Something will or may not work.
    Warning,
    /// Worth knowing.
    Note,
}

/// How sure a finding is, derived from which signs agree.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Confidence {
    /// Several signs agree, or one decisive sign.
    High,
    /// One sign, or a join that could not be shown.
    Medium,
    /// A weak sign.
    Low,
}

/// An object; every part may be unknown.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Subject<'a> {
    /// Kind as the API spells it, or a class of this program (`Image`, `Host`, `Region`).
    pub(super) kind: Option<&'a str>,
    /// Namespace.
    pub(super) namespace: Option<&'a str>,
    /// Name.
    pub(super) name: Option<&'a str>,
}

/// One place in the bundle.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Evidence<'a> {
    /// Path in the bundle.
    pub(super) artifact: &'a str,
    /// Line (1-based).
    pub(super) line: u64,
    /// Column in characters (1-based).
    pub(super) column: u64,
    /// Last line (1-based, inclusive).
    pub(super) end_line: u64,
    /// Characters from `column` that carry the value; 0 for the whole line.
    pub(super) width: u64,
    /// The text, bounded, with secrets masked.
    pub(super) excerpt: &'a str,
    /// The rule's signal that it fed.
    pub(super) signal: &'a str,
    /// Kind of the event it was read as (`kube_event`).
    pub(super) kind: &'a str,
    /// Time of the statement as the capture prints it.
    pub(super) time: Option<&'a str>,
    /// The lines right before, with secrets masked; empty unless context was asked for.
    pub(super) before: &'a [String],
    /// The lines right behind, with secrets masked; empty unless context was asked for.
    pub(super) after: &'a [String],
}

/// A way to mend the cause.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Fix<'a> {
    /// What it is.
    pub(super) title: &'a str,
    /// Whether the documentation recommends it.
    pub(super) recommended: bool,
    /// What to do, one sentence each.
    pub(super) steps: &'a [String],
    /// Commands; what the bundle does not tell stands as `<name>`.
    pub(super) commands: &'a [String],
    /// A manifest to apply.
    pub(super) manifest: Option<&'a str>,
}

/// An open question.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NotAssessed<'a> {
    /// Rule id.
    pub(super) rule: &'a str,
    /// What the rule would say.
    pub(super) title: &'a str,
    /// Event kinds or signals that are missing.
    pub(super) missing: &'a [String],
    /// Why.
    pub(super) reason: &'a str,
    /// The partial evidence.
    pub(super) found: Vec<Evidence<'a>>,
    /// Read-only commands that would settle it.
    pub(super) collect: &'a [String],
}

/// Something unwell that no rule explains.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Unexplained<'a> {
    /// The object.
    pub(super) subject: Subject<'a>,
    /// What is unwell.
    pub(super) what: &'a str,
    /// Where it is written.
    pub(super) evidence: Vec<Evidence<'a>>,
}

/// What was read of one file or archive member.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Artifact<'a> {
    /// Path in the bundle.
    pub(super) path: &'a str,
    /// Formats in order of appearance, joined by `+`; `binary`, `empty` or `unrecognized` otherwise.
    pub(super) format: &'a str,
    /// Bytes read.
    pub(super) bytes: u64,
    /// Lines.
    pub(super) lines: u64,
    /// Non-blank lines understood.
    pub(super) used: u64,
    /// Non-blank lines not understood.
    pub(super) skipped: u64,
    /// What was noted.
    pub(super) notes: Vec<Note<'a>>,
    /// Sections in order.
    pub(super) sections: Vec<Section<'a>>,
}

/// What could not be read as it stands, or is worth knowing.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Note<'a> {
    /// Line (1-based); null when the note is about the whole file.
    pub(super) line: Option<u64>,
    /// One sentence.
    pub(super) message: &'a str,
    /// Class (`truncated`, `encoding`, `limit`, …); more may come.
    #[schemars(with = "String")]
    pub(super) kind: NoteKind,
}

/// The output of one command inside a file.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Section<'a> {
    /// Format, or `unrecognized`.
    pub(super) format: &'a str,
    /// First line (1-based).
    pub(super) line: u64,
    /// Last line (1-based, inclusive).
    pub(super) end_line: u64,
    /// The command line as typed, if the capture tells.
    pub(super) command: Option<&'a str>,
}
