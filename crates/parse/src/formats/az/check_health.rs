//! `az acr check-health`: what a workstation sees of a registry.

use kubetriage_model::RegistryCheck;

use super::check_acr::status;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Most lines of one check.
const LONGEST: usize = 100;
/// The lines of success: how they start, and their stage.
const SUCCESSES: &[(&str, &str)] = &[
    ("Docker daemon status: ", "docker"),
    ("Docker version: ", "docker"),
    ("Docker pull of ", "docker"),
    ("DNS lookup to ", "dns"),
    ("Challenge endpoint ", "challenge"),
    ("Fetch refresh token for registry ", "refresh-token"),
    ("Fetch access token for registry ", "access-token"),
    ("DNS routing to private endpoint", "private-dns"),
];
/// Codes of failures: a piece of the code, and the stage.
const CODES: &[(&str, &str)] = &[
    ("CONNECTIVITY_DNS", "dns"),
    ("CHALLENGE", "challenge"),
    ("WWW_AUTHENTICATE", "challenge"),
    ("FORBIDDEN", "access"),
    ("REFRESH_TOKEN", "refresh-token"),
    ("ACCESS_TOKEN", "access-token"),
    ("AAD_LOGIN", "login"),
    ("SSL", "tls"),
    ("TOOMANYREQUESTS", "rate"),
    ("LOGIN_SERVER", "login-server"),
    ("CMK", "encryption"),
    ("DOCKER", "docker"),
    ("HELM", "helm"),
    ("NOTARY", "notary"),
];
/// Starts of the other lines of a check.
const OTHERS: &[&str] = &[
    "Azure CLI version: ",
    "Helm version: ",
    "Notary version: ",
    "Please refer to https://aka.ms/acr/",
    "DNS routing ",
    // What `az acr login` says behind a failed check: it adds no cause.
    "Unable to get admin user credentials with message: ",
    "Unable to authenticate using AAD or admin login credentials",
];
/// What announces a failure.
const FAILURE: &str = "An error occurred: ";

fn said(text: &str) -> &str {
    let text = text.trim();
    ["WARNING: ", "ERROR: "].iter().find_map(|level| text.strip_prefix(level)).unwrap_or(text)
}

/// Returns the code that a line announces: `[time " "] "An error occurred: " code`.
fn code(said: &str) -> Option<&str> {
    let (_, code) = said.split_once(FAILURE)?;
    let code = code.trim();
    let whole = code.len() > 4 && code.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    whole.then_some(code)
}

fn success(said: &str) -> Option<&'static str> {
    let (_, stage) = SUCCESSES.iter().find(|(start, _)| said.starts_with(start))?;
    (said.ends_with("OK") || *stage == "docker").then_some(*stage)
}

fn belongs(text: &str) -> bool {
    let said = said(text);
    success(said).is_some()
        || code(said).is_some()
        || OTHERS.iter().any(|other| said.starts_with(other))
}

/// Returns the length of the check in front.
pub(super) fn length(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = said(lines.first()?.text);
    if success(first).is_none() && code(first).is_none() {
        return None;
    }
    let near = lines.iter().take(20).any(|line| {
        let said = said(line.text);
        code(said).is_some()
            || said.contains("aka.ms/acr/")
            || success(said).is_some_and(|stage| stage != "docker")
    });
    let mut used = 0;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        let before = index.checked_sub(1).and_then(|at| lines.get(at));
        let message = before.is_some_and(|line| code(said(line.text)).is_some());
        if belongs(line.text) || message {
            used = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    near.then_some(used)
}

/// States each stage; the client's own tools are stages too.
pub(super) fn state(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    let registry = lines.iter().find_map(|line| registry(said(line.text)));
    for (index, line) in lines.iter().enumerate() {
        let text = said(line.text);
        let base = RegistryCheck {
            tool: Some("check-health".to_owned()),
            registry: registry.clone(),
            ..RegistryCheck::default()
        };
        if let Some(code) = code(text) {
            let stage =
                CODES.iter().find(|(piece, _)| code.contains(piece)).map(|(_, stage)| *stage);
            let told = lines.get(index + 1).filter(|line| !belongs(line.text) && !line.is_blank());
            let message = told.map(|line| said(line.text).to_owned());
            let both = lines.get(index..=index + usize::from(told.is_some())).unwrap_or_default();
            out.event(
                both,
                RegistryCheck {
                    stage: stage.map(str::to_owned),
                    result: Some("failed".to_owned()),
                    code: Some(code.to_owned()),
                    http_status: message.as_deref().and_then(status),
                    message,
                    ..base
                },
            );
        } else if let Some(stage) = success(text) {
            let stage = Some(stage.to_owned());
            let result = Some("succeeded".to_owned());
            out.event(std::slice::from_ref(line), RegistryCheck { stage, result, ..base });
        }
    }
}

/// Returns the registry that a line names in quotes or as a host.
fn registry(said: &str) -> Option<String> {
    if let Some((_, rest)) = said.split_once("https://") {
        return rest.split(['/', ' ']).next().filter(|host| host.contains('.')).map(str::to_owned);
    }
    if let Some((_, rest)) = said.split_once("registry '") {
        return rest.split_once('\'').map(|(name, _)| name.to_lowercase());
    }
    let host = said.strip_prefix("DNS lookup to ").and_then(|rest| rest.split(' ').next());
    host.map(str::to_lowercase)
}
