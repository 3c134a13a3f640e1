//! Findings to bytes: every output form of a report, and of the events behind it.
//!
//! In comes a [`Report`](kubetriage_model::Report), already chosen and sorted, and a writer; out come
//! bytes. No form chooses, sorts or drops findings, and no form lets a control character of a capture
//! through.
//!
//! | form | is for |
//! |---|---|
//! | [`text()`] | people at a terminal |
//! | [`json()`], [`json_lines`] | programs: the promised forms `kubetriage.report/1` and `kubetriage.record/1` |
//! | [`sarif()`] | code scanning |
//! | [`junit()`] | test views of CI servers |
//! | [`markdown()`] | tickets |
//! | [`csv()`] | spreadsheets |
//! | [`html()`] | a browser: one file, no network |
//! | [`comparison_text`] and its like | two reports side by side, in each of these forms |
//! | [`EventLines`], [`EventProse`] | what parsers stated |

mod comparison;
mod csv;
mod events;
mod html;
mod json;
mod junit;
mod markdown;
mod plain;
mod plan;
mod printed;
mod rules;
mod sarif;
mod text;
mod time;
mod tree;

pub use self::csv::csv;
pub use comparison::{
    comparison_csv, comparison_json, comparison_json_lines, comparison_junit, comparison_markdown,
    comparison_record_schema, comparison_schema, comparison_text,
};
pub use events::{EventLines, EventProse};
pub use html::{comparison_html, html};
pub use json::{json, json_lines, record_schema, schema};
pub use junit::{JunitOptions, junit};
pub use markdown::markdown;
pub use plain::visible;
pub use plan::{plan_json, plan_powershell, plan_sh, plan_text};
pub use rules::{
    RuleLine, RulePage, catalog_markdown, event_kinds, rule_list, rule_markdown, rule_page,
};
pub use sarif::{ComparisonSarifOptions, SarifOptions, comparison_sarif, sarif};
pub use text::{Detail, Group, TextOptions, finding, text};
