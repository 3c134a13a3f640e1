//! Disks that are full, readers that are gone, runs that are killed, folders that hold more than files.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::disallowed_methods, reason = "a test looks at the files the command wrote")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const PODS: &str =
    "NAME      READY   STATUS    RESTARTS   AGE\nweb-1     0/1     Pending   0          3d\n";

/// A folder with a capture in it, and a shell to run the command there.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("bundle")).unwrap();
        fs::write(desk.path("bundle/pods.txt"), PODS).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a line of shell in which `$K` is the command; one that hangs is a failure.
    fn shell(&self, line: &str) -> Output {
        let mut command = Command::new("timeout");
        command.args(["60", "sh", "-c", line]).current_dir(self.0.path());
        command.env("K", env!("CARGO_BIN_EXE_kubetriage")).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert_ne!(output.status.code(), Some(124), "{line} does not end");
        output
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_full_disk_is_told_and_costs_no_report() {
    let desk = Desk::new();
    fs::write(desk.path("report.json"), "old").unwrap();
    for command in ["analyze bundle --format json", "parse bundle --format json"] {
        // The largest file that may be written: nothing.
        let limited = format!("trap '' XFSZ; ulimit -f 0; exec $K {command} -o report.json");
        let output = desk.shell(&limited);
        assert_eq!(output.status.code(), Some(2), "{command}: {}", said(&output));
        assert!(said(&output).contains("cannot write"), "{}", said(&output));
        assert_eq!(fs::read_to_string(desk.path("report.json")).unwrap(), "old");
        assert_eq!(desk.names(), ["bundle", "report.json"]);
    }
    if Path::new("/dev/full").exists() {
        for line in ["$K analyze bundle > /dev/full", "$K analyze bundle -o /dev/full"] {
            let output = desk.shell(line);
            assert_eq!(output.status.code(), Some(2), "{line}: {}", said(&output));
            assert!(said(&output).contains("cannot write"), "{}", said(&output));
        }
        assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
    }
}

#[test]
fn what_is_no_file_is_written_to_and_stays() {
    let desk = Desk::new();
    let output =
        desk.shell("mkfifo pipe && (cat pipe > got &) && $K analyze bundle -q -o pipe; sleep 0.2");
    assert_eq!(said(&output), "");
    assert!(fs::metadata(desk.path("pipe")).unwrap().file_type().is_fifo());
    let output = desk.shell("$K analyze bundle -q -o /dev/stdout | cat");
    assert_eq!(output.stdout, desk.shell("$K analyze bundle -q").stdout);
    fs::write(desk.path("real.txt"), "old").unwrap();
    fs::set_permissions(desk.path("real.txt"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("real.txt", desk.path("link.txt")).unwrap();
    desk.shell("$K analyze bundle -q -o link.txt");
    assert!(fs::symlink_metadata(desk.path("link.txt")).unwrap().is_symlink());
    assert_eq!(fs::read(desk.path("real.txt")).unwrap(), output.stdout);
    let mode = fs::metadata(desk.path("real.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "a report that only its owner may read stays so");
}

#[test]
fn every_command_bears_a_reader_that_is_gone() {
    let desk = Desk::new();
    for command in [
        "analyze bundle -v",
        "analyze bundle --format json",
        "analyze bundle --format html",
        "parse bundle",
        "collect bundle",
        "diff bundle bundle",
        "rules list",
        "rules show image/not-found",
        "schema",
        "completions bash",
        "man analyze",
        "--help",
    ] {
        // The reading end is closed before anything is written.
        let output =
            desk.shell(&format!("{{ sleep 0.3; $K {command}; echo $? >&3; }} 3>status | true"));
        let status = fs::read_to_string(desk.path("status")).unwrap();
        assert!(matches!(status.trim(), "0" | "1"), "{command}: {status} {}", said(&output));
        assert_eq!(said(&output), "", "{command}");
    }
}

#[test]
fn a_run_that_is_killed_leaves_the_report_before_it() {
    let desk = Desk::new();
    fs::write(desk.path("events.json"), "old").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubetriage"));
    command.args(["parse", "--format", "json", "-o", "events.json"]).current_dir(desk.0.path());
    let mut child = command.env("TMPDIR", desk.0.path()).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(PODS.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it waits for the rest of its input");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(desk.path("events.json")).unwrap(), "old");
    assert_eq!(desk.names(), ["bundle", "events.json"]);
}

#[test]
fn pipes_sockets_and_circles_of_links_in_a_folder_are_told_not_read() {
    let desk = Desk::new();
    let _socket = UnixListener::bind(desk.path("bundle/socket")).unwrap();
    symlink(".", desk.path("bundle/circle")).unwrap();
    symlink("b", desk.path("bundle/a")).unwrap();
    symlink("a", desk.path("bundle/b")).unwrap();
    symlink("/dev/zero", desk.path("bundle/endless")).unwrap();
    let output = desk.shell("mkfifo bundle/pipe && $K analyze bundle --format json");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let artifacts = report["artifacts"].as_array().unwrap();
    let note = |path: &str| {
        let found = artifacts.iter().find(|artifact| artifact["path"] == path);
        found.map(|artifact| artifact["notes"].to_string()).unwrap_or_default()
    };
    for path in ["pipe", "socket"] {
        assert!(note(path).contains("not a regular file"), "{path}: {}", note(path));
    }
    assert!(note(".").contains("not followed: 3"), "{}", note("."));
    let pods = artifacts.iter().find(|artifact| artifact["path"] == "pods.txt").unwrap();
    assert_eq!(pods["used"], 2);
}
