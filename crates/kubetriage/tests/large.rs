//! Large input: parts, blocks, threads and what is put aside never show in a report.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test may fail loudly")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kubetriage::prelude::*;
use kubetriage_testkit::big_bundle;

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata")
}

fn report(path: &Path, change: impl FnOnce(&mut Options)) -> String {
    let mut options = Options::default();
    change(&mut options);
    let report = analyze(&[Input::Path(path.to_owned())], &options).unwrap();
    let mut json = Vec::new();
    kubetriage::report::json(&report, &mut json).unwrap();
    String::from_utf8(json).unwrap()
}

fn first_difference(one: &str, other: &str) -> String {
    let lines = one.lines().zip(other.lines()).enumerate();
    let found = lines.into_iter().find(|(_, (one, other))| one != other);
    found.map_or_else(String::new, |(number, (one, other))| {
        format!("line {number}: {one} | {other}")
    })
}

/// Analyzes one file in small parts and as a whole; the reports must be the same. Returns the report.
fn in_parts(name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let whole = report(&path, |options| options.limits.block_bytes = 16 << 20);
    for (block_bytes, jobs) in [(4 << 10, 1), (9_973, 2), (64 << 10, 3)] {
        let parts = report(&path, |options| {
            options.limits.block_bytes = block_bytes;
            *options = options.clone().jobs(jobs);
            options.put_aside_after = Some(0);
        });
        assert!(
            parts == whole,
            "{name}, {block_bytes} bytes: {}",
            first_difference(&parts, &whole)
        );
    }
    whole
}

fn pod(number: usize, name: &str) -> String {
    let namespace = if number.is_multiple_of(2) { "shop" } else { "payments" };
    let (ready, state) = if number.is_multiple_of(97) {
        (false, r#"{"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}}"#)
    } else {
        (true, r#"{"running": {"startedAt": "2026-11-19T08:00:00Z"}}"#)
    };
    format!(
        r#"        {{
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {{
                "name": "{name}-{number}",
                "namespace": "{namespace}"
            }},
            "spec": {{"containers": [{{"name": "web", "image": "contoso.azurecr.io/web:{number}"}}]}},
            "status": {{
                "phase": "Running",
                "containerStatuses": [
                    {{"name": "web", "ready": {ready}, "restartCount": 7, "state": {state}}}
                ]
            }}
        }}"#
    )
}

fn list(pods: usize, behind: &str) -> String {
    let items: Vec<String> = (0..pods).map(|number| pod(number, "web")).collect();
    format!(
        "{{\n    \"apiVersion\": \"v1\",\n    \"items\": [\n{}\n    ],\n{behind}",
        items.join(",\n")
    )
}

fn table(rows: usize) -> String {
    let mut text =
        String::from("NAMESPACE   NAME       READY   STATUS             RESTARTS        AGE\n");
    for number in 0..rows {
        let _ = if number % 113 == 7 {
            writeln!(
                text,
                "shop        web-{number:05}  0/1     CrashLoopBackOff   9 (4m21s ago)   2d19h"
            )
        } else {
            writeln!(
                text,
                "payments    web-{number:05}  1/1     Running            0               2d19h"
            )
        };
    }
    text
}

#[test]
fn a_list_gives_the_same_in_parts() {
    let end = "    \"kind\": \"List\",\n    \"metadata\": {\"resourceVersion\": \"\"}\n}\n";
    let whole = in_parts("pods.json", &list(400, end));
    assert!(whole.contains("\"web-97\""));
    // Cut inside an item, paged, and with another capture behind it.
    let text = list(400, end);
    in_parts("cut.json", &text[..text.len() / 2]);
    in_parts(
        "paged.json",
        &list(300, "    \"kind\": \"List\",\n    \"metadata\": {\"continue\": \"x1\"}\n}\n"),
    );
    in_parts("two.json", &format!("{text}{}", table(20)));
    in_parts(
        "api.json",
        &list(300, "    \"x\": 1\n}\n").replace(
            "\"v1\",\n    \"items\"",
            "\"v1\",\n    \"kind\": \"PodList\",\n    \"items\"",
        ),
    );
}

#[test]
fn a_table_gives_the_same_in_parts() {
    let whole = in_parts("pods.txt", &table(3000));
    assert!(whole.contains("\"web-00007\""));
    let text = table(3000);
    in_parts("cut.txt", &text[..text.len() - 30]);
    in_parts(
        "two.txt",
        &format!(
            "{text}\n$ kubectl get nodes\nNAME      STATUS     ROLES   AGE   VERSION\nworker1   NotReady   agent   3d    v1.30.2\n"
        ),
    );
}

#[test]
fn what_is_put_aside_never_shows() {
    for folder in ["captures", "bundles"] {
        for case in fs::read_dir(testdata().join(folder)).unwrap() {
            let path = case.unwrap().path();
            let kept = report(&path, |_| {});
            let aside = report(&path, |options| options.put_aside_after = Some(0));
            assert!(aside == kept, "{}: {}", path.display(), first_difference(&aside, &kept));
        }
    }
}

#[test]
fn planted_faults_are_found_in_a_generated_bundle() {
    let folder = tempfile::tempdir().unwrap();
    big_bundle::write(folder.path(), 8 << 20).unwrap();
    let all = report(folder.path(), |_| {});
    for sign in ["extension/dataplane-403", "\"web-000005\"", "image/pull-backoff"] {
        assert!(all.contains(sign), "{sign}");
    }
    let other = report(folder.path(), |options| {
        options.limits.block_bytes = 100_003;
        options.put_aside_after = Some(10);
        *options = options.clone().jobs(1);
    });
    assert!(other == all, "{}", first_difference(&other, &all));
}
