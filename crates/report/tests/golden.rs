//! The forms of a report, kept as golden files.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod forms;
mod sample;

use kubetriage_model::{Finding, Report};
use kubetriage_report::{Detail, Group, TextOptions, json, schema, text};

fn options(width: usize) -> TextOptions {
    TextOptions { width, ..TextOptions::default() }
}

fn rendered(report: &Report, options: &TextOptions) -> String {
    let mut out = Vec::new();
    text(report, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares with `tests/snapshots/<name>.snap`.
fn golden(name: &str, shown: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, shown);
    });
}

#[test]
fn the_text_report_at_80_columns() {
    golden("text-80", &rendered(&sample::everything(), &options(80)));
}

#[test]
fn the_text_report_at_200_columns() {
    golden("text-200", &rendered(&sample::everything(), &options(200)));
}

#[test]
fn the_text_report_in_color() {
    let shown = rendered(&sample::everything(), &TextOptions { color: true, ..options(100) });
    golden("text-color", &shown.replace('\x1b', "␛"));
}

#[test]
fn the_text_report_in_ascii() {
    let shown = rendered(&sample::everything(), &TextOptions { unicode: false, ..options(80) });
    assert!(!shown.contains(['─', '│', '╰', '├', '×', '┬']), "{shown}");
    golden("text-ascii", &shown);
}

#[test]
fn the_verbose_report() {
    let verbose = TextOptions { detail: Detail::Verbose, ..options(120) };
    golden("text-verbose", &rendered(&sample::everything(), &verbose));
}

#[test]
fn the_quiet_report() {
    let quiet = TextOptions { detail: Detail::Quiet, ..options(80) };
    golden("text-quiet", &rendered(&sample::everything(), &quiet));
}

#[test]
fn the_narrated_report() {
    let narrated = TextOptions { narrated: true, ..options(80) };
    let shown = rendered(&sample::everything(), &narrated);
    let drawn = |c: char| ('\u{2190}'..='\u{2bff}').contains(&c);
    assert!(!shown.contains(drawn), "{shown}");
    golden("text-narrated", &shown);
    let hostile =
        rendered(&sample::hostile(), &TextOptions { detail: Detail::Verbose, ..narrated });
    assert!(!hostile.contains(|c: char| c.is_control() && c != '\n'), "{hostile}");
}

#[test]
fn the_report_in_groups() {
    for (name, group) in
        [("rule", Group::Rule), ("subject", Group::Subject), ("artifact", Group::Artifact)]
    {
        let grouped = TextOptions { group, ..options(80) };
        golden(&format!("text-by-{name}"), &rendered(&sample::everything(), &grouped));
    }
    let verbose = TextOptions { group: Group::Rule, detail: Detail::Verbose, ..options(80) };
    let shown = rendered(&sample::everything(), &verbose);
    for finding in sample::everything().findings {
        assert!(shown.contains(&finding.rule), "{}", finding.rule);
    }
}

#[test]
fn a_healthy_bundle() {
    golden("text-healthy", &rendered(&sample::healthy(), &options(80)));
}

#[test]
fn color_changes_nothing_but_color() {
    let plain = rendered(&sample::everything(), &options(100));
    let colored = rendered(&sample::everything(), &TextOptions { color: true, ..options(100) });
    let mut stripped = String::new();
    for (index, part) in colored.split('\x1b').enumerate() {
        let rest = if index == 0 { part } else { part.split_once('m').unwrap().1 };
        stripped.push_str(rest);
    }
    let lines =
        |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(lines(&plain), lines(&stripped));
}

#[test]
fn the_json_report() {
    let mut out = Vec::new();
    json(&sample::everything(), &mut out).unwrap();
    golden("report-json", &String::from_utf8(out).unwrap());
}

#[test]
fn the_published_schema_is_current() {
    golden("report-schema", &serde_json::to_string_pretty(&schema()).unwrap());
}

#[test]
fn reports_are_valid_under_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for report in [sample::everything(), sample::healthy(), Report::default()] {
        let mut out = Vec::new();
        json(&report, &mut out).unwrap();
        let instance: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let wrong: Vec<_> = validator.iter_errors(&instance).map(|e| e.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new());
        let mut broken = instance;
        broken["summary"]["error"] = "three".into();
        assert!(!validator.is_valid(&broken), "the schema must be able to refuse");
    }
}

/// Returns a report with one finding.
fn only(finding: Finding) -> Report {
    Report { findings: vec![finding], ..Report::default() }
}

#[test]
fn no_control_character_gets_through() {
    let evil = "a\x1b[2Jb\r\u{202e}c\0\u{9b}";
    let mut finding = sample::finding(evil, evil, evil, (evil, 1));
    finding.cause = evil.to_owned();
    finding.subject = sample::object(evil, evil, evil);
    finding.affected = vec![sample::object(evil, "x", evil)];
    finding.evidence =
        vec![sample::evidence((evil, 3), evil, "b"), sample::evidence(("x", 3), evil, "")];
    finding.verify = vec![evil.to_owned()];
    finding.docs = vec![evil.to_owned()];
    finding.first_seen = Some(evil.to_owned());
    for (detail, verdict) in [
        (Detail::Verbose, kubetriage_model::Verdict::Likely),
        (Detail::Normal, kubetriage_model::Verdict::Healed),
        (Detail::Quiet, kubetriage_model::Verdict::Confirmed),
    ] {
        finding.verdict = verdict;
        let shown = rendered(&only(finding.clone()), &TextOptions { detail, ..options(80) });
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!shown.contains(raw), "{shown:?}");
    }
}

#[test]
fn any_column_and_width_can_be_drawn() {
    let excerpts = ["", "x", "  y ", "\tz\t", "ünïcode ✓ line", &"long ".repeat(400)];
    for excerpt in excerpts {
        for column in [0, 1, 2, 7, 900, u64::MAX] {
            for width in [0, 1, 5, 4000, u64::MAX] {
                let mut one = sample::evidence(("a.txt", u64::MAX), excerpt, "");
                (one.column, one.width) = (column, width);
                let mut finding = sample::finding("a", "a/b", "t", ("b.txt", 0));
                finding.evidence.push(one);
                let shown = rendered(&only(finding), &options(60));
                assert!(shown.contains("a/b"), "{shown}");
            }
        }
    }
}

#[test]
fn every_live_finding_is_shown_once_whatever_explains_what() {
    let mut findings: Vec<_> = ["a", "b", "c", "d"]
        .iter()
        .map(|id| sample::finding(id, &format!("area/{id}"), "title", ("p.txt", 1)))
        .collect();
    // a and b explain each other; c names itself and somebody unknown; d is below both a and b.
    findings[0].explained_by = vec!["b".to_owned()];
    findings[1].explained_by = vec!["a".to_owned()];
    findings[2].explained_by = vec!["c".to_owned(), "nobody".to_owned()];
    findings[3].explained_by = vec!["a".to_owned(), "b".to_owned()];
    let report = Report { findings, ..Report::default() };
    let shown = rendered(&report, &options(80));
    for id in ["a", "b", "c", "d"] {
        assert_eq!(shown.matches(&format!("[area/{id}]")).count(), 1, "{id} in {shown}");
    }
}

#[test]
fn a_long_row_shows_its_message_and_tells_it_in_full() {
    let message =
        format!("0/2 nodes are available: {}the end.", "2 node(s) had a taint, ".repeat(8));
    let row = format!("kube-system   73s         Warning   FailedScheduling   pod/a-1   {message}");
    let mut finding = sample::finding("a", "a/b", "t", ("events.txt", 2));
    finding.evidence = vec![sample::evidence(("events.txt", 2), &row, "")];
    let shown = rendered(&only(finding.clone()), &options(80));
    assert!(shown.contains("│ … 0/2 nodes are available: "), "{shown}");
    assert!(shown.contains(" in full: 0/2 nodes"), "{shown}");
    assert!(shown.contains("  end.\n"), "{shown}");
    let shown = rendered(&only(finding), &options(400));
    assert!(shown.contains("│ kube-system   73s ") && !shown.contains("in full"), "{shown}");
}

#[test]
fn of_like_evidence_one_place_per_file_is_drawn() {
    let mut finding = sample::finding("a", "a/b", "t", ("a.log", 2));
    let lines = [("a.log", 1), ("a.log", 5), ("b.log", 3), ("a.log", 9)];
    finding.evidence = lines.map(|at| sample::evidence(at, "refused (403)", "403")).into();
    let shown = rendered(&only(finding.clone()), &options(80));
    assert!(shown.contains("[a.log:1:10]") && shown.contains("[b.log:3:10]"), "{shown}");
    assert!(shown.contains(" also at: a.log:5, a.log:9\n"), "{shown}");
    let verbose = TextOptions { detail: Detail::Verbose, ..options(80) };
    let shown = rendered(&only(finding), &verbose);
    assert!(shown.contains("[a.log:9:10]") && !shown.contains("also at"), "{shown}");
}

#[test]
fn ages_say_what_they_count_back_from() {
    let mut finding = sample::finding("a", "a/b", "t", ("a.log", 2));
    let cases = [
        ((Some("3h12m"), Some("73s")), "from 3h12m before the capture to 73s before the capture"),
        ((None, Some("73s")), "73s before the capture"),
        ((Some("2026-11-21T10:00:00Z"), None), "2026-11-21T10:00:00Z"),
    ];
    for ((first, last), expected) in cases {
        finding.first_seen = first.map(str::to_owned);
        finding.last_seen = last.map(str::to_owned);
        let shown = rendered(&only(finding.clone()), &options(100));
        assert!(shown.contains(&format!("    seen: {expected}\n")), "{shown}");
    }
}

#[test]
fn long_lists_are_counted_unless_verbose() {
    let mut report = sample::everything();
    let question = report.not_assessed.pop().unwrap();
    let numbered =
        |n| kubetriage_model::NotAssessed { rule: format!("many/{n}"), ..question.clone() };
    report.not_assessed = (0..30).map(numbered).collect();
    let object = report.unexplained.pop().unwrap();
    report.unexplained = vec![object; 30];
    let symptom = |n: usize| Finding {
        explained_by: vec!["a".to_owned()],
        ..sample::finding(&format!("s{n}"), "many/symptom", "title", ("p.txt", 1))
    };
    report.findings.extend((0..30).map(symptom));
    let shown = rendered(&report, &options(80));
    assert!(shown.contains("and 10 more; --verbose lists them"), "{shown}");
    assert_eq!(shown.matches("many/symptom").count(), 12 - 3);
    assert!((0..30).all(|n| shown.contains(&format!("many/{n}"))), "{shown}");
    let verbose = TextOptions { detail: Detail::Verbose, ..options(80) };
    let shown = rendered(&report, &verbose);
    assert!(!shown.contains("--verbose"), "{shown}");
    // Once in the tree and once in full.
    assert_eq!(shown.matches("many/symptom").count(), 60);
}

#[test]
fn commands_are_never_wrapped() {
    let report = sample::everything();
    let shown = rendered(&report, &options(60));
    let fixes = report.findings.iter().flat_map(|finding| &finding.fixes);
    let commands = fixes.flat_map(|fix| &fix.commands);
    let open = report.not_assessed.iter().flat_map(|question| &question.collect);
    for command in commands.chain(open) {
        assert!(shown.lines().any(|line| line.trim() == command), "{command}");
    }
}
