//! Captures in the forms in which people hand them over say what the clean ones say.
//!
//! Every capture of [`captures`] is put into every form of [`dress`]. The findings must be the same: rule,
//! verdict and subject; and each place of evidence must be a line that stems from one the clean capture gave.
//! What a form cannot help losing is stated in [`lost`], with the reason. No form may add a finding.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![expect(clippy::string_slice, reason = "fixtures are known")]

mod captures;
mod dress;
mod dressed;
mod lost;
mod said;
mod texts;

use std::collections::BTreeSet;

use captures::{CAPTURES, Capture, Kind};
use dress::{Form, forms};
use dressed::Dressed;
use said::{Key, Said, below, said};

/// Returns what is wrong with a capture in a form.
fn wrong(capture: &Capture, clean: &Said, form: &Form) -> Vec<String> {
    let Some(dressed) = (form.dress)(capture) else { return Vec::new() };
    let found = said(&(form.bytes)(&dressed));
    let stated = |key: &Key| lost::is_stated(form.name, capture.path, &key.rule);
    let same_rule = |said: &Said, key: &Key| said.keys().any(|own| own.rule == key.rule);
    let mut wrong = Vec::new();
    for (key, places) in clean.iter().filter(|(key, _)| !stated(key)) {
        let there = places.iter().all(|(line, _)| dressed.holds(*line));
        let loosely = form.loose && (same_rule(&found, key) || !there);
        if !loosely && !found.contains_key(key) {
            wrong.push(format!("lost {key}"));
        }
    }
    // What has lost its subject is found about another one.
    for (key, places) in found.iter().filter(|(key, _)| !stated(key)) {
        match clean.get(key) {
            _ if form.loose && same_rule(clean, key) => {}
            None => wrong.push(format!("added {key} at {places:?}")),
            Some(_) if form.joins || lost::is_moved(form.name, capture.path) => {}
            Some(clean) => wrong.extend(misplaced(key, places, clean, &dressed)),
        }
    }
    wrong
        .iter()
        .map(|what| format!("{} {}: {}: {what}", form.row, form.name, capture.path))
        .collect()
}

/// Returns the places of evidence that do not stem from those of the clean capture.
fn misplaced(
    key: &Key,
    places: &BTreeSet<(u64, u64)>,
    clean: &BTreeSet<(u64, u64)>,
    dressed: &Dressed,
) -> Vec<String> {
    let known = |line: u64| clean.iter().any(|(first, last)| (*first..=*last).contains(&line));
    places
        .iter()
        .filter(|(line, end)| !(*line..=*end).any(|line| known(dressed.origin(line))))
        .map(|(line, _)| format!("{key} at line {line}, not from {clean:?}"))
        .collect()
}

/// Returns what is wrong with a capture in all forms.
fn all_wrong(capture: &Capture) -> Vec<String> {
    let clean = said(capture.text.as_bytes());
    let typed = format!("$ {}\n{}", capture.command, capture.text);
    let told = below(said(typed.as_bytes()));
    forms().flat_map(|form| wrong(capture, if form.told { &told } else { &clean }, form)).collect()
}

#[test]
fn every_form_says_what_the_clean_capture_says() {
    const THREADS: usize = 3;
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts = CAPTURES.chunks(CAPTURES.len().div_ceil(THREADS));
        let work =
            |part: &'static [Capture]| scope.spawn(|| part.iter().flat_map(all_wrong).collect());
        let threads: Vec<std::thread::ScopedJoinHandle<'_, Vec<String>>> =
            parts.map(work).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_form_dresses_something_and_every_row_of_the_table_has_one() {
    for form in forms() {
        let dressed = CAPTURES.iter().filter(|capture| (form.dress)(capture).is_some()).count();
        assert!(dressed > 0, "{} {}", form.row, form.name);
    }
    let rows: BTreeSet<u8> = forms().map(|form| form.row).collect();
    // 5 is below; the others are in `texts`.
    let missing: Vec<u8> = (1..=37).filter(|row| !rows.contains(row)).collect();
    assert_eq!(missing, [5, 23, 35, 37]);
}

/// Row 5: outputs that follow each other without a blank line between them.
///
/// The last thing that describe prints is raw text, a message or a value, and may go on with anything: there the
/// second capture may be taken for more of it, but nothing else may change.
#[test]
fn glued_captures_say_what_both_say() {
    let rules = |text: &str| -> BTreeSet<String> {
        said(text.as_bytes()).into_keys().map(|key| key.rule).collect()
    };
    let glued = |capture: &&Capture| {
        matches!(capture.kind, Kind::Table | Kind::Describe | Kind::Dns)
            && capture.text.len() < 6000
    };
    let all: Vec<&Capture> = CAPTURES.iter().filter(glued).collect();
    let mut wrong = Vec::new();
    for (first, second) in all.iter().zip(all.iter().cycle().skip(3).step_by(7)) {
        let (before, behind) = (rules(&first.text), rules(&second.text));
        let found = rules(&format!("{}{}", first.text, second.text));
        let both: BTreeSet<String> = before.union(&behind).cloned().collect();
        let open = matches!(first.kind, Kind::Describe);
        let holds = found == both || open && found.is_superset(&before) && found.is_subset(&both);
        if !holds {
            wrong.push(format!("{} + {}: {found:?}, not {both:?}", first.path, second.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
