//! The command as a user runs it: exit status, streams, files, pipes.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test looks at the files the command wrote")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Three rows of `kubectl get pods`.
const PODS: &str = "\
NAME      READY   STATUS    RESTARTS   AGE
web-1     1/1     Running   0          3d
web-2     1/1     Running   0          3d
";

fn kubetriage() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubetriage"));
    for variable in ["NO_COLOR", "COLUMNS", "LC_ALL", "TERM"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs with `arguments` and returns status, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    told(&kubetriage().args(arguments).output().unwrap())
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// Runs with `arguments` and `input` on standard input.
fn piped(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = kubetriage();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    told(&child.wait_with_output().unwrap())
}

fn bundle() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/bundles/agent-403");
    path.to_str().unwrap().to_owned()
}

/// Returns a folder with one capture in it, and the path of the capture.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pods.txt");
    fs::write(&path, PODS).unwrap();
    (folder, path)
}

#[test]
fn help_shows_examples_and_is_not_an_error() {
    for arguments in [&["--help"][..], &["analyze", "--help"], &["parse", "--help"]] {
        let (status, out, err) = run(arguments);
        assert_eq!((status, err.as_str()), (0, ""), "{arguments:?}");
        assert!(out.contains("Examples:\n  kubetriage "), "{out}");
    }
}

#[test]
fn usage_errors_have_status_2_and_nothing_on_standard_output() {
    for arguments in [
        &["analyze", "--format", "xml", "x"][..],
        &["analyze", "-q", "-v", "x"],
        &["analyze", "--now", "yesterday", "x"],
        &["analyze", "--max-line", "much", "x"],
        &["nonsense"],
        &[],
    ] {
        let (status, out, err) = run(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains("Usage") || err.contains("--help"), "{err}");
    }
}

#[test]
fn every_limit_of_reading_leaves_a_note() {
    let hostile = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/hostile");
    for (file, limit, note) in [
        (
            "nested-six-deep.zip",
            &["--max-depth", "1"],
            "an archive inside 1 archives: not unpacked",
        ),
        ("lying-size.tar", &["--max-members", "1"], "more than 1 members"),
        ("cut-off.tar.gz", &["--max-unpacked", "1KiB"], "unpacks to more than 1024 bytes"),
        (
            "cut-off.tar.gz",
            &["--max-member", "1KiB"],
            "longer than the limit for one archive member",
        ),
        ("sparse.tar.gz", &["--max-ratio", "9"], "unpacks to more than 9 times its size"),
        ("names.tar.gz", &["--max-text", "40"], "only the first"),
        ("nul-padding.log", &["--max-line", "100"], "the line is too long"),
    ] {
        let path = format!("{hostile}/{file}");
        let (status, out, err) =
            run(&["analyze", "-v", "--width", "200", limit[0], limit[1], &path]);
        assert_eq!((status, err.as_str()), (0, ""), "{limit:?}");
        assert!(out.contains(note), "{limit:?}: {out}");
    }
}

#[test]
fn an_input_that_does_not_exist_is_named() {
    for command in ["analyze", "parse"] {
        let (status, out, err) = run(&[command, "no-such-bundle"]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains("no-such-bundle"), "{err}");
    }
}

#[test]
fn a_report_says_what_was_read() {
    let (_, out, err) = run(&["analyze", &bundle()]);
    assert_eq!(err, "");
    assert!(out.starts_with("kubetriage agent-403"), "{out}");
    assert!(out.contains("\nread: 7 files, "), "{out}");
}

#[test]
fn the_json_report_is_one_document_with_all_lists() {
    let (_, out, err) = run(&["analyze", "--format", "json", &bundle()]);
    assert_eq!(err, "");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["schema"], "kubetriage.report/1");
    assert_eq!(report["artifacts"].as_array().unwrap().len(), 7);
    for list in ["findings", "not_assessed", "clear", "unexplained"] {
        assert!(report[list].is_array(), "{list}");
    }
}

#[test]
fn every_form_gives_the_same_status_and_the_same_bytes_twice() {
    let bundle = bundle();
    let (expected, ..) = run(&["analyze", &bundle]);
    for form in [
        &["--format", "json"][..],
        &["--format", "jsonl"],
        &["--format", "sarif"],
        &["--format", "junit"],
        &["--format", "markdown"],
        &["--format", "csv"],
        &["--format", "html"],
        &["-q"],
        &["-v"],
        &["--jobs", "1"],
        &["--jobs", "7"],
    ] {
        let arguments = [&["analyze", bundle.as_str()], form].concat();
        let first = run(&arguments);
        assert_eq!(first.0, expected, "{form:?}");
        assert_eq!(first, run(&arguments), "{form:?}");
    }
    assert_eq!(
        run(&["analyze", &bundle, "--jobs", "1"]),
        run(&["analyze", &bundle, "--jobs", "7"])
    );
}

#[test]
fn colors_stay_out_of_pipes_unless_asked_for() {
    let escapes = |arguments: &[&str]| run(arguments).1.contains('\x1b');
    assert!(!escapes(&["analyze", &bundle()]));
    assert!(!escapes(&["analyze", &bundle(), "--color", "never"]));
    assert!(escapes(&["analyze", &bundle(), "--color", "always"]));
    let (_, _, err) = run(&["analyze", "no-such-bundle"]);
    assert!(!err.contains('\x1b'), "{err}");
}

#[test]
fn events_are_json_lines_with_their_place() {
    let (folder, path) = folder();
    let (status, out, err) = run(&["parse", "--format", "json", path.to_str().unwrap()]);
    assert_eq!((status, err.as_str()), (0, ""));
    let events: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.len(), 2, "{out}");
    assert_eq!(events[0]["event"], "pod");
    assert_eq!(events[0]["data"]["name"], "web-1");
    let at = serde_json::json!({"artifact": "pods.txt", "line": 2, "end_line": 2});
    assert_eq!(events[0]["at"], at);
    assert_eq!(events[0]["repaired"], false);
    let (_, prose, _) = run(&["parse", path.to_str().unwrap()]);
    assert!(prose.starts_with("pods.txt:2: pod name=web-1 "), "{prose}");
    drop(folder);
}

#[test]
fn a_pipe_is_read_with_and_without_a_dash() {
    let with = piped(&["parse", "--format", "json", "-"], PODS);
    let without = piped(&["parse", "--format", "json"], PODS);
    assert_eq!(with.1.lines().count(), 2, "{with:?}");
    assert_eq!(with, without);
    let (_, out, _) = piped(&["analyze"], PODS);
    assert!(out.contains("read: 1 file"), "{out}");
}

#[test]
fn an_output_file_appears_whole_and_alone() {
    let (folder, path) = folder();
    let report = folder.path().join("report.json");
    fs::write(&report, "old").unwrap();
    let (input, output) = (path.to_str().unwrap(), report.to_str().unwrap());
    let (status, out, err) = run(&["analyze", input, "--format", "json", "-o", output]);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""));
    let text = fs::read_to_string(&report).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["pods.txt", "report.json"]);
}

#[test]
fn an_output_file_inside_the_input_is_not_read_while_it_grows() {
    let (folder, _) = folder();
    let events = folder.path().join("zz/events.json");
    fs::create_dir(folder.path().join("zz")).unwrap();
    let input = folder.path().to_str().unwrap();
    let arguments = ["parse", input, "--format", "json", "-o", events.to_str().unwrap()];
    let (status, out, err) = run(&arguments);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""));
    assert_eq!(fs::read_to_string(&events).unwrap().lines().count(), 2);
}

#[test]
fn a_failed_run_leaves_the_old_output_file_alone() {
    let (folder, path) = folder();
    let old = folder.path().join("events.json");
    fs::write(&old, "old").unwrap();
    for command in ["analyze", "parse"] {
        let (status, ..) = run(&[command, "no-such-bundle", "-o", old.to_str().unwrap()]);
        assert_eq!(status, 2);
        assert_eq!(fs::read_to_string(&old).unwrap(), "old");
    }
    let nowhere = folder.path().join("missing/report.txt");
    let (status, out, err) =
        run(&["analyze", path.to_str().unwrap(), "-o", nowhere.to_str().unwrap()]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("cannot write") && err.contains("report.txt"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let row = |number| format!("web-{number}   1/1   Running   0   3d\n");
    let header = "NAME   READY   STATUS    RESTARTS   AGE\n".to_owned();
    let rows: String = std::iter::once(header).chain((0..3_000).map(row)).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pods.txt");
    fs::write(&path, rows).unwrap();
    let mut command = kubetriage();
    command.args(["parse", "--format", "json", path.to_str().unwrap()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let (status, _, err) = told(&child.wait_with_output().unwrap());
    assert_eq!((status, err.as_str()), (0, ""));
}

#[test]
fn wrong_rule_folders_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    for (path, expected) in [(empty, "no rule files"), ("no-such-folder", "cannot read")] {
        let (status, out, err) = run(&["analyze", &bundle(), "--rules", path]);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains(expected), "{err}");
    }
}

#[test]
fn findings_have_status_1_whatever_the_form_unless_tolerated() {
    let bundle = bundle();
    for form in [&[][..], &["-q"], &["-v"], &["--format", "json"], &["--only", "extension"]] {
        let (status, out, err) = run(&[&["analyze", bundle.as_str()], form].concat());
        assert_eq!((status, err.as_str()), (1, ""), "{form:?}");
        assert!(out.contains("extension/dataplane-private-endpoint"), "{out}");
    }
    let tolerant = run(&["analyze", &bundle, "--fail-on", "never"]);
    assert_eq!((tolerant.0, &tolerant.1), (0, &run(&["analyze", &bundle]).1));
    let (status, out, _) = run(&["analyze", &bundle, "--skip", "extension"]);
    assert!(status == 0 && !out.contains("error[extension"), "{out}");
}

#[test]
fn an_unknown_rule_is_answered_with_the_nearest() {
    for arguments in [
        &["analyze", "x", "--only", "image/not-fuond"][..],
        &["analyze", "x", "--skip", "image/not-fuond"],
        &["rules", "show", "image/not-fuond"],
    ] {
        let (status, out, err) = run(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains("image/not-found"), "{err}");
    }
    let (status, _, err) = run(&["rules", "show", "image"]);
    assert!(status == 2 && err.contains("several rules"), "{err}");
}

#[test]
fn rules_are_listed_and_shown() {
    let (status, list, _) = run(&["rules", "list"]);
    assert_eq!(status, 0);
    let line = list.lines().find(|line| line.starts_with("image/not-found ")).unwrap();
    assert!(line.contains(" error "), "{line}");
    let (status, page, _) = run(&["rules", "show", "image/not-found"]);
    assert_eq!(status, 0);
    assert!(page.starts_with("error[image/not-found]\n"), "{page}");
    assert!(page.contains("looks at: ") && page.contains("look_for:"), "{page}");
    assert_eq!(run(&["rules", "explain", "image/not-found"]).1, page);
}

#[test]
fn a_wrong_rule_file_is_shown_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let area = folder.path().join("image");
    fs::create_dir(&area).unwrap();
    fs::write(area.join("slow.yaml"), "schema: 1\nid: image/slow\nseverty: error\n").unwrap();
    let path = folder.path().to_str().unwrap();
    let commands: [&[&str]; 2] = [&["rules", "check", path], &["analyze", "x", "--rules", path]];
    for arguments in commands {
        let (status, out, err) = run(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains("slow.yaml:3:") && err.contains("severity"), "{err}");
    }
}

#[test]
fn a_rule_passes_its_own_cases() {
    let (status, out, err) = run(&["rules", "test", "--only", "image/not-found"]);
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    assert!(out.contains(" cases of 1 rule, 0 failed"), "{out}");
}

#[test]
fn schemas_are_printed() {
    let (status, out, _) = run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &schema["$id"]), (0, &"kubetriage.report/1".into()));
    let (status, out, _) = run(&["rules", "schema"]);
    assert_eq!(status, 0);
    assert!(out.contains("dns_answer:"), "{out}");
    let (status, out, _) = run(&["rules", "schema", "--format", "json"]);
    let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &schema["properties"]["look_for"]["type"]), (0, &"object".into()));
    let (status, out, _) = run(&["rules", "guide"]);
    assert!(status == 0 && out.starts_with("# Writing a rule\n"), "{out}");
}

#[test]
fn one_run_writes_several_forms() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (sarif, junit) = (file("a.sarif"), file("a.xml"));
    let bundle = bundle();
    let forms = [format!("sarif={sarif}"), format!("junit={junit}")];
    let mut arguments = vec!["analyze", &bundle, "--format", &forms[0], "--format", &forms[1]];
    let (status, out, err) = run(&arguments);
    assert_eq!((status, out.as_str(), err.as_str()), (1, "", ""));
    assert!(fs::read_to_string(&sarif).unwrap().contains("\"version\": \"2.1.0\""));
    assert!(fs::read_to_string(&junit).unwrap().starts_with("<?xml"));
    arguments.extend(["--format", "text"]);
    let (status, out, _) = run(&arguments);
    assert!(status == 1 && out == run(&["analyze", &bundle]).1, "{out}");
    for (more, told) in [(["--format", "json"], "same place"), (["-o", "x"], "nothing is left")] {
        let several = [&["analyze", "x", "--format", "json=y"][..], &["--format", "csv"], &more];
        let only = [&["analyze", "x", "--format", "json=y"][..], &more];
        let arguments = if told == "same place" { several.concat() } else { only.concat() };
        let (status, out, err) = run(&arguments);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains(told), "{err}");
    }
}

#[test]
fn open_questions_fail_a_run_that_asks_for_them() {
    let capture = "Error from server (Forbidden): pods is forbidden: User \"anna\" cannot list\n";
    let status = |fail_on: &str| piped(&["analyze", "--fail-on", fail_on], capture).0;
    assert_eq!(status("never"), 0);
    let bundle = bundle();
    for (fail_on, expected) in [("never,not-assessed", 1), ("warning,not-assessed", 1)] {
        let (status, ..) = run(&["analyze", &bundle, "--fail-on", fail_on]);
        assert_eq!(status, expected, "{fail_on}");
    }
}

#[test]
fn a_bounded_report_tells_the_totals() {
    let bundle = bundle();
    let arguments = ["analyze", &bundle, "--format", "json", "--max-findings", "1"];
    let bounds = ["--max-evidence", "1", "--max-excerpt", "10", "--context", "1"];
    let (status, out, _) = run(&[&arguments[..], &bounds].concat());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!((status, findings.len()), (1, 1));
    assert!(report["summary"]["error"].as_u64().unwrap() > 1);
    assert!(!report["summary"]["left_out"].as_object().unwrap().is_empty());
    let evidence = findings[0]["evidence"].as_array().unwrap();
    assert_eq!(evidence.len(), 1);
    assert_eq!(evidence[0]["excerpt"].as_str().unwrap().chars().count(), 11);
    assert_eq!(evidence[0]["before"].as_array().unwrap().len(), 1);
    let (status, out, _) = run(&["analyze", &bundle, "-q", "--max-findings", "0"]);
    assert!(status == 1 && out.starts_with("kubetriage: ") && out.contains("not listed"), "{out}");
}

#[test]
fn secrets_of_a_transcript_stay_in_it() {
    let capture = "$ kubectl --token hunter2 get pods\nNAME    READY   STATUS    RESTARTS   AGE\n\
                   web-1   0/1     Pending   0          3d\n";
    for arguments in [&["analyze", "-v"][..], &["analyze", "--format", "json"], &["parse"]] {
        let (_, out, _) = piped(arguments, capture);
        assert!(out.contains("web-1") || out.contains("get pods"), "{out}");
        assert!(!out.contains("hunter2"), "{out}");
    }
}

#[test]
fn the_text_report_can_be_grouped_and_narrated() {
    let bundle = bundle();
    let (status, out, err) = run(&["analyze", &bundle, "--group-by", "artifact"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.contains("\nexec-nslookup.txt: 1 finding\n"), "{out}");
    let (status, out, _) = run(&["analyze", &bundle, "--narrate"]);
    assert!(status == 1 && out.starts_with("Report on agent-403.\nTotals: 5 errors"), "{out}");
    assert!(out.contains("file exec-nslookup.txt, line 7, private answer."), "{out}");
    for conflict in [["--narrate", "-q"], ["--group-by=rule", "-q"]] {
        assert_eq!(run(&[&["analyze", &bundle], &conflict[..]].concat()).0, 2, "{conflict:?}");
    }
}
