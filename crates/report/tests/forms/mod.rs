//! The forms that other programs read: golden files, and validators that are not ours.

mod browser;

use kubetriage_model::{Report, Severity};
use kubetriage_report::{
    JunitOptions, SarifOptions, csv, html, json_lines, junit, markdown, record_schema, sarif,
};
use serde_json::Value;

use crate::{golden, sample};

/// The official schema, as npm package `@microsoft/jest-sarif` 1.0.0-beta.0 (MIT) ships it.
const SARIF_SCHEMA: &str = include_str!("../../../../testdata/schemas/sarif-2.1.0-rtm.5.json");

/// Returns what `write` writes.
fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn samples() -> [(&'static str, Report); 4] {
    [
        ("everything", sample::everything()),
        ("hostile", sample::hostile()),
        ("healthy", sample::healthy()),
        ("empty", Report::default()),
    ]
}

fn sarif_of(report: &Report) -> Value {
    let options = SarifOptions { base: "./out/".to_owned() };
    serde_json::from_str(&written(|out| sarif(report, &options, out))).unwrap()
}

#[test]
fn sarif_is_kept() {
    for (name, report) in samples().into_iter().take(2) {
        let shown = written(|out| sarif(&report, &SarifOptions::default(), out));
        golden(&format!("sarif-{name}"), &shown);
    }
}

#[test]
fn sarif_is_valid_under_the_official_schema() {
    // The pattern of language codes has a stray bracket, which strict readers of patterns refuse.
    let schema = SARIF_SCHEMA.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, report) in samples() {
        let log = sarif_of(&report);
        let wrong: Vec<_> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{name}");
        let mut broken = log;
        broken["runs"][0]["results"] = "three".into();
        assert!(!validator.is_valid(&broken), "the schema must be able to refuse");
    }
}

/// What GitHub asks of an upload beyond the schema.
#[test]
fn sarif_is_fit_for_code_scanning() {
    for (name, report) in samples() {
        let log = sarif_of(&report);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            let rule = result["ruleId"].as_str().unwrap();
            if let Some(index) = result["ruleIndex"].as_u64() {
                assert_eq!(rules[usize::try_from(index).unwrap()]["id"], rule, "{name}");
            }
            assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{name}");
            let hash = &result["partialFingerprints"]["primaryLocationLineHash"];
            assert!(hash.as_str().unwrap().ends_with(":1"), "{name}");
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.starts_with("out/") && uri.is_ascii() && !uri.contains(' '), "{uri}");
            assert!(place["region"]["startLine"].as_u64().unwrap() >= 1, "{name}");
            let level = result["level"].as_str().unwrap();
            assert_eq!(level == "none", result["kind"] != "fail", "{name}: {result}");
        }
    }
}

#[test]
fn junit_is_kept() {
    for (name, report) in samples().into_iter().take(2) {
        golden(
            &format!("junit-{name}"),
            &written(|out| junit(&report, &JunitOptions::default(), out)),
        );
    }
}

#[test]
fn junit_is_read_by_an_xml_reader_and_its_counts_hold() {
    for (name, report) in samples() {
        for fail_from in [Severity::Error, Severity::Note] {
            let text = written(|out| junit(&report, &JunitOptions { fail_from }, out));
            assert_eq!(miscounted(&text), Vec::<String>::new(), "{name}: {text}");
        }
    }
}

/// Returns the counts of a file of test suites that are not those of its elements.
fn miscounted(text: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let below = |node: roxmltree::Node<'_, '_>, tag: &str| {
        node.descendants().filter(|one| one.has_tag_name(tag)).count().to_string()
    };
    let root = document.root_element();
    assert_eq!(root.attribute("tests"), Some(below(root, "testcase").as_str()));
    let suites = root.children().filter(|one| one.has_tag_name("testsuite"));
    let counts = [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")];
    let pairs = suites.flat_map(|suite| counts.map(|count| (suite, count)));
    let is_wrong = |(suite, (attribute, tag)): &(roxmltree::Node<'_, '_>, (&str, &str))| {
        suite.attribute(*attribute) != Some(below(*suite, tag).as_str())
    };
    let name = |suite: roxmltree::Node<'_, '_>| suite.attribute("name").unwrap_or("").to_owned();
    pairs.filter(is_wrong).map(|(suite, (attribute, _))| name(suite) + " " + attribute).collect()
}

/// The schema of Jenkins, by an implementation that is not ours where the machine has one.
#[test]
fn junit_is_valid_under_the_schema_of_jenkins() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/schemas/junit.xsd");
    for (name, report) in samples() {
        let text = written(|out| junit(&report, &JunitOptions::default(), out));
        let mut command = std::process::Command::new("xmllint");
        command.args(["--noout", "--nonet", "--schema", schema, "-"]);
        command.stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let Ok(mut child) = command.spawn() else {
            println!("skipped: there is no xmllint here (Debian's libxml2-utils has it)");
            return;
        };
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {told}");
    }
}

#[test]
fn markdown_is_kept() {
    for (name, report) in samples().into_iter().take(3) {
        golden(&format!("markdown-{name}"), &written(|out| markdown(&report, out)));
    }
}

/// Returns a line without its code spans: a run of backticks ends at the next run as long.
fn without_code(line: &str) -> String {
    let mut outside = String::new();
    let mut rest = line.replace("\\`", "'");
    while let Some(start) = rest.find('`') {
        outside.push_str(rest.get(..start).unwrap());
        let ticks: String = rest.get(start..).unwrap().chars().take_while(|c| *c == '`').collect();
        let inside = rest.get(start + ticks.len()..).unwrap().to_owned();
        let runs = inside.match_indices(&ticks).filter(|(at, _)| {
            !inside.get(at + ticks.len()..).unwrap().starts_with('`')
                && !inside.get(..*at).unwrap().ends_with('`')
        });
        let end = runs.map(|(at, _)| at + ticks.len()).next().expect("a code span is open");
        inside.get(end..).unwrap().clone_into(&mut rest);
    }
    outside + &rest
}

#[test]
fn markdown_has_no_markup_of_strangers() {
    let text = written(|out| markdown(&sample::hostile(), out));
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if *open == line => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                let outside = without_code(line);
                let tags = outside.contains('<') && !outside.contains("<https://");
                assert!(!tags && !outside.replace("\\]", "").contains("]("), "{line}");
            }
        }
    }
    assert_eq!(fence, None, "a fence is open at the end");
}

#[test]
fn csv_is_kept() {
    for (name, report) in samples().into_iter().take(2) {
        golden(&format!("csv-{name}"), &written(|out| csv(&report, out)).replace('\r', ""));
    }
}

#[test]
fn csv_has_equal_rows_and_no_formulas() {
    for (name, report) in samples() {
        let text = written(|out| csv(&report, out));
        let rows = report.findings.len() + report.not_assessed.len() + report.unexplained.len();
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows + 1, "{name}");
        for cell in records.iter().flat_map(::csv::StringRecord::iter) {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{name}: {cell}");
        }
    }
}

#[test]
fn json_lines_are_kept() {
    golden("jsonl-everything", &written(|out| json_lines(&sample::everything(), out)));
    golden("record-schema", &serde_json::to_string_pretty(&record_schema()).unwrap());
}

#[test]
fn json_lines_are_valid_under_their_schema_and_whole() {
    let validator = jsonschema::validator_for(&record_schema()).unwrap();
    for (name, report) in samples() {
        let text = written(|out| json_lines(&report, out));
        let records: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for record in &records {
            let wrong: Vec<_> = validator.iter_errors(record).map(|e| e.to_string()).collect();
            assert_eq!(wrong, Vec::<String>::new(), "{name}: {record}");
        }
        assert_eq!(records.first().unwrap()["record"], "run");
        assert_eq!(records.last().unwrap()["record"], "summary");
        let of = |kind: &str| records.iter().filter(|record| record["record"] == kind).count();
        assert_eq!(of("finding"), report.findings.len());
        assert_eq!(of("artifact"), report.artifacts.len());
    }
    assert!(!validator.is_valid(&serde_json::json!({"record": "finding"})));
}

#[test]
fn no_form_lets_a_control_character_through() {
    let report = sample::hostile();
    let forms = [
        written(|out| sarif(&report, &SarifOptions::default(), out)),
        written(|out| junit(&report, &JunitOptions::default(), out)),
        written(|out| markdown(&report, out)),
        written(|out| csv(&report, out)),
        written(|out| html(&report, out)),
        written(|out| json_lines(&report, out)),
    ];
    for shown in forms {
        let raw = |c: char| c.is_control() && c != '\n' && c != '\r';
        assert!(!shown.contains(raw), "{shown:?}");
    }
}

#[test]
fn html_is_kept() {
    for (name, report) in samples().into_iter().take(2) {
        let page = written(|out| html(&report, out));
        // Style and script are files of their own; the policy names their hashes.
        let (before, rest) = page.split_once("<style>").unwrap();
        let (_, rest) = rest.split_once("</style>").unwrap();
        let (body, _) = rest.split_once("<script>").unwrap();
        golden(&format!("html-{name}"), &format!("{before}{body}"));
    }
}

#[test]
fn html_needs_nothing_beside_it() {
    for (name, report) in samples() {
        let page = written(|out| html(&report, out));
        for outside in
            [" src=", "@import", "url(", " style=", " onclick", "<link", "<iframe", "<img"]
        {
            let found = page.replace("&lt;img src=x", "").matches(outside).count();
            assert_eq!(found, 0, "{name}: {outside}");
        }
        assert_eq!(page.matches("<script").count(), 1, "{name}");
        assert_eq!(page.matches("</script>").count(), 1, "{name}");
        let opened = page.matches("<ul").count() + page.matches("<ol").count();
        let closed = page.matches("</ul>").count() + page.matches("</ol>").count();
        assert_eq!(opened, closed, "{name}");
        for tag in ["li", "details", "section", "article", "figure", "table", "div", "nav", "dl"] {
            let opened = page.matches(&format!("<{tag}>")).count()
                + page.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{name}: {tag}");
        }
    }
}
