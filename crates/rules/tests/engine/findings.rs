//! What becomes of groups that fire: counts, finer rules, folding, what is left over.

use super::*;

#[test]
fn counts_and_choices_of_signals() {
    let catalog = load(&[
        rule(
            "test/many",
            "
look_for: {failed: {in: kube_event, where: {reason: Failed}, keep: {object: object}}}
fire_when: {count: {of: failed, n: 2, distinct: object}}
",
        ),
        rule(
            "test/two-of",
            "
look_for:
  failed: {in: kube_event, where: {reason: Failed}}
  killed: {in: kube_event, where: {reason: Killing}}
  evicted: {in: kube_event, where: {reason: Evicted}}
fire_when: {at_least: {of: [failed, killed, evicted], n: 2}}
",
        ),
    ]);
    for (expected, events) in [
        (vec![], vec![("web", "Failed"), ("web", "Failed")]),
        (vec!["test/many"], vec![("web", "Failed"), ("api", "Failed")]),
        (vec!["test/two-of"], vec![("web", "Failed"), ("web", "Evicted")]),
    ] {
        let events = (1..).zip(&events);
        let events = events.map(|(line, (pod, reason))| at(0, line, kube_event(pod, reason, "5m")));
        let outcome = judge(&catalog, &facts(events.collect()));
        let found: Vec<_> = outcome.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_finer_rule_takes_the_evidence_of_a_generic_one() {
    let catalog = load(&[
        rule(
            "test/any-failure",
            "
look_for: {failed: {in: kube_event, where: {reason: [Failed, BackOff]}}}
fire_when: failed
",
        ),
        rule(
            "test/failed",
            "
look_for: {failed: {in: kube_event, where: {reason: Failed}}}
fire_when: failed
beats: [test/any-failure]
",
        ),
    ]);
    let found = |events| {
        let outcome = judge(&catalog, &facts(events));
        outcome
            .findings
            .into_iter()
            .map(|finding| (finding.rule, finding.count))
            .collect::<Vec<_>>()
    };
    let failed = at(0, 1, kube_event("web", "Failed", "5m"));
    let back_off = at(0, 2, kube_event("web", "BackOff", "5m"));
    assert_eq!(found(vec![failed.clone()]), [("test/failed".to_owned(), 1)]);
    assert_eq!(
        found(vec![failed, back_off]),
        [("test/any-failure".to_owned(), 1), ("test/failed".to_owned(), 1)]
    );
}

#[test]
fn symptoms_are_folded_under_their_cause() {
    let catalog = load(&[
        rule(
            "test/a-symptom",
            "
look_for: {waiting: {in: pod, where: {status: Waiting}, keep: {object: object}}}
fire_when: waiting
",
        ),
        rule(
            "test/the-cause",
            "
look_for: {failed: {in: kube_event, where: {reason: Failed}, keep: {object: object}}}
fire_when: failed
explains: [{rule: test/a-symptom, same: object}]
",
        ),
    ]);
    let symptom = at(0, 1, pod("web", "Waiting"));
    let outcome =
        judge(&catalog, &facts(vec![symptom.clone(), at(1, 1, kube_event("web", "Failed", "5m"))]));
    let rules: Vec<_> = outcome.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["test/the-cause", "test/a-symptom"]);
    assert_eq!(outcome.findings[0].explains, [outcome.findings[1].id.clone()]);
    assert_eq!(outcome.findings[1].explained_by, [outcome.findings[0].id.clone()]);

    let outcome =
        judge(&catalog, &facts(vec![symptom, at(1, 1, kube_event("api", "Failed", "5m"))]));
    assert!(outcome.findings.iter().all(|finding| finding.explained_by.is_empty()));
}

#[test]
fn unwell_pods_without_a_finding_are_listed() {
    let catalog = load(&[rule("test/healing", HEALING)]);
    let outcome = judge(
        &catalog,
        &facts(vec![
            at(0, 1, pod("web", "CrashLoopBackOff")),
            at(0, 2, pod("done", "Completed")),
            at(0, 3, pod("api", "Pending")),
            at(0, 4, kube_event("api", "Failed", "5m")),
        ]),
    );
    let listed: Vec<_> =
        outcome.unexplained.iter().map(|one| one.subject.name.as_deref().unwrap()).collect();
    assert_eq!(listed, ["web"]);
}

#[test]
fn findings_over_the_limit_are_counted() {
    let catalog = load(&[rule(
        "test/each",
        "
look_for: {failed: {in: kube_event, where: {reason: Failed}, keep: {pod: object.name}}}
fire_when: failed
per: [pod]
",
    )]);
    let events =
        (1..=5).map(|line| at(0, line, kube_event(&format!("pod-{line}"), "Failed", "5m")));
    let pods = (1..=6).map(|line| at(1, line, pod(&format!("pod-{line}"), "CrashLoopBackOff")));
    let options = Options { max_findings: 2, ..Options::default() };
    let outcome = evaluate(&catalog, &facts(events.chain(pods).collect()), &options);
    assert_eq!(outcome.findings.len(), 2);
    // What is not listed is explained all the same.
    let unexplained = outcome.unexplained.iter().map(|one| one.subject.name.as_deref());
    assert_eq!(unexplained.collect::<Vec<_>>(), [Some("pod-6")]);
    assert_eq!(outcome.left_out.get("test/each").map(|over| over.live), Some(3));
}
