//! What help pages, examples and manifests promise: every command in them is run, beside files of their names.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test reads examples and writes files")]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A folder with everything that examples speak of, and a `bin` with the programs that they run.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let bundle = repository("testdata/bundles/agent-403");
        for folder in ["out", "captures"] {
            fs::create_dir(desk.path(folder)).unwrap();
            for file in fs::read_dir(&bundle).unwrap() {
                let file = file.unwrap();
                fs::copy(file.path(), desk.path(folder).join(file.file_name())).unwrap();
            }
        }
        let pods = bundle.join("kubectl-get-pods-A.txt");
        for name in ["pods.txt", "events.txt", "describe.txt"] {
            fs::copy(&pods, desk.path(name)).unwrap();
        }
        fs::copy(repository("examples/ci/tolerated.yaml"), desk.path("tolerated.yaml")).unwrap();
        fs::create_dir(desk.path("bin")).unwrap();
        for name in ["kubetriage", "kubectl-triage"] {
            symlink(env!("CARGO_BIN_EXE_kubetriage"), desk.path("bin").join(name)).unwrap();
        }
        let cat = "#!/bin/sh\ncat >/dev/null 2>&1 </dev/null; cat pods.txt\n";
        for (name, script) in
            [("kubectl", cat), ("jq", "#!/bin/sh\ncat\n"), ("man", "#!/bin/sh\ncat\n")]
        {
            let path = desk.path("bin").join(name);
            fs::write(&path, script).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        desk.run("tar -czf bundle.tar.gz out && cp bundle.tar.gz before.tar.gz && cp bundle.tar.gz after.tar.gz");
        desk.run("kubetriage analyze out --fail-on never --format json -o previous.json");
        desk.run("kubetriage rules new team/slow --dir team-rules && mkdir -p etc/bash_completion.d .zfunc .config/fish/completions");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn shell(&self, line: &str) -> Output {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        Command::new("sh")
            .args(["-c", line])
            .current_dir(self.0.path())
            .env("PATH", path)
            .env("HOME", self.0.path())
            .env("PROFILE", self.path("profile.ps1"))
            .env("GITHUB_STEP_SUMMARY", self.path("summary.md"))
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs a line that must do its work: with findings or without.
    fn run(&self, line: &str) {
        let output = self.shell(line);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {said}");
        assert!(!said.contains("Usage:") && !said.contains("not found"), "{line}: {said}");
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns the examples of a help page: the indented lines below `Examples:`, without what explains them.
fn examples(help: &str) -> Vec<String> {
    let below = help.split_once("Examples:\n").map_or("", |(_, below)| below);
    let lines = below.lines().take_while(|line| line.starts_with("  "));
    lines.map(|line| line.trim().split("   ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn every_example_in_the_help_runs() {
    let desk = Desk::new();
    let mut pages = vec![String::new()];
    for page in
        ["analyze", "parse", "diff", "show", "collect", "redact", "completions", "man", "rules new"]
    {
        pages.push(page.to_owned());
    }
    let mut count = 0;
    for page in pages {
        let help = stdout(&desk.shell(&format!("kubetriage {page} --help")));
        let examples = examples(&help);
        assert!(!examples.is_empty(), "{page}: {help}");
        for example in examples {
            let line = example.replace("/etc/", "etc/");
            desk.run(&line);
            count += 1;
            for made in ["out-clean", "clean.tar.gz"] {
                let _ = fs::remove_dir_all(desk.path(made));
            }
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn the_plugin_of_kubectl_calls_itself_so() {
    let desk = Desk::new();
    let help = stdout(&desk.shell("kubectl-triage --help"));
    assert!(
        help.contains("Usage: kubectl triage ") && help.contains("\n  kubectl triage analyze "),
        "{help}"
    );
    assert!(!help.contains("\n  kubetriage "), "{help}");
    let help = stdout(&desk.shell("kubectl-triage analyze --help"));
    assert!(
        help.contains("Usage: kubectl triage analyze ")
            && help.contains("  kubectl triage analyze "),
        "{help}"
    );
    let output = desk.shell("kubectl-triage analyze out -q");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("extension/dataplane-private-endpoint"));
}

#[test]
fn what_is_misspelled_is_answered_with_the_nearest() {
    let desk = Desk::new();
    for (line, nearest) in [
        ("kubetriage analyse out", "'analyze'"),
        ("kubetriage analyze out --formt json", "'--format'"),
        ("kubetriage analyze out --only extension/dataplane-304", "extension/dataplane-403"),
        ("kubetriage rules show image/not-fund", "image/not-found"),
    ] {
        let output = desk.shell(line);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        assert!(said.contains(nearest), "{line}: {said}");
    }
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(repository(path)).unwrap()).unwrap()
}

#[test]
fn the_jobs_for_ci_run() {
    let github = yaml("examples/ci/github.yaml");
    assert!(github["on"].is_object() && github["permissions"]["security-events"] == "write");
    let steps = github["jobs"]["kubetriage"]["steps"].as_array().unwrap().clone();
    let runs = steps.iter().filter_map(|step| step["run"].as_str().map(str::to_owned));
    let gitlab = yaml("examples/ci/gitlab.yaml");
    let job = &gitlab["captures"];
    let script = ["before_script", "script", "after_script"].into_iter();
    let script = script.flat_map(|part| job[part].as_array().unwrap().clone());
    let script = script.map(|line| line.as_str().unwrap().to_owned());
    let uploaded = steps.iter().find_map(|step| step["with"]["sarif_file"].as_str()).unwrap();
    let junit = job["artifacts"]["reports"]["junit"].as_str().unwrap();
    let desk = Desk::new();
    let mut count = 0;
    for line in runs.chain(script).filter(|line| !line.starts_with("cargo install")) {
        desk.run(&line);
        count += 1;
    }
    assert_eq!(count, 5);
    for file in [uploaded, junit, "kubetriage.json", "collect.sh", "summary.md"] {
        assert!(fs::metadata(desk.path(file)).unwrap().len() > 100, "{file}");
    }
    assert!(fs::read_to_string(desk.path("summary.md")).unwrap().contains("compared with"));
}

#[test]
fn the_manifest_for_krew_names_the_plugin() {
    let manifest = yaml("examples/krew/triage.yaml");
    assert_eq!(manifest["kind"], "Plugin");
    assert_eq!(manifest["metadata"]["name"], "triage");
    assert_eq!(manifest["spec"]["version"], format!("v{}", env!("CARGO_PKG_VERSION")));
    let short = manifest["spec"]["shortDescription"].as_str().unwrap();
    assert!(short.len() <= 50 && !short.ends_with('.'), "krew wants it short: {short}");
    for platform in manifest["spec"]["platforms"].as_array().unwrap() {
        let bin = platform["bin"].as_str().unwrap();
        let files = platform["files"].as_array().unwrap();
        assert!(bin.starts_with("kubectl-triage") && files.iter().any(|file| file["to"] == bin));
        assert_eq!(platform["sha256"].as_str().unwrap().len(), 64);
    }
}

#[test]
fn a_new_rule_passes_its_check_and_its_test() {
    let desk = Desk::new();
    let output = desk.shell("kubetriage rules new team/slow-start --dir own");
    assert_eq!(stdout(&output).trim(), "own/team/slow-start.yaml");
    for (line, expected) in [
        ("kubetriage rules check own", "1 rule, no problems"),
        ("kubetriage rules test own", "3 cases of 1 rule, 0 failed"),
        (
            "kubetriage rules show team/slow-start --rules own --format markdown",
            "# team/slow-start",
        ),
    ] {
        let output = desk.shell(line);
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert!(stdout(&output).contains(expected), "{line}: {}", stdout(&output));
    }
    for again in ["team/slow-start --dir own", "image/not-found", "Team/x", "../x", "x"] {
        assert_eq!(desk.shell(&format!("kubetriage rules new {again}")).status.code(), Some(2));
    }
}
