//! Forms that no program makes of a clean capture: written by hand after what people sent, names invented.

use super::said::said;

/// Row of the table, what it is, the rules that must be found (and no other), the text.
const TEXTS: &[(u8, &str, &[&str], &str)] = &[
    (
        9,
        "a message within klog within the journal",
        &["image/pull-backoff"],
        include_str!("../../../../testdata/forms-by-hand/journal.txt"),
    ),
    (
        12,
        "a row of kubectl 1.4 alone, the reporter in braces",
        &["image/pull-backoff", "image/unauthorized"],
        include_str!("../../../../testdata/forms-by-hand/braces.txt"),
    ),
    (
        13,
        "line breaks typed into the message of a row, the next row as it was",
        &["image/pull-backoff", "image/rate-limited"],
        include_str!("../../../../testdata/forms-by-hand/typed.txt"),
    ),
    (
        23,
        "a YAML scalar with doubled quotes",
        &["network/pod-address-exhausted", "pod/sandbox-failed"],
        include_str!("../../../../testdata/forms-by-hand/doubled.txt"),
    ),
    (
        23,
        "a fragment of YAML with a folded scalar, split inside braces",
        &["scheduling/critical-addons-only-taint"],
        include_str!("../../../../testdata/forms-by-hand/folded.txt"),
    ),
    (
        25,
        "a pre element that starts on the line of the header",
        &["image/pull-backoff"],
        include_str!("../../../../testdata/forms-by-hand/html.txt"),
    ),
    (
        27,
        "an unknown age",
        &["scheduling/critical-addons-only-taint"],
        include_str!("../../../../testdata/forms-by-hand/unknown.txt"),
    ),
    (
        28,
        "the position mark of tmux behind the header",
        &["image/pull-backoff"],
        include_str!("../../../../testdata/forms-by-hand/tmux.txt"),
    ),
    (
        35,
        "an event as Lens shows it",
        &["image/not-found", "image/pull-backoff"],
        include_str!("../../../../testdata/forms-by-hand/lens.txt"),
    ),
    (
        35,
        "an event of a portal, key and value on lines of their own",
        &["image/not-found", "image/pull-backoff"],
        include_str!("../../../../testdata/forms-by-hand/portal.txt"),
    ),
    (
        35,
        "an event of a web console",
        &["image/pull-backoff"],
        include_str!("../../../../testdata/forms-by-hand/console.txt"),
    ),
    (
        37,
        "standard error above standard output",
        &["dns/nxdomain"],
        include_str!("../../../../testdata/forms-by-hand/stderr.txt"),
    ),
];

#[test]
fn every_text_by_hand_says_what_it_must() {
    for (row, what, wanted, text) in TEXTS {
        let mut found: Vec<String> =
            said(text.as_bytes()).into_keys().map(|key| key.rule).collect();
        found.sort();
        found.dedup();
        assert_eq!(found, *wanted, "{row} {what}");
    }
}

#[test]
fn the_rows_that_nothing_generates_are_here() {
    for row in [23, 35, 37] {
        assert!(TEXTS.iter().any(|(own, ..)| *own == row), "{row}");
    }
}
