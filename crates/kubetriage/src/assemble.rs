//! Putting together what the stages gave: facts for the rules, a report for the reader.

use std::collections::BTreeSet;

use kubetriage_model::{
    ArtifactId, ArtifactReport, BundleReport, Finding, Note, NoteKind, Parsed, Report, RuleReport,
    Section, Severity, Summary, ToolReport, Verdict,
};
use kubetriage_rules::{ArtifactFacts, Catalog, Facts, Outcome, Quiet, Rule};
use kubetriage_source::Bundle;

use crate::Options;
use crate::read::ArtifactEvents;
use crate::repeated::drop_repeated;

/// Most formats named for one artifact.
const MAX_FORMATS: usize = 4;

/// Gathers the events of all artifacts for the rules, and what the report says of each artifact.
pub(crate) fn facts(
    mut read: Vec<ArtifactEvents>,
    aside: Quiet,
    options: &Options,
) -> (Facts, Vec<ArtifactReport>) {
    drop_repeated(&mut read);
    let mut all = Parsed::default();
    let mut known = Vec::with_capacity(read.len());
    let mut reports = Vec::with_capacity(read.len());
    for (number, mut artifact) in read.into_iter().enumerate() {
        let id = ArtifactId(u32::try_from(number).unwrap_or(u32::MAX));
        artifact.parsed.notes.extend(std::mem::take(&mut artifact.reading.notes));
        artifact.parsed.notes.extend(unread(id, &artifact));
        known.push(artifact_facts(id, &artifact.hint.path, &artifact.parsed.notes));
        reports.push(artifact_report(&mut artifact));
        all.append(artifact.parsed);
    }
    if let Some(remark) = aside.remark() {
        let index = usize::try_from(remark.artifact.0).unwrap_or(usize::MAX);
        reports.get_mut(index).into_iter().for_each(|report| report.notes.push(remark.clone()));
    }
    let facts = Facts::beside(aside, all.events, all.coverage, known);
    let facts = match &options.now {
        Some(now) => facts.captured_at(now),
        None => facts,
    };
    (facts, reports)
}

/// Returns what the rules need to know of an artifact beside its events.
pub(crate) fn artifact_facts(id: ArtifactId, path: &str, notes: &[Note]) -> ArtifactFacts {
    let has = |kinds: &[NoteKind]| notes.iter().any(|note| kinds.contains(&note.kind));
    ArtifactFacts {
        id,
        path: path.to_owned(),
        cut: has(&[NoteKind::Truncated, NoteKind::Limit]),
        scrubbed: has(&[NoteKind::Scrubbed]),
    }
}

/// Returns the note on a text of which nothing was understood.
fn unread(id: ArtifactId, artifact: &ArtifactEvents) -> Option<Note> {
    let Parsed { total, used, notes, .. } = &artifact.parsed;
    if *total == 0 || *used > 0 || !notes.is_empty() {
        return None;
    }
    let message = match artifact.hint.path.rsplit('.').next() {
        Some("json" | "yaml" | "yml") => {
            "holds no object of Kubernetes and nothing of Azure that is read"
        }
        _ => "in none of the formats that are read",
    };
    Some(Note { artifact: id, line: None, kind: NoteKind::Info, message: message.to_owned() })
}

fn artifact_report(artifact: &mut ArtifactEvents) -> ArtifactReport {
    let ArtifactEvents { hint, parsed, reading } = artifact;
    let mut notes = std::mem::take(&mut parsed.notes);
    for note in &mut notes {
        note.message = kubetriage_mask::clean(&note.message);
    }
    notes.sort_by(|a, b| (a.line, a.kind, &a.message).cmp(&(b.line, b.kind, &b.message)));
    ArtifactReport {
        path: hint.path.clone(),
        format: format_of(&parsed.sections, &notes),
        bytes: reading.bytes,
        lines: reading.lines,
        used: parsed.used,
        skipped: parsed.total - parsed.used.min(parsed.total),
        notes,
        sections: merged(std::mem::take(&mut parsed.sections)),
    }
}

/// Joins neighbours of one format that no command tells apart: a big log comes in blocks.
fn merged(sections: Vec<Section>) -> Vec<Section> {
    let mut all: Vec<Section> = Vec::new();
    for mut section in sections {
        if let Some(command) = &mut section.command {
            command.line = kubetriage_mask::clean(&command.line);
        }
        match all.last_mut() {
            Some(last) if last.format == section.format && last.command == section.command => {
                last.end_line = section.end_line;
            }
            _ => all.push(section),
        }
    }
    all.shrink_to_fit();
    all
}

fn format_of(sections: &[Section], notes: &[Note]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for section in sections {
        if !names.contains(&section.format) {
            names.push(section.format);
        }
    }
    if names.len() > 1 {
        names.retain(|name| *name != "unrecognized");
    }
    if names.is_empty() {
        let binary = notes.iter().any(|note| note.kind == NoteKind::Binary);
        let empty = notes.iter().any(|note| note.kind == NoteKind::Empty);
        return if binary {
            "binary"
        } else if empty {
            "empty"
        } else {
            "unrecognized"
        }
        .to_owned();
    }
    names.truncate(MAX_FORMATS);
    names.join("+")
}

/// Puts the report together; nothing is chosen or sorted here.
pub(crate) fn report(
    bundle: &Bundle,
    catalog: &Catalog,
    facts: &Facts,
    (artifacts, outcome): (Vec<ArtifactReport>, Outcome),
) -> Report {
    let (first_time, last_time) = facts.time_span();
    let mut report = Report {
        tool: ToolReport {
            name: "kubetriage".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
        bundle: BundleReport {
            inputs: bundle.inputs().to_vec(),
            layouts: layouts(bundle, &artifacts),
            artifacts: artifacts.len() as u64,
            bytes: artifacts.iter().map(|artifact| artifact.bytes).sum(),
            first_time,
            last_time,
            scrubbed: facts.is_scrubbed(),
            made: bundle.made().map(str::to_owned),
        },
        summary: summary(&outcome, catalog),
        rules: rules(&outcome, catalog),
        findings: outcome.findings,
        not_assessed: outcome.not_assessed,
        clear: outcome.clear,
        unexplained: outcome.unexplained,
        artifacts,
        captured: facts.captured_kinds(),
        names: outcome.names,
        ..Report::default()
    };
    kubetriage_review::ask(&mut report);
    report
}

/// Returns the layouts of the bundle: those of its paths, and the one that a text alone can have.
fn layouts(bundle: &Bundle, artifacts: &[ArtifactReport]) -> Vec<String> {
    const DUMP: &str = "kubectl cluster-info dump";
    let mut layouts: BTreeSet<&str> = bundle.layouts().collect();
    let commands = artifacts.iter().flat_map(|artifact| &artifact.sections);
    let mut commands = commands.filter_map(|section| section.command.as_ref());
    if commands.any(|command| command.line.starts_with(DUMP)) {
        layouts.insert("cluster-info dump");
    }
    layouts.into_iter().map(str::to_owned).collect()
}

/// Returns what the rules that spoke say in general.
fn rules(outcome: &Outcome, catalog: &Catalog) -> Vec<RuleReport> {
    let findings = outcome.findings.iter().map(|finding| finding.rule.as_str());
    let open = outcome.not_assessed.iter().map(|question| question.rule.as_str());
    let spoke: BTreeSet<&str> = findings.chain(open).collect();
    spoke.into_iter().filter_map(|id| catalog.get(id)).map(rule_report).collect()
}

/// Returns what a rule says in general, for pages about rules; places stand in braces.
pub fn rule_report(rule: &Rule) -> RuleReport {
    RuleReport {
        id: rule.id().to_owned(),
        severity: rule.severity(),
        title: rule.title(),
        cause: rule.cause(),
        tags: rule.tags().to_vec(),
        docs: rule.docs().to_vec(),
        fixes: rule.fixes(),
        verify: rule.verify(),
    }
}

fn summary(outcome: &Outcome, catalog: &Catalog) -> Summary {
    let count = |of: &dyn Fn(&Finding) -> bool| {
        outcome.findings.iter().filter(|finding| of(finding)).count() as u64
    };
    let live =
        |severity| count(&|f: &Finding| f.verdict != Verdict::Healed && f.severity == severity);
    let mut summary = Summary {
        error: live(Severity::Error),
        warning: live(Severity::Warning),
        note: live(Severity::Note),
        healed: count(&|finding: &Finding| finding.verdict == Verdict::Healed),
        not_assessed: outcome.not_assessed.len() as u64,
        clear: outcome.clear.len() as u64,
        ..Summary::default()
    };
    for (rule, over) in &outcome.left_out {
        let number = match catalog.get(rule).map(Rule::severity) {
            Some(Severity::Error) | None => &mut summary.error,
            Some(Severity::Warning) => &mut summary.warning,
            Some(Severity::Note) => &mut summary.note,
        };
        *number += over.live;
        summary.healed += over.healed;
        summary.left_out.insert(rule.clone(), over.live + over.healed);
    }
    summary
}
