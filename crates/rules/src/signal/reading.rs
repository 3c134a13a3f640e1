//! Ways to read a text that somebody's editor or terminal broke into lines.

/// Longest text that is read in other ways than it stands; what is longer was not broken by hand.
const MAX_TEXT: usize = 4096;

/// Returns the text with its lines joined: by a blank, as editors break between words, then without one, as
/// terminals break within them. Nothing for a text of one line.
pub(super) fn rejoined(text: &str) -> impl Iterator<Item = String> {
    let broken = text.len() <= MAX_TEXT && text.contains('\n');
    [" ", ""].into_iter().filter(move |_| broken).map(|between| {
        let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        lines.join(between)
    })
}

#[cfg(test)]
mod tests {
    use super::rejoined;

    #[test]
    fn broken_lines_are_joined_both_ways() {
        let ways = |text| rejoined(text).collect::<Vec<_>>();
        assert_eq!(ways("0/3\n  nodes"), ["0/3 nodes", "0/3nodes"]);
        assert_eq!(ways("image ref\r\nerence"), ["image ref erence", "image reference"]);
        assert!(ways("one line").is_empty());
    }
}
