//! Whether an artifact is a plain log, to be streamed, or wants to be read as a whole.

use kubetriage_model::{ArtifactId, Hint};

use super::undress::clock;
use super::{block, dump, header, prompt};
use crate::formats::{az, kubectl_error, log};
use crate::text::Text;

/// Lines that are looked at.
const LINES: usize = 64;

/// How an artifact wants to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Block by block, each alone, with [`scan_log`](crate::scan_log): a plain log, of any size.
    Stream,
    /// The whole text at once, with [`parse`](crate::parse).
    Whole,
}

/// Returns how to read an artifact whose text starts with `head` (a few KiB; its last line may be cut).
///
/// A log that a layout files as one is streamed; any other text is when at least four fifths of its first
/// lines are log lines and none of them is a prompt or a stage of a registry check. A caller that holds the whole of a small text may
/// always [`parse`](crate::parse) it: the events are the same.
pub fn reading(head: &str, hint: &Hint) -> Reading {
    let first = head.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if dump::is_mark(first) {
        return Reading::Whole;
    }
    if is_filed_log(hint, first) {
        return Reading::Stream;
    }
    // A document of Azure on one line, which has a message and a level as lines of logs have.
    if first.starts_with(['{', '[']) && AZURE.iter().any(|key| first.contains(key)) {
        return Reading::Whole;
    }
    if clock::shows_captures(head) {
        return Reading::Whole;
    }
    let text = Text { artifact: ArtifactId(0), text: head, offset: 0, first_line: 1 };
    let lines = text.first_lines(LINES);
    // kubectl's own log in front of its error, which says the same.
    let said: Vec<_> = lines.iter().filter(|line| !line.is_blank()).copied().collect();
    if kubectl_error::is_retrying(&said) {
        return Reading::Whole;
    }
    let (mut all, mut logs) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let is_log = rest.first().is_some_and(|line| log::is_log(line.text));
        let length = if is_log { log::extent(rest) } else { 1 };
        logs += if is_log { length } else { 0 };
        at += length;
    }
    for line in said {
        all += 1;
        let typed = prompt::typed(line.text).is_some() || header::announced(line.text).is_some();
        if typed || dump::is_mark(line.text) || az::is_check(line.text) {
            return Reading::Whole;
        }
    }
    if all > 0 && logs * 5 >= all * 4 { Reading::Stream } else { Reading::Whole }
}

/// Keys of documents of Azure that no log line has.
const AZURE: &[&str] = &["\"extensionType\"", "\"agentPoolProfiles\"", "\"loginServer\""];

/// True when the layout files a text as a log, and its `first` line does not show an object.
pub(super) fn is_filed_log(hint: &Hint, first: &str) -> bool {
    const OBJECTS: &[&str] = &[
        "apiVersion:",
        "kind:",
        "items:",
        "Name:  ",
        "{\"apiVersion\"",
        "{\"kind\"",
        "{\"items\"",
        "[{",
    ];
    let object = matches!(first.trim_end(), "{" | "[" | "---")
        || OBJECTS.iter().any(|head| first.starts_with(head));
    let named = hint.command.as_deref().is_some_and(block::prints_log);
    named || hint.container.is_some() && hint.command.is_none() && !object
}

/// True when commands were typed somewhere in `text`. One search over the bytes, then a look at the lines
/// that were found.
pub(super) fn holds_transcript(text: &str) -> bool {
    const MOST: usize = 1000;
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, b"kubectl ").take(MOST).any(|at| {
        let before = bytes.get(..at).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |end| end + 1);
        // A prompt is short; what stands far into a line is text.
        let near = at - start <= 160;
        let line = text.get(start..).filter(|_| near).and_then(|rest| rest.lines().next());
        line.is_some_and(|line| {
            !line.starts_with(['+', '#', '>', '-']) && prompt::typed(line).is_some()
        })
    })
}

#[cfg(test)]
mod tests {
    use kubetriage_model::Hint;

    use super::{Reading, holds_transcript, reading};

    #[test]
    fn plain_logs_are_streamed_and_the_rest_is_read_whole() {
        for (head, wanted) in [
            ("time=\"2026-11-21T10:00:00Z\" level=info msg=\"a b\"\n", Reading::Stream),
            ("2026/11/21 10:00:00 a\n2026/11/21 10:00:01 b\n", Reading::Stream),
            ("panic: x\n\ngoroutine 1 [running]:\n", Reading::Whole),
            ("$ kubectl logs web\n2026/11/21 10:00:00 a\n2026/11/21 10:00:01 b\n", Reading::Whole),
            ("NAME   READY\nweb    1/1\n", Reading::Whole),
            ("{\n  \"kind\": \"List\"\n}", Reading::Whole),
            (
                "==== START logs for container web of pod shop/web-1 ====\n2026/11/21 10:00:00 a",
                Reading::Whole,
            ),
            (
                "[2026-11-21T10:00:00Z] Checking host name resolution (contoso.azurecr.io): SUCCEEDED\n",
                Reading::Whole,
            ),
            (
                "2026-11-21T10:00:00.1234567Z + kubectl get pods\n2026-11-21T10:00:00.2234567Z NAME   READY\n",
                Reading::Whole,
            ),
            (
                "2026-11-21T10:00:00.1234567Z started\n2026-11-21T10:00:00.2234567Z the NAME is set\n",
                Reading::Stream,
            ),
            ("", Reading::Whole),
        ] {
            assert_eq!(reading(head, &Hint::default()), wanted, "{head}");
        }
        let hint = Hint { container: Some("web".to_owned()), ..Hint::default() };
        assert_eq!(reading("started\n", &hint), Reading::Stream);
        assert_eq!(reading("apiVersion: v1\n", &hint), Reading::Whole);
    }

    #[test]
    fn commands_in_a_log_are_seen() {
        assert!(holds_transcript("a\nann@h:~$ kubectl get po\nb"));
        assert!(!holds_transcript("a\n+ kubectl get po\nrunning kubectl get po"));
    }
}
