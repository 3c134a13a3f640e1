//! Errors of container tools: docker, crictl, ctr, nerdctl, podman
//!
//! ```text
//! Error response from daemon: Get "https://contoso.azurecr.io/v2/": unauthorized: authentication required
//! E1121 10:00:00.000000    1234 remote_image.go:180] "PullImage from image service failed" err="…"
//! FATA[0000] pulling image: failed to pull and unpack image "contoso.azurecr.io/web:v1": …: not found
//! ctr: failed to resolve reference "contoso.azurecr.io/web:v1": contoso.azurecr.io/web:v1: not found
//! Error: initializing source docker://contoso.azurecr.io/web:v1: reading manifest v1 in …: manifest unknown
//! ```
//!
//! Each line becomes one `cli_error` with the name of the tool; the log line of crictl is left to the log format.
//! The last line of a pull that worked (`Status: Downloaded newer image for …`) is a probe of the registry.
//! Progress (`v1: Pulling from web`) is left alone. What a registry's firewall answers (`denied: client with
//! IP '…' is not allowed access. …`) is docker's too: only its clients print it at the start of a line.
//!
//! QUIRKS: older clients of docker print `error: ` or `Error: ` in front; nerdctl prints `time="…" level=fatal
//! msg="…"`, which is a log line.

use kubetriage_model::{CliError, ConnectivityProbe};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "container_tool", claim, parse };

/// How an error starts, and the tool that prints it.
const STARTS: &[(&str, &str)] = &[
    ("Error response from daemon: ", "docker"),
    ("error during connect: ", "docker"),
    ("error pulling image configuration: ", "docker"),
    ("ctr: failed to ", "ctr"),
    ("Error: initializing source docker://", "podman"),
    ("Error: unable to copy from source docker://", "podman"),
];

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let text = lines.first()?.text;
    (error(text).is_some() || pulled(text).is_some()).then_some(1)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if let Some(probe) = lines.first().and_then(|line| pulled(line.text)) {
        out.event(lines, probe);
        return;
    }
    let Some((tool, message)) = lines.first().and_then(|line| error(line.text)) else { return };
    let command = context.command.filter(|command| command.tool == tool);
    out.event(
        lines,
        CliError {
            tool: Some(tool.to_owned()),
            message: Some(message.to_owned()),
            operation: command.map(|command| command.verb.clone()).filter(|verb| !verb.is_empty()),
            ..CliError::default()
        },
    );
}

/// Returns what a pull that worked says of the registry; one of Docker Hub names no host.
fn pulled(text: &str) -> Option<ConnectivityProbe> {
    let status = text.trim().strip_prefix("Status: ")?;
    let known = ["Downloaded newer image for ", "Image is up to date for "];
    let image = known.iter().find_map(|start| status.strip_prefix(start))?;
    let (host, _) = image.split_once('/').filter(|(host, _)| host.contains(['.', ':']))?;
    Some(ConnectivityProbe {
        tool: Some("docker".to_owned()),
        host: Some(host.to_lowercase()),
        result: Some("ok".to_owned()),
        message: Some(text.trim().to_owned()),
        ..ConnectivityProbe::default()
    })
}

/// Returns the tool and the message of an error.
fn error(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim();
    let bare = ["Error: ", "error: ", "ERROR: "].iter().find_map(|word| text.strip_prefix(word));
    for text in [Some(text), bare].into_iter().flatten() {
        let known = STARTS.iter().find(|(start, _)| text.starts_with(start));
        if let Some((_, tool)) = known {
            return Some((tool, text));
        }
    }
    if text.starts_with("denied: client with IP '") {
        return Some(("docker", text));
    }
    let fatal = text.strip_prefix("FATA[")?.split_once("] ")?.1.trim_start();
    let told = fatal.strip_prefix("pulling image")?;
    // Behind a colon stands the error of the runtime, which names the image itself.
    let inner = told.strip_prefix(": ").filter(|inner| inner.contains("image \""));
    Some(("crictl", inner.unwrap_or(fatal)))
}

#[cfg(test)]
mod tests {
    use super::error;

    #[test]
    fn a_pull_that_worked_reached_the_registry() {
        let host = |text: &str| pulled(text).and_then(|probe| probe.host);
        let newer = "Status: Downloaded newer image for contoso.azurecr.io/web:1.2";
        assert_eq!(host(newer).as_deref(), Some("contoso.azurecr.io"));
        assert_eq!(host("Status: Image is up to date for nginx:latest"), None);
        assert_eq!(host("Status: Running"), None);
    }

    #[test]
    fn errors_are_known_by_their_start() {
        for (line, tool) in [
            ("Error response from daemon: unauthorized: authentication required", Some("docker")),
            ("ERROR: Error response from daemon: no such host", Some("docker")),
            ("FATA[0002] pulling image: not found", Some("crictl")),
            ("ctr: failed to resolve reference \"contoso.azurecr.io/web:v1\"", Some("ctr")),
            ("Error: initializing source docker://contoso.azurecr.io/web:v1: x", Some("podman")),
            ("denied: client with IP '20.51.14.72' is not allowed access.", Some("docker")),
            ("v1: Pulling from web", None),
            ("FATA[0002] listing containers: x", None),
            ("Error: INSTALLATION FAILED: Error response from daemon", None),
        ] {
            assert_eq!(error(line).map(|(tool, _)| tool), tool, "{line}");
        }
    }
}
