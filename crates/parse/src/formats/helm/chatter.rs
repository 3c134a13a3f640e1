//! What helm prints before and between its statements: progress, warnings, and the lines of `--debug`.

use kubetriage_model::Helm;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Most lines of chatter in front of one statement.
const LONGEST: usize = 200;
/// Starts of lines that only helm prints.
const TELLING: &[&str] = &[
    "Getting updates for unmanaged Helm repositories",
    "Hang tight while we grab the latest from your chart repositories",
    "...Successfully got an update from the ",
    "...Unable to get an update from the ",
    "Update Complete. ",
    "Happy Helming!",
    "TEST SUITE: ",
    "RESOURCES:",
    "NOTES:",
    "HOOKS:",
    "MANIFEST:",
    "coalesce.go:",
    "Use --debug flag to render out invalid YAML",
    "walk.go:",
    "WARNING: Kubernetes configuration file is ",
    "Flag --atomic has been deprecated",
    "WARNING: This chart is deprecated",
];
/// Starts of lines that helm and others print.
const COMMON: &[&str] = &[
    "Saving ",
    "Deleting outdated charts",
    "Downloading ",
    "Pulled: ",
    "Digest: ",
    "Pushed: ",
    "level=",
    "W1",
    "W0",
    "I1",
    "I0",
];

/// Returns how many lines of chatter stand in front.
pub(super) fn length(lines: &[Line<'_>]) -> usize {
    let mut used = 0;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        if is_chatter(line.text) || (used > 0 && is_detail(line.text)) {
            used = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    used
}

fn is_chatter(text: &str) -> bool {
    is_telling(text) || (COMMON.iter().any(|start| text.starts_with(start)) && is_structured(text))
}

/// True for a line that only helm prints.
pub(super) fn is_telling(text: &str) -> bool {
    TELLING.iter().any(|start| text.starts_with(start)) || is_debug(text) || is_news(text)
}

/// `install.go:225: [debug] …`, since 3.17 with a time between; `helm.go` carries the error once more.
pub(super) fn is_debug(text: &str) -> bool {
    let Some((file, rest)) = text.split_once(".go:") else { return false };
    let named = !file.is_empty() && file.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    named && rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains("[debug]")
}

/// `Release "web" does not exist. Installing it now.`, `release "web" uninstalled`.
fn is_news(text: &str) -> bool {
    (text.starts_with("Release \"") || text.starts_with("release \""))
        && ["Installing it now.", "Happy Helming!", "uninstalled"]
            .iter()
            .any(|end| text.trim_end().ends_with(end))
}

/// A structured line of helm 4, or a warning of the client library.
fn is_structured(text: &str) -> bool {
    if text.starts_with("level=") {
        return text.contains(" msg=");
    }
    !text.starts_with(['W', 'I']) || text.contains("warnings.go:") || text.contains("request.go:")
}

/// The second line of a warning, or the reason below `...Unable to get an update`.
fn is_detail(text: &str) -> bool {
    text.starts_with("\tfailed to fetch ")
        || text.starts_with("\tGet \"")
        || text.starts_with("\tlooks like ")
}

/// States the warning with which `--debug` tells that an operation failed: all there is where the error behind
/// it was cut off.
pub(super) fn state_warning(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    for line in lines {
        if let Some((release, message)) = warning(line.text) {
            let told =
                Helm { release: Some(release.to_owned()), ..super::error::of_command(context) };
            out.event(
                std::slice::from_ref(line),
                Helm { message: Some(message.to_owned()), ..told },
            );
            return;
        }
    }
}

/// Reads `[debug] warning: Upgrade "web" failed: message`.
fn warning(text: &str) -> Option<(&str, &str)> {
    let (_, told) = text.split_once("[debug] warning: ").filter(|_| is_debug(text))?;
    let (_, rest) = told.split_once('"')?;
    let (release, message) = rest.split_once("\" failed: ")?;
    Some((release, message.trim()))
}

/// States the repositories that could not be read, and what `--debug` says of workloads that are not ready.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let mut waits: Vec<&str> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let detail = lines.get(index + 1).filter(|next| is_detail(next.text));
        if let (true, Some(detail)) = (line.text.starts_with("...Unable to get an update"), detail)
        {
            let message =
                format!("{} {}", line.trimmed().trim_start_matches('.'), detail.trimmed());
            let both = lines.get(index..index + 2).unwrap_or_default();
            out.event(both, helm(context, Some(message), None));
        }
        if let Some(chart) = line.text.strip_prefix("Pulled: ") {
            let told = helm(context, None, Some("Pulled".to_owned()));
            let chart = Some(chart.trim().to_owned());
            out.event(std::slice::from_ref(line), Helm { chart, ..told });
        }
        if let Some(sentence) = waiting(line.text).filter(|sentence| !waits.contains(sentence)) {
            waits.push(sentence);
            out.event(std::slice::from_ref(line), helm(context, None, Some(sentence.to_owned())));
        }
        if waits.len() > 64 {
            break;
        }
    }
}

/// Returns what a line of `--debug` says about something that is not ready yet.
fn waiting(text: &str) -> Option<&str> {
    let (_, sentence) = text.split_once("[debug] ").filter(|_| is_debug(text))?;
    ["is not ready: ", "is not bound: ", "does not have load balancer", "Job is failed: "]
        .iter()
        .any(|piece| sentence.contains(piece))
        .then_some(sentence)
}

fn helm(context: &Context<'_>, message: Option<String>, description: Option<String>) -> Helm {
    Helm { message, description, ..super::error::of_command(context) }
}
