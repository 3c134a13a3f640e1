//! Broken captures: whatever is done to a fixture, every statement lies inside the text, every form of the
//! report can be written, and nothing panics. The bodies are those of the fuzz targets.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a broken fixture should fail loudly"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[expect(unreachable_pub, reason = "a library where it is at home")]
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

/// Largest fixture that is tormented, in bytes; bigger ones only repeat their lines.
const BIGGEST: u64 = 48 << 10;

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(folder);
    let mut open = vec![root];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if fs::metadata(&path).is_ok_and(|found| found.len() <= BIGGEST) {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[expect(clippy::disallowed_methods, reason = "a test reads fixtures")]
fn bytes_of(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

/// Numbers that follow from a seed (xorshift): the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }
}

/// Returns what may have happened to a capture on its way.
fn broken(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let line = dice.below(lines.len());
    match dice.below(6) {
        0 => bytes[..dice.below(bytes.len())].to_vec(),
        1 => bytes[dice.below(bytes.len())..].to_vec(),
        2 => {
            lines.insert(line, lines[line]);
            lines.concat()
        }
        3 => {
            lines.remove(line);
            lines.concat()
        }
        4 => {
            let other = dice.below(lines.len());
            lines.swap(line, other);
            lines.concat()
        }
        _ => {
            let mut bytes = bytes.to_vec();
            for _ in 0..4 {
                let at = dice.below(bytes.len());
                bytes[at] = u8::try_from(dice.below(256)).unwrap();
            }
            bytes
        }
    }
}

fn torment(folder: &str, rounds: usize, body: impl Fn(&str, &[u8])) {
    let files = fixtures(folder);
    assert!(!files.is_empty());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for file in files {
        let bytes = bytes_of(&file);
        if bytes.is_empty() {
            continue;
        }
        for _ in 0..rounds {
            body(file.file_name().unwrap().to_str().unwrap(), &broken(&bytes, &mut dice));
        }
    }
}

#[test]
fn statements_lie_inside_a_broken_text() {
    for folder in ["captures", "formats", "sections"] {
        torment(folder, 3, |_, bytes| drop(fuzz::read(&String::from_utf8_lossy(bytes))));
    }
}

#[test]
fn a_broken_capture_gives_every_form_of_the_report() {
    torment("captures", 1, |name, bytes| drop(fuzz::analyze(name, bytes)));
    torment("hostile", 4, |name, bytes| drop(fuzz::analyze(name, bytes)));
}

/// Returns what a report says is wrong: the rule of each finding, and whom it is about.
fn wrong(name: &str, bytes: &[u8]) -> BTreeSet<(String, String)> {
    let findings = fuzz::analyze(name, bytes).findings;
    findings.into_iter().map(|one| (one.rule, format!("{:?}", one.subject))).collect()
}

/// Returns the texts of the captures with their names.
fn captures() -> impl Iterator<Item = (String, String)> {
    fixtures("captures").into_iter().filter_map(|path| {
        let text = String::from_utf8(bytes_of(&path)).ok().filter(|text| !text.is_empty())?;
        Some((path.file_name().unwrap().to_str().unwrap().to_owned(), text.replace("\r\n", "\n")))
    })
}

/// Writes `text` as an editor or a shell might have saved it.
fn saved(text: &str, how: usize) -> Vec<u8> {
    let wide = |of: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{text}").encode_utf16().flat_map(of).collect::<Vec<u8>>()
    };
    match how % 4 {
        0 => text.replace('\n', "\r\n").into_bytes(),
        1 => wide(u16::to_le_bytes),
        2 => wide(u16::to_be_bytes),
        _ => format!("\u{feff}{text}").into_bytes(),
    }
}

/// Returns what is left of a capture of which something was lost or came twice.
fn lost(text: &str, how: usize, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = dice.below(lines.len());
    match how % 3 {
        0 => text[..text.floor_char_boundary(dice.below(text.len()))].to_owned(),
        1 => [&lines[..=line], &lines[line..]].concat().concat(),
        _ => [&lines[..line], &lines[line + 1..]].concat().concat(),
    }
}

/// What a capture still says, in the words of another rule, once the line is lost that says it best: a log of tries
/// without the sentence with which the client gives up.
const OTHER_WORDS: &[(&str, &str)] = &[("dns/lookup-failed", "kubectl/api-unreachable")];

#[test]
fn how_a_capture_was_saved_changes_nothing_and_what_is_lost_makes_nothing_up() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut made_up = Vec::new();
    let mut found = 0;
    for (number, (name, text)) in captures().enumerate() {
        let clean = wrong(&name, text.as_bytes());
        found += clean.len();
        assert_eq!(wrong(&name, &saved(&text, number)), clean, "{name}, way {}", number % 4);
        // With fewer witnesses, a finding may be about one object where it was about its namespace.
        let rules: BTreeSet<_> = clean.into_iter().map(|(rule, _)| rule).collect();
        let left = lost(&text, number, &mut dice);
        for (rule, _) in wrong(&name, left.as_bytes()) {
            let same = |(other, best): &(&str, &str)| rule == *other && rules.contains(*best);
            if !rules.contains(&rule) && !OTHER_WORDS.iter().any(same) {
                made_up.push(format!("{name}, way {}: {rule} in {left}", number % 3));
            }
        }
    }
    assert!(found > 20, "{found}");
    assert!(made_up.is_empty(), "{}", made_up.join("\n"));
}

#[test]
fn every_command_may_be_followed_by_anything() {
    let bodies = fixtures("formats");
    for (number, prelude) in fuzz::PRELUDES.iter().enumerate() {
        for body in bodies.iter().skip(number).step_by(fuzz::PRELUDES.len()) {
            fuzz::read(&format!("{prelude}{}", String::from_utf8_lossy(&bytes_of(body))));
        }
    }
}
