//! Texts that a bundle holds twice: collectors link logs into several folders, and unpacking makes copies of links.
//!
//! What they say counts once, for the copy whose place tells most.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use kubetriage_model::{ArtifactId, Hint, Note, NoteKind, Parsed};

use crate::read::ArtifactEvents;

/// Lines from which on the same text under the same name is no accident.
const TELLING: u64 = 8;

/// Statements by whose places copies are found; then all of them are compared.
const FIRST: usize = 64;

/// What copies have in common: their sizes, the number of their statements, and where the first of these stand.
type Key = (u64, u64, usize, Vec<(u64, u64)>);

/// Takes the statements out of all but one of the copies of a text, and notes where they are read.
pub(crate) fn drop_repeated(read: &mut [ArtifactEvents]) {
    let mut known: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let mut copies = Vec::new();
    for (index, artifact) in read.iter().enumerate() {
        let Some(key) = key(artifact) else { continue };
        let same = match known.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(vec![index]);
                continue;
            }
            Entry::Occupied(entry) => entry.into_mut(),
        };
        let twin = same
            .iter_mut()
            .find(|other| read.get(**other).is_some_and(|other| is_copy(other, artifact)));
        match twin {
            None => same.push(index),
            Some(other) => {
                let better =
                    read.get(*other).is_some_and(|kept| told(&artifact.hint) > told(&kept.hint));
                let (keep, drop) = if better { (index, *other) } else { (*other, index) };
                copies.push((drop, keep));
                *other = keep;
            }
        }
    }
    for (copy, original) in copies {
        let path = read.get(original).map(|kept| kept.hint.path.clone()).unwrap_or_default();
        if let Some(artifact) = read.get_mut(copy) {
            forget(&mut artifact.parsed, copy, &path);
        }
    }
}

/// Returns what a copy of the artifact would share, `None` when it states nothing.
fn key(artifact: &ArtifactEvents) -> Option<Key> {
    let events = &artifact.parsed.events;
    let places = events.iter().take(FIRST).map(|event| (event.at.start, event.at.end)).collect();
    let reading = &artifact.reading;
    (!events.is_empty()).then_some((reading.text_bytes, reading.lines, events.len(), places))
}

/// True when both texts are the same, as far as anything of them was read, and so are the things they are about.
fn is_copy(one: &ArtifactEvents, other: &ArtifactEvents) -> bool {
    let agree = |one: &Option<String>, other: &Option<String>| {
        one.is_none() || other.is_none() || one == other
    };
    let (a, b) = (&one.hint, &other.hint);
    if !agree(&a.pod, &b.pod)
        || !agree(&a.container, &b.container)
        || !agree(&a.namespace, &b.namespace)
    {
        return false;
    }
    let end = |hint: &Hint, parts: usize| -> Vec<String> {
        hint.path.rsplit(['/', '!']).take(parts).map(str::to_owned).collect()
    };
    let same_pod = a.pod.is_some() && a.pod == b.pod;
    let same_folder = end(a, 2).len() == 2 && end(a, 2) == end(b, 2);
    let same_file = end(a, 1) == end(b, 1) && one.reading.lines >= TELLING;
    if !(same_pod || same_folder || same_file) {
        return false;
    }
    let pairs = one.parsed.events.iter().zip(&other.parsed.events);
    pairs.into_iter().all(|(one, other)| {
        one.data.kind() == other.data.kind()
            && one.at.start == other.at.start
            && one.at.excerpt == other.at.excerpt
    })
}

/// Returns how much the place of a text tells about it.
fn told(hint: &Hint) -> usize {
    [&hint.namespace, &hint.pod, &hint.container, &hint.node].into_iter().flatten().count()
}

fn forget(parsed: &mut Parsed, number: usize, path: &str) {
    parsed.events.clear();
    parsed.coverage.clear();
    let artifact = ArtifactId(u32::try_from(number).unwrap_or(u32::MAX));
    let message = format!("a copy of {path}: counted there");
    parsed.notes.push(Note { artifact, line: None, kind: NoteKind::Info, message });
}
