//! Findings to bytes: every output form of a report, and of the events behind it.
//!
//! In comes a [`Report`](kubetriage_model::Report), already chosen and sorted, and a writer; out come
//! bytes. No form chooses, sorts or drops findings, and no form lets a control character of a capture
//! through.
//!
//! [`text()`] is for people, [`json()`] is the promised machine form `kubetriage.report/1`, and
//! [`EventLines`] and [`EventProse`] print what parsers stated.

mod events;
mod json;
mod plain;
mod rules;
mod text;

pub use events::{EventLines, EventProse};
pub use json::{json, schema};
pub use plain::visible;
pub use rules::{RuleLine, RulePage, event_kinds, rule_list, rule_page};
pub use text::{Detail, TextOptions, text};
