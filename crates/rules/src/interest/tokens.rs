//! Few short tokens that stand for many literals.
//!
//! A vector search takes at most [`MOST`] needles, a catalogue has hundreds of literals. But every literal
//! contains shorter texts, and one of them may stand for several literals: what holds none of the tokens holds
//! none of the literals. The tokens are chosen so that ordinary log lines hold few of them.

use std::collections::HashMap;

/// Most needles of one vector search; with one more it is eight times slower.
pub(super) const MOST: usize = 64;

/// Lengths of tokens, in bytes. Vector searches compare four bytes at once.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=6;

/// Lines that programs write while all is well: what they hold is no good sign of trouble.
const ORDINARY: &str = include_str!("ordinary.log");

/// What one occurrence in the ordinary lines costs, measured in literals that a token stands for.
const OCCURRENCE: usize = 12;

/// Returns tokens (in small letters) of which every one of `literals` (in small letters) contains one.
///
/// Greedy: again and again the token that stands for most open literals at the least cost. Equal ones are chosen
/// by their letters, so that the same literals always give the same tokens.
pub(super) fn tokens<'l>(literals: &[&'l str]) -> Vec<&'l [u8]> {
    let costs = Costs::of(ORDINARY);
    let mut holders = holders(literals);
    let mut open = vec![true; literals.len()];
    let mut chosen = Vec::new();
    while open.contains(&true) {
        let worth = |(token, holders): (&&'l [u8], &Vec<usize>)| {
            let new = holders.iter().filter(|holder| open.get(**holder) == Some(&true)).count();
            // Kept as a fraction: literals for a thousand of cost.
            (new * 1000 / costs.of_token(token), *token)
        };
        let Some((_, token)) = holders.iter().map(worth).max() else { break };
        for holder in holders.remove(token).unwrap_or_default() {
            if let Some(open) = open.get_mut(holder) {
                *open = false;
            }
        }
        holders.retain(|_, holders| holders.iter().any(|holder| open.get(*holder) == Some(&true)));
        chosen.push(token);
    }
    chosen
}

/// Returns every possible token with the literals that contain it; a literal that is shorter than a token is one.
fn holders<'l>(literals: &[&'l str]) -> HashMap<&'l [u8], Vec<usize>> {
    let mut holders: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (number, literal) in literals.iter().enumerate() {
        let bytes = literal.as_bytes();
        let lengths = LENGTHS.filter(|length| *length <= bytes.len());
        let short = (bytes.len() < *LENGTHS.start()).then_some(bytes);
        for token in lengths.flat_map(|length| bytes.windows(length)).chain(short) {
            let of = holders.entry(token).or_default();
            if of.last() != Some(&number) {
                of.push(number);
            }
        }
    }
    holders
}

/// How often texts stand in the ordinary lines.
struct Costs(HashMap<Vec<u8>, usize>);

impl Costs {
    fn of(text: &str) -> Self {
        let text = text.to_ascii_lowercase();
        let mut counts: HashMap<Vec<u8>, usize> = HashMap::new();
        for length in std::iter::once(3).chain(LENGTHS) {
            for window in text.as_bytes().windows(length) {
                *counts.entry(window.to_vec()).or_default() += 1;
            }
        }
        Self(counts)
    }

    fn of_token(&self, token: &[u8]) -> usize {
        1 + OCCURRENCE * self.0.get(token).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn every_literal_contains_a_token() {
        let interest = Catalog::builtin().interest();
        let literals: Vec<&str> = interest.literals().iter().map(String::as_str).collect();
        let tokens = tokens(&literals);
        for literal in &literals {
            let holds = |token: &&[u8]| memchr::memmem::find(literal.as_bytes(), token).is_some();
            assert!(tokens.iter().any(holds), "{literal}");
        }
        assert!(tokens.len() <= 2 * MOST, "{} tokens", tokens.len());
    }

    #[test]
    fn a_token_stands_for_several_literals_and_is_rare() {
        let tokens = tokens(&["failed to pull", "has failed", "info: no such host"]);
        assert_eq!(tokens.len(), 2);
        assert!(!tokens.contains(&&b"info"[..]));
        assert_eq!(super::tokens(&["ab"]), [&b"ab"[..]]);
    }
}
