//! Line numbers that a viewer puts in front of every line: `cat -n`, `nl`, `less -N`, editors, pages with code.
//!
//! ```text
//!      9  NAME    READY   STATUS
//!     10  web-1   0/1     Pending
//! ```

use super::cut_front;
use crate::text::Line;

/// Fewest lines that are taken for numbered.
const FEWEST: usize = 4;
/// What may stand between a number and its line.
const BETWEEN: &[&str] = &["\t", " | ", " │ ", ": ", "  ", " "];

/// Cuts off the numbers of `lines` if each has one, counting by one, with the same separator behind it.
///
/// Lines without a number may only be blank ones, which some viewers do not count.
pub(super) fn strip(lines: &mut [Line<'_>]) {
    let fronts = BETWEEN.iter().find_map(|between| fronts(lines, between));
    for (line, front) in lines.iter_mut().zip(fronts.into_iter().flatten()) {
        cut_front(line, front);
    }
}

/// Returns how many bytes of each line are its number and `between`; none if some line has no such front.
fn fronts(lines: &[Line<'_>], between: &str) -> Option<Vec<usize>> {
    let mut expected: Option<u64> = None;
    let mut fronts = Vec::new();
    let mut counted = 0_usize;
    for line in lines {
        if line.is_blank() {
            fronts.push(0);
            continue;
        }
        let (number, front) = front(line.text, between)?;
        if expected.is_some_and(|expected| expected != number) {
            return None;
        }
        expected = Some(number + 1);
        counted += 1;
        fronts.push(front);
    }
    (counted >= FEWEST).then_some(fronts)
}

/// Reads `ws digits between`, or `ws digits` alone for an empty line.
fn front(text: &str, between: &str) -> Option<(u64, usize)> {
    let inner = text.trim_start();
    let digits = inner.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(inner.len());
    let (number, rest) = inner.split_at_checked(digits)?;
    let number: u64 = number.parse().ok().filter(|number| *number < u64::from(u32::MAX))?;
    let before = text.len() - rest.len();
    if rest.trim().is_empty() || rest.trim_end() == between.trim_end() {
        return Some((number, text.len()));
    }
    rest.starts_with(between).then_some((number, before + between.len()))
}

#[cfg(test)]
mod tests {
    use kubetriage_model::ArtifactId;

    use super::*;
    use crate::text::Text;

    fn stripped(text: &str) -> Vec<String> {
        let text = Text { artifact: ArtifactId(0), text, offset: 0, first_line: 1 };
        let mut lines = text.lines();
        strip(&mut lines);
        lines.iter().map(|line| line.text.to_owned()).collect()
    }

    #[test]
    fn numbers_of_every_viewer_are_cut_off() {
        let bare = ["NAME", "  web", "", "db 1"];
        for text in [
            "     9\tNAME\n    10\t  web\n    11\t\n    12\tdb 1\n    13\tx",
            " 9 NAME\n10   web\n11\n12 db 1\n13 x",
            "9: NAME\n10:   web\n11:\n12: db 1\n13: x",
            " 9 │ NAME\n10 │   web\n11\n12 │ db 1\n13 │ x",
        ] {
            let lines = stripped(text);
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            assert!(lines.starts_with(&bare[..2]) && lines.contains(&"db 1"), "{lines:?}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "1 a\n2 b\n4 c\n5 d\n6 e",
            "1 a\n2 b",
            "1 a\nb\n3 c\n4 d\n5 e",
            "10.0.0.1 a\n11 b\n12 c\n13 d",
        ] {
            assert_eq!(stripped(text).join("\n"), text);
        }
    }
}
