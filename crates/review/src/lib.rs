//! Findings to findings: the second look at a report.
//!
//! ```text
//! Report ──Suppressions──► Report without what is tolerated, and which entries mean nothing any more
//! Report ──baseline──────► Report that knows which findings are old
//! two Snapshots ──compare─► Comparison: resolved, new, changed, unchanged, not comparable
//! Report ──plan──────────► Plan: the fewest read-only commands that settle the most open questions
//! ```
//!
//! Nothing here reads files, clocks or the environment: a date is judged by the bundle's own clock.

mod baseline;
mod collect;
mod compare;
mod fault;
mod glob;
mod keep;
mod snapshot;
mod suppress;
#[cfg(test)]
mod testing;

pub use baseline::apply as apply_baseline;
pub use collect::{Again, ask, is_read_only, plan, words};
pub use compare::compare;
pub use keep::keep;
pub use snapshot::{Snapshot, SnapshotError};
pub use suppress::{SuppressionError, Suppressions};
