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

use kubetriage_model::{CliError, Command, ConnectivityProbe};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "container_tool", claim, parse };

/// The tools whose commands are known by these words.
const TOOLS: &[&str] = &["docker", "podman", "nerdctl", "crictl"];
/// How an error starts, and the tool that prints it.
const STARTS: &[(&str, &str)] = &[
    ("Error response from daemon: ", "docker"),
    ("error during connect: ", "docker"),
    ("error pulling image configuration: ", "docker"),
    ("no matching manifest for ", "docker"),
    ("ctr: failed to ", "ctr"),
    ("Error: initializing source docker://", "podman"),
    ("Error: unable to copy from source docker://", "podman"),
];

/// How a registry's answer starts that `docker pull` and its like print without a word of their own.
const ANSWERS: &[&str] = &[
    "manifest unknown",
    "manifest for ",
    "name unknown",
    "denied: ",
    "unauthorized: ",
    "no basic auth credentials",
    "toomanyrequests: ",
    "Error writing blob",
    "Error writing manifest",
];

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let text = lines.first()?.text;
    let told = error(text).or_else(|| answer(text, context)).is_some();
    (told || pulled(text).is_some()).then_some(1)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(text) = lines.first().map(|line| line.text) else { return };
    if let Some(probe) = pulled(text) {
        out.event(lines, probe);
        return;
    }
    let Some((tool, message)) = error(text).or_else(|| answer(text, context)) else { return };
    let command = context.command.filter(|command| command.tool == tool);
    out.event(
        lines,
        CliError {
            tool: Some(tool.to_owned()),
            message: Some(message.to_owned()),
            target: command.and_then(image),
            operation: command.map(|command| command.verb.clone()).filter(|verb| !verb.is_empty()),
            ..CliError::default()
        },
    );
}

/// Reads what the registry answered to the command above.
fn answer<'t>(text: &'t str, context: &Context<'_>) -> Option<(&'static str, &'t str)> {
    let command = context.command?;
    let tool = TOOLS.iter().find(|tool| command.tool == **tool)?;
    let moves = ["pull", "push", "run", "login"].contains(&command.verb.as_str());
    let text = text.trim();
    (moves && ANSWERS.iter().any(|start| text.starts_with(start))).then_some((*tool, text))
}

/// Returns the image that a command names: its last word, if that is the name of one.
fn image(command: &Command) -> Option<String> {
    let last = command.line.split_whitespace().next_back()?;
    let named = !last.starts_with('-') && last.contains(['/', ':']);
    (["pull", "push"].contains(&command.verb.as_str()) && named).then(|| last.to_owned())
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
    let mut rest = Some(text);
    while let Some(text) = rest {
        if let Some((_, tool)) = STARTS.iter().find(|(start, _)| text.starts_with(start)) {
            return Some((tool, text));
        }
        rest = ["Error: ", "error: ", "ERROR: "].iter().find_map(|word| text.strip_prefix(word));
    }
    if text.starts_with("denied: client with IP '") {
        return Some(("docker", text));
    }
    let fatal = text.strip_prefix("FATA[")?.split_once("] ")?.1.trim_start();
    if fatal.contains("/v2/") {
        return Some(("nerdctl", fatal));
    }
    let told = fatal.strip_prefix("pulling image")?;
    // Behind a colon stands the error of the runtime, which names the image itself.
    let inner = told.strip_prefix(": ").filter(|inner| inner.contains("image \""));
    Some(("crictl", inner.unwrap_or(fatal)))
}

#[cfg(test)]
mod tests {
    use super::{error, pulled};

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
            ("Error: ERROR: Error response from daemon: toomanyrequests: x", Some("docker")),
            (
                "FATA[0008] failed to call rh.Client.Do: Get \"https://contoso.example/v2/\": x509: y",
                Some("nerdctl"),
            ),
            ("FATA[0002] listing containers: x", None),
            ("Error: INSTALLATION FAILED: Error response from daemon", None),
        ] {
            assert_eq!(error(line).map(|(tool, _)| tool), tool, "{line}");
        }
    }
}
