//! Lines in which BIND's and BusyBox's tools say that a server gave no answer at all.

use super::name::address;
use super::{TIMEOUT, UNREACHABLE};

/// A transport failure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Transport {
    /// `TIMEOUT` or `UNREACHABLE`.
    pub(crate) status: &'static str,
    /// The server, when the line names it.
    pub(crate) server: Option<String>,
    /// True for the line that gives up, false for one failed try.
    pub(crate) last: bool,
}

/// Reads `;; communications error to 10.0.0.99#53: timed out`, `;; connection timed out; no servers could
/// be reached`, `;; UDP setup with 10.0.0.99#53(10.0.0.99) for x failed: network unreachable.` and their kin.
pub(crate) fn transport(text: &str) -> Option<Transport> {
    let said = text.trim().strip_prefix(";;")?.trim_start();
    let last = said.contains("no servers could be reached");
    if let Some(rest) = ["communications error to ", "UDP setup with ", "TCP setup with "]
        .iter()
        .find_map(|start| said.strip_prefix(start))
    {
        let server = rest.split([':', '(', ' ']).next().and_then(address);
        let server = server.or_else(|| rest.split([' ', '(']).next().and_then(with_colon));
        return Some(Transport { status: status_of(said), server, last });
    }
    if let Some(rest) = said.strip_prefix("Connection to ") {
        let server = rest.split(['(', ' ']).next().and_then(address);
        return Some(Transport { status: status_of(said), server, last });
    }
    let times_out = said.starts_with("connection timed out") || said.starts_with("no servers");
    (times_out && last).then_some(Transport { status: TIMEOUT, server: None, last })
}

/// An IPv6 server has colons of its own: `fd00::a#53:`.
fn with_colon(text: &str) -> Option<String> {
    address(text.trim_end_matches(':'))
}

fn status_of(said: &str) -> &'static str {
    if said.contains("timed out") { TIMEOUT } else { UNREACHABLE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_name_their_kind_and_server() {
        for (text, status, server, last) in [
            (";; communications error to 10.0.0.99#53: timed out", TIMEOUT, "10.0.0.99", false),
            (
                ";; communications error to 10.0.0.99#53: connection refused",
                UNREACHABLE,
                "10.0.0.99",
                false,
            ),
            (";; communications error to fd00::a#53: timed out", TIMEOUT, "fd00::a", false),
            (
                ";; UDP setup with 10.0.0.99#53(10.0.0.99) for a.example.com failed: network unreachable.",
                UNREACHABLE,
                "10.0.0.99",
                false,
            ),
            (
                ";; Connection to 10.0.0.99#53(10.0.0.99) for a.example.com failed: connection refused.",
                UNREACHABLE,
                "10.0.0.99",
                false,
            ),
            (";; connection timed out; no servers could be reached", TIMEOUT, "", true),
            (";; no servers could be reached", TIMEOUT, "", true),
        ] {
            let got = transport(text).unwrap();
            assert_eq!((got.status, got.last), (status, last), "{text}");
            assert_eq!(got.server.unwrap_or_default(), server, "{text}");
        }
        for text in [";; Got answer:", "; <<>> DiG", "", ";; SERVER: 10.0.0.10#53(10.0.0.10) (UDP)"]
        {
            assert_eq!(transport(text), None, "{text}");
        }
    }
}
