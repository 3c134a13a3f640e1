//! Runs the examples, which `cargo test` has built, so that they keep telling the truth.
#![expect(clippy::unwrap_used, reason = "a missing example should fail loudly")]

use std::path::PathBuf;
use std::process::Command;

/// Runs an example in the repository's root and returns what it printed.
fn run(name: &str, args: &[&str]) -> String {
    let deps = std::env::current_exe().unwrap();
    let examples = deps.parent().and_then(|deps| deps.parent()).unwrap().join("examples");
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../.."].iter().collect();
    let output = Command::new(examples.join(name))
        .args(args)
        .stdin(std::process::Stdio::null())
        .current_dir(root)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_parser_reads_a_table() {
    let printed = run("one_parser", &[]);
    assert!(printed.contains("line 2: web-5d4f8c7b9d-k8s2p is ImagePullBackOff"), "{printed}");
}

#[test]
fn literals_find_the_lines_of_the_agents() {
    let printed = run("log_literals", &[]);
    let line = "message this traffic is not authorized.";
    assert!(printed.lines().count() > 100);
    assert!(printed.lines().any(|literal| line.contains(literal)), "{printed}");
}

#[test]
fn analyze_folder_names_the_root_cause_first() {
    let printed = run("analyze_folder", &["testdata/bundles/agent-403"]);
    let first = printed.lines().next().unwrap();
    assert!(first.starts_with("extension/dataplane-private-endpoint (Confirmed)"), "{printed}");
    assert!(printed.contains("exec-nslookup.txt:7:"), "{printed}");
}

#[test]
fn own_rules_stand_beside_the_built_in_ones() {
    let printed = run("own_rules", &[]);
    assert_eq!(printed.trim(), "team/agent-version-old: The extension agent is of version 1.23.3");
}

#[test]
fn read_json_needs_only_the_published_names() {
    let printed = run("read_json", &[]);
    assert!(printed.contains("resolves to the private address 10.224.1.184"), "{printed}");
    assert!(printed.lines().last().is_some_and(|line| line.ends_with("questions are open")));
}
