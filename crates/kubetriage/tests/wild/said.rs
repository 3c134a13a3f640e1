//! What a report says about a capture, in a shape that two forms can be compared by.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage::model::Subject;
use kubetriage::prelude::*;

/// A finding by what identifies it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub rule: String,
    pub verdict: Verdict,
    pub subject: Subject,
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, verdict, subject } = self;
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
        let [kind, namespace, name] = [&subject.kind, &subject.namespace, &subject.name].map(part);
        write!(f, "{rule} {verdict:?} {kind}/{namespace}/{name}")
    }
}

/// The findings of a text, each with the lines of its evidence.
pub(crate) type Said = BTreeMap<Key, BTreeSet<(u64, u64)>>;

/// Analyzes a text that says nothing by its name.
pub(crate) fn said(bytes: &[u8]) -> Said {
    let input = Input::Bytes { name: "capture.txt".to_owned(), bytes: bytes.into() };
    let mut options = Options::default();
    options.evaluation.max_evidence = usize::MAX;
    let report = analyze(&[input], &options).unwrap();
    let mut said = Said::new();
    for finding in report.findings {
        let places = finding.evidence.iter().map(|place| (place.line, place.end_line));
        let key = Key { rule: finding.rule, verdict: finding.verdict, subject: finding.subject };
        said.entry(key).or_default().extend(places);
    }
    said
}

/// Returns what is said with all places one line further up: what the line above a capture added is none.
pub(crate) fn below(said: Said) -> Said {
    let up = |places: BTreeSet<(u64, u64)>| {
        places.iter().map(|(first, last)| (first - 1, last - 1)).collect()
    };
    said.into_iter().map(|(key, places)| (key, up(places))).collect()
}
