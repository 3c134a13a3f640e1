//! Tests of lone sentences.

use super::*;

fn read(text: &str) -> Option<(String, String)> {
    sentence(text)
        .map(|event| (event.reason.unwrap_or_default(), event.message.unwrap_or_default()))
}

#[test]
fn sentences_are_known_by_their_wording() {
    let cases = [
        ("0/3 nodes are available: 3 Insufficient cpu.", "FailedScheduling"),
        ("  - Error: ErrImagePull", "Failed"),
        ("Back-off restarting failed container", "BackOff"),
        ("18:23:33  Readiness probe failed: HTTP probe failed with statuscode: 503", "Unhealthy"),
        ("MountVolume.SetUp failed for volume \"v\" : configmap \"x\" not found", "FailedMount"),
        ("(combined from similar events): Error creating: pods \"x\" is forbidden", "FailedCreate"),
        ("Node aks-pool-0 status is now: NodeNotReady", "NodeNotReady"),
        ("\t[ERROR ImagePull]: failed to pull image web.example/a:1: output: x", "Failed"),
        ("ErrImagePull (rpc error: code = Unknown desc = x)", "Failed"),
        ("_Warning: container debugger: failed to pull and unpack image \"web:1\": x_", "Failed"),
        ("“Back-off pulling image \"web:1\"”", "BackOff"),
        ("admission webhook \"x.y\" denied the request: no", ""),
        (
            "the pod errored. The pod errored with the message: \"Back-off pulling image \"a/b:1\"\".",
            "BackOff",
        ),
        (
            "  Pod  shop  web-1  Degraded  back-off 5m0s restarting failed container=web pod=web-1_shop(0b)",
            "BackOff",
        ),
        (
            "    - shop:pod/web-1: container web is waiting to start: contoso/web:1 can't be pulled",
            "",
        ),
        ("  * pod/web-1-x2k4p is crash-looping", ""),
        (
            "* [Pod shop/web-1]: containers with unready status: [web] -- [ImagePullBackOff] Back-off pulling image \"a:1\"",
            "ImagePullBackOff",
        ),
        ("    message: 'pods \"web-1\" is forbidden: exceeded quota: team, requested: pods=1'", ""),
        ("[Warning][ci/agent-7-x2k4p][Failed] Error: ImagePullBackOff", "Failed"),
        (
            "ERROR: Job failed (system failure): waiting for pod running: pulling image \"web:1\": image pull \
             failed: Back-off pulling image \"web:1\"",
            "BackOff",
        ),
    ];
    for (text, want) in cases {
        assert_eq!(read(text).map(|(reason, _)| reason).as_deref(), Some(want), "{text}");
    }
}

#[test]
fn sentences_inside_prose_are_left_alone() {
    for text in [
        "The pod shows Failed to pull image \"web:1\" for hours.",
        "Failed to pull image",
        "Failed to pull image in our cluster, please help",
        "- `toomanyrequests: You have reached your pull rate limit` means that you wait.",
        "Started container migration last week and it went well",
        "Error: release web failed",
        "event for the team on Friday: bring cake",
        "",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn fronts_are_cut_off_and_escapes_undone() {
    let json = r#"    "message": "Failed to pull image \"web:1\": not found","#;
    let (_, message) = read(json).expect("a sentence");
    assert_eq!(message, "Failed to pull image \"web:1\": not found");
    let event = sentence("spec.containers{web}: Back-off pulling image \"web:1\"");
    assert_eq!(event.and_then(|event| event.container).as_deref(), Some("web"));
}

#[test]
fn logged_events_name_their_object() {
    let text = "At 2026-11-21 19:52:45 +0000 UTC - event for web-1: {kubelet node-1} Failed: Error: ErrImagePull";
    let event = sentence(text).expect("an event");
    assert_eq!(event.object.map(|object| object.name).as_deref(), Some("web-1"));
    assert_eq!(event.host.as_deref(), Some("node-1"));
    assert_eq!(event.reason.as_deref(), Some("Failed"));
}

#[test]
fn broken_sentences_are_joined_while_something_is_open() {
    let lines = |texts: &[&'static str]| -> Vec<Line<'static>> {
        (1_u64..).zip(texts).map(|(number, text)| Line { text, number, offset: 0 }).collect()
    };
    let broken = lines(&[
        "Failed to pull image \"registry.contoso.com/web:1\": rpc error: code = Unknown desc = \"failed to",
        "resolve reference\" (try again",
        "later)",
        "Another line",
    ]);
    assert_eq!(broken_lines(&broken), 2);
    assert!(joined(&broken[..3]).ends_with("\"failed to resolve reference\" (try again later)"));
    assert_eq!(broken_lines(&lines(&["0/3 nodes are available: 3 Insufficient cpu.", "x"])), 0);
}
