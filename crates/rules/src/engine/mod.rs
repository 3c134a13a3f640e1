//! Judges: events and rules to findings.
//!
//! For each rule: look for its signals, combine and join them into groups, take back what later evidence
//! heals, and turn the groups into findings or open questions. Then fold symptoms under causes and list
//! what no rule explains.

mod carried;
mod circle;
mod combine;
mod evidence;
mod finding;
mod fold;
mod group;
mod heal;
mod index;
mod names;
mod sighting;
mod unexplained;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Finding, NotAssessed, Subject, Unexplained, Verdict};

use self::combine::Ground;
use self::group::{Group, Partners, Slot, coalesce};
use self::index::Index;
use self::names::Names;
use self::sighting::{Sighting, State};
pub(crate) use self::unexplained::{COMPLAINT_FIELDS, complains};
pub(crate) use self::wording::DERIVED;
use crate::facts::absolute;
use crate::rule::{Condition, Definition, Rule};
use crate::{Catalog, Facts};

/// Settings of one evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The moment of the capture (RFC 3339), against which ages count; the bundle's newest time if absent.
    pub now: Option<String>,
    /// Most places listed as evidence of one finding.
    pub max_evidence: usize,
    /// Most findings of one rule.
    pub max_findings: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { now: None, max_evidence: 5, max_findings: 100 }
    }
}

/// What an evaluation concludes, sorted: live before healed, root causes before symptoms, then by
/// severity, rule, subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rules that fired.
    pub findings: Vec<Finding>,
    /// Open questions.
    pub not_assessed: Vec<NotAssessed>,
    /// Ids of rules for which all that is needed was there and it is not so.
    pub clear: Vec<String>,
    /// Unwell objects that no finding mentions.
    pub unexplained: Vec<Unexplained>,
    /// What the bundle tells once for all, by the place in a command that it fills (`cluster`).
    pub names: BTreeMap<String, String>,
    /// Findings beyond [`Options::max_findings`] that are not listed, by rule.
    pub left_out: BTreeMap<String, LeftOut>,
}

/// Findings of one rule that are not listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Those that hold.
    pub live: u64,
    /// Those that were followed by recovery.
    pub healed: u64,
}

/// Judges `facts` by the rules of `catalog`.
pub fn evaluate(catalog: &Catalog, facts: &Facts, options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    let mut claims = Claims::default();
    let given = Given { index: Index::new(catalog, facts), names: Names::of(facts), options };
    for rule in winners_first(catalog.rules()) {
        judge(rule, &given, &mut claims, &mut outcome);
    }
    fold::explain(catalog, facts, &claims.by_finding, &mut outcome.findings);
    fold::sort(&mut outcome.findings);
    drop_settled(catalog, &mut outcome);
    outcome.not_assessed.sort_by(|a, b| a.rule.cmp(&b.rule));
    outcome.clear.sort();
    outcome.unexplained = unexplained::list(facts, &outcome.findings, &claims.unlisted);
    outcome.names = given.names.all();
    outcome
}

/// What every rule is judged with.
struct Given<'f> {
    index: Index<'f>,
    names: Names,
    options: &'f Options,
}

/// Which events are cited by whom.
#[derive(Default)]
struct Claims {
    /// Events that a finer rule cites, by the rule that must not cite them too.
    by_rule: BTreeMap<String, BTreeSet<usize>>,
    /// Events that decide a finding, by its id.
    by_finding: fold::Cited,
    /// Objects of findings that are not listed: they are explained all the same.
    unlisted: BTreeSet<Subject>,
}

fn judge(rule: &Rule, given: &Given<'_>, claims: &mut Claims, outcome: &mut Outcome) {
    let Given { index, names, options } = given;
    let (definition, facts) = (&*rule.0, index.facts);
    if !definition.signals.iter().any(|signal| signal.kinds.iter().any(|kind| facts.captured(kind)))
    {
        return;
    }
    let claimed = claims.by_rule.remove(rule.id()).unwrap_or_default();
    let seen = sighting::sight(definition, index, &claimed);
    let all = Ground { rule: definition, facts, sightings: &seen, names };
    let (fired, open) = fired(&all);
    for beaten in &definition.beats {
        let cited = fired.iter().flat_map(|group| members(&all, group));
        claims.by_rule.entry(beaten.clone()).or_default().extend(cited);
    }
    if !fired.is_empty() {
        conclude(&all, &fired, options, claims, outcome);
    } else if let Some(question) = question(&all, &open, options) {
        outcome.not_assessed.push(question);
    } else if answered(definition, facts, &seen) {
        outcome.clear.push(rule.id().to_owned());
    }
}

/// Returns what is open about the signs that were not followed by recovery.
fn question(all: &Ground<'_>, open: &[Group], options: &Options) -> Option<NotAssessed> {
    if open.is_empty() {
        return None;
    }
    let now = moment(all.facts, options);
    let Some(left) = heal::live(all, now) else {
        return finding::open(all, open, options.max_evidence);
    };
    let live = Ground { sightings: &left, ..*all };
    finding::open(&live, &fired(&live).1, options.max_evidence)
}

/// Returns the moment of the capture in milliseconds since 1970.
fn moment(facts: &Facts, options: &Options) -> Option<i64> {
    options.now.as_deref().map_or_else(|| facts.newest(), absolute)
}

/// Returns the groups that fire, and those that have signs but miss an answer.
fn fired(ground: &Ground<'_>) -> (Vec<Group>, Vec<Group>) {
    let groups = ground.groups(&ground.rule.condition);
    let (fired, mut open): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|group| group.missing.is_empty());
    for support in &ground.rule.support {
        support_of(ground, *support, &mut open);
    }
    let telling = |signal: &usize| !ground.rule.background.contains(signal);
    open.retain(|group| {
        group.members.iter().any(|(signal, members)| telling(signal) && !members.is_empty())
    });
    let mut fired = per(ground, fired);
    fired.retain(|group| differs(ground, group));
    (fired, open)
}

/// True unless both values that must differ are there and have one in common.
fn differs(ground: &Ground<'_>, group: &Group) -> bool {
    let Some(differ) = &ground.rule.differ else { return true };
    let values = |member: Option<&(usize, usize)>| -> BTreeSet<&str> {
        let Some((signal, keep)) = member else { return BTreeSet::new() };
        let witnesses = evidence::witnesses(ground, group).filter(|(of, _)| of == signal);
        let kept = witnesses.filter_map(|(_, witness)| witness.kept.get(*keep)).flatten();
        kept.map(|kept| kept.key.as_str()).collect()
    };
    values(differ.members.first()).is_disjoint(&values(differ.members.get(1)))
}

/// Keeps the values that group findings, and makes groups that agree in them one.
fn per(ground: &Ground<'_>, mut groups: Vec<Group>) -> Vec<Group> {
    for group in &mut groups {
        for (join, slot) in group.key.iter_mut().enumerate() {
            if !ground.rule.per.contains(&join) {
                *slot = Slot::Free;
            }
        }
    }
    let mut groups = coalesce(adopt(groups));
    for aside in (0..ground.rule.signals.len()).filter(|signal| ground.rule.is_aside(*signal)) {
        support_of(ground, aside, &mut groups);
    }
    groups
}

/// Where only one group is known by name, witnesses that tell no name belong to it.
fn adopt(mut groups: Vec<Group>) -> Vec<Group> {
    let named = |group: &Group| group.key.iter().any(|slot| slot.value().is_some());
    let keys: BTreeSet<Vec<Slot>> =
        groups.iter().filter(|group| named(group)).map(|group| group.key.clone()).collect();
    if let (1, Some(key)) = (keys.len(), keys.first()) {
        for group in groups.iter_mut().filter(|group| !named(group)) {
            group.key.clone_from(key);
        }
    }
    groups
}

/// Adds the witnesses of a supporting signal that agree with a group.
fn support_of(ground: &Ground<'_>, signal: usize, groups: &mut [Group]) {
    let others = ground.of_signal(signal);
    let partners = Partners::new(groups, &others);
    for group in groups {
        let others: Vec<_> = partners.of(group).filter(|other| other.missing.is_empty()).collect();
        for other in others {
            if group.agree(other).is_some_and(|loose| !loose || group.loose) {
                group.take_members(other);
            }
        }
    }
}

/// Turns groups into findings: one is healed if it does not fire without the witnesses that were followed by recovery.
fn conclude(
    all: &Ground<'_>,
    groups: &[Group],
    options: &Options,
    claims: &mut Claims,
    outcome: &mut Outcome,
) {
    let Some(left) = heal::live(all, moment(all.facts, options)) else {
        let verdicts = groups.iter().map(|group| (all, group, false)).collect();
        return list(verdicts, options, claims, outcome);
    };
    let live = Ground { sightings: &left, ..*all };
    let (alive, _) = fired(&live);
    let keys: BTreeSet<_> = alive.iter().map(|group| &group.key).collect();
    let healed = groups.iter().filter(|group| !keys.contains(&group.key));
    let healed = healed.map(|group| (all, group, true));
    list(
        alive.iter().map(|group| (&live, group, false)).chain(healed).collect(),
        options,
        claims,
        outcome,
    );
}

/// Lists the first findings of a rule. What is over the limit is counted, and its objects count as explained;
/// its texts, which are most of the work, are not made.
fn list(
    verdicts: Vec<(&Ground<'_>, &Group, bool)>,
    options: &Options,
    claims: &mut Claims,
    outcome: &mut Outcome,
) {
    for (number, (ground, group, healed)) in verdicts.into_iter().enumerate() {
        if number < options.max_findings {
            let finding = finding::finding(ground, group, healed, options.max_evidence);
            let cited = claims.by_finding.entry(finding.id.clone()).or_default();
            cited.extend(members(ground, group));
            outcome.findings.push(finding);
        } else {
            let left_out = outcome.left_out.entry(ground.rule.id.clone()).or_default();
            *if healed { &mut left_out.healed } else { &mut left_out.live } += 1;
            claims.unlisted.extend(finding::objects(ground, group));
        }
    }
}

/// Returns the events of a group's witnesses, without those that decide nothing.
fn members<'g>(ground: &'g Ground<'_>, group: &'g Group) -> impl Iterator<Item = usize> + 'g {
    evidence::witnesses(ground, group)
        .filter(|(signal, _)| !ground.rule.is_aside(*signal))
        .map(|(_, witness)| witness.event)
}

/// True if the question of the rule was answered: it is not so.
///
/// Where signs are alternatives, every source that was captured has to say no; a source that was not captured
/// is one place less to look at. What is missing of a list that was cut might say yes.
fn answered(rule: &Definition, facts: &Facts, seen: &[Sighting]) -> bool {
    let needed = rule.condition.signals(false);
    let answered =
        |signal: &usize| seen.get(*signal).is_some_and(|sighting| sighting.state != State::Unknown);
    let captured = |signal: &usize| {
        let signal = rule.signals.get(*signal);
        signal.is_some_and(|signal| signal.kinds.iter().any(|kind| facts.captured(kind)))
    };
    let cut = |signal: &usize| {
        let listed = |kind: &&&str| !matches!(**kind, "log" | "agent_log");
        let kinds = rule.signals.get(*signal).map_or(&[][..], |signal| signal.kinds.as_slice());
        kinds.iter().filter(listed).any(|kind| facts.cut(kind))
    };
    if needed.iter().any(cut) {
        return false;
    }
    if let Condition::All(_) = rule.condition {
        // One answered sign is enough to know that not all hold.
        return needed.iter().any(answered);
    }
    let mut captured = needed.iter().filter(|signal| captured(signal)).peekable();
    captured.peek().is_some() && captured.all(answered)
}

/// An open question that a confirmed finding already decides is not worth asking.
fn drop_settled(catalog: &Catalog, outcome: &mut Outcome) {
    let live = outcome.findings.iter().filter(|finding| finding.verdict == Verdict::Confirmed);
    let decided: BTreeSet<&str> = live.map(|finding| finding.rule.as_str()).collect();
    outcome.not_assessed.retain(|question| {
        let settled =
            catalog.get(&question.rule).map_or(&[][..], |rule| rule.0.settled_by.as_slice());
        !settled.iter().any(|rule| decided.contains(rule.as_str()))
    });
}

/// Orders rules so that a rule comes before those that it beats; otherwise by id.
fn winners_first(rules: &[Rule]) -> Vec<&Rule> {
    let mut beaten_by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for rule in rules {
        for beaten in &rule.0.beats {
            beaten_by.entry(beaten.as_str()).or_default().insert(rule.id());
        }
    }
    let ids: BTreeSet<&str> = rules.iter().map(Rule::id).collect();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut ordered = Vec::with_capacity(rules.len());
    let mut open: Vec<&Rule> = rules.iter().collect();
    while !open.is_empty() {
        let before = open.len();
        let mut later = Vec::new();
        for rule in open {
            let winners = beaten_by.get(rule.id()).into_iter().flatten();
            if winners.clone().all(|winner| done.contains(winner) || !ids.contains(winner)) {
                done.insert(rule.id());
                ordered.push(rule);
            } else {
                later.push(rule);
            }
        }
        // Loading refuses cycles; should there be one, order does not matter.
        if later.len() == before {
            ordered.append(&mut later);
        }
        open = later;
    }
    ordered
}
