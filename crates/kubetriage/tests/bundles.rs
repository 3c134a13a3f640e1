//! Whole bundles in the layouts of their collectors: what they hold is counted, each thing once.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use kubetriage::prelude::*;
use serde_json::Value;

fn bundle(name: &str) -> Input {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles"));
    Input::Path(root.join(name))
}

/// `kubectl cluster-info dump` without a folder: all documents and logs one behind the other.
fn dump_on_stdout() -> Input {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/cluster-info-dump");
    let mut text = String::new();
    for file in [
        "nodes.json",
        "shop/events.json",
        "shop/pods.json",
        "shop/web-5d4f8c7b9d-k8s2p/logs.txt",
        "shop/api-7c9d8f6b5-2xkqz/logs.txt",
        "kube-system/events.json",
        "kube-system/pods.json",
        "kube-system/coredns-6f8b7c9d5-lw2sx/logs.txt",
    ] {
        text.push_str(&read(&format!("{folder}/{file}")));
    }
    Input::Bytes { name: "dump.txt".to_owned(), bytes: text.into_bytes().into() }
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Returns the distinct things of a bundle by kind: namespace, pod and name of each.
fn things(input: Input) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut things: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    let mut each = |event: &Event| {
        let data = serde_json::to_value(&event.data).unwrap();
        let keys: &[&str] = match event.data.kind() {
            "pod" | "node" => &["namespace", "name"],
            "container" => &["namespace", "pod", "name", "image"],
            "kube_event" => &["namespace", "object", "reason", "count"],
            "log" => &["namespace", "pod", "container"],
            _ => return,
        };
        let values: Vec<String> = keys.iter().filter_map(|key| shown(data.get(*key)?)).collect();
        things.entry(event.data.kind()).or_default().insert(values.join(" "));
    };
    parse(&[input], &Options::default(), &mut |artifact| {
        if !artifact.hint.path.ends_with("timestamp") {
            artifact.parsed.events.iter().for_each(&mut each);
        }
    })
    .unwrap();
    things
}

/// Returns a value as text, an object by its name.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => object.get("name")?.as_str().map(str::to_owned),
        other => Some(other.to_string()),
    }
}

/// Returns rule, subject and count of each finding.
fn found(input: Input) -> Vec<String> {
    let report = analyze(&[input], &Options::default()).unwrap();
    let told = report.findings.iter().map(|finding| {
        let name = &finding.subject.name;
        format!("{} {} {}", finding.rule, name.as_deref().unwrap_or_default(), finding.count)
    });
    told.collect()
}

/// What the sample cluster holds, in whichever layout.
fn assert_holds_the_cluster(things: &BTreeMap<&'static str, BTreeSet<String>>) {
    let expected: &[(&str, &[&str])] = &[
        (
            "pod",
            &[
                "kube-system coredns-6f8b7c9d5-lw2sx",
                "shop api-7c9d8f6b5-2xkqz",
                "shop web-5d4f8c7b9d-k8s2p",
            ],
        ),
        (
            "container",
            &[
                "kube-system coredns-6f8b7c9d5-lw2sx coredns contoso.azurecr.io/coredns:1.4",
                "shop api-7c9d8f6b5-2xkqz api contoso.azurecr.io/api:1.4",
                "shop web-5d4f8c7b9d-k8s2p proxy contoso.azurecr.io/proxy:1.4",
                "shop web-5d4f8c7b9d-k8s2p web contoso.azurecr.io/web:1.4",
            ],
        ),
        ("node", &["worker-0", "worker-1"]),
        (
            "kube_event",
            &["shop api-7c9d8f6b5-2xkqz Pulled 1", "shop web-5d4f8c7b9d-k8s2p BackOff 31"],
        ),
        (
            "log",
            &[
                "kube-system coredns-6f8b7c9d5-lw2sx coredns",
                "shop api-7c9d8f6b5-2xkqz api",
                "shop web-5d4f8c7b9d-k8s2p proxy",
                "shop web-5d4f8c7b9d-k8s2p web",
            ],
        ),
    ];
    for (kind, names) in expected {
        let got: Vec<&str> = things.get(kind).into_iter().flatten().map(String::as_str).collect();
        assert_eq!(&got, names, "{kind}");
    }
}

#[test]
fn a_must_gather_holds_the_cluster() {
    assert_holds_the_cluster(&things(bundle("must-gather")));
    let report = analyze(&[bundle("must-gather")], &Options::default()).unwrap();
    assert_eq!(report.bundle.layouts, ["must-gather"]);
}

#[test]
fn a_cluster_info_dump_holds_the_same_as_folder_and_as_stream() {
    assert_holds_the_cluster(&things(bundle("cluster-info-dump")));
    assert_holds_the_cluster(&things(dump_on_stdout()));
    assert_eq!(found(bundle("cluster-info-dump")), found(dump_on_stdout()));
}

#[test]
fn what_stands_in_a_list_and_by_itself_is_one_finding() {
    let rules = |input| {
        let told = found(input);
        told.iter().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    let told = rules(bundle("must-gather"));
    assert_eq!(told.iter().filter(|rule| *rule == "pod/crash-loop").count(), 1, "{told:?}");
    assert_eq!(told, rules(bundle("cluster-info-dump")));
}

#[test]
fn dumps_of_the_arc_diagnoser_give_all_that_they_hold() {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut lines = (0, 0);
    parse(&[bundle("arc-diagnoser")], &Options::default(), &mut |artifact| {
        let path = &artifact.hint.path;
        let dumped = ["arc_deployment_logs", "non_ready", "events", "snapshot"];
        if dumped.iter().any(|part| path.contains(part)) {
            for event in &artifact.parsed.events {
                *counts.entry(event.data.kind()).or_default() += 1;
            }
            lines.0 += artifact.parsed.total;
            lines.1 += artifact.parsed.used;
        }
    })
    .unwrap();
    let expected = [("connected_cluster", 1), ("container", 3), ("kube_event", 4), ("pod", 2)];
    assert_eq!(counts, expected.into_iter().chain([("workload", 3)]).collect());
    assert_eq!(lines.0, lines.1);
}

#[test]
fn verdicts_of_the_arc_diagnoser_are_judged() {
    let found = found(bundle("arc-diagnoser"));
    for rule in [
        "arc/agents-pending",
        "extension/egress-blocked",
        "dns/timeout",
        "dns/nxdomain",
        "pod/crash-loop",
        // What the client of Python dumped: pods, statuses of deployments, events, the resource.
        "scheduling/insufficient-resources",
        "workload/rollout-stuck",
        "extension/agents-offline-48h",
    ] {
        assert!(found.iter().any(|line| line.starts_with(rule)), "{rule}: {found:#?}");
    }
}
