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
        // A log of a node concerns no pod.
        if !values.is_empty() {
            things.entry(event.data.kind()).or_default().insert(values.join(" "));
        }
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

/// The same cluster in the layout of each collector: folder, name of the layout, moment in its name.
const LAYOUTS: &[(&str, &str, Option<&str>)] = &[
    ("must-gather", "must-gather", None),
    ("cluster-info-dump", "cluster-info dump", None),
    ("troubleshoot", "troubleshoot.sh support bundle", Some("2026-11-20T08:00:10")),
    ("support-bundle-kit", "support-bundle-kit", Some("2026-11-20T08:00:10Z")),
    ("sos", "sos report", Some("2026-11-20")),
    ("periscope", "AKS Periscope", Some("2026-11-20T08:00:10Z")),
    ("extension-troubleshoot", "az k8s-extension troubleshoot", Some("2026-11-20T08:00:10")),
];

#[test]
fn the_report_says_what_a_bundle_is_and_when_it_was_made() {
    for (folder, layout, made) in LAYOUTS {
        let report = analyze(&[bundle(folder)], &Options::default()).unwrap();
        assert_eq!(report.bundle.layouts, [*layout], "{folder}");
        assert_eq!(report.bundle.made.as_deref(), *made, "{folder}");
        let count = |kind: &str| {
            let captured = report.captured.iter().find(|captured| captured.kind == kind);
            captured.map(|captured| captured.count)
        };
        assert_eq!(count("pod"), Some(3), "{folder}");
        let whole = !matches!(*folder, "periscope" | "extension-troubleshoot");
        assert_eq!(count("node"), whole.then_some(2), "{folder}");
        assert_eq!(count("kube_event"), whole.then_some(2), "{folder}");
        assert_eq!(report.bundle.scrubbed, *folder == "troubleshoot", "{folder}");
    }
}

#[test]
fn every_layout_gives_the_same_findings() {
    let told = |folder: &str, rules: &[&str]| -> Vec<String> {
        let all = found(bundle(folder));
        let own = |line: &&String| rules.iter().any(|rule| line.starts_with(&format!("{rule} ")));
        // The count is left out: a must-gather states each pod twice.
        let told = all.iter().filter(own).filter_map(|line| line.rsplit_once(' '));
        told.map(|(told, _)| told.to_owned()).collect()
    };
    let lookup = told("cluster-info-dump", &["dns/lookup-failed"]);
    let both = told("cluster-info-dump", &["dns/lookup-failed", "pod/crash-loop"]);
    assert_eq!((lookup.len(), both.len()), (1, 2));
    for (folder, ..) in LAYOUTS {
        assert_eq!(told(folder, &["dns/lookup-failed"]), lookup, "{folder}");
        if !matches!(*folder, "periscope" | "extension-troubleshoot") {
            assert_eq!(told(folder, &["dns/lookup-failed", "pod/crash-loop"]), both, "{folder}");
        }
    }
}

#[test]
fn places_tell_whose_log_it_is() {
    for (folder, ..) in LAYOUTS {
        let things = things(bundle(folder));
        let logs: Vec<&str> = things.get("log").into_iter().flatten().map(String::as_str).collect();
        let namespace = |name: &'static str| if *folder == "periscope" { "" } else { name };
        for log in [
            format!("{} coredns-6f8b7c9d5-lw2sx coredns", namespace("kube-system")),
            format!("{} web-5d4f8c7b9d-k8s2p web", namespace("shop")),
            format!("{} web-5d4f8c7b9d-k8s2p proxy", namespace("shop")),
        ] {
            assert!(logs.contains(&log.trim_start()), "{folder}: {log}: {logs:#?}");
        }
    }
}

#[test]
fn a_troubleshoot_bundle_a_kit_and_an_sos_report_hold_the_cluster() {
    for folder in ["troubleshoot", "support-bundle-kit", "sos"] {
        assert_holds_the_cluster(&things(bundle(folder)));
    }
}

#[test]
fn a_log_that_lies_in_two_folders_counts_once() {
    let report = analyze(&[bundle("troubleshoot")], &Options::default()).unwrap();
    let copies = report.artifacts.iter().filter(|artifact| artifact.path.contains("/all-logs/"));
    let noted =
        copies.flat_map(|copy| &copy.notes).filter(|note| note.message.contains("a copy of"));
    assert_eq!(noted.count(), 1, "the one with lines that matter");
    let lookup =
        report.findings.iter().find(|finding| finding.rule == "dns/lookup-failed").unwrap();
    let places: Vec<&str> = lookup.evidence.iter().map(|place| place.artifact.as_str()).collect();
    assert_eq!(places.len(), 1);
    assert!(places.iter().all(|place| place.contains("/pods/logs/shop/")), "{places:?}");
}

#[test]
fn two_pods_that_say_the_same_are_no_copies() {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("cluster-resources/pods/logs/shop");
    for pod in ["web-0", "web-1"] {
        std::fs::create_dir_all(logs.join(pod)).unwrap();
        let text = "dial tcp: lookup db.contoso.example on 10.96.0.10:53: no such host\n";
        std::fs::write(logs.join(pod).join("web.log"), text).unwrap();
    }
    let report = analyze(&[Input::Path(folder.path().to_owned())], &Options::default()).unwrap();
    let lookup =
        report.findings.iter().find(|finding| finding.rule == "dns/lookup-failed").unwrap();
    assert_eq!((lookup.count, lookup.evidence.len()), (2, 2));
}

/// Returns how many objects of a kind a document holds: of its items, or itself.
fn objects(document: &Value, kind: &str) -> usize {
    let named = |object: &Value| object.get("kind").and_then(Value::as_str) == Some(kind);
    match document.get("items").and_then(Value::as_array) {
        Some(items) => items.iter().filter(|item| named(item)).count(),
        None => usize::from(named(document)),
    }
}

/// Returns how many containers the pods of a document have.
fn containers(document: &Value) -> usize {
    let items = document.get("items").and_then(Value::as_array).cloned();
    let items = items.unwrap_or_else(|| vec![document.clone()]);
    let of = |pod: &Value| pod.pointer("/spec/containers").and_then(Value::as_array).map(Vec::len);
    items.iter().filter(|item| objects(item, "Pod") == 1).filter_map(of).sum()
}

#[test]
fn events_are_as_many_as_the_objects_in_the_files() {
    let mut compared = BTreeMap::new();
    for folder in ["troubleshoot", "must-gather", "cluster-info-dump", "support-bundle-kit"] {
        let root = format!("{}/../../testdata/bundles/{folder}", env!("CARGO_MANIFEST_DIR"));
        parse(&[bundle(folder)], &Options::default(), &mut |artifact| {
            let path = &artifact.hint.path;
            let document: Value = match path.rsplit('.').next() {
                Some("json") => serde_json::from_str(&read(&format!("{root}/{path}"))).unwrap(),
                Some("yaml") => serde_yaml::from_str(&read(&format!("{root}/{path}"))).unwrap(),
                _ => return,
            };
            let count = |kind: &str| {
                artifact.parsed.events.iter().filter(|event| event.data.kind() == kind).count()
            };
            for (kind, family) in [("Pod", "pod"), ("Event", "kube_event"), ("Node", "node")] {
                assert_eq!(count(family), objects(&document, kind), "{family} of {folder}/{path}");
                *compared.entry(family).or_insert(0) += count(family);
            }
            assert_eq!(count("container"), containers(&document), "containers of {folder}/{path}");
        })
        .unwrap();
    }
    assert_eq!(compared, BTreeMap::from([("kube_event", 8), ("node", 8), ("pod", 15)]));
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
    let report = analyze(&[dump_on_stdout()], &Options::default()).unwrap();
    assert_eq!(report.bundle.layouts, ["cluster-info dump"]);
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
