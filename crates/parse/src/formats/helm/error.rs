//! Errors of helm.

use kubetriage_model::Helm;

use super::chatter::is_debug;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Most lines of one message.
const LONGEST: usize = 64;
/// Most lines of the stack trace behind it.
const TRACE: usize = 200;
/// Prefixes that name the operation.
const OPERATIONS: &[(&str, &str)] = &[
    ("INSTALLATION FAILED", "install"),
    ("UPGRADE FAILED", "upgrade"),
    ("ROLLBACK FAILED", "rollback"),
    ("UNINSTALLATION FAILED", "uninstall"),
];
/// How errors start that go without `Error: `.
const STARTS: &[&str] = &["Save error occurred: "];
/// Whole sentences that only helm says, wherever they are listed.
const BARE: &[&str] = &[
    "rendered manifests contain a resource that already exists. Unable to continue with ",
    "another operation (install/upgrade/rollback) is in progress",
    "cannot re-use a name that is still in use",
    "unable to build kubernetes objects from release manifest: ",
    "failed pre-install: ",
    "failed post-install: ",
    "Helm release \"",
];
/// Words by which an error of helm is known without its command. Lower case.
const WORDINGS: &[&str] = &[
    "release ",
    "release:",
    "has no deployed releases",
    "uninstall: ",
    "rendered manifests contain",
    "unable to continue with",
    "timed out waiting for the condition",
    "context deadline exceeded",
    "not ready. status:",
    "resource not ready, name:",
    "another operation (install/upgrade/rollback)",
    "name that is still in use",
    "repo ",
    "chart",
    "failed to download",
    "failed to fetch ",
    "is not a valid chart repository",
    "failed to do request: ",
    "failed to perform \"",
    "failed to authorize: ",
    "pulling from host ",
    "pull access denied",
    "unexpected status from ",
    "execution error at (",
    "template: ",
    "parse error at (",
    "yaml parse error on ",
    "/templates/",
    "meet the specifications of the schema",
    "unable to build kubernetes objects",
    "kubernetes cluster unreachable",
    "create: failed to create",
    "cannot patch \"",
    "conflict occurred while applying",
    "helm-manager-",
    "failed pre-",
    "failed post-",
    "hooks failed",
    "no repositories",
    "non-absolute urls",
    "must either provide a name",
    "failed to parse values",
    "failed parsing --set",
    "backofflimitexceeded",
    ": not found",
];

/// Returns the length of the error in front, with its stack trace; `sure` when the command is helm's.
pub(super) fn length(lines: &[Line<'_>], sure: bool) -> Option<usize> {
    let first = lines.first()?;
    is_error(first.text, sure).then(|| {
        let message = message_length(lines, sure);
        message + trace_length(lines.get(message..).unwrap_or_default())
    })
}

fn is_error(text: &str, sure: bool) -> bool {
    let Some(message) = unprefixed(text) else { return false };
    if sure || operation(message).is_some() || STARTS.iter().any(|start| text.starts_with(start)) {
        return true;
    }
    let bounded: String = message.chars().take(4096).collect::<String>().to_lowercase();
    WORDINGS.iter().any(|wording| bounded.contains(wording))
}

/// Returns what stands behind `Error: `, also where somebody's own words stand in front of an error with its
/// operation, or that word was left out.
fn unprefixed(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_prefix("##[error]").unwrap_or(text);
    let text = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')).unwrap_or(text);
    if let Some(message) = text.strip_prefix("Error: ") {
        return Some(message);
    }
    if operation(text).is_some() || STARTS.iter().any(|start| text.starts_with(start)) {
        return Some(text);
    }
    // What Argo CD tells of `helm template` and `helm pull`.
    if let Some((front, message)) = text.split_once(" failed exit status 1: Error: ") {
        return front.contains("helm ").then_some(message);
    }
    // Pulumi lists what helm said below its own error, without any word of helm's in front.
    let listed = text.strip_prefix("* ").or_else(|| text.strip_prefix("error: "));
    if let Some(message) = listed.filter(|text| BARE.iter().any(|bare| text.starts_with(bare))) {
        return Some(message);
    }
    let (front, message) = text.split_once("Error: ")?;
    let quoted = front.contains(['`', '"', '“', '\'']) || front.starts_with(['-', '*', '#', '>']);
    operation(message).filter(|_| !quoted).map(|_| message)
}

/// Returns the operation whose failure the message tells, and the rest.
fn operation(message: &str) -> Option<(&'static str, &str)> {
    let told = OPERATIONS.iter().find_map(|(prefix, operation)| {
        Some((*operation, message.strip_prefix(prefix)?.strip_prefix(':')?))
    });
    let (operation, rest) =
        told.or_else(|| described(message).map(|(operation, _, rest)| (operation, rest)))?;
    Some((operation, rest.trim_start()))
}

/// Reads the description of a revision that failed: `Upgrade "web" failed: message`.
fn described(text: &str) -> Option<(&'static str, &str, &str)> {
    let kinds = [("Upgrade \"", "upgrade"), ("Install \"", "install"), ("Release \"", "install")];
    let revision = kinds.iter().find_map(|(start, operation)| {
        let (release, message) = text.strip_prefix(start)?.split_once("\" failed: ")?;
        (!release.contains([' ', '"'])).then_some((*operation, release, message))
    });
    revision.or_else(|| by_flux(text))
}

/// Reads what the controller of Flux says: `Helm upgrade failed for release shop/web with chart web@1.4.2: message`.
fn by_flux(text: &str) -> Option<(&'static str, &str, &str)> {
    let rest = text.strip_prefix("Helm ")?;
    let (done, rest) = rest.split_once(" failed for release ")?;
    let operation = ["install", "upgrade", "rollback", "uninstall", "test"]
        .into_iter()
        .find(|verb| *verb == done)?;
    let (release, rest) = rest.split_once(" with chart ")?;
    let (_, message) = rest.split_once(": ")?;
    let name = release.rsplit('/').next()?;
    Some((operation, name, message))
}

fn message_length(lines: &[Line<'_>], sure: bool) -> usize {
    let goes_on = |line: &&Line<'_>| {
        let text = line.text;
        let foreign = is_debug(text) || unprefixed(text).is_some() || text.starts_with("level=");
        !line.is_blank() && !foreign && (sure || continues(text))
    };
    1 + lines.iter().skip(1).take(LONGEST).take_while(goes_on).count()
}

/// True for a line that goes on a message although nothing tells that the output is helm's.
fn continues(text: &str) -> bool {
    text.starts_with([' ', '\t'])
        || [
            "- ",
            "* ",
            "resource ",
            "context deadline exceeded",
            "ensure CRDs are installed",
            "timed out",
        ]
        .iter()
        .any(|start| text.starts_with(start))
        || (text.ends_with(':') && !text.contains(' '))
}

/// Returns the length of what repeats the error: `helm.go:84: [debug] …` and the stack, or the render hint.
fn trace_length(lines: &[Line<'_>]) -> usize {
    let mut used = 0;
    let mut traced = false;
    for (index, line) in lines.iter().take(TRACE).enumerate() {
        let text = line.text;
        traced |= is_debug(text);
        let hint = text.starts_with("Use --debug flag to render");
        if hint || (traced && !line.is_blank() && unprefixed(text).is_none()) {
            used = index + 1;
        } else if !line.is_blank() || traced {
            break;
        }
    }
    used
}

/// States the error that the lines hold.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if lines.is_empty() {
        return;
    }
    let length = message_length(lines, super::by_helm(context)).min(lines.len());
    let own = lines.get(..length).unwrap_or(lines);
    let text: Vec<&str> = own.iter().map(|line| line.text.trim_end()).collect();
    out.event(own, read(&text.join("\n"), context));
}

/// Reads a whole message, prefix and all.
pub(super) fn read(text: &str, context: &Context<'_>) -> Helm {
    let text = unprefixed(text).unwrap_or(text);
    let told = of_command(context);
    let (operation, message) = match operation(text) {
        Some((operation, message)) => (Some(operation.to_owned()), message),
        None => (undone(text).map(str::to_owned), text),
    };
    Helm {
        release: told
            .release
            .clone()
            .or_else(|| described(text).map(|(_, release, _)| release.to_owned()))
            .or_else(|| release(message)),
        operation: operation.or(told.operation.clone()),
        message: Some(message.to_owned()),
        ..told
    }
}

/// Returns what helm undid, and thereby what it had tried.
fn undone(message: &str) -> Option<&'static str> {
    if message.contains("and has been uninstalled due to") {
        return Some("install");
    }
    message.contains("and has been rolled back due to").then_some("upgrade")
}

/// Returns the release that a message names: `release web failed`, `"web" has no deployed releases`.
fn release(message: &str) -> Option<String> {
    if let Some(rest) = message.strip_prefix("release ") {
        let (name, rest) = rest.split_once(' ')?;
        return rest.starts_with("failed").then(|| name.to_owned());
    }
    let (front, _) = message.split_once("\" has no deployed releases")?;
    front.rsplit_once('"').map(|(_, name)| name.to_owned())
}

/// Returns what the command above tells: release, namespace and operation.
pub(super) fn of_command(context: &Context<'_>) -> Helm {
    let command = context.command.filter(|command| command.tool == "helm");
    let deed = command.map(|command| command.verb.clone()).filter(|verb| !verb.is_empty());
    let about_release = deed.as_deref().is_some_and(|verb| {
        ["install", "upgrade", "rollback", "uninstall", "status", "history", "template", "test"]
            .contains(&verb)
    });
    Helm {
        release: command.filter(|_| about_release).and_then(|command| command.name.clone()),
        namespace: context.namespace(),
        operation: deed,
        ..Helm::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_known_by_their_wording() {
        for text in [
            "Error: INSTALLATION FAILED: context deadline exceeded",
            "Error: release web failed, and has been uninstalled due to atomic being set: context deadline exceeded",
            "Error: repo contoso not found",
            "Error: failed to do request: Head \"https://contoso.azurecr.io/v2/charts/web/manifests/1.0.0\": EOF",
            "Error: execution error at (web/templates/deployment.yaml:19:20): A valid tenantId is required!",
            "UPGRADE FAILED: timed out waiting for the condition",
            "##[error]Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress",
            "Failed to install the app. Error: UPGRADE FAILED: timed out waiting for the condition",
            " Error: failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized",
            "    * rendered manifests contain a resource that already exists. Unable to continue with install: x",
            "Manifest generation error: `helm pull --version 1.2.3 shop` failed exit status 1: Error: chart \"shop\" not found",
            "Save error occurred: could not download oci://contoso.azurecr.io/web: unexpected status",
        ] {
            assert!(is_error(text, false), "{text}");
        }
        for text in [
            "Error from server (NotFound): x",
            "Error: unknown flag: --foo",
            "error: chart",
            "The page says: Error: chart",
            "* rendered manifests are kept",
            "`kustomize build` failed exit status 1: Error: chart",
            "- `Error: UPGRADE FAILED: x` means that the release is locked.",
            "UPGRADE FAILED",
            "Error:",
            "",
        ] {
            assert!(!is_error(text, false), "{text}");
        }
    }

    #[test]
    fn messages_name_their_release() {
        for (message, want) in [
            (
                "release web failed, and has been rolled back due to atomic being set: x",
                Some("web"),
            ),
            ("\"web\" has no deployed releases", Some("web")),
            ("release name is invalid: web", None),
            ("context deadline exceeded", None),
        ] {
            assert_eq!(release(message).as_deref(), want, "{message}");
        }
    }
}
