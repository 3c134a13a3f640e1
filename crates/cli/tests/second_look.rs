//! The second look as a user takes it: suppress, baseline, diff, show, collect.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test looks at the files the command wrote")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn kubetriage(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubetriage"));
    for variable in ["NO_COLOR", "COLUMNS", "LC_ALL", "TERM"] {
        command.env_remove(variable);
    }
    let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn testdata(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(path);
    path.to_str().unwrap().to_owned()
}

fn bundle() -> String {
    testdata("bundles/agent-403")
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn tolerated_findings_do_not_fail_and_are_still_told() {
    let folder = tempfile::tempdir().unwrap();
    let all = file(&folder, "s.yaml", "- {rule: 'extension/*', reason: known since Monday}\n");
    let (status, out, err) =
        kubetriage(&["analyze", &bundle(), "--suppress", &all, "--format", "json"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    let report = json(&out);
    assert_eq!(report["findings"].as_array().unwrap().len(), 0);
    assert_eq!(report["suppressed"].as_array().unwrap().len(), 5);
    assert_eq!(report["suppressions"][0]["state"], "applied");
    assert_eq!(report["summary"]["suppressed"]["extension/dataplane-403"], 1);

    let over = file(&folder, "o.yaml", "- {rule: '*', reason: x, until: 2026-11-01}\n");
    let (status, out, _) = kubetriage(&["analyze", &bundle(), "--suppress", &over]);
    assert_eq!(status, 1);
    assert!(out.contains("expired after 2026-11-01; 5 findings listed again"), "{out}");

    let wrong = file(&folder, "w.yaml", "- rule: x\n");
    let (status, out, err) = kubetriage(&["analyze", &bundle(), "--suppress", &wrong]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("w.yaml:1") && err.contains("reason"), "{err}");
}

#[test]
fn only_what_the_baseline_does_not_know_fails() {
    let folder = tempfile::tempdir().unwrap();
    let earlier = folder.path().join("previous.json");
    let earlier = earlier.to_str().unwrap();
    let (status, ..) = kubetriage(&["analyze", &bundle(), "--format", "json", "-o", earlier]);
    assert_eq!(status, 1);
    let (status, out, _) = kubetriage(&["analyze", &bundle(), "--baseline", earlier]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("0 new, 5 known, 0 gone") && out.contains("], known"), "{out}");
    let other = testdata("captures/arc-pull-not-found");
    let (status, out, _) =
        kubetriage(&["analyze", &other, "--baseline", earlier, "--format", "json"]);
    assert_eq!(status, 1);
    let report = json(&out);
    assert_eq!(report["findings"][0]["known"], false);
    assert_eq!(report["baseline"]["gone"].as_array().unwrap().len(), 5);
    let (status, _, err) = kubetriage(&["analyze", &other, "--baseline", &bundle()]);
    assert!(status == 2 && err.contains("agent-403"), "{err}");
}

#[test]
fn a_bundle_and_its_report_compare_alike() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let report = report.to_str().unwrap();
    kubetriage(&["analyze", &bundle(), "--format", "json", "-o", report]);
    for (before, after) in [(bundle(), bundle()), (report.to_owned(), bundle())] {
        let (status, out, err) = kubetriage(&["diff", &before, &after, "--format", "json"]);
        assert_eq!((status, err.as_str()), (0, ""));
        assert_eq!(json(&out)["summary"]["unchanged"], 5, "{out}");
    }
    let other = testdata("captures/dns-timeout");
    let (status, out, _) = kubetriage(&["diff", report, &other]);
    assert_eq!(status, 1);
    assert!(out.contains("\nnew: 1 finding\n") && out.contains("not comparable: 5"), "{out}");
    assert_eq!(kubetriage(&["diff", report, &other, "--fail-on", "never"]).0, 0);
    assert_eq!(kubetriage(&["diff", report, "no-such-bundle"]).0, 2);
}

#[test]
fn every_form_of_a_comparison_ends_with_the_same_status() {
    let folder = tempfile::tempdir().unwrap();
    let other = testdata("captures/dns-timeout");
    let names = ["text", "json", "jsonl", "sarif", "junit", "markdown", "csv", "html"];
    for name in names {
        for (before, after, expected) in [(bundle(), other.clone(), 1), (bundle(), bundle(), 0)] {
            let (status, out, err) = kubetriage(&["diff", &before, &after, "--format", name]);
            assert_eq!((status, err.as_str()), (expected, ""), "{name}");
            let failures = if name == "junit" { out.matches("<failure ").count() } else { 0 };
            assert_eq!(failures, if name == "junit" { usize::from(expected == 1) } else { 0 });
        }
    }
    let files = names.map(|name| folder.path().join(name));
    let pairs = files.iter().zip(names);
    let options: Vec<_> =
        pairs.map(|(file, name)| format!("--format={name}={}", file.display())).collect();
    let mut arguments = vec!["diff", "", &other];
    let before = bundle();
    arguments[1] = &before;
    arguments.extend(options.iter().map(String::as_str));
    assert_eq!(kubetriage(&arguments), (1, String::new(), String::new()));
    assert!(files.iter().all(|file| fs::metadata(file).unwrap().len() > 100));
    let sarif = json(&fs::read_to_string(folder.path().join("sarif")).unwrap());
    let run = &sarif["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let (status, out, err) =
        kubetriage(&["diff", &before, &other, "--format", "csv", "--format", "json"]);
    assert!(status == 2 && out.is_empty() && err.contains("the same place"), "{err}");
}

#[test]
fn a_mended_fault_is_resolved_and_its_steps_are_ticked() {
    let folder = tempfile::tempdir().unwrap();
    let header = "NAMESPACE  LAST SEEN  TYPE  REASON  OBJECT  MESSAGE\n";
    let failed = "shop  2m  Warning  Failed  pod/web-7d9f8b6c5d-x7k2p  Failed to pull image \"contoso.azurecr.io/web:v1\": rpc error: code = NotFound desc = failed to pull and unpack image \"contoso.azurecr.io/web:v1\": failed to resolve reference \"contoso.azurecr.io/web:v1\": contoso.azurecr.io/web:v1: not found\n";
    let pulled = "shop  1m  Normal  Pulled  pod/web-7d9f8b6c5d-x7k2p  Successfully pulled image \"contoso.azurecr.io/web:v2\" in 1.2s (1.2s including waiting)\n";
    let before = file(&folder, "before.txt", &format!("{header}{failed}"));
    let after = file(&folder, "after.txt", &format!("{header}{pulled}"));
    let (status, out, _) = kubetriage(&["diff", &before, &after, "--format", "json"]);
    let comparison = json(&out);
    assert_eq!((status, &comparison["summary"]["not_comparable"]), (0, &0.into()), "{out}");
    let resolved = comparison["resolved"].as_array().unwrap();
    let one = resolved.iter().find(|one| one["rule"] == "image/not-found").unwrap();
    assert!(one["verify"].as_array().unwrap().iter().any(|step| step["done"] == true), "{out}");
    let (_, out, _) = kubetriage(&["diff", &before, &after, "--format", "markdown"]);
    assert!(out.contains("### Resolved\n") && out.contains("- [x] "), "{out}");
}

#[test]
fn one_finding_is_shown_with_the_lines_around_it() {
    let (status, out, err) = kubetriage(&["show", "beb807", &bundle()]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("\nerror[extension/dataplane-private-endpoint]"), "{out}");
    assert!(
        out.contains("around the evidence") && out.contains("> 7 | Address: 10.224.1.184"),
        "{out}"
    );
    let (status, out, _) =
        kubetriage(&["show", "extension/dataplane-403", &bundle(), "--format", "json"]);
    assert_eq!((status, json(&out)["findings"].as_array().unwrap().len()), (0, 1));
    for (id, expected) in [("zz", "no finding is called"), ("", "several findings")] {
        let (status, out, err) = kubetriage(&["show", id, &bundle()]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains(expected) && err.contains("beb807a72c3d45b3"), "{err}");
    }
}

#[test]
fn what_is_open_becomes_a_list_and_scripts() {
    let open = testdata("captures/arc-pull-401-anonymous");
    let (status, out, err) = kubetriage(&["collect", &open]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("would settle") && out.contains("  1. az aks show "), "{out}");
    let (_, out, _) = kubetriage(&["collect", &open, "--format", "json"]);
    assert_eq!(json(&out)["schema"], "kubetriage.plan/1");
    let (_, out, _) = kubetriage(&["collect", &open, "--script", "powershell"]);
    assert!(out.contains("Capture '01-az-aks-show"), "{out}");
    let (_, out, _) = kubetriage(&["collect", &testdata("captures/form-crlf")]);
    assert!(out.starts_with("nothing to collect") || out.contains("would settle"), "{out}");
}

/// Runs the script with a kubectl that answers for the cluster, and analyzes what it wrote.
#[cfg(unix)]
#[test]
fn a_script_writes_a_bundle_that_can_be_analyzed() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let events = "NAMESPACE  LAST SEEN  TYPE  REASON  OBJECT  MESSAGE\nshop  2m  Warning  FailedScheduling  pod/web-1  0/1 nodes are available: 1 Insufficient cpu.\n";
    let capture = file(&folder, "session.txt", &format!("$ kubectl get events -A\n{events}"));
    let script = folder.path().join("collect.sh");
    let (status, ..) = kubetriage(&[
        "collect",
        &capture,
        "--verify",
        "--script",
        "sh",
        "-o",
        script.to_str().unwrap(),
    ]);
    assert_eq!(status, 0);
    let fake = file(&folder, "kubectl", &format!("#!/bin/sh\ncat <<'END'\n{events}END\n"));
    fs::set_permissions(&fake, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let out = folder.path().join("captures");
    let done = Command::new("sh").arg(&script).arg(&out).env("PATH", path).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let (status, report, _) = kubetriage(&["analyze", out.to_str().unwrap(), "--format", "json"]);
    assert_eq!(status, 1, "{report}");
    assert_eq!(json(&report)["findings"][0]["rule"], "scheduling/insufficient-resources");
    assert_eq!(json(&report)["artifacts"][0]["sections"][0]["command"], "kubectl get events -A");
}

#[test]
fn a_cleaned_copy_is_a_folder_or_an_archive_that_tells_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let rules = |path: &str| {
        let (_, out, _) = kubetriage(&["analyze", path, "--format", "json"]);
        let report = json(&out);
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["rule"].clone()).collect::<Vec<_>>()
    };
    let expected = rules(&bundle());
    for name in ["clean", "clean.tar.gz", "clean.zip"] {
        let copy = folder.path().join(name);
        let map = folder.path().join(format!("{name}.json"));
        let (copy, map) = (copy.to_str().unwrap(), map.to_str().unwrap());
        let (status, out, err) = kubetriage(&["redact", &bundle(), "-o", copy, "--map", map]);
        assert_eq!((status, err.as_str()), (0, ""), "{out}");
        assert!(out.starts_with("cleaned 7 files\n") && out.contains(" different\n"), "{out}");
        assert!(!out.contains("contoso"), "{out}");
        assert!(fs::read_to_string(map).unwrap().contains("contoso"));
        assert_eq!(rules(copy), expected, "{name}");
        let (status, _, err) = kubetriage(&["redact", &bundle(), "-o", copy]);
        assert!(status == 2 && err.contains("exists already"), "{err}");
    }
    let nowhere = folder.path().join("new");
    let (status, ..) = kubetriage(&["redact", "no-such-bundle", "-o", nowhere.to_str().unwrap()]);
    assert!(status == 2 && !nowhere.exists());
}
