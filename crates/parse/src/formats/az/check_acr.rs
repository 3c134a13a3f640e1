//! `az aks check-acr`: what a pod on a node sees of a registry.

use kubetriage_model::RegistryCheck;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Most lines of one check.
const LONGEST: usize = 200;
/// The stages: how their line starts, and their name.
const STAGES: &[(&str, &str)] = &[
    ("Checking host name resolution (", "dns"),
    ("Checking CNAME (", "cname"),
    ("Checking ACR location matches cluster location", "location"),
    ("Validating managed identity exist", "identity"),
    ("Validating service principal credential", "identity"),
    ("Validating image pull permission", "pull"),
];
/// Starts of the other lines of a check.
const OTHERS: &[&str] = &[
    "Canonical name for ACR (",
    "ACR location: ",
    "ACR location '",
    "Loading azure.json file",
    "Checking managed identity",
    "Cluster cloud name: ",
    "Kubelet managed identity client ID: ",
    "The cluster uses service principal",
    "Failed to resolve specified fqdn",
    "Failed to get CNAME of the ACR",
    "Failed to load azure.json",
    "Failed to read azure.json",
    "Unknown Azure cloud name",
    "Getting managed identity token failed with",
    "Sign in to AAD failed with",
    "Your cluster can pull images from ",
    "The login server endpoint suffix ",
    "Merged \"",
    "Error attaching, falling back to logs",
    "Failed to check the ACR: ",
    "exec /canipull: ",
];

/// Returns the length of the check in front.
pub(super) fn length(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let near = || lines.iter().take(12).any(|line| stage(said(line.text)).is_some());
    if !belongs(lines.first()?.text) || !near() {
        return None;
    }
    let mut used = 0;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        let empty = said(line.text).is_empty() && !line.is_blank();
        if empty
            || belongs(line.text)
            || line.text.starts_with("WARNING: ")
            || line.text.starts_with("Warning: ")
        {
            used = index + 1;
        } else if !line.is_blank() && line.trimmed() != "[]" {
            break;
        }
    }
    Some(used)
}

/// True for a line that tells the outcome of a stage.
pub(super) fn is_stage(text: &str) -> bool {
    stage(said(text)).is_some()
}

/// Returns the text of a line behind `[time] `.
fn said(text: &str) -> &str {
    let said = without_time(text.trim());
    let said = said.strip_prefix("ERROR: ").unwrap_or(said);
    match said.split_once("Command output: ") {
        Some((_, output)) => without_time(output),
        None => said,
    }
}

/// Returns the text behind `[time] `; the last lines of a check have nothing behind it.
fn without_time(text: &str) -> &str {
    let timed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let behind = timed.filter(|(time, _)| time.starts_with(|c: char| c.is_ascii_digit()));
    behind.map_or(text, |(_, said)| said).trim()
}

fn belongs(text: &str) -> bool {
    let said = said(text);
    stage(said).is_some()
        || OTHERS.iter().any(|other| said.starts_with(other))
        || said.contains(" rejected token exchange: ")
}

fn stage(said: &str) -> Option<&'static str> {
    STAGES.iter().find(|(start, _)| said.starts_with(start)).map(|(_, stage)| *stage)
}

/// States each stage.
pub(super) fn state(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    let registry = lines.iter().find_map(|line| fqdn(said(line.text)));
    let client = lines.iter().find_map(|line| {
        said(line.text).strip_prefix("Kubelet managed identity client ID: ").map(str::to_owned)
    });
    for (index, line) in lines.iter().enumerate() {
        let text = said(line.text);
        let Some(stage) = stage(text) else { continue };
        let failed = text.contains("FAILED");
        let reason =
            lines.get(index + 1..).unwrap_or_default().iter().position(|line| !line.is_blank());
        let reason = reason.map(|skip| index + 1 + skip).filter(|_| failed);
        let told = reason.and_then(|at| lines.get(at)).filter(|line| !is_progress(said(line.text)));
        let message = told.map(|line| said(line.text).to_owned());
        let last = told.and(reason).unwrap_or(index);
        let result = match (failed, stage) {
            (true, "location") => "warning",
            (true, _) => "failed",
            _ => "succeeded",
        };
        let about_identity = matches!(stage, "identity" | "pull");
        out.event(
            lines.get(index..=last).unwrap_or_default(),
            RegistryCheck {
                tool: Some("check-acr".to_owned()),
                registry: registry.clone(),
                stage: Some(stage.to_owned()),
                result: Some(result.to_owned()),
                http_status: message.as_deref().and_then(status),
                message,
                client_id: client.clone().filter(|_| about_identity),
                ..RegistryCheck::default()
            },
        );
    }
}

/// True for lines that tell of progress, not of the failure above them.
fn is_progress(said: &str) -> bool {
    stage(said).is_some()
        || [
            "Canonical name",
            "ACR location: ",
            "Loading ",
            "Checking ",
            "Cluster cloud",
            "Kubelet managed",
        ]
        .iter()
        .any(|start| said.starts_with(start))
}

/// Returns the host in `(host)` of the first stages, in `from host!` of the last line.
fn fqdn(said: &str) -> Option<String> {
    if let Some(host) = said.strip_prefix("Your cluster can pull images from ") {
        return Some(host.trim_end_matches('!').to_owned());
    }
    if let Some((front, _)) = said.split_once(" rejected token exchange: ") {
        return front.strip_prefix("ACR ").map(str::to_lowercase);
    }
    let named = ["Checking host name resolution (", "Checking CNAME (", "Canonical name for ACR ("];
    let rest = named.iter().find_map(|start| said.strip_prefix(start))?;
    rest.split_once(')').map(|(host, _)| host.to_lowercase())
}

/// Returns the HTTP status that a message names.
pub(super) fn status(message: &str) -> Option<i64> {
    let (_, rest) =
        message.split_once("error status: ").or_else(|| message.split_once("Response code: "))?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
