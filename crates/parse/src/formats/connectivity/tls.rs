//! A session of `openssl s_client`: was the endpoint reached, and does anybody trust its certificate.

use kubetriage_model::ConnectivityProbe;

use super::sentence::failed;
use crate::text::Line;

/// Most lines of a session: a chain of certificates in PEM among them.
const LONGEST: usize = 400;

/// Returns the length of the session that starts at the first line.
pub(super) fn length(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text;
    if is_failure(first) {
        let more = lines.iter().take(LONGEST).take_while(|line| is_failure(line.text)).count();
        return Some(more);
    }
    let connecting = first.starts_with("Connecting to ");
    let next = lines.get(1).map_or("", |line| line.text);
    let connected = first.starts_with("CONNECTED(") || connecting && next.starts_with("CONNECTED(");
    if !connected {
        let refused = connecting && is_failure(next);
        return refused
            .then(|| 1 + lines.iter().skip(1).take_while(|l| is_failure(l.text)).count());
    }
    let body = lines.get(..lines.len().min(LONGEST))?;
    // The last word of the session; what the server says behind it is not told.
    let verified =
        body.iter().rposition(|line| line.text.trim_start().starts_with("Verify return code:"));
    let ended = body.iter().rposition(|line| is_own(line.text));
    let end = verified.max(ended).map_or(1, |at| at + 1);
    let ruler = body.get(end).is_some_and(|line| line.text.trim() == "---");
    Some(end + usize::from(ruler))
}

/// True for a line that only such a session has.
fn is_own(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "CONNECTED(",
        "depth=",
        "verify error:",
        "verify return:",
        "SSL handshake has read",
        "No client certificate CA names sent",
        "Verification error:",
        "Verification: ",
        "New, ",
        "issuer=",
        "subject=",
        "DONE",
        "no peer certificate available",
    ];
    STARTS.iter().any(|start| text.starts_with(start)) || is_failure(text)
}

/// `40E7F7C0:error:8000006E:system library:BIO_connect:Connection timed out:…`, `connect:errno=110`
fn is_failure(text: &str) -> bool {
    text.starts_with("connect:errno=")
        || text.starts_with("write:errno=")
        || text.starts_with("connect: ") && is_reason(text)
        || (text.contains(":error:")
            && (text.contains(":BIO_") || text.contains(":SSL ") || text.contains("SSL routines")))
        || text.starts_with("BIO_lookup_ex:")
        || text.starts_with("getaddrinfo: ")
}

fn is_reason(text: &str) -> bool {
    const REASONS: &[&str] = &["refused", "timed out", "No route to host", "unreachable"];
    REASONS.iter().any(|reason| text.ends_with(reason))
}

/// Returns the probe and the line that tells how it went.
pub(super) fn read<'t>(lines: &[Line<'t>]) -> Option<(Line<'t>, ConnectivityProbe)> {
    let find = |start: &str| lines.iter().find(|line| line.text.trim_start().starts_with(start));
    let connected = find("CONNECTED(").is_some();
    if let Some(line) = lines.iter().find(|line| is_failure(line.text)) {
        return Some((*line, failed("openssl", None, None, reason(line.text))));
    }
    connected.then_some(())?;
    let verified = lines.iter().rev().find_map(|line| {
        let code = line.text.trim_start().strip_prefix("Verify return code: ")?;
        Some((line, code.starts_with("0 ")))
    });
    let (line, trusted) = verified.or_else(|| Some((find("CONNECTED(")?, false)))?;
    let issuer = find("issuer=").map(|line| format!("; {}", line.text)).unwrap_or_default();
    let told = if verified.is_some() { line.text.trim() } else { "the handshake was not finished" };
    let probe = failed("openssl", None, None, &format!("{told}{issuer}"));
    let result = if trusted { "ok" } else { "failed" };
    Some((*line, ConnectivityProbe { result: Some(result.to_owned()), ..probe }))
}

/// Returns what a line of the error stack says, without its place in the source.
fn reason(text: &str) -> &str {
    if !text.contains(":error:") {
        return text.trim();
    }
    let said = text.split(':').find(|part| {
        part.contains(' ') && part.trim() != "system library" && !part.ends_with("routines")
    });
    said.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(text: &str) -> Option<(String, String)> {
        let lines: Vec<_> = (1..)
            .zip(text.lines())
            .map(|(number, text)| Line { text, number, offset: 0 })
            .collect();
        assert_eq!(length(&lines), Some(lines.len()), "{text}");
        let probe = read(&lines)?.1;
        Some((probe.result.unwrap_or_default(), probe.message.unwrap_or_default()))
    }

    #[test]
    fn sessions_tell_reach_and_trust() {
        for (text, result, message) in [
            (
                "CONNECTED(00000003)\nverify error:num=20:unable to get local issuer certificate\n---\nissuer=CN = Inspection\n---\n\
                 Verify return code: 20 (unable to get local issuer certificate)",
                "failed",
                "Verify return code: 20 (unable to get local issuer certificate); issuer=CN = Inspection",
            ),
            (
                "CONNECTED(00000003)\n---\n    Verify return code: 0 (ok)",
                "ok",
                "Verify return code: 0 (ok)",
            ),
            (
                "connect: Connection refused\nconnect:errno=111",
                "failed",
                "connect: Connection refused",
            ),
            (
                "40E7:error:8000006E:system library:BIO_connect:Connection timed out:../crypto/bio/bio_sock2.c:114:calling connect()\n\
                 40E7:error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:116:\nconnect:errno=110",
                "failed",
                "Connection timed out",
            ),
        ] {
            assert_eq!(session(text), Some((result.to_owned(), message.to_owned())), "{text}");
        }
        assert_eq!(length(&[Line { text: "Connecting to database", number: 1, offset: 0 }]), None);
    }
}
