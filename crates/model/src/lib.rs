//! The words of kubetriage, in the order in which the data meets them.
//!
//! Plain data: no reading, no matching, no printing. [`source`](ArtifactId) hands out artifacts,
//! `parse` states [`Event`]s with a [`Provenance`] and pushes them into a [`Sink`], `rules` judges them
//! into [`Finding`]s, and a [`Report`] is what every output form shows.
//!
//! Places: byte spans are 0-based and half-open over the decoded text of an artifact; lines and
//! columns are 1-based, columns count characters.

mod artifact;
mod command;
mod comparison;
mod coverage;
mod event;
mod finding;
mod note;
mod object;
mod plan;
mod reflect;
mod report;
mod second_look;
mod sink;

pub use artifact::{ArtifactId, Hint, Mark, Provenance};
pub use command::Command;
pub use comparison::{Compared, Comparison, MissingSource, Side, State, Step};
pub use coverage::{Coverage, Scope};
pub use event::*;
pub use finding::{
    Confidence, Evidence, Finding, Fix, NotAssessed, Severity, Subject, Unexplained, Verdict,
};
pub use note::{Note, NoteKind};
pub use object::ObjectRef;
pub use plan::{Capture, Plan};
pub use reflect::{FieldInfo, Reflect, Shape, Value};
pub use report::{
    ArtifactReport, BundleReport, Captured, Report, RuleReport, SectionReport, Summary, ToolReport,
};
pub use second_look::{Baseline, Gone, Suppressed, Suppression, SuppressionState};
pub use sink::{Interest, Parsed, Section, Sink};
