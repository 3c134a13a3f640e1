//! Every form of the report on whole bundles: the sample of the README, and one that wants to be markup.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use kubetriage::prelude::*;
use kubetriage::report::{
    EventLines, JunitOptions, SarifOptions, TextOptions, csv, html, json, json_lines, junit,
    markdown, sarif, text,
};
use kubetriage::{add_context, choose};

/// Analyzes a bundle of `testdata`, with two lines around each place.
fn report(bundle: &str) -> Report {
    let inputs = [input(bundle)];
    let options = Options::default();
    let mut report = analyze(&inputs, &options).unwrap();
    add_context(&mut report, &inputs, &options.limits, 2).unwrap();
    report
}

fn input(bundle: &str) -> Input {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles");
    Input::Path(format!("{root}/{bundle}").into())
}

/// Returns every form of a report with its name.
fn forms(report: &Report) -> Vec<(&'static str, String)> {
    type Write<'w> = &'w dyn Fn(&mut Vec<u8>) -> std::io::Result<()>;
    let all: [(&'static str, Write<'_>); 8] = [
        ("text", &|out| text(report, &TextOptions::default(), out)),
        ("json", &|out| json(report, out)),
        ("jsonl", &|out| json_lines(report, out)),
        ("sarif", &|out| sarif(report, &SarifOptions::default(), out)),
        ("junit", &|out| junit(report, &JunitOptions::default(), out)),
        ("markdown", &|out| markdown(report, out)),
        ("csv", &|out| csv(report, out)),
        ("html", &|out| html(report, out)),
    ];
    let written = all.into_iter().map(|(name, write)| {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        (name, String::from_utf8(out).unwrap())
    });
    written.collect()
}

/// Returns what stands behind a style, and before a script.
fn after_style(text: &str) -> &str {
    let text = text.split_once("</style>").map_or(text, |(_, rest)| rest);
    text.split("<script>").next().unwrap()
}

#[test]
fn the_forms_of_whole_bundles_are_kept() {
    for bundle in ["agent-403", "hostile-text"] {
        let mut report = report(bundle);
        // What the catalogue says in general, and which rules are clear, says nothing about a form.
        report.rules.clear();
        report.clear.clear();
        report.summary.clear = 0;
        for (form, written) in forms(&report) {
            // Style and script of the page are files of their own.
            let written = written.split("<style>").map(after_style).collect::<String>();
            insta::with_settings!({
                prepend_module_to_snapshot => false,
                omit_expression => true,
                snapshot_path => "../../../testdata/forms",
            }, {
                insta::assert_snapshot!(format!("{bundle}-{form}"), written.replace('\r', ""));
            });
        }
    }
}

#[test]
fn no_secret_reaches_any_form() {
    let report = report("hostile-text");
    assert!(!report.findings.is_empty());
    for (form, written) in forms(&report) {
        assert!(!written.contains("hunter2"), "{form}");
        let raw = |c: char| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}';
        assert!(form.starts_with("json") || !written.contains(raw), "{form}");
    }
    let mut events = EventLines(Vec::new());
    parse(&[input("hostile-text")], &Options::default(), &mut |artifact| {
        for event in &artifact.parsed.events {
            events.write(&artifact.hint.path, event).unwrap();
        }
    })
    .unwrap();
    let events = String::from_utf8(events.0).unwrap();
    assert!(events.contains("DB_PASSWORD") && !events.contains("hunter2"), "{events}");
}

#[test]
fn context_is_the_lines_of_the_file() {
    let report = report("agent-403");
    let evidence = report.findings.iter().flat_map(|finding| &finding.evidence);
    let told = evidence.filter(|one| !one.before.is_empty() || !one.after.is_empty()).count();
    assert!(told > 3, "{told}");
    let cause = report.findings.first().unwrap().evidence.first().unwrap();
    assert_eq!((cause.line, cause.before.len(), cause.after.len()), (7, 2, 1), "{cause:?}");
}

#[test]
fn a_bounded_report_still_tells_the_totals_in_every_form() {
    let mut report = report("agent-403");
    let whole = report.findings.len();
    choose::at_most(&mut report, 1);
    choose::shorter_excerpts(&mut report, 20);
    for (form, written) in forms(&report) {
        let told = match form {
            "html" => "of the findings not listed".to_owned(),
            "text" | "markdown" | "junit" => {
                format!("{} of the findings not listed", whole - 1)
            }
            "json" | "jsonl" => "left_out".to_owned(),
            "sarif" => "leftOut".to_owned(),
            _ => continue,
        };
        assert!(written.contains(&told), "{form}: {written}");
    }
}
