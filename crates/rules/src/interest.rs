//! Which log lines may matter: one pass over the bytes with the literals of all rules.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use kubetriage_model::Interest;

use crate::Rule;

/// Shortest literal that is worth looking for.
const SHORTEST: usize = 3;

/// Finds the places of a log that some rule may want to see.
#[derive(Debug, Clone, Default)]
pub struct LogInterest {
    literals: Vec<String>,
    searcher: Option<AhoCorasick>,
}

impl LogInterest {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let mut literals = BTreeSet::new();
        for signal in rules.iter().flat_map(|rule| &rule.0.signals) {
            if signal.kinds.iter().any(|kind| matches!(*kind, "log" | "agent_log")) {
                let wanted = signal.literals().unwrap_or_default();
                literals.extend(wanted.into_iter().filter(|literal| literal.len() >= SHORTEST));
            }
        }
        let literals = without_longer(&literals);
        let searcher = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostFirst)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&literals)
            .ok();
        Self { literals, searcher }
    }

    /// Returns the literals that make a line worth parsing, sorted, in small letters.
    pub fn literals(&self) -> &[String] {
        &self.literals
    }
}

/// A literal that contains another one finds no further lines.
fn without_longer(literals: &BTreeSet<String>) -> Vec<String> {
    let contains_other =
        |text: &String| literals.iter().any(|other| other != text && text.contains(other.as_str()));
    literals.iter().filter(|text| !contains_other(text)).cloned().collect()
}

impl Interest for LogInterest {
    fn scan(&self, text: &str, found: &mut dyn FnMut(usize)) {
        let Some(searcher) = &self.searcher else { return };
        let mut from = 0;
        while let Some(place) = searcher.find(aho_corasick::Input::new(text).range(from..)) {
            found(place.start());
            // One place makes the line worth parsing: go on behind the line.
            let rest = text.as_bytes().get(place.end()..).unwrap_or_default();
            match memchr::memchr(b'\n', rest) {
                Some(end) => from = place.end() + end + 1,
                None => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn every_interesting_line_is_found_once() {
        let interest = Catalog::builtin().interest();
        let text = "nothing here\nERRORCODE: 403, Message This traffic is not authorized. 403 not authorized\n\n\
                    quiet\nGET configurations returned response code {200}";
        let mut lines = Vec::new();
        interest.scan(text, &mut |at| lines.push(text.get(..at).unwrap().matches('\n').count()));
        assert_eq!(lines, [1, 4]);
    }

    #[test]
    fn longer_literals_are_left_out() {
        let literals = ["abc", "xabcx", "def"].map(str::to_owned);
        assert_eq!(without_longer(&literals.into()), ["abc", "def"]);
    }
}
