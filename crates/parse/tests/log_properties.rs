//! What holds for every log and every text, whatever is in it.

use kubetriage_model::{ArtifactId, Hint, Interest, Parsed};
use kubetriage_parse::{Text, parse, reading, scan_log};
use proptest::prelude::*;

/// Lines with one of a few words are of interest, or all of them.
struct Words(&'static [&'static str]);

impl Interest for Words {
    fn scan(&self, text: &str, found: &mut dyn FnMut(usize)) {
        let mut places: Vec<_> =
            self.0.iter().flat_map(|word| text.match_indices(word)).map(|(at, _)| at).collect();
        places.sort_unstable();
        places.into_iter().for_each(found);
    }

    fn everything(&self) -> bool {
        self.0.is_empty()
    }
}

const SOME: Words = Words(&["error", "403", "x"]);
const ALL: Words = Words(&[]);

/// Lines of logs and transcripts, whole records each.
const LINES: &[&str] = &[
    r#"{ "Message": "2026/11/21 20:24:06 \"Errorcode: 403, x\"", "LogType": "T", "LogLevel": "Error", "Location": "westeurope", "AgentName": "A" }"#,
    r#"{ "Message": "x", "LogType": "T", "Location": "<region>,  "ArmId": "/subscriptions/0" }"#,
    r#"E1121 10:00:00.000000    1234 x.go:1] "Error x" err="a \"b\"" pod="shop/web-1""#,
    r#"{"level":"error","ts":1,"msg":"x","error":"403"}"#,
    "2026-11-21T10:00:00.000Z\tERROR\tctrl\tx\t{\"error\": \"y\"}",
    r#"time="2026-11-21T10:00:00Z" level=error msg="x \"y\"" error="z""#,
    "2026-11-21T10:00:00.1Z stderr F x",
    r#"{"log":"x\n","stream":"stderr","time":"2026-11-21T10:00:00.1Z"}"#,
    "[ERROR] plugin/errors: 2 a. A: x",
    "Nov 21 10:00:00 node-1 kubelet[1]: x",
    "[pod/web-1/app] x",
    "plain x",
    "",
    "   ",
];

/// Lines of every kind, for texts that are no log.
const ANY: &[&str] = &[
    "$ kubectl get pods -n shop",
    "PS C:\\> kubectl logs web-1",
    "NAME   READY   STATUS    RESTARTS   AGE",
    "web-1  0/1     Pending   0          5m",
    "Name:         web-1",
    "Events:",
    "```",
    "> quoted",
    "│ boxed │",
    "<pre>",
    "==== START logs for container a of pod b/c ====",
    "x==== END logs for container a of pod b/c ====",
    "E1121 10:00:00.000000 1 x.go:1] \"m\" err=<",
    "\tinner",
    " >",
    "2026-11-21T10:00:00.1Z stdout P x",
    "{ \"Message\": \"x\", \"LogType\": \"T\",",
    "kubectl get pods \\",
    "“smart”\u{a0}quotes &lt;none&gt;",
    "apiVersion: v1",
    "# Cause 1: a heading of a document",
    "Run the following command to see whether the pods are running.",
];

fn text(text: &str, offset: usize, first_line: usize) -> Text<'_> {
    Text { artifact: ArtifactId(0), text, offset: offset as u64, first_line: first_line as u64 }
}

fn scanned(log: &str, interest: &Words) -> Parsed {
    let mut parsed = Parsed::default();
    scan_log(text(log, 0, 1), &Hint::default(), interest, &mut parsed);
    parsed
}

fn parsed(whole: &str, interest: &Words) -> Parsed {
    let mut parsed = Parsed::default();
    parse(text(whole, 0, 1), &Hint::default(), interest, &mut parsed);
    parsed
}

/// What does not depend on where a line stands in bytes.
fn said(parsed: &Parsed) -> Vec<String> {
    let line = |event: &kubetriage_model::Event| {
        format!("{} {} {:?} {}", event.at.line, event.at.end_line, event.data, event.at.excerpt)
    };
    parsed.events.iter().map(line).collect()
}

fn some_of(lines: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(lines), 0..24)
}

fn check_account(parsed: &Parsed, whole: &str) -> Result<(), TestCaseError> {
    prop_assert!(parsed.used <= parsed.total);
    let lines = whole.split_inclusive('\n').count() as u64;
    prop_assert_eq!(parsed.total + parsed.blank, lines);
    for event in &parsed.events {
        prop_assert!(event.at.start <= event.at.end && event.at.end <= whole.len() as u64);
        prop_assert!(event.at.line >= 1 && event.at.end_line <= lines);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_of_a_log_gives_the_same_events(lines in some_of(LINES), at in 0_usize..24) {
        let at = at.min(lines.len());
        let whole: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
        let first: usize = lines.iter().take(at).map(|line| line.len() + 1).sum();
        let mut split = Parsed::default();
        let (head, tail) = whole.split_at_checked(first).unwrap_or((&whole, ""));
        scan_log(text(head, 0, 1), &Hint::default(), &SOME, &mut split);
        scan_log(text(tail, first, at + 1), &Hint::default(), &SOME, &mut split);
        let once = scanned(&whole, &SOME);
        prop_assert_eq!(said(&once), said(&split));
        prop_assert_eq!((once.total, once.used, once.blank), (split.total, split.used, split.blank));
    }

    #[test]
    fn line_ends_do_not_matter(lines in some_of(LINES), more in some_of(ANY)) {
        let mut all = lines;
        all.extend(more);
        let unix: String = all.iter().flat_map(|line| [*line, "\n"]).collect();
        let dos = unix.replace('\n', "\r\n");
        prop_assert_eq!(said(&parsed(&unix, &ALL)), said(&parsed(&dos, &ALL)));
        prop_assert_eq!(said(&scanned(&unix, &SOME)), said(&scanned(&dos, &SOME)));
    }

    #[test]
    fn every_line_is_accounted_for(lines in some_of(ANY), more in some_of(LINES), cut in 0_usize..4096) {
        let mut whole: String = lines.iter().chain(&more).flat_map(|line| [*line, "\n"]).collect();
        let mut cut = cut.min(whole.len());
        while !whole.is_char_boundary(cut) {
            cut -= 1;
        }
        whole.truncate(cut);
        check_account(&parsed(&whole, &ALL), &whole)?;
        check_account(&parsed(&whole, &SOME), &whole)?;
        check_account(&scanned(&whole, &SOME), &whole)?;
        let _ = reading(&whole, &Hint::default());
    }

    #[test]
    fn any_text_is_survived(whole in "(?s).{0,400}") {
        check_account(&parsed(&whole, &ALL), &whole)?;
        check_account(&scanned(&whole, &ALL), &whole)?;
    }
}

#[test]
fn scanning_and_parsing_give_the_same_events() {
    let whole: String = LINES.iter().take(10).flat_map(|line| [*line, "\n"]).collect();
    assert_eq!(said(&scanned(&whole, &SOME)), said(&parsed(&whole, &SOME)));
    assert_eq!(said(&scanned(&whole, &ALL)), said(&parsed(&whole, &ALL)));
}
