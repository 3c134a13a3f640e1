//! Runs the cases that a rule file carries for itself.

use kubetriage_model::Finding;

use crate::engine::{Options, Outcome, evaluate};
use crate::load::{self, Answer, Case};
use crate::{Catalog, Facts, Rule};

/// Reads files given as name and text into facts, as an analysis would.
pub type ReadFiles<'a> = dyn Fn(&[(String, String)]) -> Facts + 'a;

/// Result of one case of a rule's `prove`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseResult {
    /// Rule id.
    pub rule: String,
    /// Name of the case.
    pub case: String,
    /// What differs from what the case expects, one sentence each; empty when it holds.
    pub problems: Vec<String>,
}

/// Runs the cases of `rule` against `catalog`, reading their files with `read`.
///
/// The rule is judged beside the whole catalogue, so that rules which beat it do so here too.
pub fn prove(catalog: &Catalog, rule: &Rule, read: &ReadFiles<'_>) -> Vec<CaseResult> {
    let cases = load::cases(rule.file(), rule.source()).unwrap_or_default();
    let run = |case: Case| {
        let outcome = evaluate(catalog, &read(&case.files), &Options::default());
        let problems = differences(rule.id(), &case, &outcome);
        CaseResult { rule: rule.id().to_owned(), case: case.name, problems }
    };
    cases.into_iter().map(run).collect()
}

fn differences(rule: &str, case: &Case, outcome: &Outcome) -> Vec<String> {
    let findings: Vec<&Finding> =
        outcome.findings.iter().filter(|finding| finding.rule == rule).collect();
    let open = outcome.not_assessed.iter().find(|question| question.rule == rule);
    let mut problems = Vec::new();
    let answer = match (findings.first(), open) {
        (Some(first), _) => {
            let worst = findings.iter().map(|finding| finding.verdict).min();
            Answer::Fires(worst.unwrap_or(first.verdict))
        }
        (None, Some(_)) => Answer::NotAssessed,
        (None, None) => Answer::Clear,
    };
    if answer != case.expected.answer {
        let (expected, found) = (word(case.expected.answer), word(answer));
        problems.push(format!("expected {expected}, found {found}"));
    }
    if let Some(number) = case.expected.findings.filter(|number| *number != findings.len()) {
        problems.push(format!("expected {number} findings, found {}", findings.len()));
    }
    problems.extend(kept(case, &findings));
    problems.extend(lines(case, &findings));
    for missing in &case.expected.missing {
        if !open.is_some_and(|question| question.missing.contains(missing)) {
            problems.push(format!("expected `{missing}` to be missing"));
        }
    }
    problems
}

fn word(answer: Answer) -> &'static str {
    Answer::NAMES.iter().find(|(_, known)| *known == answer).map_or("nothing", |(name, _)| *name)
}

fn kept(case: &Case, findings: &[&Finding]) -> Vec<String> {
    let wrong = case.expected.keep.iter().filter_map(|(name, value)| {
        let found: Vec<_> = findings.iter().filter_map(|finding| finding.keys.get(name)).collect();
        let holds = found.contains(&value);
        (!holds).then(|| format!("expected {name} to be `{value}`, found {found:?}"))
    });
    wrong.collect()
}

fn lines(case: &Case, findings: &[&Finding]) -> Vec<String> {
    let found: Vec<String> = findings
        .iter()
        .flat_map(|finding| &finding.evidence)
        .map(|evidence| format!("{}:{}", evidence.artifact, evidence.line))
        .collect();
    let missing = case.expected.lines.iter().filter(|line| !found.contains(line));
    missing.map(|line| format!("expected evidence at {line}, found {found:?}")).collect()
}
