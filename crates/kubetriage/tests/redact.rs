//! A cleaned copy tells the same: for every fixture the same findings, and nothing that was planted.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads and writes fixtures")]

use std::fs;
use std::path::{Path, PathBuf};

use kubetriage::model::Verdict;
use kubetriage::source::Input;
use kubetriage::{Error, Options, Report, analyze, redact};

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata")
}

/// Writes the cleaned copy of `from` into `to`.
fn cleaned(from: &Path, to: &Path) -> kubetriage::clean::Replaced {
    redact::<Error>(&[Input::Path(from.to_owned())], &Options::default(), &mut |piece| {
        let path = to.join(piece.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut text = fs::read_to_string(&path).unwrap_or_default();
        text.push_str(piece.text);
        fs::write(&path, text).unwrap();
        Ok(())
    })
    .unwrap()
}

/// Rule, verdict and count of every finding, and the rules that stay open.
fn told(report: &Report) -> Vec<(String, Option<Verdict>, u64)> {
    let findings = report.findings.iter().map(|f| (f.rule.clone(), Some(f.verdict), f.count));
    let open = report.not_assessed.iter().map(|question| (question.rule.clone(), None, 0));
    let mut all: Vec<_> = findings.chain(open).collect();
    all.sort();
    all
}

fn of(path: &Path) -> Report {
    analyze(&[Input::Path(path.to_owned())], &Options::default()).unwrap()
}

#[test]
fn every_fixture_tells_the_same_when_cleaned() {
    let mut cases: Vec<PathBuf> = vec![testdata().join("bundles/agent-403")];
    let folders = |path: PathBuf| {
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    };
    cases.extend(folders(testdata().join("captures")).map(|case| case.join("capture")));
    cases.extend(folders(testdata().join("formats")));
    cases.push(testdata().join("sections"));
    cases.sort();
    assert!(cases.len() > 40, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let folder = tempfile::tempdir().unwrap();
        cleaned(&case, folder.path());
        let (mut before, after) = (told(&of(&case)), told(&of(folder.path())));
        // A release of helm is told by the value of a Secret, which no cleaned copy holds.
        let releases = case.ends_with("formats/manifest");
        before.retain(|(rule, ..)| !(releases && rule == "helm/readiness-timeout"));
        if before != after {
            let case = case.strip_prefix(testdata()).unwrap().display().to_string();
            let lost: Vec<_> = before.iter().filter(|one| !after.contains(one)).collect();
            let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
            wrong.push(format!("{case}: lost {lost:?}, new {new:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Captures in which everything that names somebody says `fabrikam`, or is listed here.
const PLANTED: &[(&str, &str)] = &[
    (
        "pods.txt",
        "$ kubectl get pods -A -o wide\n\
         NAMESPACE       NAME                              READY   STATUS             RESTARTS   AGE   IP             NODE\n\
         fabrikam-prod   fabrikam-cart-7d9f8b6c5d-x7k2p    0/1     ImagePullBackOff   0          2d    10.231.77.12   aks-fabpool-31415926-vmss000001\n\
         kube-system     coredns-7d9f8b6c5d-qwc8x          1/1     Running            0          2d    10.231.77.13   aks-fabpool-31415926-vmss000001\n",
    ),
    (
        "events.txt",
        "NAMESPACE       LAST SEEN   TYPE      REASON   OBJECT                               MESSAGE\n\
         fabrikam-prod   2m          Warning   Failed   pod/fabrikam-cart-7d9f8b6c5d-x7k2p   Failed to pull image \"fabrikamreg.azurecr.io/cart-service:v1\": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://fabrikamreg.azurecr.io/oauth2/token?scope=repository%3Acart-service%3Apull: 401 Unauthorized\n",
    ),
    (
        "secret.yaml",
        "apiVersion: v1\ndata:\n  password: aHVudGVyMg==\nkind: Secret\nmetadata:\n  name: fabrikam-db\n  namespace: fabrikam-prod\n",
    ),
    (
        "log.txt",
        "2026-11-20T10:00:00Z ERROR login of jane.doe@fabrikam.com to db.fabrikam.com (20.61.99.7, 2603:1030:20e:3::23c) failed: password=hunter2\n\
         2026-11-20T10:00:01Z ERROR /subscriptions/5f1c2a44-8a2e-4c7d-9d3c-0f6f5a1b2c3d/resourceGroups/rg-fabrikam/providers/Microsoft.ContainerService/managedClusters/aks-fabrikam tenant 72f988bf-86f1-41af-91ab-2d7cd011db47\n\
         2026-11-20T10:00:02Z ERROR Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl\n",
    ),
];

#[test]
fn nothing_that_was_planted_survives() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("fabrikam-prod"), folder.path().join("clean"));
    fs::create_dir(&from).unwrap();
    for (name, text) in PLANTED {
        fs::write(from.join(name), text).unwrap();
    }
    let replaced = cleaned(&from, &to);
    let text: String =
        PLANTED.iter().map(|(name, _)| fs::read_to_string(to.join(name)).unwrap()).collect();
    let lower = text.to_lowercase();
    for planted in [
        "fabrikam",
        "fabpool",
        "31415926",
        "10.231",
        "cart-service",
        "20.61.99.7",
        "2603:1030",
        "jane",
        "hunter2",
        "ahvudgvymg",
        "5f1c2a44",
        "72f988bf",
        "eyjhbgci",
    ] {
        assert!(!lower.contains(planted), "{planted} survives:\n{text}");
    }
    for kept in [
        "kube-system",
        "coredns-7d9f8b6c5d-qwc8x",
        "-7d9f8b6c5d-x7k2p",
        "ImagePullBackOff",
        ".azurecr.io/",
        "401 Unauthorized",
        "2026-11-20T10:00:00Z",
        "Microsoft.ContainerService",
        "kind: Secret",
        "203.0.113.1",
        "2001:db8:",
        "user1@example.com",
    ] {
        assert!(text.contains(kept), "{kept} is gone:\n{text}");
    }
    assert_eq!(told(&of(&from)), told(&of(&to)));
    let originals: Vec<_> = replaced.map.values().flat_map(|map| map.keys()).collect();
    assert!(originals.iter().any(|name| name.contains("fabrikam")), "{originals:?}");
}
