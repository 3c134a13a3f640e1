//! SARIF 2.1.0, the form of code scanning (OASIS standard; <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>).
//!
//! | of the report | in SARIF |
//! |---|---|
//! | rule | `tool.driver.rules`, with help as text and as Markdown |
//! | live finding | result of kind `fail` with the level of its weight |
//! | healed finding | result of kind `informational`, suppressed with a justification |
//! | suppressed finding | result of kind `fail`, suppressed with the reason of the entry |
//! | open question | result of kind `open`: more information is needed |
//! | unexplained object | result of kind `review`, rule `kubetriage/unexplained` |
//! | further evidence, causes, symptoms | `relatedLocations` |
//! | note on an artifact | `toolExecutionNotifications` |
//!
//! The fingerprint is the id of the finding, which stays the same in a later bundle of the same cluster. It
//! is also given as `primaryLocationLineHash`, the only one that GitHub looks at. Paths are relative; a member
//! of an archive is `archive.tar.gz!member`. Levels of kinds other than `fail` are `none`, as the standard wants.

mod comparison;
mod document;
mod place;
mod rule;

use std::collections::{BTreeMap, HashMap};
use std::io;

use kubetriage_model::{
    ArtifactReport, Evidence, Finding, NotAssessed, NoteKind, Report, RuleReport, Unexplained,
};

pub use self::comparison::{ComparisonSarifOptions, comparison_sarif};
use self::document::{
    Artifact, Driver, Id, Invocation, Location, Log, Notification, NotificationId, Outcome,
    Properties, Run, RunProperties, Suppression, Text, Tool, Uri,
};
use self::place::{Files, logical};
use crate::plain::{
    confidence, is_live, label, missing, note_class, percent, severity, subject, verdict, visible,
};
use crate::printed;

/// Where the schema of the format is.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Rule of objects that no rule explains.
const UNEXPLAINED: &str = "kubetriage/unexplained";

/// How SARIF is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SarifOptions {
    /// Folder of the captures, relative to the root of the repository they are shown in (`out/`); empty if
    /// they lie at the root.
    pub base: String,
}

/// Writes `report` as one SARIF log with one run.
///
/// # Errors
/// Those of `out`.
pub fn sarif(report: &Report, options: &SarifOptions, out: &mut dyn io::Write) -> io::Result<()> {
    let view = View::new(report, options);
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [view.run()] };
    printed::document(&log, out)
}

/// A report with what is looked up in it.
struct View<'a> {
    report: &'a Report,
    files: Files<'a>,
    rules: HashMap<&'a str, usize>,
    findings: HashMap<&'a str, &'a Finding>,
}

impl<'a> View<'a> {
    fn new(report: &'a Report, options: &'a SarifOptions) -> Self {
        let rules = report.rules.iter().map(|rule| rule.id.as_str());
        let findings = report.findings.iter().map(|finding| (finding.id.as_str(), finding));
        Self {
            report,
            files: Files::new(report, &options.base),
            rules: rules.enumerate().map(|(number, id)| (id, number)).collect(),
            findings: findings.collect(),
        }
    }

    fn run(&self) -> Run<'a, RunProperties<'a>> {
        let report = self.report;
        let summary = &report.summary;
        Run {
            tool: Tool { driver: self.driver() },
            automation_details: Id { id: "kubetriage/" },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: self.notifications(),
            }],
            artifacts: report.artifacts.iter().map(|artifact| self.artifact(artifact)).collect(),
            results: self.results(),
            column_kind: "unicodeCodePoints",
            properties: RunProperties {
                inputs: &report.bundle.inputs,
                error: summary.error,
                warning: summary.warning,
                note: summary.note,
                healed: summary.healed,
                not_assessed: summary.not_assessed,
                clear: &report.clear,
                left_out: &summary.left_out,
            },
        }
    }

    fn driver(&self) -> Driver<'a> {
        driver((&self.report.tool.name, &self.report.tool.version), &self.report.rules)
    }

    fn artifact(&self, artifact: &ArtifactReport) -> Artifact {
        let lines = artifact.used.saturating_add(artifact.skipped);
        let understood = percent(artifact.used, lines);
        let format = visible(&artifact.format);
        Artifact {
            location: Uri { uri: self.files.uri(&artifact.path) },
            length: i64::try_from(artifact.bytes).unwrap_or(i64::MAX),
            description: Text {
                text: format!("{format}, {understood} % of {lines} lines understood"),
            },
        }
    }

    fn notifications(&self) -> Vec<Notification> {
        let notes = self.report.artifacts.iter().flat_map(|artifact| {
            artifact.notes.iter().map(|note| Notification {
                descriptor: NotificationId { id: note_class(note.kind) },
                level: match note.kind {
                    NoteKind::Info | NoteKind::Empty | NoteKind::Binary => "note",
                    _ => "warning",
                },
                message: Text { text: visible(&note.message) },
                locations: vec![self.files.file(&artifact.path, note.line)],
            })
        });
        notes.collect()
    }

    fn results(&self) -> Vec<Outcome<'a>> {
        let report = self.report;
        let findings = report.findings.iter().map(|finding| self.finding(finding));
        let suppressed = report.suppressed.iter().map(|one| Outcome {
            suppressions: vec![accepted(&one.reason)],
            ..self.finding(&one.finding)
        });
        let open = report.not_assessed.iter().map(|question| self.question(question));
        let unwell = report.unexplained.iter().map(|object| self.unexplained(object));
        findings.chain(suppressed).chain(open).chain(unwell).collect()
    }

    fn finding(&self, finding: &'a Finding) -> Outcome<'a> {
        let live = is_live(finding.verdict);
        let (first, more) = finding.evidence.split_first().unzip();
        let mut locations: Vec<Location> =
            first.map(|one| self.files.place(one)).into_iter().collect();
        for location in &mut locations {
            location.logical = logical(&finding.subject);
        }
        let healed = accepted("healed: later evidence in the same bundle shows recovery");
        Outcome {
            kind: if live { "fail" } else { "informational" },
            level: if live { severity(finding.severity) } else { "none" },
            message: Text { text: said(&finding.title, &finding.cause) },
            locations,
            related_locations: self.related(finding, more.unwrap_or_default()),
            occurrence_count: Some(finding.count.max(1)),
            baseline_state: self.baseline(finding),
            suppressions: if live { Vec::new() } else { vec![healed] },
            properties: Properties {
                verdict: Some(verdict(finding.verdict)),
                confidence: Some(confidence(finding.confidence)),
                first_seen: finding.first_seen.as_deref(),
                last_seen: finding.last_seen.as_deref(),
                explains: &finding.explains,
                explained_by: &finding.explained_by,
                ..Properties::default()
            },
            ..self.outcome(&finding.rule, &finding.id)
        }
    }

    /// Returns a result that says nothing yet.
    fn outcome(&self, rule: &'a str, fingerprint: &str) -> Outcome<'a> {
        outcome((rule, self.rules.get(rule).copied()), fingerprint)
    }

    /// Returns whether the baseline knows a finding; nothing without a baseline.
    fn baseline(&self, finding: &Finding) -> Option<&'static str> {
        let baseline = self.report.baseline.as_ref()?;
        let known = baseline.known.contains(&finding.id);
        Some(if known { "unchanged" } else { "new" })
    }

    /// Returns the further evidence of a finding, its causes and its symptoms, each with what it is.
    fn related(&self, finding: &Finding, more: &[Evidence]) -> Vec<Location> {
        let mut related: Vec<Location> = Vec::new();
        let mut add = |mut location: Location, text: String| {
            location.id = Some(related.len() + 1);
            location.message = Some(Text { text });
            related.push(location);
        };
        for evidence in more {
            add(self.files.place(evidence), label(evidence));
        }
        let sides = [("caused by", &finding.explained_by), ("explains", &finding.explains)];
        for (word, ids) in sides {
            let others = ids.iter().filter_map(|id| self.findings.get(id.as_str()));
            for (other, first) in others.filter_map(|one| Some((one, one.evidence.first()?))) {
                let text = format!("{word} {}: {}", other.rule, other.title);
                add(self.files.place(first), message(&text));
            }
        }
        related
    }

    fn question(&self, question: &'a NotAssessed) -> Outcome<'a> {
        let mut text = format!("Not assessed: {}. Missing: {}.", question.title, missing(question));
        for command in &question.collect {
            text.push_str("\nSettle it with: ");
            text.push_str(command);
        }
        let text = text.lines().map(message).collect::<Vec<_>>().join("\n");
        Outcome {
            message: Text { text },
            locations: self.first(&question.found),
            properties: Properties {
                missing: &question.missing,
                collect: &question.collect,
                ..Properties::default()
            },
            ..self.outcome(&question.rule, &format!("open:{}", question.rule))
        }
    }

    /// Returns the first place of some; code scanning refuses a result without any, so that the first file
    /// that was read stands in.
    fn first(&self, evidence: &[Evidence]) -> Vec<Location> {
        let place = evidence.first().map(|one| self.files.place(one));
        let anywhere = || Some(self.files.file(&self.report.artifacts.first()?.path, Some(1)));
        place.or_else(anywhere).into_iter().collect()
    }

    fn unexplained(&self, object: &'a Unexplained) -> Outcome<'a> {
        let about = subject(&object.subject);
        let mut locations = self.first(&object.evidence);
        for location in &mut locations {
            location.logical = logical(&object.subject);
        }
        let text = format!("{about} is unwell and no rule explains it: {}", object.what);
        Outcome {
            kind: "review",
            message: Text { text: message(&text) },
            locations,
            ..self.outcome(UNEXPLAINED, &format!("unexplained:{about}"))
        }
    }
}

/// Returns the program, by name and version, with its rules.
fn driver<'a>((name, version): (&'a str, &'a str), rules: &'a [RuleReport]) -> Driver<'a> {
    let what = "Offline analyser of Kubernetes support bundles".to_owned();
    Driver {
        name,
        semantic_version: version,
        short_description: Text { text: what },
        rules: rules.iter().map(rule::descriptor).collect(),
    }
}

/// Returns a result of a rule, by id and number, that says nothing yet.
fn outcome<'a>((rule, number): (&'a str, Option<usize>), fingerprint: &str) -> Outcome<'a> {
    let fingerprints = BTreeMap::from([
        ("kubetriageFinding/v1", fingerprint.to_owned()),
        ("primaryLocationLineHash", format!("{fingerprint}:1")),
    ]);
    Outcome {
        rule_id: rule,
        rule_index: number,
        kind: "open",
        level: "none",
        message: Text { text: String::new() },
        locations: Vec::new(),
        related_locations: Vec::new(),
        partial_fingerprints: fingerprints,
        occurrence_count: None,
        baseline_state: None,
        suppressions: Vec::new(),
        properties: Properties::default(),
    }
}

/// Returns the suppression of a result that somebody or something has settled.
fn accepted(why: &str) -> Suppression<'_> {
    Suppression { kind: "external", status: "accepted", justification: why }
}

/// Returns title and cause as the message of a result.
fn said(title: &str, cause: &str) -> String {
    let text = if cause.is_empty() { title.to_owned() } else { format!("{title}. {cause}") };
    message(&text)
}

/// Returns text as a message: visible, and without what viewers would take for a link (3.11.6).
fn message(text: &str) -> String {
    let text = visible(text);
    if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text }
}
