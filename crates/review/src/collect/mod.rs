//! What to capture next: the fewest read-only commands that settle the most open questions.

mod command;
mod cover;
mod fill;
mod usual;

use std::collections::BTreeSet;

use kubetriage_model::{Capture, Plan, Report, Subject, Verdict};

use self::command::{Typed, file_name};
pub use self::command::{is_read_only, words};
use self::cover::{covers, spelled};

/// Whether the commands that made the bundle are planned too, so that a fix can be verified by `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Again {
    /// Only what is open.
    #[default]
    No,
    /// Also what live findings were read from.
    Findings,
}

/// A question, and the commands that must all be run to settle it.
#[derive(Debug)]
struct Question {
    asked: String,
    commands: BTreeSet<usize>,
}

/// Plans the captures that settle what `report` leaves open.
///
/// Questions are the rules not assessed, then the objects that nothing explains. Commands come from the
/// rules and from [`ask`], filled with names of the bundle.
/// Greedy: first the command that settles most, then the one that most questions wait for; the same report
/// gives the same plan. Commands that could change anything are never planned.
pub fn plan(report: &Report, again: Again) -> Plan {
    let names = fill::Names::of(report);
    let mut commands: Vec<Typed> = Vec::new();
    let mut questions = Vec::new();
    let mut left_open = Vec::new();
    for (asked, lines) in asked(report, again) {
        let lines = lines.iter().map(|line| names.fill(line));
        let typed: Vec<_> = lines.filter_map(|line| Typed::read_only(&line)).collect();
        if typed.is_empty() {
            left_open.push(asked);
            continue;
        }
        let commands = typed.into_iter().map(|one| number(&mut commands, one)).collect();
        questions.push(Question { asked, commands });
    }
    narrow(&commands, &mut questions);
    let captures = ordered(&commands, &questions);
    Plan { captures, questions: u64::try_from(questions.len()).unwrap_or(u64::MAX), left_open }
}

/// Gives each open question whose rule tells no command the usual ones for what is missing.
pub fn ask(report: &mut Report) {
    let names = fill::Names::of(report);
    for question in report.not_assessed.iter_mut().filter(|question| question.collect.is_empty()) {
        let commands = question.missing.iter().filter_map(|kind| usual::command(kind));
        question.collect = commands.map(|line| names.fill(&line)).collect();
        question.collect.dedup();
    }
}

/// Returns each question with its commands, in the order of the report.
fn asked(report: &Report, again: Again) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for question in &report.not_assessed {
        all.push((question.rule.clone(), question.collect.clone()));
    }
    for one in &report.unexplained {
        all.push((format!("{}: {}", object(&one.subject), one.what), usual::about(&one.subject)));
    }
    if again == Again::Findings {
        for finding in report.findings.iter().filter(|one| one.verdict != Verdict::Healed) {
            let mut lines: Vec<String> = Vec::new();
            for place in &finding.evidence {
                lines.extend(source(report, &place.artifact, place.line, &place.kind));
            }
            lines.dedup();
            all.push((format!("verify {}", finding.rule), lines));
        }
    }
    all
}

/// Returns the command that printed a line of the bundle, else the usual one for its kind.
fn source(report: &Report, path: &str, line: u64, kind: &str) -> Option<String> {
    let artifact = report.artifacts.iter().find(|artifact| artifact.path == path)?;
    let section =
        artifact.sections.iter().find(|section| (section.line..=section.end_line).contains(&line));
    let command = section.and_then(|section| section.command.as_ref());
    let typed =
        command.map(|command| command.line.clone()).filter(|line| is_read_only(&words(line)));
    typed.or_else(|| usual::command(kind))
}

fn object(subject: &Subject) -> String {
    let parts = [&subject.kind, &subject.namespace, &subject.name];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("/")
}

/// Returns the number of a command, which is added where it is new.
fn number(commands: &mut Vec<Typed>, typed: Typed) -> usize {
    let words = spelled(&typed.words);
    let known = commands.iter().position(|other| spelled(&other.words) == words);
    known.unwrap_or_else(|| {
        commands.push(typed);
        commands.len() - 1
    })
}

/// A command that shows all that another one shows stands in for it.
fn narrow(commands: &[Typed], questions: &mut [Question]) {
    let cover = |index: usize| {
        let one = commands.get(index)?;
        commands.iter().position(|other| covers(&other.words, &one.words))
    };
    // What covers shows more: this ends.
    let widest =
        |index: usize| std::iter::successors(Some(index), |at| cover(*at)).last().unwrap_or(index);
    for question in questions {
        question.commands = question.commands.iter().map(|index| widest(*index)).collect();
    }
}

/// Orders the commands that questions need: greedy, stable.
fn ordered(commands: &[Typed], questions: &[Question]) -> Vec<Capture> {
    let mut open: Vec<(&Question, BTreeSet<usize>)> =
        questions.iter().map(|question| (question, question.commands.clone())).collect();
    let mut captures = Vec::new();
    let mut settled = 0_u64;
    while let Some(next) = best(&open) {
        for (_, left) in &mut open {
            left.remove(&next);
        }
        let before = open.len();
        open.retain(|(_, left)| !left.is_empty());
        settled += u64::try_from(before - open.len()).unwrap_or(0);
        if let Some(typed) = commands.get(next) {
            let helped = questions.iter().filter(|question| question.commands.contains(&next));
            captures.push(Capture {
                command: typed.line.clone(),
                words: typed.words.clone(),
                file: file_name(captures.len() + 1, &typed.words),
                questions: helped.map(|question| question.asked.clone()).collect(),
                settled,
            });
        }
    }
    captures
}

/// Returns the command that settles most at once; of equals the one that most questions wait for.
fn best(open: &[(&Question, BTreeSet<usize>)]) -> Option<usize> {
    let shortest = open.iter().map(|(_, left)| left.len()).min()?;
    let mut best: Option<((usize, usize), usize)> = None;
    let near = open.iter().filter(|(_, left)| left.len() == shortest);
    for command in near.flat_map(|(_, left)| left) {
        let waiting = open.iter().filter(|(_, left)| left.contains(command));
        let settles = waiting.clone().filter(|(_, left)| left.len() == 1).count();
        let score = (settles, waiting.count());
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, *command));
        }
    }
    best.map(|(_, command)| command)
}

#[cfg(test)]
mod tests {
    use kubetriage_model::Unexplained;

    use super::*;
    use crate::testing::{finding, question, report};

    fn planned(questions: &[(&str, &[&str])]) -> Plan {
        let questions = questions.iter().map(|(rule, collect)| question(rule, &["x"], collect));
        plan(&Report { not_assessed: questions.collect(), ..Report::default() }, Again::No)
    }

    fn commands(plan: &Plan) -> Vec<&str> {
        plan.captures.iter().map(|capture| capture.command.as_str()).collect()
    }

    #[test]
    fn the_fewest_commands_that_settle_most_come_first() {
        let (events, nodes) = ("kubectl get events -A", "kubectl get nodes -o json");
        let plan = planned(&[
            ("a/one", &[nodes, "kubectl get events -n shop"]),
            ("b/two", &[events]),
            ("c/three", &[events]),
            ("d/four", &["kubectl delete pod x"]),
            ("e/five", &[]),
        ]);
        assert_eq!(commands(&plan), [events, nodes]);
        let settled: Vec<_> = plan.captures.iter().map(|capture| capture.settled).collect();
        assert_eq!((settled, plan.questions), (vec![2, 3], 3));
        assert_eq!(plan.captures[0].questions, ["a/one", "b/two", "c/three"]);
        assert_eq!(plan.left_open, ["d/four", "e/five"]);
    }

    #[test]
    fn what_nothing_explains_is_described_whatever_it_is_called() {
        let mut subject = finding("x/y", "shop", "web; reboot").subject;
        let mut unexplained = |name: &str| {
            subject.name = Some(name.to_owned());
            Unexplained {
                subject: subject.clone(),
                what: "unwell".to_owned(),
                evidence: Vec::new(),
            }
        };
        let report = Report {
            unexplained: vec![unexplained("web; reboot"), unexplained("--server=https://evil")],
            ..Report::default()
        };
        let plan = plan(&report, Again::No);
        assert_eq!(
            plan.captures[0].words,
            ["kubectl", "describe", "pod", "web; reboot", "-n", "shop"]
        );
        assert_eq!(plan.left_open.len(), 1, "{plan:?}");
    }

    #[test]
    fn names_of_the_bundle_fill_the_commands() {
        let mut one = finding("x/y", "shop", "web");
        one.evidence[0].excerpt = "/subscriptions/0/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-b\"".to_owned();
        let asked = question("x/y", &["aks_cluster"], &[]);
        let mut report = Report { not_assessed: vec![asked], ..report(vec![one]) };
        ask(&mut report);
        let expected = "az aks show --resource-group rg-a --name aks-b -o json";
        assert_eq!(commands(&plan(&report, Again::No)), [expected]);
        assert_eq!(plan(&report, Again::Findings).captures.len(), 1);
    }
}
