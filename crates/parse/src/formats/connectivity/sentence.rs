//! One sentence in which a tool says how its attempt went.

use kubetriage_model::ConnectivityProbe;

use crate::text::Line;

/// What curl advises behind an error of a certificate.
const ADVICE: &[&str] = &[
    "More details here: https://curl.",
    "curl failed to verify the legitimacy",
    "establish a secure connection to it",
    "how to fix it, please visit",
];

/// Returns the number of lines of the sentence that stands on the first line: advice behind it belongs to it.
pub(super) fn length(lines: &[Line<'_>]) -> usize {
    let advice = |line: &Line<'_>| ADVICE.iter().any(|start| line.text.starts_with(start));
    let behind = lines.iter().skip(1).take(2 * ADVICE.len());
    let more = behind.take_while(|line| line.is_blank() || advice(line));
    let last = more.enumerate().filter(|(_, line)| advice(line)).last();
    last.map_or(1, |(at, _)| at + 2)
}

/// Reads one sentence of curl, nc, wget or telnet.
pub(super) fn probe(text: &str) -> Option<ConnectivityProbe> {
    let text = text.trim();
    if text.ends_with(" open") {
        return open(text);
    }
    if let Some(rest) = python(text) {
        return pool(text, rest);
    }
    match text.bytes().next()? {
        b'c' => text.strip_prefix("curl: (").and_then(|rest| curl(text, rest)),
        b'n' => text.strip_prefix("nc: ").and_then(|rest| nc(text, rest)),
        b'N' => text.strip_prefix("Ncat: ").and_then(|rest| ncat(text, rest)),
        b't' => text.strip_prefix("telnet: ").and_then(|rest| telnet(text, rest)),
        b'w' => text.strip_prefix("wget: ").and_then(|rest| wget(text, rest)),
        b'C' if text.contains("... failed: ") => gnu(text),
        b'C' => succeeded(text),
        b'E' => unverified(text),
        b'p' | b'P' => ping(text),
        _ => None,
    }
}

/// Returns what stands behind the start of an error of Python's HTTP library.
fn python(text: &str) -> Option<&str> {
    let text =
        ["ERROR: ", "Error: "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.split_once("Error detail: ").map_or(text, |(_, detail)| detail);
    text.strip_prefix("HTTPSConnectionPool(host='")
}

/// pool = host `', port=` port `): ` trouble
fn pool(text: &str, rest: &str) -> Option<ConnectivityProbe> {
    let (host, rest) = rest.split_once("', port=")?;
    let (port, _) = rest.split_once(')')?;
    Some(failed("python", Some(host.to_owned()), port.parse().ok(), text))
}

/// GNU wget: `Connecting to ` host ` (` name `)|` address `|:` port `... failed: ` reason
fn gnu(text: &str) -> Option<ConnectivityProbe> {
    let rest = text.strip_prefix("Connecting to ")?;
    let (host, rest) = rest.split_once(' ')?;
    let (_, rest) = rest.split_once("|:")?;
    let port = rest.split("...").next().and_then(|port| port.parse().ok());
    Some(failed("wget", Some(host.to_owned()), port, text))
}

/// GNU wget: `ERROR: cannot verify ` host `'s certificate, issued by ` name
fn unverified(text: &str) -> Option<ConnectivityProbe> {
    let rest = text.strip_prefix("ERROR: cannot verify ")?;
    let (host, _) = rest.split_once("'s certificate")?;
    Some(failed("wget", Some(host.to_owned()), None, text))
}

/// ping = `ping: bad address '` host `'` | `ping: ` host `: ` why the name is not known | the sentence of Windows
fn ping(text: &str) -> Option<ConnectivityProbe> {
    const WHY: &[&str] =
        &["Temporary failure in name resolution", "Name or service not known", "Unknown host"];
    let told = if let Some(rest) = text.strip_prefix("Ping request could not find host ") {
        rest.split(". ").next()
    } else {
        let rest = text.strip_prefix("ping: ")?;
        let bad = rest.strip_prefix("bad address '").and_then(|rest| rest.strip_suffix('\''));
        bad.or_else(|| {
            let (host, why) =
                rest.strip_prefix("cannot resolve ").unwrap_or(rest).split_once(": ")?;
            WHY.iter().any(|known| why.starts_with(known)).then_some(host)
        })
    };
    let host = told.filter(|host| !host.contains(' '))?;
    Some(failed("ping", Some(host.to_owned()), None, text))
}

/// curl = `curl: (` code `) ` sentence
fn curl(text: &str, rest: &str) -> Option<ConnectivityProbe> {
    let (code, sentence) = rest.split_once(") ")?;
    code.parse::<u32>().ok()?;
    let host = word_behind(
        sentence,
        &["Failed to connect to ", "Could not resolve host: ", "Could not connect to "],
    );
    let port = word_behind(sentence, &[" port "]).and_then(|port| port.parse().ok());
    Some(failed("curl", host, port, text))
}

/// nc = `nc: connect to ` host ` port ` port ` (tcp) failed: ` reason | `nc: ` host ` (` address `:` port `): ` reason
fn nc(text: &str, rest: &str) -> Option<ConnectivityProbe> {
    if let Some(target) = rest.strip_prefix("connect to ") {
        let host = target.split(' ').next().map(str::to_owned);
        let port = word_behind(target, &[" port "]).and_then(|port| port.parse().ok());
        let ended = ["failed: ", "timed out"].iter().any(|words| target.contains(words));
        return ended.then(|| failed("nc", host, port, text));
    }
    if let Some(target) = rest.strip_prefix("getaddrinfo for host \"") {
        let (host, behind) = target.split_once('"')?;
        let port = word_behind(behind, &[" port "]).and_then(|port| port.parse().ok());
        return Some(failed("nc", Some(host.to_owned()), port, text));
    }
    if let Some(host) = rest.strip_prefix("bad address '") {
        return Some(failed("nc", host.split('\'').next().map(str::to_owned), None, text));
    }
    let (host, rest) = rest.split_once(" (")?;
    let (address, _) = rest.split_once("): ")?;
    let port = address.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    Some(failed("nc", Some(host.to_owned()), port, text))
}

/// Why ncat gives up.
const NCAT: &[&str] =
    &["Connection refused", "TIMEOUT", "Connection timed out", "No route to host"];
/// Why wget gives up.
const WGET: &[&str] = &[
    "can't connect to remote host",
    "download timed out",
    "unable to resolve host address",
    "error getting response",
    "TLS error",
];

/// ncat = `Ncat: Connected to ` address `:` port `.` | `Ncat: ` reason `.`
fn ncat(text: &str, rest: &str) -> Option<ConnectivityProbe> {
    if let Some(target) = rest.strip_prefix("Connected to ") {
        let (host, port) = target.trim_end_matches('.').rsplit_once(':')?;
        return Some(reached("nc", Some(host.to_owned()), port.parse().ok(), text));
    }
    let known = NCAT.iter().any(|reason| rest.starts_with(reason))
        || rest.starts_with("Could not resolve hostname");
    known.then(|| {
        failed(
            "nc",
            word_behind(rest, &["resolve hostname "]).map(|word| unquoted(&word)),
            None,
            text,
        )
    })
}

/// telnet = `telnet: Unable to connect to remote host: ` reason | `telnet: ` host `: ` reason
fn telnet(text: &str, rest: &str) -> Option<ConnectivityProbe> {
    let known =
        ["Unable to connect", "could not resolve", "can't connect", "bad address", "not known"];
    known.iter().any(|words| rest.contains(words)).then(|| failed("telnet", None, None, text))
}

/// wget = `wget: ` trouble, of `BusyBox` and GNU
fn wget(text: &str, rest: &str) -> Option<ConnectivityProbe> {
    if let Some(answer) = rest.strip_prefix("server returned error: HTTP/") {
        let status = answer.split_whitespace().nth(1).and_then(|code| code.parse().ok());
        return Some(ConnectivityProbe {
            http_status: status,
            ..reached("wget", None, None, text)
        });
    }
    if let Some(host) = rest.strip_prefix("bad address '") {
        return Some(failed("wget", host.split('\'').next().map(str::to_owned), None, text));
    }
    let known = WGET.iter().any(|reason| rest.starts_with(reason));
    known.then(|| {
        failed(
            "wget",
            word_behind(rest, &["host address "]).map(|word| unquoted(&word)),
            None,
            text,
        )
    })
}

/// `BusyBox`: host ` (` address `:` port `) open`; netcat: host ` [` address `] ` port ` (` service `) open`
fn open(text: &str) -> Option<ConnectivityProbe> {
    let rest = text.strip_suffix(" open")?;
    let (host, target) = rest.split_once(' ')?;
    let port = if let Some(inside) = target.strip_prefix('[') {
        inside.split_once("] ")?.1.split(' ').next()?
    } else {
        target.strip_prefix('(')?.strip_suffix(')')?.rsplit_once(':')?.1
    };
    let port = port.parse().ok()?;
    Some(reached("nc", Some(host.to_owned()), Some(port), text))
}

fn unquoted(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}

/// `Connection to contoso.azurecr.io 443 port [tcp/https] succeeded!`
fn succeeded(text: &str) -> Option<ConnectivityProbe> {
    let rest = text.strip_prefix("Connection to ").filter(|rest| rest.ends_with("succeeded!"))?;
    let mut words = rest.split_whitespace();
    let host = words.next().map(str::to_owned);
    let port = words.find_map(|word| word.parse().ok());
    Some(reached("nc", host, port, text))
}

fn reached(tool: &str, host: Option<String>, port: Option<i64>, text: &str) -> ConnectivityProbe {
    let result = Some("ok".to_owned());
    ConnectivityProbe { result, ..failed(tool, host, port, text) }
}

pub(super) fn failed(
    tool: &str,
    host: Option<String>,
    port: Option<i64>,
    text: &str,
) -> ConnectivityProbe {
    ConnectivityProbe {
        tool: Some(tool.to_owned()),
        host: host.map(|host| host.to_lowercase()),
        port,
        result: Some("failed".to_owned()),
        message: Some(text.to_owned()),
        ..ConnectivityProbe::default()
    }
}

/// Returns the word behind the first of `markers` that `text` holds, without punctuation at its end.
pub(super) fn word_behind(text: &str, markers: &[&str]) -> Option<String> {
    let rest = markers.iter().find_map(|marker| text.split_once(marker).map(|(_, rest)| rest))?;
    let word = rest.split_whitespace().next()?.trim_end_matches([':', ',', ';']);
    (!word.is_empty()).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_tells(text: &str, host: &str, port: Option<i64>, result: &str) {
        let got = probe(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(got.host.unwrap_or_default(), host, "{text}");
        assert_eq!((got.port, got.result.as_deref()), (port, Some(result)), "{text}");
    }

    #[test]
    fn other_tools_have_sentences_too() {
        for (text, host, port, result) in [
            (
                "nc: connect to mcr.contoso.com (10.1.2.3) port 443 (tcp) timed out: Operation now in progress",
                "mcr.contoso.com",
                Some(443),
                "failed",
            ),
            ("nc: bad address 'typo.azurecr.io'", "typo.azurecr.io", None, "failed"),
            ("Ncat: Connected to 10.1.2.3:443.", "10.1.2.3", Some(443), "ok"),
            ("Ncat: Connection refused.", "", None, "failed"),
            ("wget: bad address 'web.shop'", "web.shop", None, "failed"),
            ("wget: server returned error: HTTP/1.1 404 Not Found", "", None, "ok"),
            ("telnet: Unable to connect to remote host: Connection refused", "", None, "failed"),
            ("contoso.azurecr.io (10.224.1.20:443) open", "contoso.azurecr.io", Some(443), "ok"),
            (
                "contoso.azurecr.io [10.224.1.20] 443 (https) open",
                "contoso.azurecr.io",
                Some(443),
                "ok",
            ),
        ] {
            assert_tells(text, host, port, result);
        }
    }

    #[test]
    fn sentences_name_host_and_port() {
        for (text, host, port, result) in [
            (
                "curl: (28) Failed to connect to mcr.contoso.com port 443 after 130000 ms: Connection timed out",
                "mcr.contoso.com",
                Some(443),
                "failed",
            ),
            (
                "curl: (7) Failed to connect to contoso.azurecr.io port 443: Connection refused",
                "contoso.azurecr.io",
                Some(443),
                "failed",
            ),
            (
                "curl: (6) Could not resolve host: contosotypo.azurecr.io",
                "contosotypo.azurecr.io",
                None,
                "failed",
            ),
            (
                "curl: (60) SSL certificate problem: unable to get local issuer certificate",
                "",
                None,
                "failed",
            ),
            (
                "nc: connect to contoso.azurecr.io port 443 (tcp) failed: Connection refused",
                "contoso.azurecr.io",
                Some(443),
                "failed",
            ),
            (
                "nc: contoso.azurecr.io (10.224.1.20:443): Operation timed out",
                "contoso.azurecr.io",
                Some(443),
                "failed",
            ),
            (
                "Connection to contoso.azurecr.io 443 port [tcp/https] succeeded!",
                "contoso.azurecr.io",
                Some(443),
                "ok",
            ),
        ] {
            assert_tells(text, host, port, result);
        }
        for text in [
            "curl: try 'curl --help'",
            "nc: missing port",
            "Connection to 10.0.0.1 closed.",
            "configmap",
        ] {
            assert_eq!(probe(text), None, "{text}");
        }
    }
}
