//! Findings to bytes: every output form of a report, and of the events behind it.
//!
//! In comes a [`Report`](kubetriage_model::Report), already chosen and sorted, and a writer; out come
//! bytes. No form chooses, sorts or drops findings, and no form lets a control character of a capture
//! through.
//!
//! [`text()`] is for people, [`json()`] is the promised machine form `kubetriage.report/1`, and
//! [`EventLines`] and [`EventProse`] print what parsers stated.

mod comparison;
mod events;
mod json;
mod plain;
mod plan;
mod rules;
mod text;

pub use comparison::{comparison_json, comparison_markdown, comparison_schema, comparison_text};
pub use events::{EventLines, EventProse};
pub use json::{json, schema};
pub use plain::visible;
pub use plan::{plan_json, plan_powershell, plan_sh, plan_text};
pub use rules::{RuleLine, RulePage, event_kinds, rule_list, rule_page};
pub use text::{Detail, TextOptions, finding, text};
