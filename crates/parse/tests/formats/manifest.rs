//! Objects as JSON and YAML: what each capture states, and what holds for all of them.

use std::fmt::Write as _;

use kubetriage_model::{Command, Hint, Parsed};
use proptest::prelude::*;

use crate::harness::{is_told, parsed as read, testdata};

fn fixture(path: &str) -> String {
    std::fs::read_to_string(testdata("formats/manifest").join(path)).unwrap()
}

/// The data of all events, nulls and empty parts left out.
fn data(parsed: &Parsed) -> Vec<String> {
    let line = |event: &kubetriage_model::Event| {
        let mut value = serde_json::to_value(&event.data).unwrap();
        value.as_object_mut().unwrap().retain(|_, value| is_told(value));
        format!("{} {value}", event.data.kind())
    };
    parsed.events.iter().map(line).collect()
}

/// Everything a text states, one line each.
fn shown(text: &str, hint: &Hint) -> String {
    let parsed = read(text, hint);
    let mut shown = String::new();
    for (event, data) in parsed.events.iter().zip(data(&parsed)) {
        let at = &event.at;
        let repaired = if event.repaired { " repaired" } else { "" };
        writeln!(shown, "{}-{}{repaired} {data}", at.line, at.end_line).unwrap();
        for mark in &at.marks {
            writeln!(shown, "    {} {}: {}", mark.field, mark.line, mark.text.trim()).unwrap();
        }
    }
    for note in &parsed.notes {
        writeln!(shown, "note {:?} {:?} {}", note.line, note.kind, note.message).unwrap();
    }
    for cover in &parsed.coverage {
        let whole = if cover.whole { "whole" } else { "part" };
        let kind = cover.object_kind.as_deref().unwrap_or_default();
        writeln!(shown, "covers {} {kind} {:?} {whole}", cover.kind, cover.scope).unwrap();
    }
    writeln!(shown, "lines {} used {}", parsed.total, parsed.used).unwrap();
    shown
}

macro_rules! golden {
    ($($name:ident: $path:literal,)+) => { $(
        #[test]
        fn $name() {
            insta::with_settings!({prepend_module_to_snapshot => false}, {
                insta::assert_snapshot!(
                    concat!("manifest-", stringify!($name)),
                    shown(&fixture($path), &Hint::default())
                );
            });
        }
    )+ };
}

golden! {
    pods: "pods/pods.json",
    kinds: "kinds/list.json",
    stream: "stream/manifest.yaml",
    broken: "broken/list.json",
    written: "written/pod.yaml",
    helm_releases: "helm-releases/secrets.json",
}

#[test]
fn nothing_of_a_release_is_shown_but_what_helm_list_shows() {
    let text = fixture("helm-releases/secrets.json");
    let shown = format!("{:?}", read(&text, &Hint::default()));
    for secret in ["contoso-secret", "example", "Get the password", "kind: Deployment"] {
        assert!(!shown.contains(secret), "{secret}");
    }
    // The packed value itself is no excerpt either.
    let value = text.split("\"release\": \"").nth(1).unwrap();
    assert!(!shown.contains(&value[..40]));
}

#[test]
fn a_release_that_unpacks_to_too_much_costs_its_details_only() {
    // A gzip bomb of 80 MiB, as base64 of base64.
    let text = fixture("helm-releases/bomb.json");
    let parsed = read(&text, &Hint::default());
    let told = data(&parsed);
    assert!(
        told.iter().any(|line| line.starts_with("helm ") && line.contains("\"boom\"")),
        "{told:?}"
    );
}

#[test]
fn json_and_yaml_say_the_same() {
    let json = read(&fixture("pods/pods.json"), &Hint::default());
    let yaml = read(&fixture("pods/pods.yaml"), &Hint::default());
    assert_eq!(data(&json), data(&yaml));
    let covers = |parsed: &Parsed| -> Vec<_> {
        parsed.coverage.iter().map(|c| (c.kind, c.scope.clone(), c.whole)).collect()
    };
    assert_eq!(covers(&json), covers(&yaml));
    let marks = |parsed: &Parsed| -> Vec<Vec<_>> {
        parsed.events.iter().map(|e| e.at.marks.iter().map(|m| m.field).collect()).collect()
    };
    assert_eq!(marks(&json), marks(&yaml), "both forms point at the same fields");
}

#[test]
fn layout_does_not_matter() {
    let pretty = fixture("pods/pods.json");
    let value: serde_json::Value = serde_json::from_str(&pretty).unwrap();
    let expected = data(&read(&pretty, &Hint::default()));
    let items = value["items"].as_array().unwrap();
    let lines: Vec<_> = items.iter().map(ToString::to_string).collect();
    let forms = [
        value.to_string(),
        lines.join("\n"),
        lines.join("\n\n"),
        format!("\u{feff}{pretty}"),
        pretty.replace('\n', "\r\n"),
        format!("Warning: v1 is deprecated\n{pretty}"),
        pretty.replace("\n            ", "\n  "),
        fixture("pods/pods.yaml").replace('\n', "\r\n"),
        format!("---\n{}", fixture("pods/pods.yaml")),
    ];
    for form in forms {
        let found = data(&read(&form, &Hint::default()));
        assert_eq!(found, expected, "{}", form.get(..200).unwrap_or(&form));
    }
}

#[test]
fn lists_are_covered_as_far_as_they_reach() {
    let pods = r#"{"apiVersion":"v1","items":[],"kind":"PodList","metadata":{}}"#;
    let paged = r#"{"kind":"PodList","apiVersion":"v1","metadata":{"continue":"abc"},"items":[]}"#;
    let any = r#"{"apiVersion":"v1","items":[],"kind":"List","metadata":{"resourceVersion":""}}"#;
    let late = r#"{"apiVersion":"v1","items":[{"metadata":{"name":"a","namespace":"x","uid":"u"},"status":{}}],"kind":"PodList"}"#;
    let none = Hint::default();
    let shop = Hint { namespace: Some("shop".to_owned()), ..Hint::default() };
    let services =
        Command { resource: Some("svc".to_owned()), all_namespaces: true, ..Command::default() };
    let services = Hint { command: Some(services.into()), ..Hint::default() };
    let array = Hint { path: "cluster-resources/pods/shop.json".to_owned(), ..shop.clone() };
    let table: [(&str, &Hint, &[&str]); 6] = [
        (pods, &none, &["pod UnknownNamespace true", "container UnknownNamespace true"]),
        (paged, &shop, &["pod Namespace(\"shop\") false", "container Namespace(\"shop\") false"]),
        (any, &none, &[]),
        (any, &services, &["object Cluster true"]),
        (late, &none, &["pod Namespace(\"x\") true", "container Namespace(\"x\") true"]),
        ("[]", &array, &["pod Namespace(\"shop\") true", "container Namespace(\"shop\") true"]),
    ];
    for (text, hint, expected) in table {
        let parsed = read(text, hint);
        let covers = parsed.coverage.iter();
        let found: Vec<_> =
            covers.map(|c| format!("{} {:?} {}", c.kind, c.scope, c.whole)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn other_json_and_yaml_is_not_claimed() {
    let texts = [
        "{\"Message\": \"x\", \"LogType\": \"ConfigAgentTrace\"}\n",
        "[\n  {\n    \"id\": \"/subscriptions/0\",\n    \"name\": \"x\"\n  }\n]\n",
        "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\"}\n",
        "tenantId: 0\nreplicas: 2\n",
        "error: You must be logged in to the server\n",
    ];
    for text in texts {
        let parsed = read(text, &Hint::default());
        assert!(parsed.sections.iter().all(|section| section.format != "manifest"), "{text}");
    }
}

#[test]
fn secrets_stay_inside() {
    for path in ["written/pod.yaml", "kinds/list.json"] {
        let all = format!("{:?}", read(&fixture(path), &Hint::default()));
        assert!(!all.contains("do-not-show") && !all.contains("eyJhdXRocyI6"), "{path}");
    }
}

#[test]
fn hostile_objects_cost_a_note_and_nothing_else() {
    let good = |name: &str| format!("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n");
    let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n\
                  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n";
    let deep = format!("spec: {}\n", "[".repeat(10_000));
    for bad in [laughs, &deep] {
        let text = format!("{}---\n{}{bad}---\n{}", good("one"), good("bad"), good("two"));
        let parsed = read(&text, &Hint::default());
        assert_eq!(parsed.events.len(), 2, "{bad}");
        assert_eq!(parsed.notes.len(), 1, "{bad}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let item = |name: &str, spec: &str| {
        format!(
            r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"{name}"}},"spec":{spec}}}"#
        )
    };
    let text = format!(
        r#"{{"apiVersion":"v1","items":[{},{},{}],"kind":"List"}}"#,
        item("one", "{}"),
        item("bad", &deep),
        item("two", "{}")
    );
    let parsed = read(&text, &Hint::default());
    assert_eq!((parsed.events.len(), parsed.notes.len()), (2, 1));
}

#[test]
fn items_of_a_minified_list_show_their_own_text() {
    let text = r#"{"apiVersion":"v1","items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}},{"kind":"Pod","apiVersion":"v1","metadata":{"name":"b"}}],"kind":"List"}"#;
    let parsed = read(text, &Hint::default());
    let shown: Vec<_> = parsed.events.iter().map(|event| event.at.excerpt.as_str()).collect();
    assert_eq!(shown.len(), 2);
    assert!(shown[1].starts_with('{') && shown[1].contains("\"b\""), "{}", shown[1]);
    let at = &parsed.events[1].at;
    let own = usize::try_from(at.start).unwrap()..usize::try_from(at.end).unwrap();
    assert_eq!(&text[own], shown[1]);
}

#[test]
fn collector_errors_are_refusals() {
    let path = "b/cluster-resources/pods-errors.json".to_owned();
    let hint = Hint { path, ..Hint::default() };
    let text = "[\n  \"pods is forbidden: User \\\"x\\\" cannot list resource\"\n]\n";
    assert_eq!(data(&read(text, &hint)).len(), 1);
    assert!(read("null\n", &hint).events.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cut_list_gives_the_objects_before_the_cut(at in 0_usize..100_000, yaml: bool) {
        let text = fixture(if yaml { "pods/pods.yaml" } else { "pods/pods.json" });
        let at = text.floor_char_boundary(at % text.len());
        let whole = data(&read(&text, &Hint::default()));
        let parsed = read(&text[..at], &Hint::default());
        let found = data(&parsed);
        prop_assert!(whole.starts_with(&found), "cut at {at}");
        // Behind the items, nothing is missing that a cover would speak of.
        let behind = at + 80 > text.len();
        prop_assert!(behind || parsed.coverage.iter().all(|cover| !cover.whole), "cut at {at}");
    }

    #[test]
    fn lines_in_any_order_do_no_harm(
        order in proptest::collection::vec(0_usize..10_000, 1..200)
    ) {
        let files = ["stream/manifest.yaml", "broken/list.json", "kinds/list.json"];
        let text = files.map(fixture).concat();
        let lines: Vec<_> = text.lines().collect();
        let mixed: Vec<_> = order.iter().map(|at| lines[at % lines.len()]).collect();
        let parsed = read(&mixed.join("\n"), &Hint::default());
        prop_assert!(parsed.used <= parsed.total);
    }
}
