//! Evidence: where in the bundle the witnesses of a finding stand.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kubetriage_mask as mask;
use kubetriage_model::{ArtifactId, Evidence, Provenance};

use super::combine::Ground;
use super::group::Group;
use super::sighting::Witness;
use crate::facts::{Fact, printed_time};
use crate::signal::{FieldPath, FieldTest, Keep, Signal, Truth, text_of};

/// Longest excerpt, in characters.
const EXCERPT: usize = 1_000;

/// Longest value of a field that is pointed at as a whole; a longer one is a sentence.
const LONGEST_WORD: usize = 64;

/// Rank of fields that only say about whom a statement is.
const NAMES: u8 = 4;

/// Lists the witnesses of `group`: at most `most`, in turn of signals and artifacts.
pub(super) fn list(ground: &Ground<'_>, group: &Group, most: usize) -> Vec<Evidence> {
    let mut queues: VecDeque<VecDeque<(usize, &Witness)>> = VecDeque::new();
    let mut places: BTreeMap<(usize, ArtifactId), VecDeque<(usize, &Witness)>> = BTreeMap::new();
    for (signal, witness) in witnesses(ground, group) {
        if let Some(fact) = ground.facts.fact(witness.event) {
            let place = places.entry((signal, fact.event.at.artifact)).or_default();
            place.push_back((signal, witness));
        }
    }
    queues.extend(interleaved(places));
    let mut evidence = Vec::new();
    let mut seen = BTreeSet::new();
    while let Some(mut queue) = queues.pop_front() {
        if evidence.len() >= most {
            break;
        }
        if let Some((signal, witness)) = queue.pop_front() {
            let one = place(ground, signal, witness);
            evidence.extend(one.filter(|one| seen.insert((one.artifact.clone(), one.line))));
            queues.push_back(queue);
        }
    }
    // A line that carries the words shows more than one from which the state was worked out.
    evidence.sort_by_key(|one: &Evidence| one.width == 0);
    evidence
}

/// Every signal shows one artifact, then every other artifact is shown, then what is left: whoever reads only the
/// first few places sees each sign and as many captures as can be.
fn interleaved<T>(places: BTreeMap<(usize, ArtifactId), T>) -> Vec<T> {
    let mut shown: BTreeSet<ArtifactId> = BTreeSet::new();
    let mut ranks: BTreeMap<(usize, ArtifactId), u8> = BTreeMap::new();
    let signals: BTreeSet<usize> = places.keys().map(|(signal, _)| *signal).collect();
    for signal in signals {
        let mut own = places.keys().filter(|(of, _)| *of == signal);
        let new = own.clone().find(|(_, artifact)| !shown.contains(artifact));
        if let Some(first) = new.or_else(|| own.next()) {
            shown.insert(first.1);
            ranks.insert(*first, 0);
        }
    }
    for place in places.keys() {
        let new = shown.insert(place.1);
        ranks.entry(*place).or_insert(if new { 1 } else { 2 });
    }
    let mut ordered: Vec<((u8, usize), T)> = Vec::new();
    for (place, queue) in places {
        ordered.push(((ranks.get(&place).copied().unwrap_or(2), place.0), queue));
    }
    ordered.sort_by_key(|(order, _)| *order);
    ordered.into_iter().map(|(_, queue)| queue).collect()
}

/// Returns the witnesses of `group` with their signals.
pub(super) fn witnesses<'g>(
    ground: &'g Ground<'_>,
    group: &'g Group,
) -> impl Iterator<Item = (usize, &'g Witness)> {
    group.members.iter().flat_map(|(signal, members)| {
        let sighting = ground.sightings.get(*signal);
        let witnesses = members.iter().filter_map(move |index| sighting?.witnesses.get(*index));
        witnesses.map(move |witness| (*signal, witness))
    })
}

fn place(ground: &Ground<'_>, signal: usize, witness: &Witness) -> Option<Evidence> {
    let signal = ground.rule.signals.get(signal)?;
    let fact = ground.facts.fact(witness.event)?;
    let event = fact.event;
    let spot = spot(signal, witness, &fact);
    let (column, width) = spot.shown();
    Some(Evidence {
        artifact: ground.facts.path(event.at.artifact),
        line: spot.line,
        column,
        end_line: spot.line,
        width,
        excerpt: cut(&mask::clean(spot.text)),
        signal: signal.name.clone(),
        kind: event.data.kind().to_owned(),
        time: printed_time(&event.data).map(str::to_owned),
        before: Vec::new(),
        after: Vec::new(),
    })
}

/// One line, and what on it carries the statement.
struct Spot<'e> {
    line: u64,
    text: &'e str,
    column: u64,
    width: u64,
}

impl Spot<'_> {
    /// Returns column and width in the text as it is shown: what is masked is as long as its mask.
    fn shown(&self) -> (u64, u64) {
        let shown = |characters: u64| {
            let count = usize::try_from(characters).unwrap_or(usize::MAX);
            let part: String = self.text.chars().take(count).collect();
            mask::clean(&part).chars().count() as u64
        };
        let before = self.column.saturating_sub(1);
        if self.width == 0 || mask::clean(self.text) == self.text {
            return (self.column, self.width);
        }
        let start = shown(before);
        (start + 1, shown(before + self.width).saturating_sub(start).max(1))
    }
}

/// Looks for what the signal tested or kept on the lines of its fields: those first whose tests have passed and
/// say most.
fn spot<'e>(signal: &Signal, witness: &Witness, fact: &Fact<'e>) -> Spot<'e> {
    let at = &fact.event.at;
    let passed = |tests: &&Vec<FieldTest>| tests.iter().all(|test| test.holds(fact) == Truth::True);
    let passed = signal.choices.iter().filter(passed).flatten();
    let mut paths: Vec<&FieldPath> = passed.map(|test| &test.path).collect();
    paths.sort_by_key(|path| rank(path.field()));
    let kept: Vec<&str> = witness.kept.iter().flatten().map(|kept| kept.text.as_str()).collect();
    // A statement of many lines that does not say where a field stands may show its words anywhere.
    let is_placed = |path: &&FieldPath| {
        at.line == at.end_line || at.marks.iter().any(|mark| mark.field == path.field())
    };
    let (mut placed, loose): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_placed);
    placed.extend(signal.keeps.iter().flat_map(Keep::paths).filter(is_placed));
    placed.sort_by_key(|path| rank(path.field()));
    let asked = placed.iter().map(|path| (*path, kept.as_slice()));
    let mut asked = asked.chain(loose.iter().map(|path| (*path, &[][..])));
    if let Some(spot) = asked.find_map(|(path, kept)| spot_of(signal, kept, fact, path)) {
        return spot;
    }
    let whole = (at.line, at.excerpt.as_str());
    if placed.is_empty()
        && let Some(spot) = named(signal, witness).find_map(|name| find(whole.0, whole.1, name))
    {
        return spot;
    }
    let (line, text) = placed.first().map_or(whole, |path| at.of_field(path.field()));
    let text = text.lines().next().unwrap_or_default();
    let indent = text.chars().take_while(|sign| sign.is_whitespace()).count() as u64;
    Spot { line, text, column: indent + 1, width: 0 }
}

/// Returns what tells whom a witness is about; a namespace stands on lines that say nothing.
fn named<'w>(signal: &Signal, witness: &'w Witness) -> impl Iterator<Item = &'w str> {
    let kept = signal.keeps.iter().zip(&witness.kept).filter(|(keep, _)| keep.name != "namespace");
    kept.flat_map(|(_, kept)| kept).map(|kept| kept.text.as_str())
}

/// Looks on the lines of one field for what the field says in a word (a pattern may ask), what is asked for (names
/// only where names stand), and what is kept.
fn spot_of<'e>(
    signal: &Signal,
    kept: &[&str],
    fact: &Fact<'e>,
    path: &FieldPath,
) -> Option<Spot<'e>> {
    let values = path.read(fact);
    let values: Vec<String> = values.iter().filter_map(text_of).collect();
    let values = values.iter().map(String::as_str).filter(|value| value.len() <= LONGEST_WORD);
    let says = |test: &&FieldTest| rank(test.path.field()) <= rank(path.field()).max(NAMES - 1);
    let words = signal.choices.iter().flatten().filter(says).flat_map(|test| test.test.words());
    let asked = values.chain(words.map(String::as_str));
    let mut words = asked.chain(kept.iter().copied());
    let lines = lines_of(&fact.event.at, path);
    words.find_map(|word| lines.iter().find_map(|(line, text)| find(*line, text, word)))
}

/// Returns the lines of a field: a map may stand on several, of which the one with the key is meant.
fn lines_of<'e>(at: &'e Provenance, path: &FieldPath) -> Vec<(u64, &'e str)> {
    let marks = at.marks.iter().filter(|mark| mark.field == path.field());
    let mut lines: Vec<_> = marks.map(|mark| (mark.line, mark.text.as_str())).collect();
    let of_key = |(_, text): &(u64, &str)| {
        path.key().is_some_and(|key| text.trim_start_matches([' ', '"', '-']).starts_with(key))
    };
    if lines.iter().any(of_key) {
        lines.retain(of_key);
    }
    if lines.is_empty() { vec![at.of_field(path.field())] } else { lines }
}

/// What says most is pointed at first; names only say about whom.
fn rank(field: &str) -> u8 {
    match field {
        "message" | "inner" | "addresses" | "taints" => 0,
        "reason" | "last_reason" | "status" | "provisioning_state" => 1,
        "state" | "last_state" | "ready" | "restarts" => 3,
        "namespace" | "name" | "object" | "kind" | "type" => NAMES,
        _ => 2,
    }
}

/// Finds `word` in an excerpt of one or more lines, ignoring case.
fn find<'e>(first: u64, excerpt: &'e str, word: &str) -> Option<Spot<'e>> {
    if word.len() < 3 {
        return None;
    }
    for (number, text) in (first..).zip(excerpt.lines()) {
        let at = text.to_ascii_lowercase().find(&word.to_ascii_lowercase());
        if let Some(before) = at.and_then(|at| text.get(..at)) {
            let column = before.chars().count() as u64 + 1;
            return Some(Spot { line: number, text, column, width: word.chars().count() as u64 });
        }
    }
    None
}

fn cut(text: &str) -> String {
    if text.chars().nth(EXCERPT).is_none() {
        return text.to_owned();
    }
    text.chars().take(EXCERPT).chain(['…']).collect()
}
