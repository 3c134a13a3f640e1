//! Groups to findings and open questions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kubetriage_model::{Confidence, Finding, Fix, NotAssessed, Subject, Verdict};
use sha2::{Digest, Sha256};

use super::combine::Ground;
use super::evidence;
use super::group::Group;
use super::wording::Wording;
use crate::facts::printed_time;
use crate::rule::FixText;

/// Kept values that identify nothing.
const NOT_KEYS: &[&str] = &["object", "time", "at", "message"];

/// Returns the finding of one group.
pub(super) fn finding(
    ground: &Ground<'_>,
    group: &Group,
    healed: bool,
    max_evidence: usize,
) -> Finding {
    let rule = ground.rule;
    let wording = Wording::new(ground, group);
    let subject = wording.subject();
    let keys = keys(ground, &wording);
    let verdict = match (healed, group.loose) {
        (true, _) => Verdict::Healed,
        (false, true) => Verdict::Likely,
        (false, false) => Verdict::Confirmed,
    };
    let affected = wording.objects.iter().map(|object| object.subject());
    let mut affected: Vec<Subject> = affected.filter(|object| *object != subject).collect();
    affected.sort();
    let (first_seen, last_seen) = times(ground, group);
    Finding {
        id: fingerprint(ground, &subject, &wording),
        rule: rule.id.clone(),
        verdict,
        severity: rule.severity,
        confidence: confidence(ground, group),
        title: wording.telling(&rule.told.say.titles),
        subject,
        keys,
        cause: wording.telling(&rule.told.say.causes),
        count: count(ground, group),
        first_seen,
        last_seen,
        evidence: evidence::list(ground, group, max_evidence),
        affected,
        fixes: fixes(ground, &wording),
        verify: rule.told.say.verify.iter().map(|text| wording.sentence(text)).collect(),
        docs: rule.docs.clone(),
        explains: Vec::new(),
        explained_by: Vec::new(),
    }
}

/// Returns the objects that the finding of a group would name.
pub(super) fn objects(ground: &Ground<'_>, group: &Group) -> BTreeSet<Subject> {
    let wording = Wording::new(ground, group);
    let affected = wording.objects.iter().map(|object| object.subject());
    affected.chain([wording.subject()]).collect()
}

fn fixes(ground: &Ground<'_>, wording: &Wording<'_>) -> Vec<Fix> {
    let told = |fix: &&FixText| fix.when.iter().all(|name| wording.fills(name));
    let fixes = ground.rule.told.say.fixes.iter().filter(told);
    fixes
        .map(|fix| Fix {
            title: wording.sentence(&fix.title),
            recommended: fix.recommended,
            steps: fix.steps.iter().map(|text| wording.sentence(text)).collect(),
            commands: fix.commands.iter().map(|text| wording.command(text)).collect(),
            manifest: fix.manifest.as_ref().map(|text| wording.manifest(text)),
        })
        .collect()
}

/// The values that all witnesses agree on.
fn keys(ground: &Ground<'_>, wording: &Wording<'_>) -> BTreeMap<String, String> {
    let names = ground.rule.signals.iter().flat_map(|signal| &signal.keeps);
    let names: BTreeSet<&str> = names.map(|keep| keep.name.as_str()).collect();
    let mut keys = BTreeMap::new();
    for name in names.into_iter().filter(|name| !NOT_KEYS.contains(name)) {
        keys.extend(wording.only(name).map(|value| (name.to_owned(), value)));
    }
    keys
}

fn confidence(ground: &Ground<'_>, group: &Group) -> Confidence {
    let held = |signal: &usize| group.members.contains_key(signal);
    let supported = ground.rule.support.is_empty() || ground.rule.support.iter().any(held);
    let derived = if group.loose || !supported { Confidence::Medium } else { Confidence::High };
    // `High` sorts first: the lower of the two is the greater.
    ground.rule.confidence.map_or(derived, |most| derived.max(most))
}

/// How often the bundle says it, with what was left out because a log says it over and over.
fn count(ground: &Ground<'_>, group: &Group) -> u64 {
    let events: BTreeSet<usize> = super::members(ground, group).collect();
    let facts = events.iter().filter_map(|event| ground.facts.fact(*event));
    facts.map(|fact| fact.event.at.repeats + 1).sum()
}

/// Earliest and latest time, as the capture prints them.
fn times(ground: &Ground<'_>, group: &Group) -> (Option<String>, Option<String>) {
    let mut timed = Vec::new();
    for event in super::members(ground, group) {
        let (Some(moment), Some(fact)) = (ground.facts.moment(event), ground.facts.fact(event))
        else {
            continue;
        };
        if let Some(text) = printed_time(&fact.event.data) {
            let order = moment.absolute.or_else(|| moment.age.map(|age| -age));
            timed.extend(order.map(|order| (moment.absolute.is_some(), order, text)));
        }
    }
    // Ages and times of day do not compare: the absolute ones say more.
    let absolute = timed.iter().any(|(absolute, ..)| *absolute);
    timed.retain(|(is, ..)| *is == absolute);
    let text = |found: Option<&(bool, i64, &str)>| found.map(|(_, _, text)| (*text).to_owned());
    (text(timed.iter().min()), text(timed.iter().max()))
}

/// Sixteen hexadecimal digits that stay the same as long as rule, subject and grouping values do.
fn fingerprint(ground: &Ground<'_>, subject: &Subject, wording: &Wording<'_>) -> String {
    let rule = ground.rule;
    let mut hash = Sha256::new();
    let part = |text: Option<&str>| format!("{}\0", text.unwrap_or_default());
    hash.update(part(Some(&rule.id)));
    for text in [&subject.kind, &subject.namespace, &subject.name] {
        hash.update(part(text.as_deref()));
    }
    for join in rule.per.iter().filter_map(|index| rule.joins.get(*index)) {
        hash.update(part(wording.of_join(&join.name).as_deref()));
    }
    let mut id = String::new();
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// Returns the open question of a group that has signs but misses an answer.
pub(super) fn open(
    ground: &Ground<'_>,
    groups: &[Group],
    max_evidence: usize,
) -> Option<NotAssessed> {
    let mut all = groups.first()?.clone();
    for group in groups {
        all.missing.extend(&group.missing);
        for (signal, members) in &group.members {
            all.members.entry(*signal).or_default().extend(members);
        }
    }
    let wording = Wording::new(ground, &all);
    let kinds = missing_kinds(ground, &all);
    let wanted = ground.rule.told.collect.iter().filter(|collect| kinds.contains(&collect.kind));
    let commands = wanted.flat_map(|collect| &collect.commands);
    Some(NotAssessed {
        rule: ground.rule.id.clone(),
        title: wording.telling(&ground.rule.told.say.titles),
        reason: reason(ground, &all, &kinds),
        found: evidence::list(ground, &all, max_evidence),
        collect: commands.map(|text| wording.command(text)).collect(),
        missing: kinds.into_iter().collect(),
    })
}

fn missing_kinds(ground: &Ground<'_>, group: &Group) -> BTreeSet<String> {
    let signals = group.missing.iter().filter_map(|signal| ground.rule.signals.get(*signal));
    signals.flat_map(|signal| &signal.kinds).map(|kind| (*kind).to_owned()).collect()
}

/// Why nothing answers: scrubbed, incomplete statements, cut, expired, empty, or not captured at all.
fn reason(ground: &Ground<'_>, group: &Group, kinds: &BTreeSet<String>) -> String {
    let undecided = group
        .missing
        .iter()
        .any(|signal| ground.sightings.get(*signal).is_some_and(|sighting| sighting.undecided > 0));
    let facts = ground.facts;
    let reason = if undecided && kinds.iter().any(|kind| facts.scrubbed(kind)) {
        "scrubbed: a cleaner replaced the values that decide"
    } else if undecided {
        "the capture does not show the field that decides"
    } else if kinds.iter().any(|kind| facts.cut(kind)) {
        "cut: the capture is not whole"
    } else if kinds.contains("kube_event") && facts.captured("kube_event") {
        "expired: Kubernetes keeps events for about an hour, and those captured do not speak of this"
    } else if kinds.iter().any(|kind| !facts.of_kind(kind).is_empty()) {
        "captured, but not for what this is about"
    } else if kinds.iter().any(|kind| facts.captured(kind)) {
        "empty: the capture holds none"
    } else {
        "not captured"
    };
    reason.to_owned()
}
