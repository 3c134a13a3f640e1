//! Small reports for the tests of this crate.

use std::collections::BTreeMap;

use kubetriage_model::{
    Captured, Confidence, Evidence, Finding, NotAssessed, Report, Severity, Subject, Summary,
    Verdict,
};

/// Returns a live error about a pod, read from an event.
pub(crate) fn finding(rule: &str, namespace: &str, pod: &str) -> Finding {
    let text = |text: &str| Some(text.to_owned());
    let subject = Subject { kind: text("Pod"), namespace: text(namespace), name: text(pod) };
    let evidence = Evidence {
        artifact: "events.txt".to_owned(),
        line: 3,
        column: 1,
        end_line: 3,
        width: 0,
        excerpt: "Failed to pull".to_owned(),
        signal: "told".to_owned(),
        kind: "kube_event".to_owned(),
        time: None,
        before: Vec::new(),
        after: Vec::new(),
    };
    Finding {
        id: format!("{rule}/{namespace}/{pod}"),
        rule: rule.to_owned(),
        verdict: Verdict::Confirmed,
        severity: Severity::Error,
        confidence: Confidence::High,
        title: format!("{rule} of {pod}"),
        subject,
        keys: BTreeMap::new(),
        cause: String::new(),
        count: 1,
        first_seen: None,
        last_seen: None,
        evidence: vec![evidence],
        affected: Vec::new(),
        fixes: Vec::new(),
        verify: vec!["The events of the pods show that the image was pulled.".to_owned()],
        docs: Vec::new(),
        explains: Vec::new(),
        explained_by: vec!["image/not-found/shop/web-1".to_owned()],
    }
}

/// Returns a report with these findings, of a bundle with the events of one namespace.
pub(crate) fn report(findings: Vec<Finding>) -> Report {
    let error = findings.len() as u64;
    Report {
        summary: Summary { error, ..Summary::default() },
        findings,
        captured: vec![captured("kube_event", &["shop"])],
        ..Report::default()
    }
}

/// Returns a kind captured in these namespaces.
pub(crate) fn captured(kind: &str, namespaces: &[&str]) -> Captured {
    let namespaces = namespaces.iter().map(|name| (*name).to_owned()).collect();
    Captured { kind: kind.to_owned(), everywhere: false, namespaces, count: 1 }
}

/// Returns an open question.
pub(crate) fn question(rule: &str, missing: &[&str], collect: &[&str]) -> NotAssessed {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    NotAssessed {
        rule: rule.to_owned(),
        title: String::new(),
        missing: texts(missing),
        reason: "not captured".to_owned(),
        found: Vec::new(),
        collect: texts(collect),
    }
}
