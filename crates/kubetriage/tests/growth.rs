//! Four times the text takes four times the time, not sixteen: for shapes of captures that repeat one thing, through
//! parsers and rules. What grows with the square fails by far; what is linear passes on a busy machine.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use kubetriage::prelude::*;

/// Lines of the smaller text.
const LINES: usize = 300;
/// How much larger the larger one is, and how much longer it may take.
const TIMES: usize = 4;
const LONGER: u32 = 9;
/// What is not measured: a machine with other things to do.
const NOISE: Duration = Duration::from_millis(150);

/// Name, first lines, and what is repeated; `#` is the number of the repetition.
const SHAPES: &[(&str, &str, &str)] = &[
    (
        "documents",
        "",
        "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-#\n  namespace: shop\nstatus:\n  phase: Pending\n",
    ),
    ("heads of documents", "", "kind: Pod\napiVersion: v1\n"),
    ("markers", "apiVersion: v1\nkind: Pod\n", "---\n"),
    (
        "items",
        "apiVersion: v1\nkind: List\nitems:\n",
        "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web-#\n    namespace: shop\n",
    ),
    ("open braces", "", "{\n"),
    ("open arrays", "", "[\n{\n\"a\":\n"),
    ("broken agent lines", "", "{\"Message\":\"403 Forbidden\n"),
    (
        "rows",
        "NAMESPACE   NAME          READY   STATUS             RESTARTS   AGE\n",
        "shop        web-#         0/1     ImagePullBackOff   0          5m\n",
    ),
    ("tables", "", "NAME          READY   STATUS    RESTARTS   AGE\n"),
    (
        "events",
        "NAMESPACE   LAST SEEN   TYPE      REASON    OBJECT    MESSAGE\n",
        "shop        5m          Warning   Failed    pod/web-#   Failed to pull image \"contoso.azurecr.io/x:#\": not found\n",
    ),
    (
        "lines of one message",
        "LAST SEEN   TYPE      REASON    OBJECT    MESSAGE\n5m          Warning   Failed    pod/web-0   x\n",
        "more text #\n",
    ),
    (
        "descriptions",
        "",
        "Name:         web-#\nNamespace:    shop\nStatus:       Pending\nEvents:       <none>\n\n\n",
    ),
    (
        "lookups",
        "",
        "Server:\t\t10.0.0.10\nAddress:\t10.0.0.10#53\n\n** server can't find x#.azurecr.io: NXDOMAIN\n\n",
    ),
    ("prompts", "", "$ kubectl get pods -n a#\nNo resources found in a# namespace.\n"),
    ("commands that go on", "", "$ kubectl get pods \\\n"),
    ("fences", "", "```\nNAME   READY   STATUS\nweb    0/1     Pending\n```\nsome text\n"),
    ("quotations", "", "> NAME   READY   STATUS\n> web    0/1     Pending\n"),
    (
        "log lines",
        "",
        "E1121 10:00:00.000000    1234 pod_workers.go:190] \"Error syncing pod, skipping\" err=\"failed to pull image #\" pod=\"shop/web-#\"\n",
    ),
    ("errors", "", "Error from server (NotFound): pods \"web-#\" not found\n"),
    ("sentences", "", "0/3 nodes are available: 3 Insufficient cpu. preemption: not eligible.\n"),
];

fn text(head: &str, unit: &str, lines: usize) -> String {
    let mut text = head.to_owned();
    for number in 0..lines / unit.lines().count() {
        write!(text, "{}", unit.replace('#', &number.to_string())).unwrap();
    }
    text
}

fn time(text: &str) -> Duration {
    let input = Input::Bytes { name: "capture.txt".to_owned(), bytes: text.as_bytes().into() };
    let start = Instant::now();
    analyze(&[input], &Options::default()).unwrap();
    start.elapsed()
}

#[test]
fn time_grows_with_the_text() {
    let mut wrong = Vec::new();
    for (name, head, unit) in SHAPES {
        let (small, large) = (text(head, unit, LINES), text(head, unit, TIMES * LINES));
        let mut told = Vec::new();
        // A measurement may be disturbed, but not every time.
        let is_linear = (0..4).any(|_| {
            let (one, more) = (time(&small), time(&large));
            told.push(format!("{one:?}, {more:?}"));
            more < one * LONGER + NOISE
        });
        if !is_linear {
            wrong.push(format!("{name}: {}", told.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
