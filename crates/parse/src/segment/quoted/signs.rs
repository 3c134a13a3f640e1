//! Counting the signs of a document.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::speaking::SPEAKING;
use super::words::{INSTRUCTIONS, PRINTED, SECTIONS};
use crate::segment::undress::Part;
use crate::segment::{header, prompt};
use crate::text::Line;

/// The words of a list, row by row, prepared for the search in every sentence.
type Prepared = Vec<Vec<Finder<'static>>>;

static INSTRUCTING: LazyLock<Prepared> = LazyLock::new(|| prepared(INSTRUCTIONS));
static SPOKEN: LazyLock<Prepared> = LazyLock::new(|| prepared(SPEAKING));

fn prepared(rows: &'static [&'static [&'static str]]) -> Prepared {
    rows.iter().map(|words| words.iter().map(Finder::new).collect()).collect()
}

/// What was counted in a text.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Lines that are not blank.
    pub(super) lines: usize,
    /// Sentences.
    pub(super) prose: usize,
    /// Headings.
    pub(super) headings: usize,
    sections: Seen,
    instructions: Seen,
    speaking: Seen,
    numbered: usize,
    placeholders: usize,
}

/// Which rows of a word list were seen.
#[derive(Debug, Default)]
struct Seen(u32);

impl Seen {
    fn add<W>(&mut self, rows: &[impl AsRef<[W]>], says: impl Fn(&W) -> bool) {
        for (row, words) in rows.iter().enumerate() {
            let bit = 1 << row;
            if self.0 & bit == 0 && words.as_ref().iter().any(&says) {
                self.0 |= bit;
            }
        }
    }

    fn count(&self) -> i32 {
        i32::try_from(self.0.count_ones()).unwrap_or_default()
    }
}

impl Signs {
    /// Counts the signs in a text.
    pub(super) fn of(parts: &[Part<'_>]) -> Self {
        let mut signs = Self::default();
        let lines = parts.iter().flat_map(|part| part.lines.iter().map(|line| (part.fenced, line)));
        for (fenced, line) in lines.filter(|(_, line)| !line.is_blank()) {
            signs.lines += 1;
            if fenced {
                signs.sample(line.text);
            } else {
                signs.line(line);
            }
        }
        signs
    }

    /// Returns how much the text is a document.
    pub(super) fn points(&self) -> i32 {
        let capped = |count: usize, most: i32| i32::try_from(count).map_or(most, |n| n.min(most));
        let headings = i32::from(self.headings >= 2);
        2 * self.sections.count().min(3)
            + self.instructions.count().min(4)
            + capped(self.placeholders, 2)
            + capped(self.numbered / 2, 2)
            + headings
            - 2 * self.speaking.count()
    }

    /// True when a text of a few lines teaches, and nobody speaks in it.
    pub(super) fn teaches(&self) -> bool {
        // Words of the last row begin what is quoted as well.
        let quoted = 1 << (SECTIONS.len() - 1);
        let sections = Seen(self.sections.0 & !quoted).count();
        let instructions = self.instructions.count();
        self.speaking.count() == 0
            && self.prose > 0
            && instructions > 0
            && sections + instructions > 1
    }

    /// True when something is written, and nobody speaks in it.
    pub(super) fn is_silent(&self) -> bool {
        self.prose > 0 && self.speaking.count() == 0
    }

    fn line(&mut self, line: &Line<'_>) {
        let typed = prompt::typed(line.text).is_some_and(|typed| !typed.is_empty());
        // What the agents of Azure Pipelines mark is neither a heading nor a sentence of anybody.
        if line.text.starts_with("##[") {
            return;
        }
        if typed || header::announced(line.text).is_some() {
            self.sample(line.text);
            return;
        }
        let text = line.text.trim_start_matches(['#', '*', '-', '+', '>', '=', '•', ' ', '_']);
        let lower = text.to_lowercase();
        let heading = is_heading(line.text, text);
        if heading || is_prose(text) {
            let plain =
                lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
            self.sections.add(SECTIONS, |word| starts_with_word(plain, word));
            self.numbered += usize::from(is_numbered(plain));
        }
        if heading {
            self.headings += 1;
        }
        if is_prose(text) {
            self.prose += 1;
            self.instructions.add(&INSTRUCTING, |phrase| phrase.find(lower.as_bytes()).is_some());
        }
        if heading || is_prose(text) || is_greeting(text) {
            self.speaking.add(&SPOKEN, |word| has_word(&lower, word));
        } else {
            self.sample(line.text);
        }
    }

    fn sample(&mut self, text: &str) {
        self.placeholders += usize::from(has_placeholder(text));
    }
}

/// True for a sentence: words of letters, single blanks, more than a label.
fn is_prose(text: &str) -> bool {
    const FEWEST_WORDS: usize = 5;
    if text.contains("  ") && !text.contains(". ")
        || !text
            .starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit() || "\"'(`[".contains(c))
    {
        return false;
    }
    let wide = text.chars().filter(|c| is_wide(*c)).count();
    if wide >= 8 {
        return true;
    }
    let words = text.split(' ').filter(|word| !word.is_empty());
    let (mut all, mut plain) = (0_usize, 0_usize);
    for word in words.take(60) {
        all += 1;
        plain += usize::from(is_plain_word(word));
    }
    all >= FEWEST_WORDS && plain * 10 >= all * 7
}

/// True for characters of scripts without blanks between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// True for a word of letters, with the punctuation of a sentence around or in it.
fn is_plain_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "\"'`()[].,;:!?*_“”‘’…".contains(c));
    !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c))
}

/// True for a heading: marked as one in markdown, or a short line that starts with a section word.
fn is_heading(line: &str, text: &str) -> bool {
    let marked = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    let short = text.len() < 120 && !text.contains("  ");
    let lower = text.to_lowercase();
    short
        && !text.is_empty()
        && (marked
            || SECTIONS.iter().any(|row| row.iter().any(|word| starts_with_word(&lower, word))))
}

/// True for a short line that may greet or thank.
fn is_greeting(text: &str) -> bool {
    text.len() < 60 && text.split(' ').all(|word| word.is_empty() || is_plain_word(word))
}

/// True for `cause 1`, `soluzione 3.1`, `step 2`, `option 3`: a section word with a number behind it.
fn is_numbered(lower: &str) -> bool {
    let mut words = lower.split([' ', ':']);
    let word = words.next().unwrap_or_default();
    let number = words.next().unwrap_or_default();
    let known = SECTIONS.iter().any(|row| row.contains(&word));
    (known
        || matches!(
            word,
            "step" | "option" | "method" | "passaggio" | "schritt" | "étape" | "paso"
        ))
        && number.starts_with(|c: char| c.is_ascii_digit())
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| {
        let ascii = word.is_ascii() || word.chars().all(|c| !is_wide(c));
        !ascii || !rest.starts_with(char::is_alphanumeric)
    })
}

fn has_word(text: &str, finder: &Finder<'_>) -> bool {
    finder.find_iter(text.as_bytes()).any(|at| {
        let Some(word) = text.get(at..at + finder.needle().len()) else { return false };
        if word.chars().any(is_wide) {
            return true;
        }
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        let inner = |c: char| c.is_alphanumeric() || "_-/'’.@`".contains(c);
        // A full stop may end the sentence; anything else glued to it makes it another word.
        let ends = after.is_none_or(|c| !inner(c) || c == '.');
        before.is_none_or(|c| !inner(c)) && ends
    })
}

/// True for `<region>`, `{id}`, `[region]`, `${NAME}`-like stand-ins that no machine prints.
fn has_placeholder(text: &str) -> bool {
    [('<', '>'), ('{', '}'), ('[', ']')].into_iter().any(|(open, close)| {
        let mut rest = text;
        for _ in 0..16 {
            let Some((_, inside)) = rest.split_once(open) else { return false };
            let Some((name, after)) = inside.split_once(close) else { return false };
            if is_stand_in(name, open) {
                return true;
            }
            rest = if name.contains(open) { inside } else { after };
        }
        false
    })
}

fn is_stand_in(name: &str, open: char) -> bool {
    let lower = name.to_lowercase();
    let letters = name.chars().all(|c| c.is_alphabetic() || "-_ ".contains(c));
    let name_like = name.len() >= 2 && name.len() <= 40 && letters && !name.starts_with([' ', '-']);
    // Brackets and braces hold many things; a stand-in in them is one lower-case word.
    let tight = open == '<' || !name.contains(' ') && !name.contains(char::is_uppercase);
    let level = matches!(
        lower.as_str(),
        "info" | "error" | "warn" | "warning" | "debug" | "flags" | "options"
    );
    name_like && tight && !level && !PRINTED.contains(&lower.as_str())
}
