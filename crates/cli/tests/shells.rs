//! Completions and manual pages, read by the shells and by man where they are installed.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::io::Write;
use std::process::{Command, Stdio};

fn kubetriage(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubetriage"));
    let output = command.args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Gives `text` to a program and returns whether it took it and what it said; `None` if it is not installed.
fn given(program: &str, arguments: &[&str], text: &str) -> Option<(bool, String)> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        println!("skipped: {program} is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some((output.status.success(), said))
}

#[test]
fn completions_are_read_by_their_shells() {
    let shells: [(&str, &str, &[&str]); 3] =
        [("bash", "bash", &["-n"]), ("zsh", "zsh", &["-n"]), ("fish", "fish", &["--no-execute"])];
    for (shell, program, arguments) in shells {
        let text = kubetriage(&["completions", shell]);
        assert!(text.contains("kubetriage") && text.contains("collect"), "{shell}");
        if let Some((took, said)) = given(program, arguments, &text) {
            assert!(took && said.is_empty(), "{shell}: {said}");
            let (took, _) = given(program, arguments, "if (( then\n").unwrap();
            assert!(!took, "{shell} must be able to refuse");
        }
    }
    let text = kubetriage(&["completions", "powershell"]);
    assert!(text.contains("Register-ArgumentCompleter"), "{text}");
}

#[test]
fn bash_completes_commands() {
    let script = kubetriage(&["completions", "bash"])
        + "\nCOMP_WORDS=(kubetriage co); COMP_CWORD=1; _kubetriage kubetriage co kubetriage\n\
           [[ \" ${COMPREPLY[*]} \" == *' collect '* ]] || { echo \"${COMPREPLY[*]}\" >&2; exit 1; }\n";
    if let Some((took, said)) = given("bash", &["--norc", "-s"], &script) {
        assert!(took, "{said}");
    }
}

#[test]
fn manual_pages_have_no_warnings() {
    for arguments in [&["man"][..], &["man", "analyze"], &["man", "diff"], &["man", "collect"]] {
        let page = kubetriage(arguments);
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{page}");
        if let Some((took, said)) = given("groff", &["-man", "-ww", "-z", "-Tutf8"], &page) {
            assert!(took && !said.contains("error"), "{arguments:?}: {said}");
        }
    }
    let unknown = Command::new(env!("CARGO_BIN_EXE_kubetriage")).args(["man", "nonsense"]).output();
    assert_eq!(unknown.unwrap().status.code(), Some(2));
}
