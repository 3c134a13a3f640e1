//! The baseline: an earlier report whose findings are known and do not fail a run again.

use kubetriage_model::{Baseline, Gone, Report, Verdict};

use crate::fault::same_object;
use crate::snapshot::{PastFinding, Snapshot};

/// Marks the live findings of `report` that were live in `earlier` too, and lists those that are gone.
///
/// A finding is the same if its id is, or if it is of the same rule and about a pod of the same workload.
/// `source` is the name of the earlier report as the user gave it.
pub fn apply(report: &mut Report, earlier: &Snapshot, source: &str) {
    let now = Snapshot::from(&*report);
    let same = |a: &PastFinding, b: &PastFinding| {
        a.id == b.id
            || a.rule == b.rule && a.keys == b.keys && same_object(&a.subject(), &b.subject())
    };
    let live = |finding: &&PastFinding| finding.verdict() != Verdict::Healed;
    let known = now
        .findings
        .iter()
        .filter(live)
        .filter(|finding| earlier.findings.iter().filter(live).any(|old| same(old, finding)))
        .map(|finding| finding.id.clone());
    let gone = earlier
        .findings
        .iter()
        .filter(live)
        .filter(|old| !now.findings.iter().filter(live).any(|finding| same(old, finding)))
        .map(|old| Gone { id: old.id.clone(), rule: old.rule.clone(), title: old.title.clone() });
    report.baseline =
        Some(Baseline { source: source.to_owned(), known: known.collect(), gone: gone.collect() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{finding, report};

    #[test]
    fn known_new_and_gone() {
        let earlier = report(vec![
            finding("image/not-found", "shop", "web-5d4f8c7b9d-k8s2p"),
            finding("dns/servfail", "shop", "db-0"),
        ]);
        let mut now = report(vec![
            finding("image/not-found", "shop", "web-7c9d8f6b54-x2x7q"),
            finding("pod/crash-loop", "shop", "db-0"),
        ]);
        apply(&mut now, &Snapshot::from(&earlier), "old.json");
        let baseline = now.baseline.unwrap();
        assert_eq!(baseline.known, ["image/not-found/shop/web-7c9d8f6b54-x2x7q"]);
        assert_eq!(baseline.gone.len(), 1);
        assert_eq!(baseline.gone[0].rule, "dns/servfail");
    }
}
