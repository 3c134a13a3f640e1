//! Comparisons and plans, kept as golden files.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use kubetriage_model::{
    Capture, Compared, Comparison, MissingSource, Plan, Severity, Side, State, Step, Subject,
    Verdict,
};
use kubetriage_report::{
    TextOptions, comparison_json, comparison_markdown, comparison_schema, comparison_text,
    plan_json, plan_powershell, plan_sh, plan_text,
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
