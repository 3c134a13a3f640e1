//! The sieve, seen from outside: what stays, what goes, what comes back.

use std::collections::BTreeSet;

use kubetriage_model::{ArtifactId, Container, Data, Event, Pod, Provenance};

use super::aside::{MOST_RECORDS, Record};
use super::family::Family;
use super::*;
use crate::facts::Facts;

fn event(data: impl Into<Data>, line: u64) -> Event {
    let at = Provenance { line, end_line: line, start: line * 100, ..Provenance::default() };
    Event { data: data.into(), at, repaired: false, quoted: false }
}

fn pod(name: &str, status: &str) -> Pod {
    Pod {
        namespace: Some("shop".to_owned()),
        name: name.to_owned(),
        phase: Some(if status == "Running" { "Running" } else { "Pending" }.to_owned()),
        status: Some(status.to_owned()),
        ready: Some(i64::from(status == "Running")),
        total: Some(1),
        restarts: Some(0),
        created: Some("2026-11-19T08:00:00Z".to_owned()),
        ..Pod::default()
    }
}

fn container(pod: &str) -> Container {
    Container {
        namespace: Some("shop".to_owned()),
        pod: Some(pod.to_owned()),
        name: "web".to_owned(),
        image: Some("contoso.azurecr.io/web:v9".to_owned()),
        state: Some("running".to_owned()),
        ready: Some(true),
        restarts: Some(0),
        ..Container::default()
    }
}

/// The signals of the built-in rules that would keep an event.
fn loud(event: &Event) -> Vec<String> {
    let kind = FAMILIES.iter().find(|kind| **kind == event.data.kind()).unwrap();
    let family = Family::new(0, kind, Catalog::builtin());
    let object = identity_of(&event.data);
    let fact = Fact { event, object: object.as_ref(), scrubbed: false, now: None };
    let loud = family.signals.iter().filter(|asked| {
        settled(asked.signal, &fact, &FieldTest::is_late)
            .is_none_or(|answer| asked.is_loud(answer, object.as_ref()))
    });
    loud.map(|asked| format!("{}: {}", asked.rule, asked.signal.name)).collect()
}

#[test]
fn what_is_well_is_put_aside() {
    let row = Pod { namespace: None, phase: None, ..pod("web-1", "Running") };
    assert_eq!(loud(&event(pod("web-1", "Running"), 1)), Vec::<String>::new());
    assert_eq!(loud(&event(row, 1)), Vec::<String>::new());
    assert_eq!(loud(&event(container("web-1"), 1)), Vec::<String>::new());
}

#[test]
fn what_a_finding_asks_for_comes_back() {
    let sieve = Sieve::behind(0, Catalog::builtin());
    let mut kept = Vec::new();
    for number in 0..100 {
        let name = format!("web-{number}");
        let status = if number == 5 { "ImagePullBackOff" } else { "Running" };
        let stated = [event(pod(&name, status), number + 1), event(container(&name), number + 1)];
        kept.extend(stated.into_iter().filter(|event| sieve.keeps(event)));
    }
    assert_eq!(kept.len(), 1);
    // The same pod runs in another artifact: that comes back, the other pods do not.
    let later = Event {
        at: Provenance { artifact: ArtifactId(1), ..event(pod("", ""), 7).at },
        ..event(pod("web-5", "Running"), 7)
    };
    assert!(!sieve.keeps(&later));
    let facts = Facts::beside(sieve.finish(), kept, Vec::new(), Vec::new());
    assert_eq!(facts.len(), 3);
    assert!(facts.captured("container"));
    let shop = facts.captured_kinds().into_iter().find(|captured| captured.kind == "pod").unwrap();
    assert_eq!(shop.namespaces, ["shop"]);
}

#[test]
fn what_is_remembered_does_not_depend_on_the_order() {
    let number = MOST_RECORDS as u64 + 1000;
    let remembered = |lines: &mut dyn Iterator<Item = u64>| {
        let sieve = Sieve::behind(0, Catalog::builtin());
        for line in lines {
            assert!(!sieve.keeps(&event(pod(&format!("web-{line}"), "Running"), line)));
        }
        let quiet = sieve.finish();
        assert!(quiet.remark().is_some());
        assert_eq!(quiet.len(), number);
        // Ten pods were kept: some of the others are about them too.
        let known: BTreeSet<_> =
            (0..10).map(|one| (Some("shop".to_owned()), format!("web-{one}"))).collect();
        let objects = quiet.others("pod", &known) + 10;
        assert!(objects.abs_diff(number) < number / 100, "{objects} of {number}");
        let mut all: Vec<u64> = quiet.blocks.iter().flatten().map(Record::name).collect();
        all.sort_unstable();
        (objects, all)
    };
    let forwards = remembered(&mut (0..number));
    assert!(forwards.1.len() > 1000 && forwards.1.len() < MOST_RECORDS);
    assert!(forwards == remembered(&mut (0..number).rev()));
}
