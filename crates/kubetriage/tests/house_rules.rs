//! Checks what no compiler checks: who may depend on whom, how long a file may be, what every file must say.
#![expect(clippy::unwrap_used, reason = "a broken checkout should fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

/// Folder, and the sibling crates it may name in `[dependencies]`.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("cli", &["kubetriage"]),
    ("fuzz", &["kubetriage"]),
    (
        "kubetriage",
        &[
            "kubetriage-mask",
            "kubetriage-model",
            "kubetriage-parse",
            "kubetriage-redact",
            "kubetriage-report",
            "kubetriage-review",
            "kubetriage-rules",
            "kubetriage-source",
        ],
    ),
    ("mask", &[]),
    ("model", &[]),
    ("parse", &["kubetriage-model"]),
    ("redact", &["kubetriage-mask", "kubetriage-model"]),
    ("report", &["kubetriage-mask", "kubetriage-model"]),
    ("review", &["kubetriage-model"]),
    ("rules", &["kubetriage-mask", "kubetriage-model"]),
    ("source", &["kubetriage-model"]),
    ("testkit", &["kubetriage-model"]),
];

/// Words that may not appear in the sources of a stage, because they belong to another one.
const FOREIGN_WORDS: &[(&str, &[&str])] = &[
    ("model", &["std::fs", "println!", "Regex"]),
    ("parse", &["std::fs", "std::env", "Severity", "Verdict", "Finding", "RuleId"]),
    ("rules", &["std::fs", "kubectl_get", "kubectl_describe", "nslookup::"]),
    ("report", &["std::fs", "sort_by_severity"]),
    ("redact", &["std::fs", "std::env", "Finding", "kubetriage_parse"]),
    ("review", &["std::fs", "std::env", "writeln!", "Catalog"]),
];

/// Module names that say nothing about what is inside.
const NAMELESS: &[&str] =
    &["util", "utils", "common", "helper", "helpers", "misc", "types", "manager"];

/// Most lines a production file may have; beyond that there is a second thing in it.
const MAX_LINES: usize = 400;

#[expect(clippy::disallowed_methods, reason = "a test reads the repository")]
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

fn production(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or("")
}

#[test]
fn crates_depend_downwards_only() {
    let mut wrong = Vec::new();
    for (folder, allowed) in MAY_DEPEND_ON {
        let manifest = read(&root().join("crates").join(folder).join("Cargo.toml"));
        let mut in_dependencies = false;
        for line in manifest.lines().map(str::trim) {
            if line.starts_with('[') {
                in_dependencies = line.starts_with("[dependencies");
            }
            let name: String =
                line.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            let sibling = name.starts_with("kubetriage");
            if in_dependencies && sibling && !allowed.contains(&name.as_str()) {
                wrong.push(format!("crates/{folder} may not depend on {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_is_in_the_table() {
    let mut folders: Vec<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let known: Vec<&str> = MAY_DEPEND_ON.iter().map(|(folder, _)| *folder).collect();
    assert_eq!(
        folders, known,
        "a new crate needs a border that must hold, and a line in the table"
    );
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut files = Vec::new();
    for folder in ["crates", "examples", "benches"] {
        rust_files(&root().join(folder), &mut files);
    }
    let mut wrong = Vec::new();
    for path in files {
        let text = read(&path);
        let lines = production(&text).lines().count();
        let in_tests = path.components().any(|part| part.as_os_str() == "tests");
        if lines > MAX_LINES && !in_tests {
            wrong.push(format!("{}: {lines} lines ({MAX_LINES} allowed)", path.display()));
        }
        if !text.starts_with("//!") && !text.starts_with("#!") {
            wrong.push(format!("{}: no module doc", path.display()));
        }
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if NAMELESS.contains(&stem.as_str()) {
            wrong.push(format!("{}: the name says nothing", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns where `text` holds one of `words` outside of comments.
fn places(path: &Path, text: &str, words: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for word in words.iter().filter(|word| code.contains(**word)) {
            places.push(format!("{}:{}: {word}", path.display(), number + 1));
        }
    }
    places
}

#[test]
fn every_stage_speaks_its_own_words() {
    let mut wrong = Vec::new();
    for (folder, words) in FOREIGN_WORDS {
        let mut files = Vec::new();
        rust_files(&root().join("crates").join(folder).join("src"), &mut files);
        for path in files {
            wrong.extend(places(&path, production(&read(&path)), words));
        }
    }
    assert!(wrong.is_empty(), "words of another stage:\n{}", wrong.join("\n"));
}

#[test]
fn every_crate_of_the_workspace_lints_like_it() {
    for (folder, _) in MAY_DEPEND_ON.iter().filter(|(folder, _)| *folder != "fuzz") {
        let manifest = read(&root().join("crates").join(folder).join("Cargo.toml"));
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "crates/{folder} has its own lints"
        );
    }
}

#[test]
fn nothing_unfinished_and_no_bare_allow() {
    let mut files = Vec::new();
    rust_files(&root().join("crates"), &mut files);
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("#[", "allow("),
        concat!("#[", "ignore"),
    ];
    let mut wrong = Vec::new();
    for path in files {
        for (number, line) in read(&path).lines().enumerate() {
            for mark in marks.iter().filter(|mark| line.contains(**mark)) {
                wrong.push(format!("{}:{}: {mark}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
