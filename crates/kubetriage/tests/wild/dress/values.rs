//! Values that somebody masked, emphasized or escaped.

use super::{Form, form, loose};
use crate::captures::{Capture, Kind};
use crate::dressed::Dressed;

pub(super) const FORMS: &[Form] = &[
    // Without the object around it a message names only what is inside it.
    loose(2, "messages alone", |c| messages(c, |_, message| message.to_owned())),
    loose(2, "messages in a list", |c| messages(c, |_, message| format!("- {message}"))),
    loose(2, "messages with a full stop and dots", |c| {
        messages(c, |_, message| format!("{message}.."))
    }),
    // Which class a masked address is of nobody can know.
    loose(6, "addresses as <ip>", |c| masked(c, "<ip>")),
    loose(6, "addresses as XXX", |c| masked(c, "XXX.XXX.XXX.XXX")),
    loose(6, "addresses half masked", |c| masked(c, "10.0.X.X")),
    loose(6, "addresses as [REDACTED]", |c| masked(c, "[REDACTED]")),
    loose(6, "addresses as stars", |c| masked(c, "***")),
    form(9, "kubectl logs --timestamps", |c| {
        logged(c, |at, line| format!("2026-11-21T20:25:{at:02}.123456789Z {line}"))
    }),
    // The prefix names the pod, which the lines do not.
    loose(9, "kubectl logs --prefix", |c| {
        logged(c, |_, line| format!("[pod/web-5d8c7b6f9d-abcde/web] {line}"))
    }),
    form(9, "lines of a CRI log", |c| {
        logged(c, |at, line| format!("2026-11-21T20:25:{at:02}.123456789Z stderr F {line}"))
    }),
    form(11, "docker's JSON around each line", |c| {
        logged(c, |at, line| {
            format!(
                "{{\"log\":{},\"stream\":\"stderr\",\"time\":\"2026-11-21T20:25:{at:02}.123456789Z\"}}",
                string(&format!("{line}\n"))
            )
        })
    }),
    form(21, "bold words", |c| {
        let words = [
            "ImagePullBackOff",
            "FAILED",
            "Pending",
            "CrashLoopBackOff",
            "NotReady",
            "FailedScheduling",
            "NXDOMAIN",
        ];
        let rows = matches!(c.kind, Kind::Table | Kind::Describe | Kind::Dns | Kind::Message);
        rows.then(|| {
            Dressed::each(&c.text, |_, line| {
                words.iter().fold(line.to_owned(), |line, word| {
                    line.replace(&format!(" {word}"), &format!(" **{word}**"))
                })
            })
        })
    }),
    form(26, "licence banner above", |c| {
        let banner = [
            "Copyright (c) 2020 Microsoft Corporation",
            "",
            "This program is licensed under the MIT licence.",
            "",
        ];
        logged(c, |_, line| line.to_owned()).map(|dressed| dressed.under(&banner))
    }),
    form(26, "agent's JSON with blanks", |c| {
        agent(c, |line| line.replace("\":\"", "\": \"").replace("\",\"", "\", \""))
    }),
    form(26, "agent's JSON without its time", |c| {
        agent(c, |line| {
            let at = line.find("\"AgentTimestamp\"");
            at.map_or_else(
                || line.to_owned(),
                |at| format!("{}}}", line[..at].trim_end_matches([',', ' '])),
            )
        })
    }),
];

/// Returns the messages of a table of events alone.
fn messages(capture: &Capture, dress: fn(usize, &str) -> String) -> Option<Dressed> {
    let header = capture.lines().first().copied().filter(|_| capture.kind == Kind::Table)?;
    let at = header.find("MESSAGE").filter(|_| !header.contains("SUBOBJECT"))?;
    let told = Dressed::each(&capture.text, |index, line| {
        dress(index, line.get(at..).unwrap_or_default())
    });
    Some(told.without(1))
}

/// Replaces every IPv4 address.
fn masked(capture: &Capture, mask: &str) -> Option<Dressed> {
    let address = |word: &str| {
        let word = word.split(['#', ':']).next().unwrap();
        word.parse::<std::net::Ipv4Addr>().is_ok()
    };
    let parts = |c: char| !(c.is_ascii_alphanumeric() || c == '.');
    let yes = capture.kind != Kind::Json && capture.kind != Kind::Yaml;
    yes.then(|| {
        Dressed::each(&capture.text, |_, line| {
            let mut masked = line.to_owned();
            for word in line.split(parts).filter(|word| address(word)) {
                masked = masked.replace(word, mask);
            }
            masked
        })
    })
}

fn logged(capture: &Capture, dress: impl Fn(usize, &str) -> String) -> Option<Dressed> {
    (capture.kind == Kind::Log).then(|| Dressed::each(&capture.text, dress))
}

fn agent(capture: &Capture, dress: impl Fn(&str) -> String) -> Option<Dressed> {
    logged(capture, |_, line| dress(line)).filter(|_| capture.text.starts_with('{'))
}

fn string(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
