//! The list that `Test-NetConnection` prints.

use kubetriage_model::ConnectivityProbe;

use super::sentence::failed;
use crate::text::Line;

/// Reads `Key : value` of the list of `Test-NetConnection`.
pub(super) fn pair(text: &str) -> Option<(&str, &str)> {
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
pub(super) fn tested(lines: &[Line<'_>]) -> Option<ConnectivityProbe> {
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
