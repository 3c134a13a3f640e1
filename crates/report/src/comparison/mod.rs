//! The comparison of two reports: as text, as Markdown for a ticket, and as `kubetriage.diff/1`.

mod json;
mod markdown;
mod text;

use kubetriage_model::{Compared, Comparison, MissingSource, State, Verdict};

pub use self::json::{comparison_json, comparison_schema};
pub use self::markdown::comparison_markdown;
pub use self::text::comparison_text;
use crate::plain::{severity, verdict};

/// Returns the lists with their headings, in the order in which they are told.
fn lists(comparison: &Comparison) -> [(&'static str, &[Compared]); 5] {
    [
        ("new", &comparison.new),
        ("changed", &comparison.changed),
        ("resolved", &comparison.resolved),
        ("not comparable", &comparison.not_comparable),
        ("unchanged", &comparison.unchanged),
    ]
}

/// Returns the weight of a finding in the report that tells it.
fn weight(one: &Compared) -> &'static str {
    one.after.or(one.before).map_or("", |state| severity(state.severity))
}

/// Returns how a finding changed between the reports, where both have it.
fn change(one: &Compared) -> Option<String> {
    let (before, after) = (one.before?, one.after?);
    let told = |state: State| {
        let severity = severity(state.severity);
        if state.verdict == Verdict::Confirmed {
            severity.to_owned()
        } else {
            format!("{severity}, {}", verdict(state.verdict))
        }
    };
    if (before.verdict, before.severity) != (after.verdict, after.severity) {
        return Some(format!("{} -> {}", told(before), told(after)));
    }
    (before.count != after.count).then(|| format!("{} -> {} times", before.count, after.count))
}

/// Returns what AFTER lacks, in words.
fn lacking(missing: &[MissingSource]) -> String {
    let one = |source: &MissingSource| {
        let kind = if source.kind.is_empty() {
            "the file".to_owned()
        } else {
            source.kind.replace('_', " ")
        };
        let namespace = source.namespace.as_ref().map(|name| format!(" of namespace {name}"));
        format!("{kind}{} (was {})", namespace.unwrap_or_default(), source.place)
    };
    missing.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Returns the reason with what is missing, as one sentence.
fn reason(one: &Compared) -> String {
    let mut text = one.why.clone();
    if !one.missing.is_empty() {
        text.push_str(": ");
        text.push_str(&lacking(&one.missing));
    }
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
