//! Two reports side by side.
//!
//! A fault that is no longer found is *resolved* only if the later report read the same kinds of sources for
//! the same namespace again, or saw it heal. Where it did not, the two are *not comparable*, and what is
//! missing is named.

mod verify;

use kubetriage_model::{Compared, Comparison, MissingSource, Verdict};

use crate::fault::same_object;
use crate::snapshot::{PastEvidence, PastFinding, PastQuestion, Snapshot};

/// Compares an earlier report with a later one.
pub fn compare(before: &Snapshot, after: &Snapshot) -> Comparison {
    let mut comparison =
        Comparison { before: before.side(), after: after.side(), ..Comparison::default() };
    let pairs = pairs(&before.findings, &after.findings);
    for (old, pair) in before.findings.iter().zip(&pairs) {
        let new = pair.and_then(|index| after.findings.get(index));
        one(old, new, after, &mut comparison);
    }
    for (index, new) in after.findings.iter().enumerate() {
        if !pairs.contains(&Some(index)) && is_live(new) {
            let why = "it was not there before".to_owned();
            comparison.new.push(compared(None, Some(new), why));
        }
    }
    comparison
}

fn is_live(finding: &PastFinding) -> bool {
    finding.verdict() != Verdict::Healed
}

/// Finds for each earlier finding the later one that is the same fault, each at most once.
fn pairs(before: &[PastFinding], after: &[PastFinding]) -> Vec<Option<usize>> {
    let mut taken = vec![false; after.len()];
    let mut pairs = vec![None; before.len()];
    let exact = |old: &PastFinding, new: &PastFinding| old.id == new.id;
    let alike = |old: &PastFinding, new: &PastFinding| {
        old.rule == new.rule && old.keys == new.keys && same_object(&old.subject(), &new.subject())
    };
    for same in [&exact as &dyn Fn(&PastFinding, &PastFinding) -> bool, &alike] {
        for (old, pair) in before.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            let mut free = after.iter().zip(&mut taken).enumerate();
            if let Some((index, (_, taken))) =
                free.find(|(_, (new, taken))| !**taken && same(old, new))
            {
                *taken = true;
                *pair = Some(index);
            }
        }
    }
    pairs
}

/// Puts one earlier finding into the list where it belongs.
fn one(old: &PastFinding, new: Option<&PastFinding>, after: &Snapshot, lists: &mut Comparison) {
    match (is_live(old), new) {
        (true, None) => lost(old, after, lists),
        (true, Some(new)) if !is_live(new) => {
            let why = "later evidence in AFTER shows recovery".to_owned();
            let verify = verify::steps(old, after);
            lists.resolved.push(Compared { verify, ..compared(Some(old), Some(new), why) });
        }
        (true, Some(new)) => {
            let (was, is) = (old.state(), new.state());
            let same = (was.verdict, was.severity) == (is.verdict, is.severity);
            if same {
                let why = "it is still so".to_owned();
                lists.unchanged.push(compared(Some(old), Some(new), why));
            } else {
                let why = "its verdict or its weight is another one".to_owned();
                lists.changed.push(compared(Some(old), Some(new), why));
            }
        }
        (false, Some(new)) if is_live(new) => {
            let why = "it had healed before, and came back".to_owned();
            lists.new.push(compared(Some(old), Some(new), why));
        }
        (false, _) => {}
    }
}

/// An earlier finding that AFTER does not have: mended, or not to be seen.
fn lost(old: &PastFinding, after: &Snapshot, lists: &mut Comparison) {
    if let Some(question) = after.not_assessed.iter().find(|question| question.rule == old.rule) {
        let why = format!(
            "AFTER cannot judge the rule: {} {}",
            question.missing.join(", ").replace('_', " "),
            question.reason
        );
        let missing = sources(old).filter(|source| question.missing.contains(&source.kind));
        lists.not_comparable.push(Compared {
            missing: missing.collect(),
            collect: question.collect.clone(),
            ..compared(Some(old), None, why)
        });
        return;
    }
    let missing: Vec<_> = sources(old).filter(|source| !is_captured(source, after)).collect();
    let clear = after.clear.contains(&old.rule);
    let judged = clear || after.findings.iter().any(|new| new.rule == old.rule);
    if missing.len() == sources(old).count() || !judged && !missing.is_empty() {
        let why = "AFTER lacks what it was read from".to_owned();
        let collect = asked(old, after);
        lists.not_comparable.push(Compared { missing, collect, ..compared(Some(old), None, why) });
        return;
    }
    let why = if clear {
        "everything needed was captured again, and it is not so"
    } else {
        "what it was read from was captured again, and does not say so any more"
    };
    let verify = verify::steps(old, after);
    lists.resolved.push(Compared { verify, ..compared(Some(old), None, why.to_owned()) });
}

/// Commands of open questions of AFTER about the same sources.
fn asked(old: &PastFinding, after: &Snapshot) -> Vec<String> {
    let about = |question: &&PastQuestion| {
        sources(old).any(|source| question.missing.contains(&source.kind))
    };
    let mut commands: Vec<String> =
        after.not_assessed.iter().filter(about).flat_map(|q| q.collect.clone()).collect();
    commands.dedup();
    commands
}

/// Returns what a finding was read from, each kind once.
fn sources(finding: &PastFinding) -> impl Iterator<Item = MissingSource> + '_ {
    let namespace = finding.subject().namespace;
    let is_first = |place: &PastEvidence, index: usize| {
        let same = |other: &PastEvidence| {
            if place.kind.is_empty() {
                other.artifact == place.artifact
            } else {
                other.kind == place.kind
            }
        };
        finding.evidence.iter().position(same) == Some(index)
    };
    finding.evidence.iter().enumerate().filter(move |(index, place)| is_first(place, *index)).map(
        move |(_, place)| MissingSource {
            kind: place.kind.clone(),
            namespace: namespace.clone(),
            place: format!("{}:{}", place.artifact, place.line),
        },
    )
}

/// True when the later report read the same kind of source for the same namespace.
fn is_captured(source: &MissingSource, after: &Snapshot) -> bool {
    if source.kind.is_empty() {
        let path = source.place.rsplit_once(':').map_or(source.place.as_str(), |(path, _)| path);
        return after.artifacts.iter().any(|artifact| artifact.path == path && artifact.used > 0);
    }
    holds(after, &source.kind, source.namespace.as_deref())
}

/// True when statements of `kind` were captured for `namespace`; for any where it is not known.
pub(crate) fn holds(after: &Snapshot, kind: &str, namespace: Option<&str>) -> bool {
    after.captured.iter().filter(|captured| alike(&captured.kind, kind)).any(|captured| {
        captured.everywhere
            || captured.namespaces.is_empty()
            || namespace.is_none_or(|wanted| captured.namespaces.iter().any(|name| name == wanted))
    })
}

/// A list of pods speaks of their containers, and the other way round; an agent's log is a log.
fn alike(captured: &str, wanted: &str) -> bool {
    const GROUPS: [[&str; 2]; 2] = [["pod", "container"], ["log", "agent_log"]];
    captured == wanted
        || GROUPS.iter().any(|group| group.contains(&captured) && group.contains(&wanted))
}

/// Returns a finding as a comparison lists it.
fn compared(before: Option<&PastFinding>, after: Option<&PastFinding>, why: String) -> Compared {
    let empty = PastFinding::default();
    let told = after.or(before).unwrap_or(&empty);
    let place = told.evidence.first().map(|place| format!("{}:{}", place.artifact, place.line));
    Compared {
        id: told.id.clone(),
        rule: told.rule.clone(),
        title: told.title.clone(),
        subject: told.subject(),
        before: before.map(PastFinding::state),
        after: after.map(PastFinding::state),
        place,
        why,
        missing: Vec::new(),
        verify: Vec::new(),
        collect: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use kubetriage_model::{Finding, Report};

    use super::*;
    use crate::testing::{captured, finding, question, report};

    fn compared(before: Vec<Finding>, after: &Report) -> Comparison {
        compare(&Snapshot::from(&report(before)), &Snapshot::from(after))
    }

    fn one() -> Finding {
        finding("image/not-found", "shop", "web-5d4f8c7b9d-k8s2p")
    }

    #[test]
    fn a_fault_whose_source_was_captured_again_is_resolved() {
        let after = Report { clear: vec!["image/not-found".to_owned()], ..report(Vec::new()) };
        let lists = compared(vec![one()], &after);
        assert_eq!((lists.resolved.len(), lists.not_comparable.len()), (1, 0));
        assert_eq!(lists.resolved[0].after, None);
        let steps = &lists.resolved[0].verify;
        assert!(
            steps.len() == 1 && steps[0].done && steps[0].by.contains("kube event"),
            "{steps:?}"
        );
    }

    #[test]
    fn a_fault_whose_source_is_missing_is_not_comparable() {
        let elsewhere =
            Report { captured: vec![captured("kube_event", &["other"])], ..Report::default() };
        let open = Report {
            not_assessed: vec![question(
                "image/not-found",
                &["kube_event"],
                &["kubectl get events -A"],
            )],
            ..report(Vec::new())
        };
        for after in [Report::default(), elsewhere, open] {
            let lists = compared(vec![one()], &after);
            assert_eq!((lists.resolved.len(), lists.not_comparable.len()), (0, 1), "{after:?}");
            let missing = &lists.not_comparable[0].missing[0];
            assert_eq!(
                (missing.kind.as_str(), missing.place.as_str()),
                ("kube_event", "events.txt:3")
            );
        }
    }

    #[test]
    fn what_is_there_in_both_is_paired_once() {
        let anew = finding("image/not-found", "shop", "web-7c9d8f6b54-x2x7q");
        let other = finding("pod/crash-loop", "shop", "web-7c9d8f6b54-x2x7q");
        let lists = compared(vec![one()], &report(vec![anew, other]));
        assert_eq!((lists.unchanged.len(), lists.new.len(), lists.resolved.len()), (1, 1, 0));
        assert_eq!(lists.new[0].rule, "pod/crash-loop");
    }

    #[test]
    fn verdicts_tell_what_became_of_a_fault() {
        let with = |verdict| Finding { verdict, ..one() };
        let (confirmed, likely, healed) = (Verdict::Confirmed, Verdict::Likely, Verdict::Healed);
        let count = |before, after| {
            let lists = compared(vec![with(before)], &report(vec![with(after)]));
            [lists.resolved.len(), lists.new.len(), lists.changed.len(), lists.unchanged.len()]
        };
        assert_eq!(count(confirmed, healed), [1, 0, 0, 0]);
        assert_eq!(count(healed, confirmed), [0, 1, 0, 0]);
        assert_eq!(count(likely, confirmed), [0, 0, 1, 0]);
        assert_eq!(count(likely, likely), [0, 0, 0, 1]);
        assert_eq!(count(healed, healed), [0, 0, 0, 0]);
    }
}
