//! Embeds the catalogue: every `catalog/<area>/<slug>.yaml` as one compact JSON text, and as written.
//!
//! YAML of some hundred rules takes too long to read at every start; JSON of the same tree does not.
#![expect(clippy::disallowed_methods, reason = "a build script reads the catalogue")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[expect(dead_code, reason = "the build only reads YAML and writes JSON")]
#[path = "src/tree.rs"]
mod tree;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=catalog");
    println!("cargo::rerun-if-changed=src/tree.rs");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("catalog");
    let mut sources = String::from("&[\n");
    for (name, path) in rule_files(&root)? {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path)?;
        let tree = tree::from_yaml(&text)
            .map_err(|error| format!("{name}: byte {}: {}", error.at, error.message))?;
        let json = serde_json::to_string(&without_cases(tree))?;
        writeln!(sources, "    ({name:?}, {json:?}, {text:?}),")?;
    }
    sources.push_str("]\n");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("catalog.rs");
    fs::write(out, sources)?;
    Ok(())
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

/// The cases of `prove` are most of a file and are only read by the author's tools.
fn without_cases(mut tree: tree::Tree) -> tree::Tree {
    if let tree::Node::Map(entries) = &mut tree.node {
        entries.retain(|entry| entry.key != "prove");
    }
    tree
}
