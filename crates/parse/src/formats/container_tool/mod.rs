//! Errors of the tools that talk to registries: docker, buildkit, kaniko, crictl, ctr, nerdctl, podman, skopeo, oras
//!
//! ```text
//! Error response from daemon: Get "https://contoso.azurecr.io/v2/": unauthorized: authentication required
//! ERROR: failed to solve: contoso.azurecr.io/web:v1: failed to resolve source metadata for …
//! error checking push permissions -- …: checking push permission for "contoso.azurecr.io/web:v1": …
//! FATA[0000] pulling image: failed to pull and unpack image "contoso.azurecr.io/web:v1": …: not found
//! ctr: failed to resolve reference "contoso.azurecr.io/web:v1": contoso.azurecr.io/web:v1: not found
//! Error: initializing source docker://contoso.azurecr.io/web:v1: reading manifest v1 in …: manifest unknown
//! ```
//!
//! Each becomes one `cli_error` with the name of the tool; the log line of crictl is left to the log format.
//! What the tool told before about the image (`Step 1/9 : FROM …`, `Unable to find image '…' locally`, `The push refers to
//! repository […]`) is read with it, over the progress between: the error often names neither image nor registry.
//! The last line of a pull that worked (`Status: Downloaded newer image for …`, `Pulled [registry] …`; below its command also
//! `Writing manifest to image destination` of podman and `Image is up to date for sha256:…` of crictl) is a probe of the
//! registry, and so is `Login Succeeded`.
//! Progress without an error is left alone. What a registry's firewall answers (`denied: client with
//! IP '…' is not allowed access. …`) is docker's too: only its clients print it at the start of a line.
//!
//! QUIRKS: older clients of docker print `error: ` or `Error: ` in front, pipelines `##[error]`, buildkit the number of
//! the step and seconds; nerdctl prints `time="…" level=fatal msg="…"`, which is a log line.

mod announced;
mod error;

use kubetriage_model::{CliError, Command, ConnectivityProbe};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::segment::command::option;
use crate::text::Line;

/// Tools whose `login` signs in to a registry.
const SIGNS_IN: &[&str] = &["docker", "podman", "skopeo", "buildah", "nerdctl", "oras"];
/// Tools that share their words: an error alone does not tell which of them printed it.
const ALIKE: &[&str] = &["podman", "skopeo", "buildah"];

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "container_tool", claim, parse };

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text;
    if pulled(first, context.command).or_else(|| signed_in(first, context)).is_some() {
        return Some(1);
    }
    if error::told(lines.first()?.text, context).is_some() {
        return error::length(lines);
    }
    announced::length(lines, context)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let Some(first) = lines.first() else { return };
    if let Some(probe) =
        pulled(first.text, context.command).or_else(|| signed_in(first.text, context))
    {
        out.event(lines, probe);
        return;
    }
    let told = error::told(first.text, context).is_some();
    let at = if told { 0 } else { announced::before(lines, context).unwrap_or(0) };
    let own = lines.get(at..).unwrap_or_default();
    let Some((line, below)) = own.split_first() else { return };
    let (tool, message) = error::told(line.text, context).unwrap_or(("docker", line.trimmed()));
    let announced = announced::image(first.text).filter(|_| !told).map(str::to_owned);
    let alike = |command: &Command| {
        ALIKE.contains(&tool) && ALIKE.iter().any(|other| command.tool == *other)
    };
    let command = context.command.filter(|command| command.tool == tool || alike(command));
    let tool = command.map_or(tool, |command| command.tool.as_str());
    out.event(
        own,
        CliError {
            tool: Some(tool.to_owned()),
            message: Some(error::whole(message, below)),
            target: announced.or_else(|| command.and_then(image)),
            operation: command.map(|command| command.verb.clone()).filter(|verb| !verb.is_empty()),
            ..CliError::default()
        },
    );
}

/// Returns the image that a command names: the first word with a host in front, else its last word, if that may be one.
fn image(command: &Command) -> Option<String> {
    let moves = ["pull", "push", "copy", "run"].contains(&command.verb.as_str());
    let words =
        || command.line.split_whitespace().filter(|word| moves && !word.starts_with(['-', '.']));
    let bare =
        |word: &'_ str| word.trim_start_matches("docker://").trim_matches(['"', '\'']).to_owned();
    let hosted = |word: &&str| {
        let word = word.trim_start_matches("docker://").trim_start_matches(['"', '\'']);
        word.split_once('/')
            .is_some_and(|(host, _)| host.contains('.') && !host.contains(['=', ':']))
    };
    let named = |word: &&str| word.contains(['/', ':']) && !word.contains('=');
    words().skip(2).find(hosted).or_else(|| words().next_back().filter(named)).map(bare)
}

/// Returns what a login that worked says of the registry that the command names; `az acr login` has docker sign in.
fn signed_in(text: &str, context: &Context<'_>) -> Option<ConnectivityProbe> {
    let told = ["Login Succeeded", "Login Succeeded!"].contains(&text.trim());
    let command = context.command.filter(|_| told)?;
    if command.tool == "az" && command.verb == "acr login" {
        let name = option(&command.line, &["-n", "--name"])?;
        let host = if name.contains('.') { name } else { format!("{name}.azurecr.io") };
        return Some(reached("docker", &host, text));
    }
    if !SIGNS_IN.contains(&command.tool.as_str()) || command.verb != "login" {
        return None;
    }
    let mut words = command.line.split_whitespace().skip(2);
    let host = words.find(|word| !word.starts_with('-') && word.contains('.'))?;
    Some(reached(&command.tool, host, text))
}

/// Returns what a pull that worked says of the registry; one of Docker Hub names no host.
fn pulled(text: &str, command: Option<&Command>) -> Option<ConnectivityProbe> {
    let text = text.trim();
    let known = [
        ("docker", "Status: Downloaded newer image for "),
        ("docker", "Status: Image is up to date for "),
        ("oras", "Pulled [registry] "),
    ];
    let named = known.iter().find_map(|(tool, start)| Some((*tool, text.strip_prefix(start)?)));
    if let Some((tool, image)) = named {
        return Some(reached(tool, host_of(image)?, text));
    }
    // These name the image by its digest alone: the command tells whose it was.
    let command = command?;
    let done = match command.tool.as_str() {
        "crictl" => text.starts_with("Image is up to date for "),
        "podman" | "skopeo" | "buildah" => text == "Writing manifest to image destination",
        _ => false,
    };
    let image = image(command).filter(|_| done)?;
    Some(reached(&command.tool, host_of(&image)?, text))
}

/// Returns the host in front of an image, if it has one.
fn host_of(image: &str) -> Option<&str> {
    let (host, _) = image.split_once('/')?;
    host.contains(['.', ':']).then_some(host)
}

fn reached(tool: &str, host: &str, text: &str) -> ConnectivityProbe {
    ConnectivityProbe {
        tool: Some(tool.to_owned()),
        host: Some(host.to_lowercase()),
        result: Some("ok".to_owned()),
        // Only a node has this tool: what it reaches, the kubelet beside it reaches.
        vantage: (tool == "crictl").then(|| "cluster".to_owned()),
        message: Some(text.trim().to_owned()),
        ..ConnectivityProbe::default()
    }
}

#[cfg(test)]
mod tests {
    use super::pulled;
    use crate::segment::command::recognize;

    #[test]
    fn a_pull_that_worked_reached_the_registry() {
        let host = |text: &str| pulled(text, None).and_then(|probe| probe.host);
        let newer = "Status: Downloaded newer image for contoso.azurecr.io/web:1.2";
        assert_eq!(host(newer).as_deref(), Some("contoso.azurecr.io"));
        assert_eq!(host("Status: Image is up to date for nginx:latest"), None);
        assert_eq!(host("Status: Running"), None);
        let told = "Image is up to date for sha256:00";
        let by = |line: &str| pulled(told, recognize(line).as_ref()).and_then(|probe| probe.host);
        assert_eq!(
            by("crictl pull contoso.azurecr.io/web:1").as_deref(),
            Some("contoso.azurecr.io")
        );
        assert_eq!(by("crictl pull nginx:1"), None);
        assert_eq!(host(told), None);
    }
}
