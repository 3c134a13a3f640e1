//! What a task of Ansible says of the command it ran.
//!
//! ```text
//! fatal: [cp-01]: FAILED! => {"changed": true, "cmd": ["kubeadm", "init"], "rc": 1, "stderr": "error execution phase …", …}
//! ```
//!
//! The whole output of the command stands in one line, escaped. Its values are put in its place, line by line, each with the
//! number of the line it stands on. Of what a module of Kubernetes was answered (`Body: b'{"kind":"Status"…}'`) the answer is
//! put in its place. With the callbacks that print YAML the values stand below, and only their margin and
//! their keys are taken off.

use std::borrow::Cow;

use super::Unfolded;
use crate::prim::json_scan::{Step, Walk};
use crate::prim::unescape::once;
use crate::text::Line;

/// Values that hold what a command printed, in the order in which it is read.
const OUTPUTS: &[&str] = &["stderr", "module_stderr", "stdout", "msg"];
/// Most levels of escapes around an answer.
const DEEPEST: usize = 3;
/// Fewest blanks in front of a value.
const MARGIN: usize = 2;

/// Finds the lines in which a task tells of its command.
pub(super) fn unfold(lines: &[Line<'_>]) -> Unfolded {
    let mut found = Unfolded::new();
    let mut failed = false;
    for (index, line) in lines.iter().enumerate() {
        if let Some(values) = result(line.text) {
            failed = values.trim_start().starts_with("changed=") || values.trim().is_empty();
            let own = outputs(values);
            if !own.is_empty() {
                found.push((index, own));
            }
        } else if failed && line.indent() >= MARGIN {
            found.extend(below(line.trimmed()).map(|text| (index, vec![text])));
        } else {
            failed = failed && line.is_blank();
        }
    }
    found
}

/// Returns what stands behind the arrow of a task that failed.
fn result(text: &str) -> Option<&str> {
    let told = text.trim_start();
    let failed = told.starts_with("fatal: [") || told.starts_with("failed: [");
    let (_, values) = told.split_once(" => ").filter(|_| failed)?;
    Some(values)
}

/// Returns the lines of all outputs among the members of a JSON object, which may be cut.
fn outputs(values: &str) -> Vec<String> {
    let Some(start) = values.find('{') else { return Vec::new() };
    let mut walk = Walk::new(values, start);
    let mut members: Vec<(&str, &str)> = Vec::new();
    loop {
        match walk.next() {
            Some(Step::Item { key, value }) => {
                members.push((key, values.get(value).unwrap_or_default()));
            }
            Some(Step::Cut { key, start }) => {
                members.push((key, values.get(start..).unwrap_or_default()));
                break;
            }
            _ => break,
        }
    }
    let mut lines = Vec::new();
    for name in OUTPUTS {
        let value = members.iter().find(|(key, _)| key == name).map_or("", |(_, value)| *value);
        // The task's own word is that the command failed.
        if *name == "msg" && !lines.is_empty() {
            break;
        }
        let text = value.trim();
        let text = text.strip_prefix('"').unwrap_or(text);
        let text = text.strip_suffix('"').unwrap_or(text);
        lines.extend(plain(&once(text)));
    }
    lines
}

/// Returns the lines of one output, without what a module puts around the answer of the API.
fn plain(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.map(|line| answer(line).unwrap_or(Cow::Borrowed(line)).into_owned()).collect()
}

/// Returns the status that the API answered, as the client of Python prints it.
fn answer(line: &str) -> Option<Cow<'_, str>> {
    let marks = ["b'{", "Body: {", "response body: {", "b\"{"];
    let at = marks.iter().find_map(|mark| Some(line.find(mark)? + mark.len() - 1))?;
    let end = line.rfind('}')?;
    let mut body = Cow::Borrowed(line.get(at..=end).filter(|body| body.contains("\"Status\""))?);
    // A client prints the bytes of the answer, with their escapes escaped.
    for _ in 0..DEEPEST {
        if serde_json::from_str::<serde::de::IgnoredAny>(&body).is_ok() {
            return Some(body);
        }
        body = Cow::Owned(once(&body).into_owned());
    }
    None
}

/// Returns a line below such a task without margin and key; `None` for keys of other values.
fn below(text: &str) -> Option<String> {
    let Some((key, value)) = text.split_once(':') else { return Some(text.to_owned()) };
    if !OUTPUTS.contains(&key) {
        let word = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.');
        return (!word).then(|| text.to_owned());
    }
    let value = value.trim();
    let quoted = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
    let double = || value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let said = match quoted {
        Some(quoted) => quoted.replace("''", "'"),
        None => double().map_or_else(|| value.to_owned(), |value| once(value).into_owned()),
    };
    (said.len() > MARGIN).then(|| plain(&said).join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn outputs_stand_in_place_of_the_line() {
        let text = "TASK [init] ***\nfatal: [cp-01]: FAILED! => {\"cmd\": [\"kubeadm\"], \"msg\": \"non-zero return code\", \
                    \"stderr\": \"W0520 a\\nerror \\\"b\\\"\", \"stderr_lines\": [\"W0520 a\"], \"stdout\": \"\"}";
        assert_eq!(read(text), ["1 TASK [init] ***", "2 W0520 a", "2 error \"b\""]);
    }

    #[test]
    fn cut_values_are_read_up_to_the_cut() {
        let text = "fatal: [cp-01]: FAILED! => {\"rc\": 1, \"stderr\": \"error execution ph";
        assert_eq!(read(text), ["1 error execution ph"]);
    }

    #[test]
    fn answers_of_the_api_stand_alone() {
        let text = r#"fatal: [h]: FAILED! => {"msg": "Failed to create object: b'{\"kind\":\"Status\",\"message\":\"pods \\\"a\\\" is\"}\\n'"}"#;
        assert_eq!(read(text), [r#"1 {"kind":"Status","message":"pods \"a\" is"}"#]);
    }

    #[test]
    fn values_below_lose_margin_and_key() {
        let text = "fatal: [h]: FAILED! => changed=true\n  cmd: kubectl\n  rc: 1\n  stderr: |-\n    Error from server: x\n  \
                    msg: 'it''s so'\nok: [h]\n  msg: y";
        let told = read(text);
        assert!(told.contains(&"5 Error from server: x".to_owned()), "{told:?}");
        assert!(told.contains(&"6 it's so".to_owned()), "{told:?}");
        assert!(told.contains(&"8   msg: y".to_owned()), "{told:?}");
    }
}
