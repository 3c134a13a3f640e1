//! The sentences in which nslookup says that a lookup failed, in every language.

use crate::prim::dns::{NODATA, NXDOMAIN, REFUSED, SERVFAIL, TIMEOUT, UNREACHABLE, host_name};

/// A failed lookup, or a failed try.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// The name, when the sentence names it.
    pub(super) name: Option<String>,
    /// Status word; absent when the tool does not say why.
    pub(super) status: Option<String>,
    /// True when only Windows prints the sentence.
    pub(super) windows: bool,
    /// True when another try may follow (`;; Got SERVFAIL reply from …`, `DNS request timed out.`).
    pub(super) passing: bool,
}

/// Ends of Windows sentences; they stay English in every language.
const TAILS: &[(&str, &str)] = &[
    ("Non-existent domain", NXDOMAIN),
    ("Server failed", SERVFAIL),
    ("Query refused", REFUSED),
    ("No response from server", TIMEOUT),
    ("Unspecified error", SERVFAIL),
    ("Timed out", TIMEOUT),
    ("Format error", "FORMERR"),
    ("Not implemented", "NOTIMP"),
];
/// Pieces of Windows sentences about a request that timed out; accents are left out, code pages spoil them.
const LATE: &[&str] = &[
    "timed-out",
    "timed out",
    "berschreitung",
    "tiempo de espera",
    "scadut",
    "timeout",
    "lai d",
    "expir",
];

/// Reads one line without blanks at its ends.
pub(super) fn read(text: &str) -> Option<Failure> {
    match text.bytes().next()? {
        b'*' => starred(text),
        b';' => got_reply(text),
        b'n' => own_error(text),
        b'D' | b't' => late_request(text),
        _ => None,
    }
}

/// `** server can't find x: NXDOMAIN`, `*** Can't find x: No answer`, and everything Windows says behind `***`.
fn starred(text: &str) -> Option<Failure> {
    if let Some(rest) = text.strip_prefix("** server can't find ") {
        // What was joined to the line behind the status may hold colons too.
        let (name, status) = rest.split_once(": ")?;
        let status = status.split_whitespace().next().map(str::to_owned);
        return Some(Failure { name: host_name(name), status, windows: false, passing: false });
    }
    let said = text.strip_prefix("*** ")?;
    if let Some(rest) = said.strip_prefix("Can't find ") {
        return unix_miss(rest);
    }
    windows(said)
}

/// `x: No answer` (the name exists, the asked type does not) and `x: Parse error` (no reason given).
fn unix_miss(rest: &str) -> Option<Failure> {
    if rest.starts_with("server name for address ") || rest.starts_with("address for server ") {
        return Some(Failure { name: None, status: None, windows: true, passing: true });
    }
    let (name, why) = rest.rsplit_once(": ")?;
    let status = (why.trim() == "No answer").then(|| NODATA.to_owned());
    Some(Failure { name: host_name(name), status, windows: false, passing: false })
}

fn windows(said: &str) -> Option<Failure> {
    let failure = |name, status: &str, passing| {
        Some(Failure { name, status: Some(status.to_owned()), windows: true, passing })
    };
    let plain = said.trim_end_matches('.');
    if let Some((status, front)) =
        TAILS.iter().find_map(|(tail, status)| Some((*status, plain.strip_suffix(tail)?)))
    {
        return failure(missed(front), status, false);
    }
    if said.starts_with("Default servers are not available") {
        return failure(None, UNREACHABLE, true);
    }
    if let Some((_, name)) = plain.split_once("records available for ") {
        return failure(host_name(name), NODATA, false);
    }
    if LATE.iter().any(|piece| said.contains(piece)) {
        return failure(None, TIMEOUT, false);
    }
    None
}

/// Returns the name in `UnKnown can't find x: `, `UnKnown wurde x nicht gefunden: ` and the like.
fn missed(front: &str) -> Option<String> {
    let front = front.trim_end_matches([' ', ':', '\u{a0}']);
    match front.split_once(" wurde ") {
        Some((_, rest)) => rest.split_whitespace().next().and_then(host_name),
        None => front.split_whitespace().last().and_then(host_name),
    }
}

/// `;; Got SERVFAIL reply from 10.0.0.10[, trying next server]`.
fn got_reply(text: &str) -> Option<Failure> {
    let (status, _) = text.strip_prefix(";; Got ")?.split_once(" reply from ")?;
    let status = Some(status.to_owned());
    Some(Failure { name: None, status, windows: false, passing: true })
}

/// `nslookup: can't resolve 'x'[: Name does not resolve]` of old BusyBox, which gives no reason: NXDOMAIN is
/// what musl's sentence means, without it the reason stays open.
fn own_error(text: &str) -> Option<Failure> {
    let said = text.strip_prefix("nslookup: ")?;
    if let Some(rest) = said.strip_prefix("can't resolve '") {
        let (name, why) = rest.split_once('\'')?;
        if name == "(null)" {
            return Some(Failure { name: None, status: None, windows: false, passing: true });
        }
        let status = match why.trim_start_matches([':', ' ']) {
            "Name does not resolve" | "Name or service not known" => Some(NXDOMAIN.to_owned()),
            "Try again" | "Temporary failure in name resolution" => Some(TIMEOUT.to_owned()),
            _ => None,
        };
        return Some(Failure { name: host_name(name), status, windows: false, passing: false });
    }
    if said.contains("no route to host")
        || said.contains("Network unreachable")
        || said.contains("Connection refused")
    {
        let status = Some(UNREACHABLE.to_owned());
        return Some(Failure { name: None, status, windows: false, passing: false });
    }
    let about_server = said.starts_with("couldn't get address for");
    about_server.then_some(Failure { name: None, status: None, windows: false, passing: true })
}

/// `DNS request timed out.` and `timeout was 2 seconds.`
fn late_request(text: &str) -> Option<Failure> {
    let late = text.starts_with("DNS request timed out")
        || (text.starts_with("timeout was ") && text.ends_with("seconds."));
    let status = Some(TIMEOUT.to_owned());
    late.then_some(Failure { name: None, status, windows: true, passing: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_all_languages() {
        for (text, name, status) in [
            ("** server can't find a.example.com: NXDOMAIN", "a.example.com", "NXDOMAIN"),
            ("** server can't find a.example.com: SERVFAIL", "a.example.com", "SERVFAIL"),
            ("*** Can't find a.example.com: No answer", "a.example.com", "NODATA"),
            ("*** Can't find a.example.com: Parse error", "a.example.com", ""),
            (
                "*** UnKnown can't find a.example.com: Non-existent domain",
                "a.example.com",
                "NXDOMAIN",
            ),
            (
                "*** dc1.contoso.local can't find a.example.com: Server failed",
                "a.example.com",
                "SERVFAIL",
            ),
            ("*** UnKnown can't find a.example.com: Query refused", "a.example.com", "REFUSED"),
            (
                "*** UnKnown wurde a.example.com nicht gefunden: Non-existent domain.",
                "a.example.com",
                "NXDOMAIN",
            ),
            (
                "*** UnKnown ne parvient pas à trouver a.example.com : Non-existent domain",
                "a.example.com",
                "NXDOMAIN",
            ),
            (
                "*** UnKnown no encuentra a.example.com: Non-existent domain",
                "a.example.com",
                "NXDOMAIN",
            ),
            ("*** Request to UnKnown timed-out", "", "TIMEOUT"),
            ("*** Zeitüberschreitung bei Anforderung an UnKnown.", "", "TIMEOUT"),
            ("*** Se agotó el tiempo de espera de la solicitud a UnKnown.", "", "TIMEOUT"),
            ("*** Can't find server name for address 10.0.0.10: Non-existent domain", "", ""),
            ("nslookup: can't resolve 'a.example.com'", "a.example.com", ""),
            (
                "nslookup: can't resolve 'a.example.com': Name does not resolve",
                "a.example.com",
                "NXDOMAIN",
            ),
            (";; Got SERVFAIL reply from 10.0.0.10, trying next server", "", "SERVFAIL"),
            ("DNS request timed out.", "", "TIMEOUT"),
        ] {
            let got = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(got.name.unwrap_or_default(), name, "{text}");
            assert_eq!(got.status.unwrap_or_default(), status, "{text}");
        }
        for text in ["*** important ***", ";; Got answer:", "note", "", "Deployment"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
