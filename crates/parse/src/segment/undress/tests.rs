//! Dress of every kind, and text that only looks dressed.

use kubetriage_model::ArtifactId;

use super::{Solid, characters, undress};
use crate::text::Text;

/// Returns the bare lines, parts divided by `--`.
fn shown(text: &str) -> String {
    let text = Text { artifact: ArtifactId(0), text, offset: 0, first_line: 1 };
    let lines = text.lines();
    let solid = Solid::of(&lines);
    let mended = characters::mend(&lines, &solid);
    let parts = undress(characters::apply(&lines, &mended), &solid);
    let parts = parts.iter().filter(|part| !part.lines.is_empty());
    parts
        .map(|part| part.lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
        .collect::<Vec<_>>()
        .join("\n--\n")
}

#[test]
fn dress_is_taken_off() {
    for (dressed, bare) in [
        ("see:\n```console\n$ k get po\nrow\n```\nend", "see:\n--\n$ k get po\nrow\n--\nend"),
        ("```NAME READY\nrow```", "NAME READY\nrow"),
        ("`NAME READY\nrow`", "NAME READY\nrow"),
        ("~~~\n  a\n    b\n~~~", "a\n  b"),
        ("> a\n> b\n>\n> c", "a\nb\n\nc"),
        (">> a\n>> b\n>> c", "a\nb\nc"),
        ("    a\n      b\n\n    c", "a\n  b\n\nc"),
        ("│ NAME  READY │\n│ web   0/1   │\n└───────┘", "NAME  READY\nweb   0/1"),
        ("a\n\nb\n\nc\n\nd\n", "a\nb\nc\nd"),
        ("<pre>NAME READY\nweb 0/1</pre>", "NAME READY\nweb 0/1"),
        ("<pre>\nNode: &lt;none&gt;\n</pre>", "Node: <none>"),
        ("NAME\u{a0}\u{a0}READY", "NAME  READY"),
        ("Failed to pull image “a”\u{200b}", "Failed to pull image \"a\""),
        ("Failed to pull image “a”\nthe “b”", "Failed to pull image \"a\"\nthe \"b\""),
        ("{“kind”: “Pod”}", "{\"kind\": \"Pod\"}"),
        (
            "2022-10-05T14:53:30.7486813Z ##[group]Run kubectl get po\n2022-10-05T14:53:31.7486813Z NAME READY",
            "kubectl get po\nNAME READY",
        ),
        (
            "The pods are:\n\n    NAME READY\n    web 0/1\n\nend",
            "The pods are:\n\nNAME READY\nweb 0/1\n\nend",
        ),
    ] {
        assert_eq!(shown(dressed), bare, "{dressed}");
    }
}

#[test]
fn what_only_looks_like_dress_stays() {
    for text in [
        "> server\nDefault server: 10.0.0.10\n> a.example",
        "$ kubectl get po\n> row",
        "Name: web\nLabels:\n  Name: x\n\nEvents:\n  Type  Reason",
        "{\"html\": \"&lt;b&gt;\"}",
        "2022-10-05T14:53:30.7486813Z started\n2022-10-05T14:53:31.7486813Z stopped",
        "involvedObject:\n  apiVersion: v1",
        "Use `kubectl get po` or `k`",
        "{\n  \"message\": \"“smart”\u{a0}and\u{3000}wide\u{200b}\"\n}",
        "apiVersion: v1\nmessage: |\n  ```\n  “smart”\n  ```\n  kind: x",
        "Warning  Denied  5m  webhook  the policy says “no”",
        "Warning  Denied  5m  webhook  can’t",
        "IP:  <none>\nMessage:  &lt;b&gt; &quot;x&quot;",
        "family 👨\u{200d}👩\u{200d}👧",
        "LAST SEEN   TYPE     REASON   OBJECT      MESSAGE\n\
         5m          Normal   Pulled   Pod/web-1   ```\nx\n```\n\
         6m          Normal   Pulled   Pod/web-1   y",
    ] {
        assert_eq!(shown(text), text);
    }
}
