//! Rows of deployments, replicasets, statefulsets, daemonsets and jobs.

use kubetriage_model::{Data, Workload};

use super::rows::Row;

/// States a workload of `kind`.
///
/// READY is `1/2` of deployments and statefulsets and a number of the others; servers before 1.15
/// print DESIRED and CURRENT instead.
pub(super) fn state(row: &Row<'_>, kind: String, name: String, namespace: Option<String>) -> Data {
    let job = kind == "Job";
    let (ready, wanted) = row.fraction("READY").unzip();
    let (succeeded, completions) = completions(row);
    let succeeded = succeeded.or_else(|| row.int("SUCCESSFUL"));
    Workload {
        kind,
        namespace,
        name,
        desired: wanted.or_else(|| row.int("DESIRED")).or(completions),
        ready: ready.or_else(|| row.int("READY")),
        updated: row.int("UP-TO-DATE"),
        available: row.int("AVAILABLE"),
        succeeded: succeeded.filter(|_| job),
        status: row.owned("STATUS"),
        ..Workload::default()
    }
    .into()
}

/// `2/3`, or `0/1 of 3` of a job without a wanted number, which runs three pods until one is done.
fn completions(row: &Row<'_>) -> (Option<i64>, Option<i64>) {
    let Some(cell) = row.get("COMPLETIONS") else { return (None, None) };
    let counts = cell.split_once(" of ").map_or(cell, |(counts, _)| counts);
    let (done, wanted) = counts.split_once('/').unwrap_or((counts, ""));
    (done.parse().ok(), wanted.parse().ok())
}
