//! What later evidence takes back.

use super::*;

#[test]
fn later_evidence_heals() {
    let catalog = load(&[rule("test/healing", HEALING)]);
    let failed = at(0, 5, kube_event("web", "Failed", "5m"));
    for (expected, later) in [
        ("confirmed", at(1, 1, pod("web", "Pending"))),
        ("healed", at(1, 1, pod("web", "Running"))),
        ("confirmed", at(1, 1, pod("other", "Running"))),
        ("healed", at(0, 4, kube_event("web", "Pulled", "2m"))),
        ("confirmed", at(0, 9, kube_event("web", "Pulled", "9m"))),
    ] {
        let outcome = judge(&catalog, &facts(vec![failed.clone(), later.clone()]));
        assert_eq!(word(&outcome), expected, "{later:?}");
    }
}

#[test]
fn a_live_witness_keeps_a_group_alive() {
    let catalog = load(&[rule("test/healing", HEALING)]);
    let outcome = judge(
        &catalog,
        &facts(vec![
            at(0, 1, kube_event("web", "Failed", "5m")),
            at(0, 2, kube_event("api", "Failed", "5m")),
            at(1, 1, pod("web", "Running")),
        ]),
    );
    assert_eq!(word(&outcome), "confirmed");
    assert_eq!(outcome.findings[0].subject.name.as_deref(), Some("api"));
}

#[test]
fn the_last_state_of_an_artifact_counts() {
    let catalog = load(&[rule(
        "test/pending",
        "
look_for: {pending: {in: pod, where: {status: Pending}}}
fire_when: pending
",
    )]);
    let events = vec![at(0, 1, pod("web", "Pending")), at(0, 2, pod("web", "Running"))];
    assert_eq!(word(&judge(&catalog, &facts(events.clone()))), "clear");
    let events = vec![at(0, 3, pod("web", "Pending")), at(0, 2, pod("web", "Running"))];
    assert_eq!(word(&judge(&catalog, &facts(events))), "confirmed");
}

#[test]
fn what_is_quoted_is_no_evidence() {
    let catalog = load(&[rule("test/healing", HEALING)]);
    let mut quoted = at(0, 1, kube_event("web", "Failed", "5m"));
    quoted.quoted = true;
    assert_eq!(word(&judge(&catalog, &facts(vec![quoted]))), "nothing");
}

#[test]
fn what_is_said_of_many_objects_heals_object_by_object() {
    let catalog = load(&[rule("test/joined", JOINED), rule("test/healing", HEALING)]);
    let mut events = Vec::new();
    for line in 0..25_000 {
        events.push(at(0, line, kube_event(&format!("pod-{line}"), "Failed", "5m")));
        events.push(at(1, line, pod(&format!("pod-{line}"), "Running")));
    }
    assert_eq!(word(&judge(&catalog, &facts(events))), "healed");
}
