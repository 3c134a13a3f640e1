//! The comparison of two reports, in the forms that a report has: as text, as Markdown for a ticket, as
//! `kubetriage.diff/1` and its lines, as test cases and as a table. SARIF and HTML lie with those of the report.

mod csv;
mod json;
mod junit;
mod lines;
mod markdown;
mod text;

use kubetriage_model::{Compared, Comparison, MissingSource, State, Verdict};

pub use self::csv::comparison_csv;
pub use self::json::{comparison_json, comparison_schema};
pub use self::junit::comparison_junit;
pub use self::lines::{comparison_json_lines, comparison_record_schema};
pub use self::markdown::comparison_markdown;
pub use self::text::comparison_text;
use crate::plain::{severity, verdict};

/// Returns the lists with their headings, in the order in which they are told.
pub(crate) fn lists(comparison: &Comparison) -> [(&'static str, &[Compared]); 5] {
    [
        ("new", &comparison.new),
        ("changed", &comparison.changed),
        ("resolved", &comparison.resolved),
        ("not comparable", &comparison.not_comparable),
        ("unchanged", &comparison.unchanged),
    ]
}

/// Returns the weight of a finding in the report that tells it.
pub(crate) fn weight(one: &Compared) -> &'static str {
    one.after.or(one.before).map_or("", |state| severity(state.severity))
}

/// Returns how a finding changed between the reports, where both have it.
pub(crate) fn change(one: &Compared) -> Option<String> {
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
pub(crate) fn reason(one: &Compared) -> String {
    let mut text = one.why.clone();
    if !one.missing.is_empty() {
        text.push_str(": ");
        text.push_str(&lacking(&one.missing));
    }
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

/// Returns the steps that verify a fix, a line each, ticked (`[x]`) or not.
fn ticked(one: &Compared) -> impl Iterator<Item = String> {
    one.verify.iter().map(|step| {
        let tick = if step.done { 'x' } else { ' ' };
        format!("[{tick}] {} ({})", step.text, step.by)
    })
}

/// Returns path and line of the first place of a finding; line 0 where the place names none.
pub(crate) fn spot(one: &Compared) -> Option<(&str, u64)> {
    let place = one.place.as_deref()?;
    let numbered = place.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?)));
    Some(numbered.unwrap_or((place, 0)))
}
