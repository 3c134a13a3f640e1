//! Attempts to reach an endpoint: curl, wget, ping, nc, telnet, openssl, Test-NetConnection, the HTTP library of Python
//!
//! ```text
//! curl: (28) Failed to connect to mcr.microsoft.com port 443 after 130000 ms: Connection timed out
//! nc: connect to contoso.azurecr.io port 443 (tcp) failed: Connection refused
//! Connection to contoso.azurecr.io 443 port [tcp/https] succeeded!
//! Verify return code: 19 (self-signed certificate in certificate chain)
//! ```
//!
//! One `connectivity_probe` per sentence; what curl tells of a connection (`-v`, `-I`), a session of `openssl s_client`
//! and the list of `Test-NetConnection` are one probe each. A name that could not be resolved is a failed probe too,
//! and so is a certificate that nobody trusts: whoever pulls through it fails as well. An answer of HTTP, whatever its
//! status, is an endpoint that was reached.
//!
//! QUIRKS: the sentences carry host and port in words that changed over the versions; what they leave out is taken from
//! the command above them, else it stays open.

mod asked;
mod sentence;
mod tls;
mod verbose;
mod windows;

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
    if sentence::probe(first.text).is_some() {
        return Some(sentence::length(lines));
    }
    if let Some(length) = verbose::length(lines, context).or_else(|| tls::length(lines)) {
        return Some(length);
    }
    let list =
        lines.iter().take(LIST).take_while(|line| windows::pair(line.text).is_some()).count();
    let named = windows::pair(first.text)?.0 == "ComputerName";
    (named && windows::tested(lines.get(..list)?).is_some()).then_some(list)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let sentence = || lines.first().and_then(|line| Some((*line, sentence::probe(line.text)?)));
    let told = sentence()
        .or_else(|| verbose::read(lines))
        .or_else(|| tls::read(lines))
        .or_else(|| Some((*lines.first()?, windows::tested(lines)?)));
    let Some((line, found)) = told else { return };
    let whole = found.tool.as_deref() == Some("Test-NetConnection");
    let found = complete(found, context);
    if whole { out.event(lines, found) } else { out.event(&[line], found) }
}

/// Adds what the command above tells: host and port, and where the attempt was made.
fn complete(mut probe: ConnectivityProbe, context: &Context<'_>) -> ConnectivityProbe {
    let inside = context.command.is_some_and(|command| {
        command.tool == "kubectl" && matches!(command.verb.as_str(), "exec" | "run" | "debug")
    });
    probe.vantage = inside.then(|| "cluster".to_owned());
    if let Some(asked) = asked::target(context) {
        probe.url = probe.url.or(asked.url);
        probe.host.get_or_insert(asked.host);
        probe.port = probe.port.or(asked.port);
    }
    probe
}
