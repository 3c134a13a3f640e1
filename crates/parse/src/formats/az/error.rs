//! Error texts of `az`.

use kubetriage_model::{CliError, Command};

use super::asked::{Asked, named_in};
use super::by_az;
use super::envelope::innermost;
use super::lone;
use super::sentence::is_of_service;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::stamp;
use crate::text::Line;

/// Most lines of one error.
const LONGEST: usize = 60;
/// Starts of lines that belong to the error above them.
const FIELDS: &[&str] = &[
    "Code: ",
    "Error code: ",
    "Message: ",
    "Target: ",
    "Exception Details:",
    "Inner error: ",
    "Content: ",
    "Additional Information:",
    "Info: ",
];
/// Words by which an error of `az` is known without its command.
const WORDINGS: &[&str] = &[
    "Could not connect to the registry login server",
    "Unable to get AAD authorization tokens",
    "Unable to get admin user credentials",
    "Unable to authenticate using AAD or admin login",
    "Operation returned an invalid status",
    "The command failed with an unexpected error",
    "AADSTS",
    "'Microsoft.",
    "Microsoft.ContainerRegistry",
    "az login",
    "az acr ",
    "az aks ",
    "Failed to save firewall and virtual network settings",
    "Failed to check the ACR",
    "Correlation ID: ",
];
/// Sentences with which an error of `az acr` starts, known without its level word.
const SENTENCES: &[&str] = &[
    "Could not connect to the registry login server",
    "Unable to get AAD authorization tokens",
    "Unable to get admin user credentials",
    "Unable to authenticate using AAD or admin login",
    "CONNECTIVITY_REFRESH_TOKEN_ERROR",
    "CONNECTIVITY_ACCESS_TOKEN_ERROR",
    "No resource with type Microsoft.ContainerRegistry/",
    "Failed to save firewall and virtual network settings",
];
/// Codes of the resource manager that people paste in front of a message, behind them a colon.
const CODES: &[&str] = &[
    "AuthorizationFailed",
    "DeploymentFailed",
    "ExtensionCreationFailed",
    "ExtensionOperationFailed",
    "ExtensionTypeRegistrationGetFailed",
    "InstallationFailed",
    "LinkedAuthorizationFailed",
    "MissingSubscriptionRegistration",
    "RequestDisallowedByPolicy",
    "ResourceOperationFailure",
    "ScopeLocked",
    "UpdateFailed",
];
/// Banners of `az` that say nothing about the outcome.
const BANNERS: &[&str] = &[
    "This command is from the following extension",
    "Command group '",
    "The behavior of this command has been altered",
    "WARNING: This command is from",
    "WARNING: Command group '",
    "WARNING: The behavior of this command",
    "Default enabled including dynamic install",
    "Try running 'az acr check-health",
];

/// The first line of an error.
struct First<'t> {
    code: Option<&'t str>,
    message: &'t str,
}

/// Returns the length of the error in front.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let text = lines.first()?.text;
    if BANNERS.iter().any(|banner| text.starts_with(banner)) {
        return Some(1);
    }
    let field = |line: Option<&Line<'_>>, start: &str| {
        line.is_some_and(|line| line.text.starts_with(start))
    };
    let cut = (text.starts_with("Code: ") || text.starts_with("Error code: "))
        && !text.starts_with("Code: \"")
        && field(lines.get(1), "Message: ");
    let sentence = is_sentence(text) || is_of_service(text) || lone::sentence(text).is_some();
    if !cut && !sentence {
        let first = first(text)?;
        let known = first.code.is_some()
            || by_az(context)
            || WORDINGS.iter().any(|word| first.message.contains(word));
        let prefixed =
            text.starts_with("ERROR: ") || text.contains("azclierror: ") || timed(text).is_some();
        let coded = first.code.is_some_and(|code| told_again(lines, code) || is_known(code));
        if !known || !(prefixed || coded) {
            return None;
        }
    }
    let below = lines.get(1..).unwrap_or_default();
    Some(1 + tail_length(below).max(broken(text, below)))
}

/// Returns how many lines go on with a message that was broken at some width: the first does not end a
/// sentence, and they begin in small letters or with the inner error.
fn broken(first: &str, below: &[Line<'_>]) -> usize {
    const MOST: usize = 8;
    let ended = first.trim_end().ends_with(['.', ']', '}', ')', '"', '\'']);
    let goes_on = |line: &&Line<'_>| {
        line.text.starts_with(|c: char| c.is_ascii_lowercase())
            || line.text.starts_with("InnerError")
    };
    let front = first.split_once(": ").is_some_and(|(code, _)| CODES.contains(&code));
    if ended || !front { 0 } else { below.iter().take(MOST).take_while(goes_on).count() }
}

fn is_sentence(text: &str) -> bool {
    let text = text.strip_prefix("WARNING: ").unwrap_or(text);
    SENTENCES.iter().any(|sentence| text.starts_with(sentence))
}

/// Reads `["ERROR: " | logger ": "] ["(" code ") " | code ": "] message`.
fn first(text: &str) -> Option<First<'_>> {
    let whole = text;
    let text = timed(text).unwrap_or(text).trim_end();
    let logged = text.split_once("azclierror: ").map(|(_, rest)| rest);
    let prefixed = text.strip_prefix("ERROR: ").or(logged);
    let rest = prefixed.unwrap_or(text);
    if let Some((code, message)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        let word = code.len() > 4
            && code.len() < 80
            && code.starts_with(|c: char| c.is_ascii_uppercase())
            && code.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '_');
        return word.then_some(First { code: Some(code), message });
    }
    let told = rest.split_once(": ").filter(|(code, _)| CODES.contains(code));
    if let Some((code, message)) = told {
        return Some(First { code: Some(code), message });
    }
    let sentence = || is_sentence(rest).then_some(rest).or_else(|| lone::sentence(rest));
    let message = prefixed.or_else(sentence).or_else(|| timed(whole));
    message.map(|message| First { code: None, message })
}

/// Returns what `az acr` says behind a time: `2024-06-12 09:14:30.998841 Error: manifest tagged by …`.
fn timed(text: &str) -> Option<&str> {
    if !text.starts_with("20") {
        return None;
    }
    let (rest, _) = stamp::stamp(text).ok()?;
    let rest = rest.strip_prefix(" Error: ")?;
    rest.contains("Correlation ID: ").then_some(rest)
}

fn told_again(lines: &[Line<'_>], code: &str) -> bool {
    lines
        .iter()
        .take(LONGEST)
        .any(|line| line.text.strip_prefix("Code: ").is_some_and(|again| again.trim() == code))
}

/// True for codes of Azure that a line may carry without anything else around it.
fn is_known(code: &str) -> bool {
    let plain = code.replace(' ', "");
    [
        "Failed",
        "Error",
        "NotFound",
        "Registered",
        "Unauthorized",
        "Forbidden",
        "Policy",
        "Locked",
        "Conflict",
        "NotAllowed",
        "InProgress",
    ]
    .iter()
    .any(|end| plain.contains(end))
}

/// Returns how many lines belong to the error: its fields, and lines between that go on a message.
fn tail_length(lines: &[Line<'_>]) -> usize {
    let is_field = |line: &Line<'_>| FIELDS.iter().any(|field| line.text.starts_with(field));
    let next =
        lines.iter().take(LONGEST).take_while(|line| !starts_anew(line.text)).position(is_field);
    let mut used = 0;
    let mut details = false;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        let field = is_field(line);
        details |=
            field && ["Exception", "Info: {"].iter().any(|start| line.text.starts_with(start));
        let inside = next.is_some_and(|next| index < next)
            || (used > 0 && line.indent() > 0 && !line.is_blank());
        if field || inside || (details && (line.indent() > 0 || line.text == "}")) {
            used = index + 1;
        } else {
            break;
        }
    }
    used
}

fn starts_anew(text: &str) -> bool {
    text.starts_with("ERROR: ") || text.starts_with('{') || text.is_empty()
}

/// States the error.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(text) = lines.first().map(|line| line.text) else { return };
    if BANNERS.iter().any(|banner| text.starts_with(banner)) {
        return;
    }
    let field = |name: &str| {
        lines
            .iter()
            .find_map(|line| line.text.strip_prefix(name))
            .map(|value| value.trim().to_owned())
    };
    let lone = || is_of_service(text).then(|| First { code: None, message: text.trim() });
    let first = first(text).or_else(lone);
    let fields =
        lines.iter().position(|line| FIELDS.iter().any(|field| line.text.starts_with(field)));
    let message = first.as_ref().map(|first| {
        let broken = broken(text, lines.get(1..).unwrap_or_default());
        let more = lines.get(1..fields.unwrap_or(1 + broken)).unwrap_or_default();
        let rest: Vec<&str> =
            more.iter().map(Line::trimmed).filter(|line| !line.is_empty()).collect();
        let between = if broken > 0 { " " } else { "\n" };
        [&[first.message.trim()][..], &rest].concat().join(between)
    });
    // A service that only repeats its code in front says what it means behind `Message:`.
    let says_more = |short: &String| {
        first.as_ref().and_then(|first| first.code).is_none_or(|code| code != short)
    };
    let message = message.filter(says_more).or_else(|| field("Message: "));
    let detail = details(lines);
    let inner = detail.clone().map(|(_, text)| text);
    let inner = inner.or_else(|| field("Inner error: ").and_then(|text| innermost(&text)));
    let command = context.command.filter(|command| command.tool == "az");
    let asked = Asked::of(command);
    let of_id = |kind: &str| message.as_deref().and_then(|message| named_in(message, kind));
    let by_az = command.is_some()
        || is_sentence(text)
        || text.starts_with("ERROR: ")
        || text.contains("azclierror");
    out.event(
        lines,
        CliError {
            tool: by_az.then(|| "az".to_owned()),
            code: first
                .and_then(|first| first.code)
                .map(str::to_owned)
                .or_else(|| field("Code: "))
                .or_else(|| field("Error code: ")),
            target: field("Target: ").or_else(|| command.and_then(extension)),
            inner: inner.or_else(|| message.as_deref().and_then(innermost)),
            inner_code: detail.and_then(|(code, _)| code),
            operation: command.map(|command| command.verb.clone()).filter(|verb| !verb.is_empty()),
            extension: asked.extension,
            cluster: asked.cluster.or_else(|| of_id("managedClusters")),
            resource_group: asked.resource_group.or_else(|| of_id("resourceGroups")),
            message,
        },
    );
}

/// Returns the extension that a command of `az k8s-extension` names.
fn extension(command: &Command) -> Option<String> {
    let mut words = command.line.split_whitespace().skip_while(|word| *word != "k8s-extension");
    words.next()?;
    words.find(|word| matches!(*word, "--name" | "-n"))?;
    words.next().map(|name| name.trim_matches(['"', '\'']).to_owned())
}

/// Returns code and message of the last `(code) message` below `Exception Details:`.
fn details(lines: &[Line<'_>]) -> Option<(Option<String>, String)> {
    let at = lines.iter().position(|line| line.text.starts_with("Exception Details:"))?;
    let below = lines.get(at..)?.iter();
    let texts =
        below.map(|line| line.trimmed().trim_start_matches("Exception Details:").trim_start());
    texts
        .filter_map(|text| {
            let (code, message) = text.strip_prefix('(')?.split_once(") ")?;
            Some((Some(code.to_owned()), message.to_owned()))
        })
        .next_back()
}
