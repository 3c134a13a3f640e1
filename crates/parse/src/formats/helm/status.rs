//! The block of `helm status`, which install and upgrade print as well.

use kubetriage_model::Helm;

use super::error::of_command;
use super::table::failure_of;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::text::Line;

/// Keys of the block, in the order in which they are printed.
const KEYS: &[&str] = &[
    "NAME",
    "LAST DEPLOYED",
    "NAMESPACE",
    "STATUS",
    "REVISION",
    "CHART",
    "VERSION",
    "APP_VERSION",
    "DESCRIPTION",
];
/// Most lines of the block, a description of many lines among them.
const LONGEST: usize = 80;

/// True when the block starts here: `NAME: web` above `LAST DEPLOYED:` or `NAMESPACE:`.
pub(super) fn starts(lines: &[Line<'_>]) -> bool {
    let key = |index: usize| lines.get(index).and_then(|line| pair(line.text)).map(|(key, _)| key);
    key(0) == Some("NAME") && matches!(key(1), Some("LAST DEPLOYED" | "NAMESPACE"))
}

fn pair(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    KEYS.contains(&key).then_some((key, value.trim()))
}

/// Returns the length of the block, without the parts that other formats read.
pub(super) fn length(lines: &[Line<'_>]) -> usize {
    let mut described = false;
    let mut used = 0;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        match pair(line.text) {
            Some((key, _)) => described = key == "DESCRIPTION",
            None if is_end(line.text) || (line.is_blank() && !described) => break,
            None if !described => break,
            None => {}
        }
        if !line.is_blank() {
            used = index + 1;
        }
    }
    used + notes_length(lines.get(used..).unwrap_or_default())
}

fn is_end(text: &str) -> bool {
    ["RESOURCES:", "TEST SUITE:", "NOTES:", "HOOKS:", "MANIFEST:", "==> "]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Returns the length of `TEST SUITE: None` and of the notes, which go on to the end of the output.
fn notes_length(lines: &[Line<'_>]) -> usize {
    let tests = lines.iter().take_while(|line| line.text.starts_with("TEST SUITE:")).count();
    let notes = lines.get(tests).is_some_and(|line| line.text.starts_with("NOTES:"));
    if notes { lines.len() } else { tests }
}

/// States the release.
pub(super) fn state(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let mut helm = of_command(context);
    let mut last = 0;
    let mut described = false;
    for (index, line) in lines.iter().enumerate() {
        let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        let Some((key, value)) = pair(line.text) else {
            if is_end(line.text) {
                break;
            }
            if let Some(description) = helm.description.as_mut().filter(|_| described) {
                description.push('\n');
                description.push_str(line.trimmed());
            }
            continue;
        };
        last = index;
        described = key == "DESCRIPTION";
        match key {
            "NAME" => helm.release = text(value),
            "LAST DEPLOYED" => helm.updated = text(value),
            "NAMESPACE" => helm.namespace = text(value),
            "STATUS" => helm.status = text(value),
            "REVISION" => helm.revision = value.parse().ok(),
            "CHART" => helm.chart = text(value),
            "APP_VERSION" => helm.app_version = text(value),
            "DESCRIPTION" => helm.description = text(value),
            _ => {}
        }
    }
    helm.message = helm.description.as_deref().and_then(failure_of);
    out.event(lines.get(..=last).unwrap_or(lines), Helm { ..helm });
}
