//! Attempts to reach an endpoint: curl, nc, Test-NetConnection
//!
//! ```text
//! curl: (28) Failed to connect to mcr.microsoft.com port 443 after 130000 ms: Connection timed out
//! nc: connect to contoso.azurecr.io port 443 (tcp) failed: Connection refused
//! Connection to contoso.azurecr.io 443 port [tcp/https] succeeded!
//! HTTP/1.1 401 Unauthorized
//! ```
//!
//! One `connectivity_probe` per sentence; `Test-NetConnection` prints a list, which is one probe. A name that
//! could not be resolved is a failed probe too. Below a command of curl the status line of an answer says that the
//! host was reached, whatever the status; the headers below it are used, the rest of the answer is left alone.
//!
//! QUIRKS: the sentences carry host and port in words that changed over the versions; the port of curl is taken
//! from the sentence, else it stays open.

use kubetriage_model::ConnectivityProbe;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "connectivity", claim, parse };

/// Most lines of the list of `Test-NetConnection`.
const LIST: usize = 16;

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    if probe(first.text).is_some() {
        return Some(1);
    }
    if answered(first.text, context).is_some() {
        return Some(1 + lines.iter().skip(1).take_while(|line| is_header(line.text)).count());
    }
    let list = lines.iter().take(LIST).take_while(|line| pair(line.text).is_some()).count();
    (pair(first.text)?.0 == "ComputerName" && tested(lines.get(..list)?).is_some()).then_some(list)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let first = lines.first();
    let found = first.and_then(|line| probe(line.text).or_else(|| answered(line.text, context)));
    let Some(mut found) = found.or_else(|| tested(lines)) else { return };
    out.used(lines);
    let inside = context.command.is_some_and(|command| {
        command.tool == "kubectl" && matches!(command.verb.as_str(), "exec" | "run" | "debug")
    });
    found.vantage = inside.then(|| "cluster".to_owned());
    out.event(lines, found);
}

/// Reads one sentence of curl or nc.
fn probe(text: &str) -> Option<ConnectivityProbe> {
    let text = text.trim();
    match text.bytes().next()? {
        b'c' => text.strip_prefix("curl: (").and_then(|rest| curl(text, rest)),
        b'n' => text.strip_prefix("nc: ").and_then(|rest| nc(text, rest)),
        b'C' => succeeded(text),
        _ => None,
    }
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
        return target.contains("failed: ").then(|| failed("nc", host, port, text));
    }
    let (host, rest) = rest.split_once(" (")?;
    let (address, _) = rest.split_once("): ")?;
    let port = address.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    Some(failed("nc", Some(host.to_owned()), port, text))
}

/// `Connection to contoso.azurecr.io 443 port [tcp/https] succeeded!`
fn succeeded(text: &str) -> Option<ConnectivityProbe> {
    let rest = text.strip_prefix("Connection to ").filter(|rest| rest.ends_with("succeeded!"))?;
    let mut words = rest.split_whitespace();
    let host = words.next().map(str::to_owned);
    let port = words.find_map(|word| word.parse().ok());
    let result = Some("ok".to_owned());
    Some(ConnectivityProbe { result, ..failed("nc", host, port, text) })
}

/// answer = [`< `] `HTTP/` version ` ` status …, below `curl … URL`
fn answered(text: &str, context: &Context<'_>) -> Option<ConnectivityProbe> {
    let rest = text.trim_start_matches("< ").strip_prefix("HTTP/")?;
    let status = rest.split_whitespace().nth(1)?.parse().ok()?;
    let command = context.command?;
    let asks = command.tool == "curl" || command.inner.first().is_some_and(|word| word == "curl");
    let mut words = command.line.split_whitespace().filter(|_| asks);
    let url = words.find_map(|word| {
        let word = word.trim_matches(['\'', '"']);
        word.split_once("://").map(|(_, rest)| (word, rest))
    });
    let (url, rest) = url?;
    let host = rest.split(['/', '?']).next()?.rsplit('@').next()?;
    let (host, port) =
        host.split_once(':').map_or((host, None), |(host, port)| (host, port.parse().ok()));
    Some(ConnectivityProbe {
        url: Some(url.to_owned()),
        result: Some("ok".to_owned()),
        http_status: Some(status),
        ..failed("curl", Some(host.to_owned()), port, text)
    })
}

/// header = [`< `] name `: ` value, of an answer
fn is_header(text: &str) -> bool {
    let name = text.trim_start_matches("< ").split_once(": ").map(|(name, _)| name);
    name.is_some_and(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

fn failed(tool: &str, host: Option<String>, port: Option<i64>, text: &str) -> ConnectivityProbe {
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
fn word_behind(text: &str, markers: &[&str]) -> Option<String> {
    let rest = markers.iter().find_map(|marker| text.split_once(marker).map(|(_, rest)| rest))?;
    let word = rest.split_whitespace().next()?.trim_end_matches([':', ',', ';']);
    (!word.is_empty()).then(|| word.to_owned())
}

/// Reads `Key : value` of the list of `Test-NetConnection`.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let key = key.trim();
    let known = [
        "ComputerName",
        "RemoteAddress",
        "RemotePort",
        "InterfaceAlias",
        "SourceAddress",
        "TcpTestSucceeded",
        "PingSucceeded",
        "PingReplyDetails (RTT)",
    ];
    known.contains(&key).then_some((key, value.trim()))
}

/// Reads the list of `Test-NetConnection`.
fn tested(lines: &[Line<'_>]) -> Option<ConnectivityProbe> {
    let value = |key: &str| {
        lines
            .iter()
            .filter_map(|line| pair(line.text))
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    };
    let worked = value("TcpTestSucceeded")?.eq_ignore_ascii_case("true");
    let host = value("ComputerName").map(str::to_owned);
    let port = value("RemotePort").and_then(|port| port.parse().ok());
    let result = Some(if worked { "ok" } else { "failed" }.to_owned());
    Some(ConnectivityProbe {
        result,
        message: None,
        ..failed("Test-NetConnection", host, port, "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let got = probe(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(got.host.unwrap_or_default(), host, "{text}");
            assert_eq!((got.port, got.result.as_deref()), (port, Some(result)), "{text}");
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
