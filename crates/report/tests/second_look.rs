//! Comparisons and plans, kept as golden files.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use kubetriage_model::{
    Capture, Compared, Comparison, MissingSource, Plan, RuleReport, Severity, Side, State, Step,
    Subject, Verdict,
};
use kubetriage_report::{
    ComparisonSarifOptions, JunitOptions, TextOptions, comparison_csv, comparison_html,
    comparison_json, comparison_json_lines, comparison_junit, comparison_markdown,
    comparison_record_schema, comparison_sarif, comparison_schema, comparison_text, plan_json,
    plan_powershell, plan_sh, plan_text,
};

/// Compares with `tests/snapshots/<name>.snap`.
fn golden(name: &str, out: Vec<u8>) {
    let shown = String::from_utf8(out).unwrap();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, shown);
    });
}

fn state(verdict: Verdict, count: u64) -> State {
    State { verdict, severity: Severity::Error, count }
}

fn one(rule: &str, title: &str, why: &str) -> Compared {
    Compared {
        id: "beb807a72c3d45b3".to_owned(),
        rule: rule.to_owned(),
        title: title.to_owned(),
        subject: Subject { kind: Some("Pod".to_owned()), ..Subject::default() },
        before: Some(state(Verdict::Confirmed, 3)),
        after: None,
        place: Some("events.txt:3".to_owned()),
        why: why.to_owned(),
        missing: Vec::new(),
        verify: Vec::new(),
        collect: Vec::new(),
    }
}

fn comparison() -> Comparison {
    let side = |name: &str, time: &str| Side {
        inputs: vec![name.to_owned()],
        last_time: Some(time.to_owned()),
    };
    let step = |text: &str, done, by: &str| Step { text: text.to_owned(), done, by: by.to_owned() };
    let missing = MissingSource {
        kind: "dns_answer".to_owned(),
        namespace: None,
        place: "nslookup.txt:7".to_owned(),
    };
    let evil = "The image <img src=x> | `a``b` of\u{1b}[31m **web** is @gone";
    let verify = vec![
        step(
            "The events of the pods show that the image was pulled.",
            true,
            "kube event captured in AFTER",
        ),
        step(
            "nslookup of the name answers with a public address.",
            false,
            "no dns answer captured in AFTER",
        ),
    ];
    Comparison {
        before: side("monday.tar.gz", "2026-11-16T10:00:00Z"),
        after: side("friday.tar.gz", "2026-11-20T10:00:00Z"),
        resolved: vec![Compared {
            verify,
            ..one("image/not-found", evil, "everything needed was captured again, and it is not so")
        }],
        new: vec![Compared {
            before: None,
            after: Some(state(Verdict::Confirmed, 1)),
            ..one(
                "pod/crash-loop",
                "The container web of web-1 crashes again and again",
                "it was not there before",
            )
        }],
        changed: vec![Compared {
            after: Some(state(Verdict::Likely, 1)),
            ..one("dns/timeout", "Lookups time out", "its verdict or its weight is another one")
        }],
        unchanged: vec![Compared {
            after: Some(state(Verdict::Confirmed, 9)),
            ..one("node/not-ready", "Node aks-1 is not ready", "it is still so")
        }],
        not_comparable: vec![Compared {
            missing: vec![missing],
            collect: vec!["kubectl exec web -- nslookup x".to_owned()],
            ..one("dns/nxdomain", "The name x does not exist", "AFTER lacks what it was read from")
        }],
    }
}

fn plan() -> Plan {
    let capture = |words: &[&str], file: &str, questions: &[&str], settled| Capture {
        command: words.join(" "),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        file: file.to_owned(),
        questions: questions.iter().map(|asked| (*asked).to_owned()).collect(),
        settled,
    };
    Plan {
        captures: vec![
            capture(
                &["kubectl", "get", "events", "-A"],
                "01-kubectl-get-events.txt",
                &["a/one", "b/two"],
                2,
            ),
            capture(
                &["az", "aks", "show", "-g", "<resource-group>", "-n", "it's; $(reboot)"],
                "02-az-aks-show.txt",
                &["c/three\nexit"],
                3,
            ),
        ],
        questions: 3,
        left_open: vec!["d/four".to_owned()],
    }
}

#[test]
fn comparisons_in_every_form() {
    let comparison = comparison();
    let mut out = Vec::new();
    comparison_text(&comparison, &TextOptions::default(), &mut out).unwrap();
    golden("diff-text", out);
    let mut out = Vec::new();
    comparison_markdown(&comparison, &mut out).unwrap();
    golden("diff-markdown", out);
    let mut out = Vec::new();
    comparison_json(&comparison, &mut out).unwrap();
    let instance: serde_json::Value = serde_json::from_slice(&out).unwrap();
    golden("diff-json", out);
    let validator = jsonschema::validator_for(&comparison_schema()).unwrap();
    assert!(validator.is_valid(&instance));
    let mut broken = instance;
    broken["summary"]["new"] = "one".into();
    assert!(!validator.is_valid(&broken), "the schema must be able to refuse");
    golden("diff-schema", serde_json::to_vec_pretty(&comparison_schema()).unwrap());
}

/// The official schema, as npm package `@microsoft/jest-sarif` 1.0.0-beta.0 (MIT) ships it.
const SARIF_SCHEMA: &str = include_str!("../../../testdata/schemas/sarif-2.1.0-rtm.5.json");

/// Returns what `write` writes.
fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn sarif_options() -> ComparisonSarifOptions {
    let rule = RuleReport {
        id: "pod/crash-loop".to_owned(),
        severity: Severity::Error,
        title: "The container {container} crashes".to_owned(),
        cause: "It ends by itself.".to_owned(),
        tags: Vec::new(),
        docs: Vec::new(),
        fixes: Vec::new(),
        verify: Vec::new(),
    };
    ComparisonSarifOptions {
        before: "monday".to_owned(),
        after: "friday".to_owned(),
        rules: vec![rule],
    }
}

#[test]
fn comparisons_as_sarif() {
    let text = written(|out| comparison_sarif(&comparison(), &sarif_options(), out));
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let version = concat!("\"semanticVersion\": \"", env!("CARGO_PKG_VERSION"));
    golden("diff-sarif", text.replace(version, "\"semanticVersion\": \"VERSION").into_bytes());
    // The pattern of language codes has a stray bracket, which strict readers of patterns refuse.
    let schema = SARIF_SCHEMA.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let wrong: Vec<_> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert_eq!(wrong, Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let states: Vec<_> = results.iter().map(|one| one["baselineState"].as_str()).collect();
    let expected = [Some("new"), Some("updated"), Some("absent"), None, Some("unchanged")];
    assert_eq!(states, expected);
    for result in results {
        assert_eq!(result["level"] == "none", result["kind"] != "fail", "{result}");
    }
    let mut broken = log;
    broken["runs"][0]["results"][0]["baselineState"] = "resolved".into();
    assert!(!validator.is_valid(&broken), "the schema must be able to refuse");
}

#[test]
fn comparisons_as_test_cases() {
    let comparison = comparison();
    let text = written(|out| comparison_junit(&comparison, &JunitOptions::default(), out));
    golden("diff-junit", text.clone().into_bytes());
    let document = roxmltree::Document::parse(&text).unwrap();
    let suites: Vec<_> =
        document.descendants().filter(|one| one.has_tag_name("testsuite")).collect();
    let counts = |suite: &roxmltree::Node<'_, '_>| {
        ["name", "tests", "failures", "skipped"]
            .map(|name| suite.attribute(name).unwrap().to_owned())
    };
    let told: Vec<_> = suites.iter().map(counts).collect();
    let expected = [
        ["new", "1", "1", "0"],
        ["changed", "1", "0", "0"],
        ["resolved", "1", "0", "0"],
        ["not comparable", "1", "0", "1"],
        ["unchanged", "1", "0", "0"],
    ];
    assert_eq!(told, expected);
    let of = |tag: &str| document.descendants().filter(|one| one.has_tag_name(tag)).count();
    assert_eq!([of("testcase"), of("failure"), of("skipped"), of("system-out")], [5, 1, 1, 3]);
    let mut lighter = comparison;
    for one in &mut lighter.new {
        let severity = Severity::Warning;
        one.after = Some(State { verdict: Verdict::Confirmed, severity, count: 1 });
    }
    let of = |fail_from| {
        written(|out| comparison_junit(&lighter, &JunitOptions { fail_from }, out))
            .matches("<failure ")
            .count()
    };
    assert_eq!([of(Severity::Error), of(Severity::Warning)], [0, 1]);
}

#[test]
fn comparisons_as_rows_and_records() {
    let comparison = comparison();
    let text = written(|out| comparison_csv(&comparison, out));
    golden("diff-csv", text.replace('\r', "").into_bytes());
    let records: Vec<_> =
        csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).collect();
    let states: Vec<_> = records.iter().map(|row| row.get(0).unwrap().to_owned()).collect();
    assert_eq!(states, ["new", "changed", "resolved", "not_comparable", "unchanged"]);

    let text = written(|out| comparison_json_lines(&comparison, out));
    golden("diff-jsonl", text.clone().into_bytes());
    let schema = comparison_record_schema();
    golden("diff-record-schema", serde_json::to_vec_pretty(&schema).unwrap());
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(validator.is_valid(&record), "{record}");
    }
    assert!(text.lines().last().unwrap().starts_with("{\"record\":\"summary\""));
    assert!(!validator.is_valid(&serde_json::json!({"record": "new"})));
}

#[test]
fn comparisons_as_a_page() {
    for (name, comparison) in [("some", comparison()), ("none", Comparison::default())] {
        let page = written(|out| comparison_html(&comparison, out));
        let (before, rest) = page.split_once("<style>").unwrap();
        let (_, rest) = rest.split_once("</style>").unwrap();
        let (body, _) = rest.split_once("<script>").unwrap();
        let shown = format!("{before}{body}").replace(env!("CARGO_PKG_VERSION"), "VERSION");
        // What is written is well-formed enough for a reader of XML, but for the doctype and void elements.
        let main = body.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        let main = format!("<main{main}</main>")
            .replace("disabled checked>", "/>")
            .replace("disabled>", "/>")
            .replace(" hidden>", ">");
        let document = roxmltree::Document::parse(&main).unwrap();
        let of = |tag: &str| document.descendants().filter(|one| one.has_tag_name(tag)).count();
        let cards = if name == "some" { 5 } else { 0 };
        assert_eq!([of("article"), of("img")], [cards, 0], "{name}");
        assert_eq!(main.matches("checkbox").count(), if name == "some" { 2 } else { 0 });
        for outside in [" src=", "@import", "url(", " style=", " onclick", "<link", "<iframe"] {
            let found = page.replace("&lt;img src=x", "").matches(outside).count();
            assert_eq!(found, 0, "{name}: {outside}");
        }
        assert_eq!(page.matches("<script").count(), 1, "{name}");
        if name == "some" {
            assert_eq!(page.matches("disabled checked>").count(), 1);
            golden("diff-html", shown.into_bytes());
        }
    }
}

#[test]
fn no_form_of_a_comparison_lets_a_control_character_through() {
    let comparison = comparison();
    let forms = [
        written(|out| comparison_sarif(&comparison, &sarif_options(), out)),
        written(|out| comparison_junit(&comparison, &JunitOptions::default(), out)),
        written(|out| comparison_csv(&comparison, out)),
        written(|out| comparison_html(&comparison, out)),
        written(|out| comparison_json_lines(&comparison, out)),
    ];
    for shown in forms {
        let raw = |c: char| c.is_control() && c != '\n' && c != '\r';
        assert!(!shown.contains(raw), "{shown:?}");
    }
}

#[test]
fn plans_in_every_form() {
    let plan = plan();
    let mut out = Vec::new();
    plan_text(&plan, &TextOptions::default(), &mut out).unwrap();
    golden("plan-text", out);
    for (name, write) in [
        ("plan-json", plan_json as fn(&Plan, &mut dyn std::io::Write) -> std::io::Result<()>),
        ("plan-sh", plan_sh),
        ("plan-powershell", plan_powershell),
    ] {
        let mut out = Vec::new();
        write(&plan, &mut out).unwrap();
        golden(name, out);
    }
}
