//! Embeds the catalogue: every `catalog/<area>/<slug>.yaml` as one compact JSON text, and as written; and
//! what each pattern requires of a text.
//!
//! YAML of some hundred rules takes too long to read at every start; JSON of the same tree does not. Nor need
//! the patterns be parsed to know which of them can match at all.
#![expect(clippy::disallowed_methods, reason = "a build script reads the catalogue")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[expect(dead_code, reason = "the build only reads YAML and writes JSON")]
#[path = "src/tree.rs"]
mod tree;

#[path = "src/signal/literals.rs"]
mod literals;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=catalog");
    println!("cargo::rerun-if-changed=src/tree.rs");
    println!("cargo::rerun-if-changed=src/signal/literals.rs");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("catalog");
    let mut sources = String::from("&[\n");
    let mut patterns = BTreeSet::new();
    for (name, path) in rule_files(&root)? {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path)?;
        let tree = tree::from_yaml(&text)
            .map_err(|error| format!("{name}: byte {}: {}", error.at, error.message))?;
        collect_patterns(&tree, false, &mut patterns);
        let (looks, tells) = halves(&tree);
        let (looks, tells) = (serde_json::to_string(&looks)?, serde_json::to_string(&tells)?);
        writeln!(
            sources,
            "    Embedded {{ name: {name:?}, looks: {looks:?}, tells: {tells:?}, text: {text:?} }},"
        )?;
    }
    sources.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("catalog.rs"), sources)?;
    fs::write(out.join("gates.rs"), gates(&patterns)?)?;
    Ok(())
}

/// Collects every text under a key `matches`.
fn collect_patterns(tree: &tree::Tree<'_>, wanted: bool, patterns: &mut BTreeSet<String>) {
    match &tree.node {
        tree::Node::Text(text) if wanted => {
            patterns.insert(text.clone().into_owned());
        }
        tree::Node::List(items) => {
            for item in items {
                collect_patterns(item, wanted, patterns);
            }
        }
        tree::Node::Map(entries) => {
            for entry in entries {
                collect_patterns(&entry.value, entry.key == "matches", patterns);
            }
        }
        _ => {}
    }
}

/// Writes the gate of each pattern: a line a clause, a tab between its literals.
fn gates(patterns: &BTreeSet<String>) -> Result<String, std::fmt::Error> {
    let mut source = String::from("&[\n");
    for pattern in patterns {
        let clauses = literals::clauses(pattern);
        let lines: Vec<_> = clauses.iter().map(|clause| clause.join("\t")).collect();
        writeln!(source, "    ({pattern:?}, {:?}),", lines.join("\n"))?;
    }
    source.push_str("]\n");
    Ok(source)
}

/// Name (`area/slug.yaml`) and path of every rule file, sorted by name.
fn rule_files(root: &Path) -> Result<Vec<(String, PathBuf)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for area in fs::read_dir(root)? {
        let area = area?.path();
        if !area.is_dir() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", area.display());
        for file in fs::read_dir(&area)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                files.push((name, path));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Parts what a rule looks for from what it tells, which is read only of rules that fire or ask. The cases of
/// `prove` are most of a file and are only read by the author's tools.
fn halves<'t>(tree: &tree::Tree<'t>) -> (tree::Tree<'t>, tree::Tree<'t>) {
    let part = |wanted: &dyn Fn(&str) -> bool| {
        let mut part = tree.clone();
        if let tree::Node::Map(entries) = &mut part.node {
            entries.retain(|entry| wanted(&entry.key));
        }
        part
    };
    let told = |key: &str| matches!(key, "say" | "collect");
    (part(&|key| !told(key) && key != "prove"), part(&told))
}
