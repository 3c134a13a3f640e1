//! What signals say together: joins, groups, support, absence.

use super::*;

#[test]
fn signals_are_joined_by_what_they_keep() {
    let catalog = load(&[rule("test/joined", JOINED)]);
    let refused = |region| at(0, 1, log(region, "refused"));
    for (expected, events) in [
        (
            "confirmed",
            vec![refused(Some("East")), at(1, 1, answer("east.contoso.com", "10.0.0.1"))],
        ),
        ("clear", vec![refused(Some("east")), at(1, 1, answer("west.contoso.com", "10.0.0.1"))]),
        ("clear", vec![refused(Some("east")), at(1, 1, answer("east.contoso.com", "20.0.0.1"))]),
        ("likely", vec![refused(None), at(1, 1, answer("east.contoso.com", "10.0.0.1"))]),
        ("not assessed", vec![refused(Some("east"))]),
        ("not assessed", vec![refused(Some("east")), at(1, 1, answer("other.test", "10.0.0.1"))]),
        ("nothing", Vec::new()),
    ] {
        assert_eq!(word(&judge(&catalog, &facts(events.clone()))), expected, "{events:?}");
    }
}

#[test]
fn support_alone_is_an_open_question() {
    let text = JOINED.replace("{all: [refused, private], same: region}", "{signal: private}");
    let text = format!("{text}support: [refused]\n");
    let catalog = load(&[rule("test/supported", &text)]);
    let refused = at(0, 1, log(Some("east"), "refused"));
    let private = at(1, 1, answer("east.contoso.com", "10.0.0.1"));
    let public = at(1, 1, answer("east.contoso.com", "20.0.0.1"));
    for (expected, events) in [
        ("not assessed", vec![refused.clone()]),
        ("confirmed", vec![refused.clone(), private]),
        ("clear", vec![refused, public]),
    ] {
        assert_eq!(word(&judge(&catalog, &facts(events.clone()))), expected, "{events:?}");
    }
}

#[test]
fn each_value_of_a_group_is_one_finding() {
    let catalog = load(&[rule("test/joined", JOINED)]);
    let mut events = Vec::new();
    for (line, region) in (1..).zip(["east", "west", "east", "north"]) {
        events.push(at(0, line, log(Some(region), "refused")));
    }
    events.push(at(1, 1, answer("east.contoso.com", "10.0.0.1")));
    events.push(at(1, 2, answer("west.contoso.com", "10.0.0.2")));
    let outcome = judge(&catalog, &facts(events.clone()));
    let found: Vec<_> = outcome
        .findings
        .iter()
        .map(|finding| (finding.subject.name.as_deref().unwrap(), finding.count))
        .collect();
    assert_eq!(found, [("east", 3), ("west", 2)]);

    events.reverse();
    assert_eq!(judge(&catalog, &facts(events)), outcome, "the order of reading must not show");
}

#[test]
fn scrubbed_addresses_decide_nothing() {
    let catalog = load(&[rule("test/joined", JOINED)]);
    let events = vec![
        at(0, 1, log(Some("east"), "refused")),
        at(1, 1, answer("east.contoso.com", "10.230.230.1")),
    ];
    let scrubbed = ArtifactFacts {
        id: ArtifactId(1),
        path: "dns.txt".to_owned(),
        scrubbed: true,
        ..ArtifactFacts::default()
    };
    let outcome = judge(&catalog, &Facts::new(events, Vec::new(), vec![scrubbed]));
    assert_eq!(word(&outcome), "not assessed");
    assert!(outcome.not_assessed[0].reason.starts_with("scrubbed"));
}

#[test]
fn an_open_question_tells_why_it_is_open() {
    let joined = load(&[rule("test/joined", JOINED)]);
    let recorded = "{in: kube_event, about: {reason: Recorded}, keep: {region: object.name}}";
    let private = JOINED.find("  private:").unwrap()..JOINED.find("fire_when").unwrap();
    let mut by_event = JOINED.to_owned();
    by_event.replace_range(private, &format!("  private: {recorded}\n"));
    let by_event = load(&[rule("test/by-event", &by_event)]);
    let asked = at(0, 1, log(Some("east"), "refused"));
    let lookups = |whole| Coverage {
        kind: "dns_answer",
        object_kind: None,
        scope: Scope::Cluster,
        whole,
        at: Provenance::default(),
    };
    let without_address = DnsAnswer { addresses: Vec::new(), ..answer("east.contoso.com", "") };
    let other = at(1, 1, answer("other.test", "10.0.0.1"));
    for (reason, catalog, event, coverage) in [
        ("not captured", &joined, None, None),
        ("empty", &joined, None, Some(lookups(true))),
        ("cut", &joined, None, Some(lookups(false))),
        ("captured, but not for", &joined, Some(other), None),
        ("the capture does not show", &joined, Some(at(1, 1, without_address)), None),
        ("expired", &by_event, Some(at(1, 1, kube_event("east", "Pulled", "5m"))), None),
    ] {
        let events = std::iter::once(asked.clone()).chain(event).collect();
        let outcome = judge(catalog, &covered(events, coverage.into_iter().collect()));
        let told: Vec<_> = outcome.not_assessed.iter().map(|open| open.reason.as_str()).collect();
        assert!(told.len() == 1 && told[0].starts_with(reason), "{reason}: {told:?}");
    }
}

#[test]
fn absence_needs_a_whole_list() {
    let catalog = load(&[rule(
        "test/absent",
        "
look_for:
  wanted:
    in: kube_event
    where: {reason: Wanted}
    keep: {object: object}
  there:
    in: pod
    where: {name: web}
    keep: {object: object}
fire_when: {all: [wanted, {none: [there]}], same: object}
",
    )]);
    let wanted = at(0, 1, kube_event("web", "Wanted", "5m"));
    let list = |whole, scope| Coverage {
        kind: "pod",
        object_kind: None,
        scope,
        whole,
        at: Provenance::default(),
    };
    let namespace = |name: &str| Scope::Namespace(name.to_owned());
    for (expected, events, coverage) in [
        ("not assessed", vec![wanted.clone()], Vec::new()),
        ("confirmed", vec![wanted.clone()], vec![list(true, Scope::Cluster)]),
        ("confirmed", vec![wanted.clone()], vec![list(true, namespace("shop"))]),
        ("not assessed", vec![wanted.clone()], vec![list(true, namespace("other"))]),
        ("not assessed", vec![wanted.clone()], vec![list(false, Scope::Cluster)]),
        (
            "clear",
            vec![wanted.clone(), at(1, 1, pod("web", "Running"))],
            vec![list(true, Scope::Cluster)],
        ),
    ] {
        let outcome = judge(&catalog, &covered(events, coverage.clone()));
        assert_eq!(word(&outcome), expected, "{coverage:?}");
    }
}
