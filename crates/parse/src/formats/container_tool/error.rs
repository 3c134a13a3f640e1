//! How errors of these tools are known, and where they end.

use crate::context::Context;
use crate::text::Line;

/// The tools whose commands are known by these words.
const TOOLS: &[&str] =
    &["docker", "podman", "nerdctl", "crictl", "skopeo", "oras", "buildah", "ctr"];
/// How an error starts behind the words that only say that it is one, and the tool that prints it.
const STARTS: &[(&str, &str)] = &[
    ("Error response from daemon: ", "docker"),
    ("error during connect: ", "docker"),
    ("error pulling image configuration: ", "docker"),
    ("error parsing HTTP ", "docker"),
    ("error getting credentials - err: ", "docker"),
    ("no matching manifest for ", "docker"),
    ("failed to solve: ", "docker"),
    ("failed to solve with frontend ", "docker"),
    ("failed to build: failed to solve", "docker"),
    ("failed to push ", "docker"),
    ("failed commit on ref \"", "docker"),
    ("unexpected status from ", "docker"),
    ("checking push permission", "kaniko"),
    ("error checking push permission", "kaniko"),
    ("error building image: ", "kaniko"),
    ("error pushing image: ", "kaniko"),
    ("ctr: failed to ", "ctr"),
    ("ctr: no match for platform", "ctr"),
    ("initializing source docker://", "podman"),
    ("unable to copy from source docker://", "podman"),
    ("creating build container: ", "buildah"),
    ("Error initializing source docker://", "skopeo"),
    ("Error initializing image from source docker://", "skopeo"),
    ("Error pulling image ref ", "podman"),
    ("pinging container registry ", "skopeo"),
    ("Error response from registry: ", "oras"),
];
/// Words that only say that an error follows.
const ERROR_WORDS: &[&str] =
    &["Error: ", "error: ", "ERROR: ", "##[error]", "docker: ", "buildx failed with: "];
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
/// Most lines of what a registry answered, behind the error that announces it.
const ANSWERED: usize = 8;

/// Returns the tool and the message of the error that stands in front, in one line.
pub(super) fn told<'t>(text: &'t str, context: &Context<'_>) -> Option<(&'static str, &'t str)> {
    known(text).or_else(|| answer(text, context))
}

/// Returns the number of lines of the error in front: one, and what it lists below itself.
pub(super) fn length(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?.text;
    if is_done(lines) {
        return None;
    }
    let lists = ["errors:", "error occurred:", "errors occurred:"];
    if !lists.iter().any(|end| first.trim_end().ends_with(end)) {
        return Some(1);
    }
    let listed = |line: &&Line<'_>| {
        let text = line.trimmed();
        text.starts_with("* ") || is_answer(text)
    };
    Some(1 + lines.iter().skip(1).take(ANSWERED).take_while(listed).count())
}

/// True for a try of a step of buildkit that is done in the end: `#39 DONE 80.1s`.
fn is_done(lines: &[Line<'_>]) -> bool {
    const FAR: usize = 400;
    let number = lines.first().and_then(|line| line.text.strip_prefix('#')?.split_once(' '));
    let Some((number, _)) = number else { return false };
    let done = |line: &Line<'_>| {
        line.text
            .strip_prefix('#')
            .and_then(|rest| rest.strip_prefix(number))
            .is_some_and(|rest| rest.starts_with(" DONE "))
    };
    lines.iter().take(FAR).any(done)
}

/// Returns the message with what is listed below it.
pub(super) fn whole(message: &str, below: &[Line<'_>]) -> String {
    let listed = below.iter().map(|line| line.trimmed().trim_start_matches("* "));
    let own = Some(message).filter(|message| !message.ends_with(" occurred:"));
    own.into_iter().chain(listed).collect::<Vec<_>>().join(" ")
}

/// Reads what the registry answered to the command above.
fn answer<'t>(text: &'t str, context: &Context<'_>) -> Option<(&'static str, &'t str)> {
    let command = context.command?;
    let tool = TOOLS.iter().find(|tool| command.tool == **tool)?;
    let moves = ["pull", "push", "run", "login"].contains(&command.verb.as_str());
    let text = text.trim();
    (moves && is_answer(text)).then_some((*tool, text))
}

/// True for what a registry answers, in the words of the registry alone.
pub(super) fn is_answer(text: &str) -> bool {
    ANSWERS.iter().any(|start| text.starts_with(start))
}

/// Returns the tool and the message of an error that is known by its own words.
fn known(text: &str) -> Option<(&'static str, &str)> {
    let text = text.trim();
    if text.starts_with("denied: client with IP '") {
        return Some(("docker", text));
    }
    let (fatal, text) = undressed(text);
    if let Some((_, tool)) = STARTS.iter().find(|(start, _)| text.starts_with(start)) {
        return Some((tool, text));
    }
    // Podman puts the image in front of the errors of its sources, or of the list of them.
    if let Some((_, rest)) =
        text.strip_prefix("unable to pull ").and_then(|rest| rest.split_once(": "))
    {
        let lists = rest.ends_with(" occurred:");
        return (lists || STARTS.iter().any(|(start, _)| rest.starts_with(start)))
            .then_some(("podman", rest));
    }
    if fatal { of_terminal(text) } else { of_request(text) }
}

/// Takes off what stands before an error: buildkit's step, what only says that it is an error, the level of a
/// terminal; tells whether it was the last.
fn undressed(text: &str) -> (bool, &str) {
    let mut text = step(text);
    text = text
        .split_once("...ERRO[")
        .filter(|_| text.starts_with("Trying to pull "))
        .map_or(text, |(_, rest)| rest.split_once("] ").map_or(text, |(_, message)| message));
    if let Some(rest) = text.strip_prefix("FATA[") {
        return rest.split_once("] ").map_or((false, text), |(_, rest)| (true, rest.trim_start()));
    }
    let known = |text: &str| STARTS.iter().any(|(start, _)| text.starts_with(start));
    while !known(text) {
        let Some(rest) = ERROR_WORDS.iter().find_map(|word| text.strip_prefix(word)) else { break };
        text = rest;
    }
    (false, text)
}

/// Returns the text behind `#12 ` or `#12 74.32 ` of buildkit.
fn step(text: &str) -> &str {
    let number = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let Some((_, rest)) = text
        .strip_prefix('#')
        .and_then(|rest| rest.split_once(' '))
        .filter(|(word, _)| number(word))
    else {
        return text;
    };
    rest.split_once(' ').filter(|(word, _)| number(word)).map_or(rest, |(_, rest)| rest)
}

/// Reads what stands behind `FATA[0002] `: crictl, nerdctl, skopeo.
fn of_terminal(text: &str) -> Option<(&'static str, &str)> {
    let Some(told) = text.strip_prefix("pulling image") else {
        return text.contains("/v2/").then_some(("nerdctl", text));
    };
    // Behind a colon stands the error of the runtime, which names the image itself.
    let inner = told.strip_prefix(": ").filter(|inner| inner.contains("image \""));
    Some(("crictl", inner.unwrap_or(text)))
}

/// Reads an error that begins with a request to a registry: `failed to resolve v1: GET "https://…/v2/…": …`.
fn of_request(text: &str) -> Option<(&'static str, &str)> {
    const NEAR: usize = 120;
    let bare = ["Get https://", "Head https://", "Get \"https://", "Head \"https://"];
    if bare.iter().any(|start| text.starts_with(start))
        && text.contains("/v2/")
        && text.contains(": ")
    {
        return Some(("docker", text));
    }
    let methods = ["GET", "HEAD", "POST", "PUT"];
    let asked = |method: &str| {
        let quoted = text.find(&format!("{method} \"https://"));
        quoted.or_else(|| text.find(&format!("{method} request to https://")))
    };
    let at = methods.iter().filter_map(|method| asked(method)).min()?;
    let registry = ["/v2/", "/oauth2/"].iter().any(|path| text.contains(path));
    (at < NEAR && registry).then_some(("oras", text))
}

#[cfg(test)]
mod tests {
    use super::known;

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
            (
                "FATA[0001] initializing source docker://web:1: reading manifest 1 in x: y",
                Some("podman"),
            ),
            ("Error: INSTALLATION FAILED: Error response from daemon", None),
            ("Error: buildx failed with: ERROR: failed to solve: x", Some("docker")),
            (
                "#2 ERROR: unexpected status from HEAD request to https://x/v2/a: 401",
                Some("docker"),
            ),
            ("#39 74.32 error: failed commit on ref \"layer-sha256:00\": 500", Some("docker")),
            ("#39 74.32 retrying in 1s", None),
            ("error checking push permissions -- make sure: x", Some("kaniko")),
            ("Error: unable to pull contoso/web:1: 1 error occurred:", Some("podman")),
            ("Error: unable to pull", None),
            (
                "Error: failed to resolve v1: GET \"https://contoso.azurecr.io/v2/a/manifests/v1\": 401",
                Some("oras"),
            ),
            ("Error: GET \"https://contoso.example/v1/things\": 401", None),
        ] {
            assert_eq!(known(line).map(|(tool, _)| tool), tool, "{line}");
        }
    }
}
