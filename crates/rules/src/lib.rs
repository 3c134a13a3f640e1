//! Events to findings: the rule engine, the rule-file loader and the catalogue of rules.
//!
//! In come [`Event`](kubetriage_model::Event)s with statements about what was captured; out come
//! findings, open questions, clear rules and what no rule explains. Rules speak of event kinds and
//! fields, never of formats. Nothing here reads files, clocks or the environment.
//!
//! ```text
//! rule files ──load──► Catalog ──┐
//!                                ├─ evaluate ──► Outcome
//! events + coverage ──► Facts ───┘
//! ```

mod catalog;
mod engine;
mod error;
mod facts;
mod interest;
mod links;
mod load;
mod prove;
mod quiet;
mod rule;
mod shell;
mod signal;
mod template;
mod tree;

pub use catalog::{Catalog, RuleFile, Selection, UnknownSelector};
pub use engine::{LeftOut, Options, Outcome, evaluate};
pub use error::{LoadError, LoadErrors};
pub use facts::{ArtifactFacts, Facts};
pub use interest::LogInterest;
pub use prove::{CaseResult, ReadFiles, prove};
pub use quiet::{Quiet, Repeats, Sieve};
pub use rule::Rule;

/// JSON Schema (draft 2020-12) of rule files, for editors.
pub const RULE_SCHEMA: &str = include_str!("../catalog/rule.schema.json");

/// The guide for authors of rules, as Markdown.
pub const RULE_GUIDE: &str = include_str!("../catalog/README.md");
