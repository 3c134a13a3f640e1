//! One line of each log form.

use super::read;

/// Returns `time|level|origin|message`.
fn shown(line: &str) -> String {
    let body = read(line);
    let text = |field: Option<String>| field.unwrap_or_default();
    format!("{}|{}|{}|{}", text(body.time), text(body.level), text(body.origin), body.message)
}

#[test]
fn every_form_gives_time_level_origin_and_message() {
    for (line, wanted) in [
        (
            r#"E1121 10:00:00.000000    1234 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"app\"" pod="shop/web-1""#,
            r#"1121 10:00:00.000000|error|pod_workers.go|Error syncing pod, skipping: failed to "StartContainer" for "app" pod=shop/web-1"#,
        ),
        (
            "W1121 10:00:00.000000       1 reflector.go:533] failed to list *v1.Pod: forbidden",
            "1121 10:00:00.000000|warning|reflector.go|failed to list *v1.Pod: forbidden",
        ),
        (
            "I1121 10:00:00.000000       1 x.go:1] \"Failed\" err=<\n\tline one\n\tline two\n > pod=\"a/b\"",
            "1121 10:00:00.000000|info|x.go|Failed: line one\nline two pod=a/b",
        ),
        (
            r#"{"ts":1700000000000.123,"caller":"x/y.go:12","msg":"Started","v":0,"pod":{"name":"web"}}"#,
            r#"1700000000000.123||x/y.go:12|Started pod={"name":"web"} v=0"#,
        ),
        (
            r#"{"level":"error","ts":"2026-11-21T10:00:00.000Z","logger":"ctrl","msg":"Reconciler error","error":"not found"}"#,
            "2026-11-21T10:00:00.000Z|error|ctrl|Reconciler error: not found",
        ),
        (
            "2026-11-21T10:00:00.000Z\tERROR\tcontroller\tReconciler error\t{\"kind\": \"Pod\", \"error\": \"x509: bad\"}",
            "2026-11-21T10:00:00.000Z|error|controller|Reconciler error: x509: bad kind=Pod",
        ),
        (
            r#"time="2026-11-21T10:00:00Z" level=error msg="PullImage \"contoso.example/a:1\" failed" error="rpc error: code = NotFound""#,
            r#"2026-11-21T10:00:00Z|error||PullImage "contoso.example/a:1" failed: rpc error: code = NotFound"#,
        ),
        ("level=info msg=hello user=ann", "|info||hello user=ann"),
        (
            "[ERROR] plugin/errors: 2 contoso.example. A: read udp 10.0.0.1:1->10.0.0.2:53: i/o timeout",
            "|error|plugin/errors|2 contoso.example. A: read udp 10.0.0.1:1->10.0.0.2:53: i/o timeout",
        ),
        (
            "[INFO] 10.0.0.1:3333 - 5 \"A IN contoso.example. udp 40 false 512\" NXDOMAIN qr,rd,ra 115 0.001s",
            "|info||10.0.0.1:3333 - 5 \"A IN contoso.example. udp 40 false 512\" NXDOMAIN qr,rd,ra 115 0.001s",
        ),
        (
            "[2026/11/21 10:00:00] [ warn] [engine] failed to flush chunk",
            "2026/11/21 10:00:00|warning|engine|failed to flush chunk",
        ),
        ("2026/11/21 10:00:00 listening on :8080", "2026/11/21 10:00:00|||listening on :8080"),
        (
            "2026-11-21 10:00:00,123 ERROR app - connection refused",
            "2026-11-21 10:00:00,123|error||app - connection refused",
        ),
        ("ERROR:root:boom", "|error||root:boom"),
        ("panic: runtime error: index out of range", "|||panic: runtime error: index out of range"),
        (
            "exec /usr/local/bin/app: exec format error",
            "|||exec /usr/local/bin/app: exec format error",
        ),
        (
            r#"{"level":"info","msg":"{\"Code\":\"x\",\"Message\":\"say \\\"hi\\\"\"}"}"#,
            r#"|info||{"Code":"x","Message":"say "hi""}"#,
        ),
    ] {
        assert_eq!(shown(line), wanted, "{line}");
    }
}
