//! What a text must carry for a pattern to match: looked for before anything is compiled.

use std::borrow::Cow;

use super::literals::clauses;
use super::test::contains;

/// Pattern and gate of every built-in pattern, sorted.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/gates.rs"));

/// Clauses, of each of which a matching text carries at least one literal.
///
/// One text, a line a clause and a tab between literals: so the gates of the built-in patterns are constants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gate(Cow<'static, str>);

impl Gate {
    /// Returns the gate of a pattern.
    pub(crate) fn of(pattern: &str) -> Self {
        match BUILT_IN.binary_search_by_key(&pattern, |(known, _)| known) {
            Ok(index) => {
                let known = BUILT_IN.get(index).map_or("", |(_, gate)| gate);
                Self(Cow::Borrowed(known))
            }
            Err(_) => Self::worked_out(pattern),
        }
    }

    fn worked_out(pattern: &str) -> Self {
        let lines: Vec<_> = clauses(pattern).iter().map(|clause| clause.join("\t")).collect();
        Self(Cow::Owned(lines.join("\n")))
    }

    /// True if nothing tells that the pattern cannot match.
    pub(crate) fn admits(&self, text: &str) -> bool {
        let mut clauses = self.0.lines();
        clauses.all(|clause| clause.split('\t').any(|literal| contains(text, literal, false)))
    }

    /// Returns all clauses, the best one first.
    pub(crate) fn clauses(&self) -> Vec<Vec<String>> {
        let literals = |clause: &str| clause.split('\t').map(str::to_owned).collect();
        self.0.lines().map(literals).collect()
    }

    /// Returns the literals of the best clause; none if the pattern requires nothing.
    pub(crate) fn literals(&self) -> Option<Vec<String>> {
        let best = self.0.lines().next()?;
        Some(best.split('\t').map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn required_literals_are_found() {
        for (pattern, gate) in [
            (r"^Failed to pull image (?P<image>\S+)", "failed to pull image "),
            (r"no such host|i/o timeout", "no such host\ti/o timeout"),
            (r"x+(abc|defg)?\d", "x"),
            (r"pull .* from (a|bc) failed", " failed\n from \npull "),
            (r"Größe is é(?i)x", "e is "),
            (r"\d+", ""),
        ] {
            assert_eq!(Gate::of(pattern), Gate(Cow::Borrowed(gate)), "{pattern}");
        }
    }

    #[test]
    fn a_text_must_carry_one_literal_of_every_clause() {
        let gate = Gate::of("(reading|pulling) .* denied");
        for (text, admitted) in [
            ("pulling web: DENIED: no", true),
            ("Reading x denied", true),
            ("pulling web: ok", false),
            ("denied", false),
        ] {
            assert_eq!(gate.admits(text), admitted, "{text}");
        }
        assert_eq!(gate.literals().unwrap(), ["reading", "pulling"]);
    }

    #[test]
    fn the_build_works_out_what_the_program_would() {
        assert!(BUILT_IN.len() > 100);
        for (pattern, gate) in BUILT_IN {
            assert_eq!(Gate::worked_out(pattern).0, *gate, "{pattern}");
        }
    }
}
