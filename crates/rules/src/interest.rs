//! Which log lines may matter: one pass over the bytes with the literals of all rules.
//!
//! A small text (a line) is asked with one automaton. A big one goes through in pieces that fit the nearest
//! cache: each piece is put into small letters, then searched with the vector instructions of the machine,
//! [`GATE`] literals at a time, which is several times faster than any automaton.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use aho_corasick::packed;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use kubetriage_model::Interest;

use crate::Rule;

/// Shortest literal that is worth looking for.
const SHORTEST: usize = 3;
/// Most literals of one vector search; with one more it is eight times slower.
const GATE: usize = 64;
/// Most vector searches over one text; with more literals one automaton is faster.
const MOST_GATES: usize = 6;
/// Smallest text that is searched in pieces.
const BIG: usize = 4 << 10;
/// Size of one piece, in bytes; it grows to the end of its last line.
const PIECE: usize = 32 << 10;

/// Finds the places of a log that some rule may want to see.
///
/// The searchers are built when the first text is scanned: a bundle without logs does not pay for them.
#[derive(Debug, Clone, Default)]
pub struct LogInterest {
    literals: Vec<String>,
    /// For texts smaller than [`BIG`]: built fast.
    small: Arc<OnceLock<Option<AhoCorasick>>>,
    /// For bigger texts where vector searches cannot be had: searches fast.
    automaton: Arc<OnceLock<Option<AhoCorasick>>>,
    gates: Arc<OnceLock<Vec<packed::Searcher>>>,
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
        Self::of(literals.into_iter().collect())
    }

    /// Takes literals in small letters.
    fn of(literals: Vec<String>) -> Self {
        Self { literals, ..Self::default() }
    }

    /// Returns the literals that make a line worth parsing, sorted, in small letters.
    pub fn literals(&self) -> &[String] {
        &self.literals
    }

    fn small(&self) -> Option<&AhoCorasick> {
        let build = || automaton(&self.literals, AhoCorasickKind::NoncontiguousNFA);
        self.small.get_or_init(build).as_ref()
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || automaton(&self.literals, AhoCorasickKind::ContiguousNFA);
        self.automaton.get_or_init(build).as_ref()
    }

    /// Returns the vector searches; none where this machine has no such instructions or there are too many
    /// literals.
    fn gates(&self) -> &[packed::Searcher] {
        self.gates.get_or_init(|| {
            let fewest = without_longer(&self.literals);
            let built: Option<Vec<_>> = fewest.chunks(GATE).map(gate).collect();
            built.filter(|gates| gates.len() <= MOST_GATES).unwrap_or_default()
        })
    }
}

/// Searches a text with an automaton.
fn walk(text: &[u8], automaton: Option<&AhoCorasick>, found: &mut dyn FnMut(usize)) {
    let Some(automaton) = automaton else { return };
    let next = |from| automaton.find(aho_corasick::Input::new(text).range(from..));
    by_line(text, |from| next(from).map(|place| (place.start(), place.end())), found);
}

/// Searches a text piece by piece with the vector searches.
fn leap(text: &[u8], gates: &[packed::Searcher], found: &mut dyn FnMut(usize)) {
    let mut small = Vec::with_capacity(2 * PIECE);
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (piece, _) = rest.split_at(end_of_piece(rest));
        small.clear();
        small.extend_from_slice(piece);
        small.make_ascii_lowercase();
        sift(&small, gates, &mut |place| found(start + place));
        start += piece.len();
    }
}

fn automaton(literals: &[String], kind: AhoCorasickKind) -> Option<AhoCorasick> {
    if literals.is_empty() {
        return None;
    }
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostFirst)
        .kind(Some(kind))
        .build(literals)
        .ok()
}

fn gate(literals: &[&str]) -> Option<packed::Searcher> {
    packed::Config::new().builder().extend(literals).build()
}

/// Returns the end of the line in which a piece is full.
fn end_of_piece(text: &[u8]) -> usize {
    let behind = text.get(PIECE..).unwrap_or_default();
    memchr::memchr(b'\n', behind).map_or(text.len(), |end| PIECE + end + 1)
}

/// Calls `found` with a place of each line in which one of `gates` finds something, in order.
fn sift(piece: &[u8], gates: &[packed::Searcher], found: &mut dyn FnMut(usize)) {
    let search = |gate: &packed::Searcher, from| {
        let span = aho_corasick::Span { start: from, end: piece.len() };
        gate.find_in(piece, span).map(|place| (place.start(), place.end()))
    };
    let mut next: Vec<_> = gates.iter().map(|gate| search(gate, 0)).collect();
    let nearest = |from: usize| {
        for (gate, place) in gates.iter().zip(&mut next) {
            if place.is_some_and(|(start, _)| start < from) {
                *place = search(gate, from);
            }
        }
        next.iter().flatten().min().copied()
    };
    by_line(piece, nearest, found);
}

/// Calls `found` with the first place of each line that `next` finds behind an offset.
fn by_line(
    text: &[u8],
    mut next: impl FnMut(usize) -> Option<(usize, usize)>,
    found: &mut dyn FnMut(usize),
) {
    let mut from = 0;
    while let Some((start, end)) = next(from) {
        found(start);
        // One place makes the line worth parsing: go on behind the line.
        let rest = text.get(end..).unwrap_or_default();
        match memchr::memchr(b'\n', rest) {
            Some(line_end) => from = end + line_end + 1,
            None => break,
        }
    }
}

/// A literal that contains another one finds no further lines.
fn without_longer(literals: &[String]) -> Vec<&str> {
    let contains_other =
        |text: &str| literals.iter().any(|other| other != text && text.contains(other.as_str()));
    literals.iter().map(String::as_str).filter(|text| !contains_other(text)).collect()
}

impl Interest for LogInterest {
    fn scan(&self, text: &str, found: &mut dyn FnMut(usize)) {
        let text = text.as_bytes();
        if text.len() < BIG {
            return walk(text, self.small(), found);
        }
        match self.gates() {
            [] => walk(text, self.automaton(), found),
            gates => leap(text, gates, found),
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
        assert_eq!(without_longer(&literals), ["abc", "def"]);
    }

    /// Returns the numbers of the lines that a search finds (0-based).
    fn lines_of(text: &str, search: impl Fn(&mut dyn FnMut(usize))) -> Vec<usize> {
        let mut lines = Vec::new();
        search(&mut |at| lines.push(text.get(..at).unwrap_or_default().matches('\n').count()));
        lines
    }

    #[test]
    fn both_searches_find_the_same_lines() {
        // More literals than one vector search takes, in lines of any case and pieces of any border.
        let literals: Vec<String> = (100..260).map(|number| format!("failed {number} é")).collect();
        let interest = LogInterest::of(literals);
        let mut text = String::new();
        for number in 0..4000 {
            let word = if number % 3 == 0 { "FaiLed" } else { "fail" };
            let id = number % 400;
            text.extend(["I1121 ", word, " ", &id.to_string(), " é of many\r\n"]);
            if number % 7 == 0 {
                text.push_str(&"é".repeat(number % 50));
            }
        }
        let slow = lines_of(&text, |found| walk(text.as_bytes(), interest.automaton(), found));
        let fast = lines_of(&text, |found| interest.scan(&text, found));
        assert_eq!(slow.len(), 533);
        assert_eq!(fast, slow);
    }
}
