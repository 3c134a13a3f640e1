//! Rows of `kubectl get pods`.

use kubetriage_model::{Data, Pod};
use nom::Parser;
use nom::combinator::all_consuming;

use super::rows::Row;
use crate::prim::age::restarts;

/// States a pod.
pub(super) fn state(row: &Row<'_>, name: String, namespace: Option<String>) -> Data {
    let (ready, total) = row.fraction("READY").unzip();
    let count = row.get("RESTARTS").and_then(|cell| all_consuming(restarts).parse(cell).ok());
    Pod {
        namespace,
        name,
        phase: row.owned("PHASE"),
        reason: row.owned("REASON"),
        status: row.owned("STATUS"),
        ready,
        total,
        restarts: count.and_then(|(_, count)| count.parse().ok()),
        node: row.owned("NODE"),
        ip: row.owned("IP"),
        labels: row.labels(),
        age: row.owned("AGE"),
        ..Pod::default()
    }
    .into()
}
