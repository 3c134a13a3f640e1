//! What whole bundles come to: one cause with its symptoms below it, and silence where all is well.
#![expect(clippy::unwrap_used, reason = "a broken checkout should fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kubetriage::prelude::*;

fn testdata(folder: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../testdata", folder].iter().collect()
}

fn report(path: &Path) -> Report {
    analyze(&[Input::Path(path.to_owned())], &Options::default()).unwrap()
}

/// Writes each root with what it explains below it, each finding in full where it is first met.
fn tree(report: &Report) -> String {
    let by_id: BTreeMap<&str, &Finding> =
        report.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    let mut text = String::new();
    let mut told = BTreeSet::new();
    let roots = report.findings.iter().filter(|finding| finding.explained_by.is_empty());
    let mut open: Vec<(usize, &Finding)> = roots.map(|root| (0, root)).collect();
    open.reverse();
    while let Some((depth, finding)) = open.pop() {
        let verdict = format!("{:?}", finding.verdict).to_lowercase();
        let about = finding.subject.name.as_deref().unwrap_or("-");
        let again = if told.insert(&finding.id) { "" } else { " (again)" };
        writeln!(
            text,
            "{:indent$}{verdict} {} {about}{again}",
            "",
            finding.rule,
            indent = depth * 2
        )
        .unwrap();
        if again.is_empty() {
            let below = finding.explains.iter().rev();
            open.extend(below.filter_map(|id| Some((depth + 1, *by_id.get(id.as_str())?))));
        }
    }
    for question in &report.not_assessed {
        writeln!(text, "open {}: {}", question.rule, question.collect.join("; ")).unwrap();
    }
    for one in &report.unexplained {
        writeln!(text, "unexplained {}", one.subject.name.as_deref().unwrap_or("-")).unwrap();
    }
    text
}

#[test]
fn symptoms_stand_below_their_cause() {
    let mut trees = String::new();
    for bundle in [
        "blocked-egress",
        "disk-full",
        "dns-outage",
        "node-lost",
        "one-fault-four-captures",
        "place-differs",
    ] {
        let report = report(&testdata("bundles").join(bundle));
        write!(trees, "== {bundle}\n{}", tree(&report)).unwrap();
    }
    insta::with_settings!({ snapshot_path => "../../../testdata", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("trees", trees);
    });
}

#[test]
fn the_same_fault_in_four_captures_is_one_finding() {
    let report = report(&testdata("bundles/one-fault-four-captures"));
    let pulls: Vec<_> =
        report.findings.iter().filter(|one| one.rule == "image/pull-backoff").collect();
    let files: BTreeSet<_> = pulls[0].evidence.iter().map(|at| at.artifact.as_str()).collect();
    assert_eq!(pulls.len(), 1);
    assert_eq!(
        files.into_iter().collect::<Vec<_>>(),
        ["describe.txt", "events.txt", "pod.json", "pods.txt"]
    );
}

#[test]
fn where_all_is_well_nothing_is_wrong() {
    for bundle in ["healthy-cluster", "recovered", "runbooks"] {
        let report = report(&testdata("bundles").join(bundle));
        let loud: Vec<_> = report
            .findings
            .iter()
            .filter(|finding| finding.verdict != Verdict::Healed)
            .map(|finding| format!("{}: {}", finding.rule, finding.title))
            .collect();
        assert!(loud.is_empty(), "{bundle}: {loud:#?}");
        assert!(report.unexplained.is_empty(), "{bundle}: {:#?}", report.unexplained);
        assert!(report.not_assessed.is_empty(), "{bundle}: {:#?}", report.not_assessed);
    }
}

/// Folders of bundles and captures.
fn bundles() -> Vec<PathBuf> {
    let within = |folder: &str| {
        let entries = std::fs::read_dir(testdata(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    };
    let captures = within("captures").map(|case| case.join("capture"));
    let mut all: Vec<_> = within("bundles").chain(captures).collect();
    all.sort();
    all
}

/// Returns the ids of all that a finding explains, directly or through others.
fn explained<'r>(report: &'r Report, finding: &'r Finding) -> BTreeSet<&'r str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = finding.explains.iter().map(String::as_str).collect();
    while let Some(next) = open.pop() {
        let new = seen.insert(next);
        let below = report.findings.iter().filter(|one| new && one.id == next);
        open.extend(below.flat_map(|one| one.explains.iter().map(String::as_str)));
    }
    seen
}

#[test]
fn nothing_is_the_cause_of_its_own_cause() {
    let mut links = 0;
    for bundle in bundles() {
        let report = report(&bundle);
        for finding in &report.findings {
            let below = explained(&report, finding);
            links += below.len();
            let own = below.contains(finding.id.as_str());
            assert!(!own, "{}: {}", bundle.display(), finding.rule);
        }
    }
    assert!(links > 20, "only {links} links were looked at");
}
