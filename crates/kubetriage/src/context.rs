//! The lines around evidence, read in a second pass over the few artifacts that carry any.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use kubetriage_model::{Evidence, Report};
use kubetriage_source::{Artifact, Input, Limits, open};

use crate::Error;

/// Longest line of context, in characters.
const LONGEST: usize = 400;

/// Shortest run of base64 that is hidden where a whole line, or all behind its key, is nothing else.
const ENCODED: usize = 24;

/// Reads up to `lines` lines before and behind each piece of evidence into the report.
///
/// Standard input and pipes cannot be read twice: evidence from them stays without context. What the capture
/// holds around a finding nobody has judged, so it is masked harder than evidence is.
///
/// # Errors
///
/// When an input cannot be opened any more.
pub fn add_context(
    report: &mut Report,
    inputs: &[Input],
    limits: &Limits,
    lines: u64,
) -> Result<(), Error> {
    let mut wanted: Wanted = HashMap::new();
    each_evidence(report, &mut |one| {
        let from = one.line.saturating_sub(lines).max(1);
        wanted.entry(one.artifact.clone()).or_default().push((from, one.end_line + lines));
    });
    let again = inputs.iter().any(|input| match input {
        Input::Stdin => true,
        Input::Bytes { .. } => false,
        Input::Path(path) => !path.is_file() && !path.is_dir(),
    });
    if lines == 0 || again || wanted.is_empty() {
        return Ok(());
    }
    let found = Mutex::new(HashMap::new());
    open(inputs, limits)?.each(1, |artifact| {
        if let Some(ranges) = wanted.get(&artifact.hint.path) {
            let path = artifact.hint.path.clone();
            let lines = read(artifact, ranges);
            found.lock().unwrap_or_else(PoisonError::into_inner).insert(path, lines);
        }
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    each_evidence(report, &mut |one| {
        if let Some(text) = found.get(&one.artifact) {
            let from = one.line.saturating_sub(lines).max(1);
            let around = shown(text, from, one.end_line + 1 + lines);
            let before = usize::try_from(one.line.saturating_sub(from)).unwrap_or(usize::MAX);
            let own =
                usize::try_from((one.end_line + 1).saturating_sub(one.line)).unwrap_or(usize::MAX);
            one.before = around.iter().take(before).cloned().collect();
            one.after = around.into_iter().skip(before.saturating_add(own)).collect();
        }
    });
    Ok(())
}

/// Paths of artifacts to ranges of lines (1-based, inclusive).
type Wanted = HashMap<String, Vec<(u64, u64)>>;

/// Numbers of lines to what they say.
type Lines = BTreeMap<u64, String>;

/// Calls `visit` with every piece of evidence.
fn each_evidence(report: &mut Report, visit: &mut dyn FnMut(&mut Evidence)) {
    let unwell = report.unexplained.iter_mut().flat_map(|object| &mut object.evidence);
    let open = report.not_assessed.iter_mut().flat_map(|question| &mut question.found);
    let found = report.findings.iter_mut().flat_map(|finding| &mut finding.evidence);
    for evidence in found.chain(open).chain(unwell) {
        visit(evidence);
    }
}

/// Reads the lines in `ranges`, and no further than the last of them.
fn read(mut artifact: Artifact, ranges: &[(u64, u64)]) -> Lines {
    let mut ranges = ranges.to_vec();
    ranges.sort_unstable();
    let last = ranges.iter().map(|(_, to)| *to).max().unwrap_or(0);
    let mut lines = Lines::new();
    for block in artifact.blocks() {
        if block.first_line > last {
            break;
        }
        let mut next = 0;
        for (number, line) in (block.first_line..=last).zip(block.text.lines()) {
            while ranges.get(next).is_some_and(|(_, to)| *to < number) {
                next += 1;
            }
            // Ranges overlap; those behind the first open one begin no earlier than it does.
            if ranges.get(next).is_some_and(|(from, _)| *from <= number) {
                lines.insert(number, line.chars().take(LONGEST + 1).collect());
            }
        }
    }
    lines
}

/// Returns the lines from `from` to before `to`, masked together: a key has many lines, and what introduces a
/// secret may stand on the line above it.
fn shown(text: &Lines, from: u64, to: u64) -> Vec<String> {
    let lines: Vec<String> = text
        .range(from..to.max(from))
        .map(|(_, line)| if hidden(line) { "***".to_owned() } else { line.clone() })
        .collect();
    if lines.is_empty() {
        return lines;
    }
    let number = lines.len();
    let masked = kubetriage_mask::clean(&lines.join("\n"));
    let mut masked: Vec<String> = masked.split('\n').map(cut).collect();
    masked.resize(number, "***".to_owned());
    masked
}

/// True for a line that may be a part of a key or the value of a Secret: base64 and nothing else.
fn hidden(line: &str) -> bool {
    let value = line.rsplit_once(": ").map_or(line, |(_, value)| value);
    let value = value.trim().trim_matches(['"', ',']);
    value.len() >= ENCODED
        && value.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
        && value.chars().any(|c| c.is_ascii_uppercase())
}

/// Cuts a line that is too long to be shown.
fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_of_secrets_are_hidden() {
        let key = "MIIEpAIBAAKCAQEA7bq3examplexamplexamplexample";
        for line in [key.to_owned(), format!("  tls.key: {key}"), format!("\"key\": \"{key}\",")] {
            assert!(hidden(&line), "{line}");
        }
        for line in [
            "",
            "  image: contoso.azurecr.io/web:1.4.2",
            "deployment.apps/web configured",
            "creationtimestampofthepod",
        ] {
            assert!(!hidden(line), "{line}");
        }
    }

    #[test]
    fn lines_stay_in_step_with_what_was_masked() {
        let lines: Lines = (1..)
            .zip(["a", "-----BEGIN RSA PRIVATE KEY-----", "short", "b"].map(str::to_owned))
            .collect();
        assert_eq!(shown(&lines, 1, 5), ["a", "***", "***", "***"]);
        assert_eq!(shown(&lines, 4, 5), ["b"]);
        assert!(shown(&lines, 5, 4).is_empty());
    }
}
