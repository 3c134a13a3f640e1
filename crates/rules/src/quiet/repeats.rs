//! What a log says over and over.
//!
//! An agent that is refused says so every few seconds, for weeks; one that is well says that just as often. Of such
//! lines the first and the last ones tell all there is: since when, until when, and what came later. Those between them
//! are counted.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use kubetriage_model::{Data, Event};

use super::mask_of;
use crate::Catalog;
use crate::signal::{FieldPath, FieldTest, Keep};

/// Lines that are kept of those that say the same: so many of the first, and so many of the last.
const ENDS: usize = 64;

/// Kinds of events that logs are read into.
const KINDS: [&str; 2] = ["agent_log", "log"];

/// Leaves out the middle of what a log says over and over.
#[derive(Debug, Clone)]
pub struct Repeats {
    /// Per kind, the fields that rules look at, but for time and message.
    masks: [u64; 2],
}

impl Repeats {
    /// Returns what thins logs for the rules of `catalog`.
    pub fn new(catalog: &Catalog) -> Self {
        let mask = |kind: &'static str| {
            let signals = catalog.rules().iter().flat_map(|rule| &rule.0.signals);
            let signals = signals.filter(move |signal| signal.kinds.contains(&kind));
            let fields = signals.flat_map(|signal| {
                let tested = signal.tests().flat_map(FieldTest::paths);
                tested.chain(signal.keeps.iter().flat_map(Keep::paths))
            });
            let fields = fields.flat_map(FieldPath::fields);
            let object = ["namespace", "pod", "container"];
            let fields = fields.filter(|field| !matches!(*field, "time" | "message"));
            mask_of(kind, fields.chain(object))
        };
        Self { masks: KINDS.map(mask) }
    }

    /// Thins `events` of one log, which are in the order of its lines. May be asked again with more events behind.
    pub fn thin(&self, events: &mut Vec<Event>) {
        if events.len() <= 2 * ENDS {
            return;
        }
        let keys: Vec<Option<u64>> = events.iter().map(|event| self.key(event)).collect();
        let mut said: HashMap<u64, Said> = HashMap::new();
        for key in keys.iter().flatten() {
            said.entry(*key).or_default().times += 1;
        }
        if said.values().all(|said| said.times <= 2 * ENDS) {
            return;
        }
        let mut places = keys.iter();
        let mut left = Vec::with_capacity(events.len());
        for event in events.drain(..) {
            let of_key = places.next().copied().flatten().and_then(|key| said.get_mut(&key));
            let Some(said) = of_key else {
                left.push(event);
                continue;
            };
            said.seen += 1;
            if said.seen == ENDS {
                said.last_kept = Some(left.len());
            }
            if said.seen <= ENDS || said.seen + ENDS > said.times {
                left.push(event);
            } else if let Some(kept) = said.last_kept.and_then(|at| left.get_mut(at)) {
                kept.at.repeats += 1 + event.at.repeats;
            }
        }
        *events = left;
    }

    /// Returns the same number for lines that say the same at other times; `None` for what is no line of a log.
    fn key(&self, event: &Event) -> Option<u64> {
        let place = KINDS.iter().position(|kind| *kind == event.data.kind())?;
        let message = match &event.data {
            Data::AgentLog(line) => line.message.as_deref(),
            Data::Log(line) => line.message.as_deref(),
            _ => None,
        };
        let mut hasher = DefaultHasher::new();
        place.hash(&mut hasher);
        message.map(without_stamp).hash(&mut hasher);
        event.data.hash_fields(self.masks.get(place).copied()?, &mut hasher);
        (event.repaired, event.quoted).hash(&mut hasher);
        Some(hasher.finish())
    }
}

/// How often something is said.
#[derive(Debug, Default)]
struct Said {
    times: usize,
    seen: usize,
    /// Place of the last of the first ones, which counts what is left out.
    last_kept: Option<usize>,
}

/// Returns a message without the time it may start with (`2026/11/20 10:02:33 `).
fn without_stamp(message: &str) -> &str {
    let is_part = |sign: char| sign.is_ascii_digit() || "-/:.,TZ ".contains(sign);
    let rest = message.trim_start_matches(is_part);
    if message.starts_with(|sign: char| sign.is_ascii_digit()) { rest } else { message }
}

#[cfg(test)]
mod tests {
    use kubetriage_model::{AgentLog, Provenance};

    use super::*;

    fn line(number: u64, message: &str) -> Event {
        let data = AgentLog {
            time: Some(format!("2026/11/20 10:02:33.{number}")),
            message: Some(format!("2026/11/20 10:02:{:02} {message}", number % 60)),
            ..AgentLog::default()
        };
        let at = Provenance { line: number, ..Provenance::default() };
        Event { data: data.into(), at, repaired: false, quoted: false }
    }

    #[test]
    fn the_ends_of_what_is_said_over_and_over_are_kept() {
        let says = |number| if number % 3 == 0 { "returned {200}" } else { "returned {403}" };
        let all: Vec<Event> = (1..=3000).map(|number| line(number, says(number))).collect();
        let repeats = Repeats::new(Catalog::builtin());
        let mut whole = all.clone();
        repeats.thin(&mut whole);
        // In blocks of any size, the same is left.
        for size in [1, 100, 777] {
            let mut left = Vec::new();
            for block in all.chunks(size) {
                let mut block = block.to_vec();
                repeats.thin(&mut block);
                left.append(&mut block);
                repeats.thin(&mut left);
            }
            assert!(left == whole, "blocks of {size}");
        }
        assert_eq!(whole.len(), 4 * ENDS);
        let times: u64 = whole.iter().map(|event| event.at.repeats + 1).sum();
        assert_eq!(times, 3000);
        assert_eq!(whole.last().map(|event| event.at.line), Some(3000));
    }

    #[test]
    fn few_lines_and_other_statements_stay() {
        let mut few: Vec<Event> = (1..100).map(|number| line(number, "same")).collect();
        Repeats::new(Catalog::builtin()).thin(&mut few);
        assert_eq!(few.len(), 99);
    }
}
