//! The literals that a pattern requires. The build works them out for the built-in patterns with this file.

use regex_syntax::hir::{Hir, HirKind};

/// Most clauses that are kept of one pattern.
const MOST: usize = 3;

/// Returns clauses, best first, of each of which every matching text carries at least one literal (in small
/// letters); none if the pattern requires nothing or is no pattern.
pub(crate) fn clauses(pattern: &str) -> Vec<Vec<String>> {
    let hir = regex_syntax::parse(pattern).ok();
    let mut clauses = hir.map(|hir| required(&hir)).unwrap_or_default();
    clauses.sort_by_key(|clause| std::cmp::Reverse(worth(clause)));
    clauses.truncate(MOST);
    clauses
}

/// A set of literals is worth as much as its shortest one is long.
pub(crate) fn worth(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

/// Recursion follows the nesting of a pattern that the parser has already limited.
fn required(hir: &Hir) -> Vec<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal_run(&literal.0).into_iter().collect(),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(required).collect(),
        HirKind::Alternation(parts) => {
            let best = |part| required(part).into_iter().max_by_key(|clause| worth(clause));
            let sets: Option<Vec<_>> = parts.iter().map(best).collect();
            sets.map(|sets| sets.into_iter().flatten().collect()).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the longest part of a literal that case leaves alone beyond ASCII: as a clause of one.
fn literal_run(literal: &[u8]) -> Option<Vec<String>> {
    let runs = literal.split(|byte| !matches!(byte, b' '..=b'~'));
    let longest = runs.max_by_key(|run| run.len()).filter(|run| !run.is_empty())?;
    Some(vec![String::from_utf8_lossy(longest).to_ascii_lowercase()])
}
