//! Suppressions: findings that somebody tolerates, for a reason and usually until a day.

use std::collections::BTreeMap;

use kubetriage_model::{Finding, Report, Subject, Suppressed, Suppression, SuppressionState};
use serde::Deserialize;
use serde_yaml::Spanned;

use crate::glob::fits;
use crate::keep;

/// Why a suppression file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct SuppressionError {
    /// Name of the file.
    pub file: String,
    /// Line (1-based).
    pub line: u64,
    /// What was found and what was expected.
    pub message: String,
}

/// The entries of suppression files, in order.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    entries: Vec<Placed>,
}

/// An entry and where it stands, `file:line`.
#[derive(Debug, Clone)]
struct Placed {
    at: String,
    entry: Entry,
}

/// One entry as written; globs take `*` and `?`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    subject: Option<String>,
    #[serde(default)]
    keys: BTreeMap<String, String>,
    artifact: Option<String>,
    reason: String,
    until: Option<String>,
}

impl Suppressions {
    /// Adds the entries of a file: a YAML list of maps.
    ///
    /// `rule` (glob of rule ids) and `reason` must be there. `subject` (glob of `name`, `namespace/name`,
    /// `Kind/name` or `Kind/namespace/name`), `keys` (name of a kept value to glob) and `artifact` (glob of
    /// the path that all evidence stands in) narrow it down. `until` is the last day, `2026-12-31`.
    ///
    /// # Errors
    /// When the file is no such list, an entry gives no reason, or a date is none.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), SuppressionError> {
        let wrong = |line, message: &str| SuppressionError {
            file: file.to_owned(),
            line,
            message: message.lines().next().unwrap_or_default().to_owned(),
        };
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(());
        }
        let entries: Vec<Spanned<Entry>> = serde_yaml::from_str(text).map_err(|error| {
            wrong(error.location().map_or(1, |place| place.line()), &error.to_string())
        })?;
        for Spanned { value: entry, referenced, .. } in entries {
            let line = referenced.line();
            if entry.reason.trim().is_empty() || entry.rule.trim().is_empty() {
                return Err(wrong(line, "an entry needs a rule and a reason that is not empty"));
            }
            if let Some(until) = entry.until.as_deref().filter(|until| !is_day(until)) {
                return Err(wrong(
                    line,
                    &format!("until: `{until}` is no day, expected 2026-12-31"),
                ));
            }
            self.entries.push(Placed { at: format!("{file}:{line}"), entry });
        }
        Ok(())
    }

    /// Takes the tolerated findings out of `report` and tells what became of each entry.
    ///
    /// An entry ends after its last day by `now` (RFC 3339), else by the newest time of the bundle; where
    /// neither is known it holds. The first entry that means a finding takes it.
    pub fn apply(&self, report: &mut Report, now: Option<&str>) {
        let now = now.map(str::to_owned).or_else(|| report.bundle.last_time.clone());
        let today = now.as_deref().and_then(|now| now.get(..10)).unwrap_or_default().to_owned();
        let over = |entry: &Entry| entry.until.as_ref().is_some_and(|until| *until < today);
        let mut counts = vec![0_u64; self.entries.len()];
        let mut taken: Vec<usize> = Vec::new();
        let gone = keep(report, |finding| {
            let meant = self.entries.iter().enumerate().filter(|(_, it)| it.entry.means(finding));
            let meant: Vec<_> = meant.map(|(index, it)| (index, over(&it.entry))).collect();
            let first = meant.iter().find(|(_, over)| !over).map(|(index, _)| *index);
            let worked = |index: &usize, over: bool| over || Some(*index) == first;
            for (index, _) in meant.iter().filter(|(index, over)| worked(index, *over)) {
                counts.get_mut(*index).into_iter().for_each(|count| *count += 1);
            }
            taken.extend(first);
            first.is_none()
        });
        for (finding, index) in gone.into_iter().zip(taken) {
            if let Some(Placed { at, entry }) = self.entries.get(index) {
                *report.summary.suppressed.entry(finding.rule.clone()).or_default() += 1;
                report.suppressed.push(Suppressed {
                    finding,
                    reason: entry.reason.clone(),
                    until: entry.until.clone(),
                    entry: at.clone(),
                });
            }
        }
        let states = self.entries.iter().zip(counts).map(|(placed, count)| Suppression {
            entry: placed.at.clone(),
            rule: placed.entry.rule.clone(),
            reason: placed.entry.reason.clone(),
            until: placed.entry.until.clone(),
            state: match count {
                _ if over(&placed.entry) => SuppressionState::Expired,
                0 => SuppressionState::Unused,
                _ => SuppressionState::Applied,
            },
            count,
        });
        report.suppressions.extend(states);
    }
}

impl Entry {
    fn means(&self, finding: &Finding) -> bool {
        let subject = |glob: &String| {
            is_meant(glob, &finding.subject)
                || finding.subject.name.is_none()
                    && !finding.affected.is_empty()
                    && finding.affected.iter().all(|object| is_meant(glob, object))
        };
        let key = |(name, glob): (&String, &String)| {
            finding.keys.get(name).is_some_and(|value| fits(glob, value))
        };
        let artifact =
            |glob: &String| finding.evidence.iter().all(|place| fits(glob, &place.artifact));
        fits(&self.rule, &finding.rule)
            && self.subject.as_ref().is_none_or(subject)
            && self.keys.iter().all(key)
            && self.artifact.as_ref().is_none_or(artifact)
    }
}

/// True when the glob means the object by one of the ways to name it.
fn is_meant(glob: &str, subject: &Subject) -> bool {
    let Some(name) = subject.name.as_deref() else { return false };
    let kind = subject.kind.as_deref().unwrap_or("?");
    let mut names = vec![name.to_owned(), format!("{kind}/{name}")];
    if let Some(namespace) = &subject.namespace {
        names.extend([format!("{namespace}/{name}"), format!("{kind}/{namespace}/{name}")]);
    }
    names.iter().any(|name| fits(glob, name))
}

/// True for a day such as `2026-12-31`.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u16>().ok()));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    matches!(
        (year, month, day),
        (Some((4, Some(_))), Some((2, Some(1..=12))), Some((2, Some(1..=31))))
    ) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{finding, report};

    fn applied(text: &str, now: Option<&str>) -> Report {
        let mut suppressions = Suppressions::default();
        suppressions.add("s.yaml", text).unwrap();
        let mut report = report(vec![
            finding("image/not-found", "shop", "web-1"),
            finding("pod/crash-loop", "shop", "web-1"),
        ]);
        suppressions.apply(&mut report, now);
        report
    }

    #[test]
    fn a_tolerated_finding_is_counted_and_listed() {
        let report = applied(
            "- rule: image/*\n  subject: shop/web-*\n  reason: known\n  until: 2026-12-31\n",
            Some("2026-12-31T23:00:00Z"),
        );
        assert_eq!(report.findings.len(), 1);
        assert_eq!(report.summary.suppressed["image/not-found"], 1);
        assert_eq!((report.summary.error, report.suppressed.len()), (1, 1));
        assert_eq!(report.suppressed[0].entry, "s.yaml:1");
        assert_eq!(report.suppressions[0].state, SuppressionState::Applied);
        assert!(report.findings[0].explained_by.is_empty(), "no reference leads nowhere");
    }

    #[test]
    fn what_has_ended_or_means_nothing_is_told() {
        let text = "- {rule: image/not-found, reason: a, until: 2026-12-31}\n\
                    - {rule: 'dns/*', reason: b}\n\
                    - {rule: '*', keys: {image: '*:v1'}, reason: c}\n";
        let report = applied(text, Some("2027-01-01T00:00:00Z"));
        assert_eq!(report.findings.len(), 2);
        let states: Vec<_> = report.suppressions.iter().map(|it| (it.state, it.count)).collect();
        let (expired, unused) = (SuppressionState::Expired, SuppressionState::Unused);
        assert_eq!(states, [(expired, 1), (unused, 0), (unused, 0)]);
        // Without any clock nothing ends.
        assert_eq!(applied(text, None).findings.len(), 1);
    }

    #[test]
    fn wrong_files_are_refused_at_their_line() {
        for (text, line, word) in [
            ("- rule: x\n", 1, "reason"),
            ("- rule: x\n  reason: ' '\n", 1, "reason"),
            ("- {rule: x, reason: y}\n- rule: x\n  reson: y\n", 3, "reson"),
            ("- {rule: x, reason: y, until: soon}\n", 1, "2026-12-31"),
            ("rule: x\n", 1, ""),
        ] {
            let error = Suppressions::default().add("s.yaml", text).unwrap_err();
            assert!(error.message.contains(word), "{error}");
            assert_eq!(error.line, line, "{error}");
        }
        assert_eq!(Suppressions::default().add("s.yaml", "# nothing yet\n"), Ok(()));
    }
}
