//! Every rule on every fixture: a new finding on a neighbour's fixture shows up in review.
#![expect(clippy::unwrap_used, reason = "a broken checkout should fail loudly")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kubetriage::prelude::*;

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, out);
        } else if !is_golden(&path) {
            out.push(path);
        }
    }
}

/// True for what tests expect and people read, as opposed to input.
fn is_golden(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    name.ends_with(".snap") || name.starts_with("README") || name.starts_with("expect")
}

#[test]
fn every_rule_runs_over_every_fixture() {
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../testdata"].iter().collect();
    let mut inputs = Vec::new();
    for folder in ["bundles", "formats", "hostile", "sections"] {
        files(&root.join(folder), &mut inputs);
    }
    // Of a genuine capture the whole counts: what its files give alone has a test of its own.
    let mut captures: Vec<_> = std::fs::read_dir(root.join("captures"))
        .unwrap()
        .map(|case| case.unwrap().path())
        .collect();
    captures.sort();
    inputs
        .extend(captures.into_iter().filter(|case| case.is_dir()).map(|case| case.join("capture")));
    let mut matrix = String::new();
    for path in inputs {
        let report = analyze(&[Input::Path(path.clone())], &Options::default()).unwrap();
        let mut found: Vec<_> = report
            .findings
            .iter()
            .map(|finding| match finding.verdict {
                Verdict::Healed => format!("{} (healed)", finding.rule),
                _ => finding.rule.clone(),
            })
            .collect();
        found.dedup();
        if !found.is_empty() {
            let name = path.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/");
            writeln!(matrix, "{name}: {}", found.join(", ")).unwrap();
        }
    }
    insta::with_settings!({ snapshot_path => "../../../testdata", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("matrix", matrix);
    });
}
