//! Genuine captures: what must be found in them, and that nothing else is.
//!
//! Each case of `testdata/captures` holds a bundle and `expect.json`: `must` names the rules that have to
//! be found, `may` those that are not judged, `per_file` what a file analyzed alone has to give. Of the
//! rules in `judged.json` every other live finding is a false alarm, and in a quiet case every error is.
#![expect(clippy::unwrap_used, reason = "a broken checkout should fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kubetriage::prelude::*;
use serde_json::Value;

fn cases() -> Vec<PathBuf> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../testdata/captures"].iter().collect();
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

#[expect(clippy::disallowed_methods, reason = "a test reads its expectation")]
fn expectation(case: &Path) -> Value {
    let text = std::fs::read_to_string(case.join("expect.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn names(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Returns the live findings of a bundle by rule.
fn live(path: PathBuf) -> BTreeMap<String, Finding> {
    let report = analyze(&[Input::Path(path)], &Options::default()).unwrap();
    let live = report.findings.into_iter().filter(|finding| finding.verdict != Verdict::Healed);
    live.map(|finding| (finding.rule.clone(), finding)).collect()
}

#[test]
fn every_case_gives_what_it_must_and_no_more() {
    let judged: Vec<String> =
        serde_json::from_str(include_str!("../../../testdata/captures/judged.json")).unwrap();
    let mut wrong = Vec::new();
    for case in cases() {
        let expected = expectation(&case);
        let (must, may) = (names(&expected["must"]), names(&expected["may"]));
        let found = live(case.join("capture"));
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let missed = must.iter().filter(|id| !found.contains_key(*id));
        wrong.extend(missed.map(|id| format!("{name}: {id} was not found")));
        let quiet = |finding: &Finding| must.is_empty() && finding.severity == Severity::Error;
        let alarms = found.values().filter(|finding| {
            let known = must.contains(&finding.rule) || may.contains(&finding.rule);
            !known && (judged.contains(&finding.rule) || quiet(finding))
        });
        wrong.extend(alarms.map(|f| format!("{name}: false alarm {}: {}", f.rule, f.title)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_alone_gives_what_it_must() {
    let mut wrong = Vec::new();
    for case in cases() {
        for (file, must) in expectation(&case)["per_file"].as_object().unwrap() {
            let path = case.join("capture").join(file);
            let found = live(path.clone());
            let missed = names(must).into_iter().filter(|id| !found.contains_key(id));
            wrong.extend(missed.map(|id| format!("{}: {id}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "not found:\n{}", wrong.join("\n"));
}
