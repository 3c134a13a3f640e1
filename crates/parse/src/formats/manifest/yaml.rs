//! The one place that reads YAML: budgets against hostile text, and the settings that captures need.

use serde::de::DeserializeOwned;
use serde_yaml::options::DuplicateKeyPolicy;
use serde_yaml::{Options, alias_limits, budget, options};

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 128;
/// Most anchors, and most aliases; captures have none, hand-written files a few.
const MAX_ALIASES: usize = 1000;
/// Allowance beside the part that grows with the text.
const BASE: usize = 64 * 1024;

/// Reads one document. Of keys that appear twice the last one counts.
///
/// Without aliases no node costs less than half a byte of text, so that limits in step with its length
/// never stop an honest document and stop every alias bomb at once.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let strict = settings(text.len(), DuplicateKeyPolicy::Error);
    let error = match serde_yaml::from_str_with_options(text, strict) {
        Ok(value) => return Ok(value),
        Err(error) => error.to_string(),
    };
    if !error.to_ascii_lowercase().contains("duplicate") {
        return Err(error);
    }
    // The tolerant policy takes twice the time, so it is the second try.
    let tolerant = settings(text.len(), DuplicateKeyPolicy::LastWins);
    serde_yaml::from_str_with_options(text, tolerant).map_err(|error| error.to_string())
}

fn settings(length: usize, duplicate_keys: DuplicateKeyPolicy) -> Options {
    options! {
        budget: budget! {
            max_events: 64 + 2 * length,
            max_nodes: 64 + 2 * length,
            max_total_scalar_bytes: BASE + 2 * length,
            max_depth: MAX_DEPTH,
            max_documents: 2,
            max_aliases: MAX_ALIASES,
            max_anchors: MAX_ALIASES,
            max_recorded_anchor_events: 64 + length,
            max_recorded_anchor_bytes: BASE + length,
        },
        duplicate_keys: duplicate_keys,
        alias_limits: alias_limits! { max_total_replayed_events: 64 + length },
        strict_booleans: true,
        with_snippet: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_documents_are_refused_at_once() {
        let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n\
                      c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n\
                      e: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
        let deep = "[".repeat(100_000);
        let scalar = format!("a: &a {}\nb: [{}]\n", "x".repeat(20_000), "*a,".repeat(20_000));
        for text in [laughs, &deep, &scalar] {
            assert!(read::<serde_json::Value>(text).is_err());
        }
    }

    #[test]
    fn the_last_of_two_equal_keys_counts() {
        let value = read::<serde_json::Value>("a: 1\na: 2\n");
        assert_eq!(value, Ok(serde_json::json!({"a": 2})));
    }

    #[test]
    fn words_that_old_yaml_takes_for_truth_values_stay_words() {
        let value = read::<serde_json::Value>("a: y\nb: on\nc: no\n");
        assert_eq!(value, Ok(serde_json::json!({"a": "y", "b": "on", "c": "no"})));
    }
}
