//! Few short tokens that stand for many literals.
//!
//! A vector search takes few needles, a catalogue has hundreds of literals. But every literal
//! contains shorter texts, and one of them may stand for several literals: what holds none of the tokens holds
//! none of the literals. The tokens are chosen so that ordinary log lines hold few of them.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Lengths of tokens, in bytes. Vector searches compare the first four bytes at once.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=8;

/// What one occurrence in the ordinary lines costs, measured in literals that a token stands for.
const OCCURRENCE: usize = 12;

/// What one occurrence of its first bytes costs: the search stops there and looks further.
const BEGINNING: usize = 2;

/// A text that some literals contain.
struct Choice<'l> {
    token: &'l [u8],
    cost: usize,
    /// Numbers of the literals that contain it.
    holders: Vec<usize>,
    /// How many of them contain no token that is chosen.
    open: usize,
}

impl<'l> Choice<'l> {
    /// Literals for the cost, kept as a fraction. Equal ones differ by their letters, so that the same literals
    /// always give the same tokens.
    fn worth(&self) -> (usize, &'l [u8]) {
        (self.open * 1000 / self.cost, self.token)
    }
}

/// Returns tokens (in small letters) of which every one of `literals` (in small letters) contains one; `ordinary`
/// is what programs write while all is well.
///
/// Greedy: again and again the token that stands for most open literals at the least cost.
pub(super) fn tokens<'l>(literals: &[&'l str], ordinary: &[u8]) -> Vec<&'l [u8]> {
    let mut choices = choices(literals, ordinary);
    let mut of_literal = vec![Vec::new(); literals.len()];
    for (number, choice) in choices.iter().enumerate() {
        for holder in &choice.holders {
            of_literal.get_mut(*holder).into_iter().for_each(|all: &mut Vec<_>| all.push(number));
        }
    }
    let mut chosen = Vec::new();
    while let Some(best) = choices.iter().max_by_key(|choice| choice.worth()) {
        if best.open == 0 {
            break;
        }
        chosen.push(best.token);
        for holder in best.holders.clone() {
            for choice in of_literal.get_mut(holder).map(std::mem::take).unwrap_or_default() {
                choices.get_mut(choice).into_iter().for_each(|choice| choice.open -= 1);
            }
        }
    }
    chosen
}

/// Returns every possible token; a literal that is shorter than a token is one.
fn choices<'l>(literals: &[&'l str], ordinary: &[u8]) -> Vec<Choice<'l>> {
    let mut holders: HashMap<&[u8], Vec<usize>, FixedState> = HashMap::default();
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
    let mut counts: HashMap<&[u8], usize, FixedState> = HashMap::default();
    for window in LENGTHS.flat_map(|length| ordinary.windows(length)) {
        *counts.entry(window).or_default() += 1;
    }
    let count = |text: &[u8]| counts.get(text).copied().unwrap_or(0);
    let choice = |(token, holders): (&'l [u8], Vec<usize>)| {
        let beginning = token.get(..*LENGTHS.start()).unwrap_or(token);
        let cost = 1 + OCCURRENCE * count(token) + BEGINNING * count(beginning);
        Choice { token, cost, open: holders.len(), holders }
    };
    holders.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalog;

    #[test]
    fn every_literal_contains_a_token() {
        let interest = Catalog::builtin().interest();
        let literals: Vec<&str> = interest.literals().iter().map(String::as_str).collect();
        let tokens = tokens(&literals, b"all is well");
        for literal in &literals {
            let holds = |token: &&[u8]| memchr::memmem::find(literal.as_bytes(), token).is_some();
            assert!(tokens.iter().any(holds), "{literal}");
        }
        assert!(tokens.len() < literals.len() / 2, "{} tokens", tokens.len());
    }

    #[test]
    fn a_token_stands_for_several_literals_and_is_rare() {
        let ordinary = b"info: pod is up";
        let chosen = tokens(&["failed to pull", "has failed", "info: no such host"], ordinary);
        assert_eq!(chosen.len(), 2);
        assert!(!chosen.contains(&&b"info"[..]));
        assert_eq!(tokens(&["ab"], ordinary), [&b"ab"[..]]);
    }
}
