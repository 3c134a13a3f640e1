//! The question that a command line asks.

use kubetriage_model::Command;

use super::name::{address, host_name};
use crate::context::Context;

/// What a command line asks of a DNS tool.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The name, as [`host_name`] gives it.
    pub(crate) name: Option<String>,
    /// The server, when the command names one by address.
    pub(crate) server: Option<String>,
}

/// Record types and classes, which tools take among their words.
const TYPES: &[&str] =
    &["a", "aaaa", "any", "axfr", "caa", "cname", "in", "mx", "ns", "ptr", "soa", "srv", "txt"];
/// Options of the tools that take the next word as their value.
const VALUED: &[&str] =
    &["-t", "-c", "-W", "-R", "-m", "-N", "-p", "-b", "-k", "-y", "-q", "-Type", "-Section"];

/// Returns what the section's command asks of `tool`; nothing when another tool printed the section.
pub(crate) fn asked(context: &Context<'_>, tool: &str) -> Asked {
    context.command.map(|command| read(command, tool)).unwrap_or_default()
}

fn read(command: &Command, tool: &str) -> Asked {
    let inner = command.inner.join(" ");
    let line = if inner.is_empty() { command.line.as_str() } else { inner.as_str() };
    let mut words = line.split_whitespace().map(|word| word.trim_matches(['"', '\'', '(', ')']));
    if !words.by_ref().any(|word| is_tool(word, tool)) {
        return Asked::default();
    }
    question(words.take_while(|word| !ends_command(word)), tool)
}

/// Reads the words behind the tool's own name.
pub(crate) fn question<'w>(mut words: impl Iterator<Item = &'w str>, tool: &str) -> Asked {
    let mut found = Asked::default();
    let mut place = u32::from(tool != "getent");
    while let Some(typed) = words.next() {
        let word = typed.trim_end_matches([';', ',']);
        if let Some(server) = word.strip_prefix('@') {
            found.server = address(server);
        } else if word.eq_ignore_ascii_case("-server") {
            found.server = words.next().and_then(address);
        } else if VALUED.contains(&word) {
            words.next();
        } else if !word.starts_with(['-', '+']) && !TYPES.contains(&word.to_lowercase().as_str()) {
            match place {
                1 => found.name = host_name(word),
                2 if found.server.is_none() => found.server = address(word),
                _ => {}
            }
            place += 1;
        }
        if typed.ends_with(';') {
            break;
        }
    }
    found
}

/// True when `word` calls `tool`, with or without a path and `.exe`.
fn is_tool(word: &str, tool: &str) -> bool {
    let base = word.rsplit(['/', '\\']).next().unwrap_or(word).to_lowercase();
    base.strip_suffix(".exe").unwrap_or(&base) == tool
}

fn ends_command(word: &str) -> bool {
    word.starts_with(['|', '>', '&', ';', '<']) && !word.contains('.') || word.starts_with("2>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_of_command_lines() {
        for (tool, line, name, server) in [
            ("nslookup", "nslookup mcr.example.com", "mcr.example.com", ""),
            (
                "nslookup",
                "busybox nslookup -type=AAAA Mcr.Example.com. 10.0.0.10",
                "mcr.example.com",
                "10.0.0.10",
            ),
            (
                "nslookup",
                "kubectl exec web -- nslookup a.example.com | tail -n 2",
                "a.example.com",
                "",
            ),
            (
                "nslookup",
                "kubectl exec web -- sh -c 'nslookup a.example.com; date'",
                "a.example.com",
                "",
            ),
            (
                "nslookup",
                "C:\\Windows\\System32\\nslookup.exe <region>.dp.example.com",
                "<region>.dp.example.com",
                "",
            ),
            ("dig", "dig +short @10.0.0.99 AAAA a.example.com", "a.example.com", "10.0.0.99"),
            ("dig", "dig a.example.com -t txt +time=2", "a.example.com", ""),
            ("host", "host -W 2 -t A a.example.com 10.0.0.99", "a.example.com", "10.0.0.99"),
            ("getent", "getent ahosts a.example.com", "a.example.com", ""),
            (
                "resolve-dnsname",
                "Resolve-DnsName -Name a.example.com -Type A -Server 10.0.0.10",
                "a.example.com",
                "10.0.0.10",
            ),
            ("nslookup", "cat nslookup.txt", "", ""),
            ("nslookup", "for h in a b; do nslookup $h; done", "", ""),
        ] {
            let command = Command { line: line.to_owned(), ..Command::default() };
            let got = read(&command, tool);
            assert_eq!(got.name.unwrap_or_default(), name, "{line}");
            assert_eq!(got.server.unwrap_or_default(), server, "{line}");
        }
    }
}
