//! What comes into the program: known licences, the one registry, and nothing that speaks to a network.
#![expect(clippy::unwrap_used, reason = "a broken checkout should fail loudly")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the packages of the lock file, as cargo tells of them.
fn packages() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked"]);
    let output = cargo.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata.get("packages").and_then(Value::as_array).unwrap().clone()
}

/// Returns the quoted words between the line `key = [` and the line `]` of the policy.
fn listed(key: &str) -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
    let policy = std::fs::read_to_string(root().join(".cargo/deny.toml")).unwrap();
    let lines = policy.lines().skip_while(|line| *line != format!("{key} = ["));
    let lines = lines.skip(1).take_while(|line| *line != "]");
    lines.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
}

/// True if at least one licence of each part that an `AND` joins is allowed.
fn allows(expression: &str, allowed: &[String]) -> bool {
    expression.split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')']).replace('/', " OR ");
        part.split(" OR ").any(|licence| allowed.iter().any(|allowed| allowed == licence))
    })
}

#[test]
fn licences_and_sources_are_those_of_the_policy() {
    let (allowed, banned) = (listed("allow"), listed("deny"));
    assert!(allowed.len() > 3 && banned.len() > 3);
    let mut wrong = Vec::new();
    for package in packages() {
        let text = |key: &str| package.get(key).and_then(Value::as_str);
        let name = text("name").unwrap();
        let licence = text("license").unwrap_or_default();
        if !allows(licence, &allowed) {
            wrong.push(format!("{name}: licence `{licence}`"));
        }
        let source = text("source");
        if source.is_some_and(|source| !source.contains("crates.io-index")) {
            wrong.push(format!("{name}: from {source:?}"));
        }
        if banned.iter().any(|banned| banned == name) {
            wrong.push(format!("{name}: speaks to a network"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = ["MIT", "ISC"].map(str::to_owned);
    for (expression, good) in [
        ("MIT OR GPL-3.0", true),
        ("(MIT OR Apache-2.0) AND ISC", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("", false),
    ] {
        assert_eq!(allows(expression, &allowed), good, "{expression}");
    }
}
