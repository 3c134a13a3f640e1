//! What the engine concludes from hand-made events: joins, absence, healing, folding.

#![expect(clippy::panic, reason = "a wrong rule in a test should fail loudly")]

use kubetriage_model::{
    AgentLog, ArtifactId, Coverage, Data, DnsAnswer, Event, KubeEvent, ObjectRef, Pod, Provenance,
    Scope, Verdict,
};
use kubetriage_rules::{ArtifactFacts, Catalog, Facts, Options, Outcome, RuleFile, evaluate};

/// What every rule file needs beside the part that a test is about.
const FRAME: &str = "
severity: error
say:
  title: found
  cause: It is so.
  fix: [{title: Mend it}]
  verify: [It is mended.]
prove:
  - {name: fires, files: {}, expect: confirmed}
  - {name: clear, files: {}, expect: clear}
";

fn rule(id: &str, text: &str) -> RuleFile {
    let text = format!("schema: 1\nid: {id}\n{text}\n{FRAME}");
    RuleFile { name: format!("{id}.yaml"), text }
}

fn load(files: &[RuleFile]) -> Catalog {
    Catalog::load(files, false).unwrap_or_else(|errors| panic!("{:?}", errors.problems()))
}

/// An event on `line` of artifact `artifact`.
fn at(artifact: u32, line: u64, data: impl Into<Data>) -> Event {
    let artifact = ArtifactId(artifact);
    let excerpt = format!("line {line}");
    let at = Provenance {
        artifact,
        start: line * 100,
        line,
        end_line: line,
        excerpt,
        ..Provenance::default()
    };
    Event { data: data.into(), at, repaired: false, quoted: false }
}

fn log(region: Option<&str>, message: &str) -> AgentLog {
    AgentLog {
        location: region.map(str::to_owned),
        message: Some(message.to_owned()),
        ..AgentLog::default()
    }
}

fn answer(name: &str, address: &str) -> DnsAnswer {
    DnsAnswer {
        name: Some(name.to_owned()),
        addresses: vec![address.to_owned()],
        ..DnsAnswer::default()
    }
}

fn pod(name: &str, status: &str) -> Pod {
    Pod {
        namespace: Some("shop".to_owned()),
        name: name.to_owned(),
        status: Some(status.to_owned()),
        ..Pod::default()
    }
}

fn kube_event(pod: &str, reason: &str, age: &str) -> KubeEvent {
    KubeEvent {
        namespace: Some("shop".to_owned()),
        object: Some(ObjectRef { kind: Some("Pod".to_owned()), name: pod.to_owned() }),
        reason: Some(reason.to_owned()),
        last_seen: Some(age.to_owned()),
        ..KubeEvent::default()
    }
}

fn facts(events: Vec<Event>) -> Facts {
    covered(events, Vec::new())
}

fn covered(events: Vec<Event>, coverage: Vec<Coverage>) -> Facts {
    let artifact = |number: u32| ArtifactFacts {
        id: ArtifactId(number),
        path: format!("file-{number}.txt"),
        ..ArtifactFacts::default()
    };
    Facts::new(events, coverage, (0..4).map(artifact).collect())
}

fn judge(catalog: &Catalog, facts: &Facts) -> Outcome {
    evaluate(catalog, facts, &Options::default())
}

/// One word for what an outcome says of the only rule.
fn word(outcome: &Outcome) -> &'static str {
    match (outcome.findings.first(), outcome.not_assessed.first(), outcome.clear.first()) {
        (Some(finding), ..) => match finding.verdict {
            Verdict::Confirmed => "confirmed",
            Verdict::Likely => "likely",
            Verdict::Healed => "healed",
        },
        (None, Some(_), _) => "not assessed",
        (None, None, Some(_)) => "clear",
        (None, None, None) => "nothing",
    }
}

const JOINED: &str = "
look_for:
  refused:
    in: agent_log
    where: {message: {has: refused}}
    keep: {region: location}
  private:
    in: dns_answer
    about: {name: {matches: '^(?P<region>[a-z]+)[.]contoso[.]com$'}}
    where: {addresses: {ip: private}}
fire_when: {all: [refused, private], same: region}
per: [region]
";

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

const HEALING: &str = "
look_for:
  failed:
    in: [kube_event]
    where: {reason: Failed}
    keep: {object: object}
  running:
    in: pod
    where: {status: Running}
    keep: {object: object}
  pulled:
    in: kube_event
    where: {reason: Pulled}
    keep: {object: object}
fire_when: {signal: failed, unless: [{later: running, same: object}, {later: pulled, same: object}]}
";

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
