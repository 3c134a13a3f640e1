//! Which log lines may matter: one pass over the bytes with the literals of all rules.
//!
//! A few kibibytes are asked with one automaton. More go through in pieces that fit the nearest cache: each piece is
//! put into small letters and searched with the vector instructions of the machine for short [`tokens`] of which every
//! literal contains one. Only a line that holds a token is asked with the automaton. That is ten times
//! faster than the automaton alone, as long as most lines are ordinary.

mod buckets;
mod tokens;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use aho_corasick::packed;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use kubetriage_model::Interest;

use crate::Rule;

/// Shortest literal that is worth looking for.
const SHORTEST: usize = 3;
/// Bytes that are scanned before the fast search is built, which takes some milliseconds.
const WARM: usize = 512 << 10;
/// Smallest text that is searched in pieces.
const BIG: usize = 4 << 10;
/// Size of one piece, in bytes; it grows to the end of its last line.
const PIECE: usize = 32 << 10;

/// Lines that programs write while all is well: what they hold is no good sign of trouble.
const ORDINARY: &str = include_str!("ordinary.log");

/// Finds the places of a log that some rule may want to see.
///
/// The searchers are built when the first text is scanned: a bundle without logs does not pay for them.
#[derive(Debug, Clone, Default)]
pub struct LogInterest {
    literals: Vec<String>,
    searchers: Arc<Searchers>,
}

/// What is built when it is needed.
#[derive(Debug, Default)]
struct Searchers {
    /// Bytes scanned so far.
    scanned: AtomicUsize,
    /// Built fast.
    small: OnceLock<Option<AhoCorasick>>,
    /// Searches fast.
    gate: OnceLock<Option<Gate>>,
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
        self.searchers.small.get_or_init(build).as_ref()
    }

    /// Returns the fast search; none where this machine has no such instructions.
    fn gate(&self) -> Option<&Gate> {
        self.searchers.gate.get_or_init(|| Gate::new(&self.literals)).as_ref()
    }
}

impl Interest for LogInterest {
    fn scan(&self, text: &str, found: &mut dyn FnMut(usize)) {
        let text = text.as_bytes();
        let before = self.searchers.scanned.fetch_add(text.len(), Ordering::Relaxed);
        let fast = text.len() >= BIG && before.saturating_add(text.len()) >= WARM;
        let gate = if fast { self.gate() } else { None };
        match gate {
            Some(gate) => gate.scan(text, found),
            None => walk(text, self.small(), found),
        }
    }
}

/// The fast search: vector searches for tokens, and the automaton for lines that hold one.
#[derive(Debug)]
struct Gate {
    tokens: Vec<packed::Searcher>,
    automaton: AhoCorasick,
}

impl Gate {
    fn new(literals: &[String]) -> Option<Self> {
        let fewest = without_longer(literals);
        let ordinary = ORDINARY.to_ascii_lowercase();
        let tokens = tokens::tokens(&fewest, ordinary.as_bytes());
        let searches = buckets::searches(&tokens, ordinary.as_bytes());
        let tokens: Option<Vec<_>> = searches.iter().map(|tokens| searcher(tokens)).collect();
        let tokens = tokens.filter(|tokens| !tokens.is_empty())?;
        Some(Self { tokens, automaton: automaton(&fewest, AhoCorasickKind::ContiguousNFA)? })
    }

    /// Calls `found` with a place of each line that holds a literal, in order.
    fn scan(&self, text: &[u8], found: &mut dyn FnMut(usize)) {
        let mut small = Vec::with_capacity(2 * PIECE);
        let mut start = 0;
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            let (piece, _) = rest.split_at(end_of_piece(rest));
            small.clear();
            small.extend_from_slice(piece);
            small.make_ascii_lowercase();
            self.sift(&small, &mut |place| found(start + place));
            start += piece.len();
        }
    }

    fn sift(&self, piece: &[u8], found: &mut dyn FnMut(usize)) {
        let search = |tokens: &packed::Searcher, from| {
            let span = aho_corasick::Span { start: from, end: piece.len() };
            tokens.find_in(piece, span).map(|token| token.start())
        };
        let mut next: Vec<_> = self.tokens.iter().map(|tokens| search(tokens, 0)).collect();
        while let Some(token) = next.iter().flatten().min().copied() {
            let (line, end) = line_around(piece, token);
            let input = aho_corasick::Input::new(piece).range(line..end);
            if let Some(literal) = self.automaton.find(input) {
                found(literal.start());
            }
            let passed = |(_, place): &(_, &mut Option<usize>)| place.is_some_and(|at| at < end);
            for (tokens, place) in self.tokens.iter().zip(&mut next).filter(passed) {
                *place = search(tokens, end);
            }
        }
    }
}

/// Searches a text with an automaton: calls `found` with the first place of each line that holds a literal.
fn walk(text: &[u8], automaton: Option<&AhoCorasick>, found: &mut dyn FnMut(usize)) {
    let Some(automaton) = automaton else { return };
    let mut from = 0;
    while let Some(place) = automaton.find(aho_corasick::Input::new(text).range(from..)) {
        found(place.start());
        // One place makes the line worth parsing: go on behind the line.
        from = line_around(text, place.end()).1;
        if from >= text.len() {
            break;
        }
    }
}

/// Returns where the line that holds `place` starts, and where the one behind it does.
fn line_around(text: &[u8], place: usize) -> (usize, usize) {
    let (before, behind) = text.split_at(place.min(text.len()));
    let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', behind).map_or(text.len(), |end| before.len() + end + 1);
    (start, end)
}

fn automaton<L: AsRef<[u8]>>(literals: &[L], kind: AhoCorasickKind) -> Option<AhoCorasick> {
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

fn searcher(tokens: &[&[u8]]) -> Option<packed::Searcher> {
    packed::Config::new().builder().extend(tokens).build()
}

/// Returns the end of the line in which a piece is full.
fn end_of_piece(text: &[u8]) -> usize {
    let behind = text.get(PIECE..).unwrap_or_default();
    memchr::memchr(b'\n', behind).map_or(text.len(), |end| PIECE + end + 1)
}

/// A literal that contains another one finds no further lines.
fn without_longer(literals: &[String]) -> Vec<&str> {
    let contains_other =
        |text: &str| literals.iter().any(|other| other != text && text.contains(other.as_str()));
    literals.iter().map(String::as_str).filter(|text| !contains_other(text)).collect()
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

    /// A literal that fits what programs say all day makes statements of whole logs. The few that are found here take
    /// back what was said before (a pull that went well), or name what others speak of.
    #[test]
    fn few_ordinary_lines_are_of_interest() {
        const MOST: usize = 8;
        let interest = Catalog::builtin().interest();
        let found = lines_of(ORDINARY, |found| interest.scan(ORDINARY, found));
        let found: Vec<&str> = found.iter().filter_map(|at| ORDINARY.lines().nth(*at)).collect();
        assert!(found.len() <= MOST, "{found:#?}");
        assert!(!found.iter().any(|line| line.contains("Reconciled")), "{found:#?}");
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
        let slow = lines_of(&text, |found| walk(text.as_bytes(), interest.small(), found));
        let gate = interest.gate().unwrap();
        let fast = lines_of(&text, |found| gate.scan(text.as_bytes(), found));
        assert_eq!(slow.len(), 533);
        assert_eq!(fast, slow);
    }
}
