//! Offline analyser of Kubernetes support bundles, as a library.
//!
//! It is given what somebody *saved*, never a live cluster, and says what is wrong and where it is written,
//! what caused it, how to fix it, how to verify the fix, and what it could *not* judge and which command
//! would settle that.
//!
//! # The way of the data
//!
//! ```text
//! inputs ──source──► artifacts ──parse──► events ──rules──► findings ──report──► bytes
//! ```
//!
//! [`analyze`] walks the whole way; its body is the way in five statements. Each stage can also be used
//! alone: [`parse()`] hands out the typed events, [`text::parse`] reads one text that
//! is already in memory, [`rules`] judges events from elsewhere, [`report`] prints a [`Report`],
//! [`review`] looks at it a second time (suppressions, baselines, comparisons, what to capture next).
//!
//! # Example
//!
//! ```
//! use kubetriage::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/agent-403");
//! let report = kubetriage::analyze(&[Input::Path(folder.into())], &Options::default())?;
//!
//! let cause = report.findings.first().ok_or("nothing found")?;
//! assert_eq!(cause.rule, "extension/dataplane-private-endpoint");
//! assert_eq!(cause.verdict, Verdict::Confirmed);
//!
//! let place = cause.evidence.first().ok_or("no evidence")?;
//! println!("{}:{}: {}", place.artifact, place.line, cause.title);
//! # Ok(())
//! # }
//! ```
//!
//! # What is promised
//!
//! - Same bundle, same report, byte for byte: no clock, no environment, no thread count shows.
//! - Three lists, never one: an empty list of findings does not mean health, look at
//!   [`not_assessed`](Report::not_assessed) and [`unexplained`](Report::unexplained) too.
//! - Bad input costs a note in [`Report::artifacts`], never the rest of the bundle, never a panic.
//! - Rule ids and the fields of the JSON report ([`report::json`]) never change meaning.
//!
//! The crates behind the stages may change at will; what this crate re-exports is the public surface.

mod assemble;
pub mod choose;
mod context;
mod error;
mod options;
mod ordered;
mod parts;
mod pipeline;
mod read;
mod redact;
mod repeated;
mod watch;

pub use kubetriage_model as model;
pub use kubetriage_model::Report;
pub use kubetriage_parse as text;
pub use kubetriage_redact as clean;
pub use kubetriage_report as report;
pub use kubetriage_review as review;
pub use kubetriage_rules as rules;
pub use kubetriage_source as source;

pub use crate::assemble::rule_report;
pub use crate::context::add_context;
pub use crate::error::Error;
pub use crate::options::Options;
pub use crate::pipeline::{analyze, facts_of_texts, parse};
pub use crate::read::{ArtifactEvents, Everything};
pub use crate::redact::{CleanPiece, redact};
pub use crate::watch::Watch;

/// What most programs need: `use kubetriage::prelude::*`.
pub mod prelude {
    pub use kubetriage_model::{
        Confidence, Data, Event, Evidence, Finding, Fix, NotAssessed, Report, Severity, Verdict,
    };
    pub use kubetriage_rules::{Catalog, RuleFile, Selection};
    pub use kubetriage_source::{Input, Limits};

    pub use crate::{Error, Options, analyze, parse};
}
