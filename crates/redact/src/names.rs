//! Names and their stand-ins, and where names stand in a text.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::known::Words;

/// Shortest name that is learned; shorter ones are too often words.
const SHORTEST: usize = 3;

/// What a name is of; it shows in the stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Namespace,
    Workload,
    Node,
    Group,
    Cluster,
    Registry,
    Label,
    Other,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Namespace => "ns",
            Self::Workload => "app",
            Self::Node => "node",
            Self::Group => "rg",
            Self::Cluster => "cluster",
            Self::Registry => "registry",
            Self::Label => "host",
            Self::Other => "name",
        }
    }
}

/// Names in small letters, each with its stand-in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    known: HashMap<String, String>,
    counters: BTreeMap<&'static str, u64>,
    pub(crate) words: Words,
}

impl Names {
    /// Learns a name and returns its stand-in; `None` for a word that stays.
    pub(crate) fn learn(&mut self, name: &str, kind: Kind) -> Option<String> {
        let name = name.trim().to_lowercase();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._()".contains(c);
        if name.len() < SHORTEST
            || !name.chars().all(plain)
            || !name.chars().any(|c| c.is_ascii_alphabetic())
            || self.words.stays(&name)
        {
            return None;
        }
        if let Some(stand_in) = self.known.get(&name) {
            return Some(stand_in.clone());
        }
        let counter = self.counters.entry(kind.word()).or_default();
        *counter += 1;
        let stand_in = format!("{}{counter}", kind.word());
        self.known.insert(name, stand_in.clone());
        Some(stand_in)
    }

    /// Learns a name whose stand-in the caller makes.
    pub(crate) fn learn_as(&mut self, name: &str, stand_in: String) {
        self.known.entry(name.to_lowercase()).or_insert(stand_in);
    }

    /// Drops names that turned out to be words that stay.
    pub(crate) fn forget_what_stays(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.known.retain(|name, _| !words.stays(name));
        self.words = words;
    }

    /// Returns the names with their stand-ins, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let sorted: BTreeMap<&str, &str> =
            self.known.iter().map(|(name, stand_in)| (name.as_str(), stand_in.as_str())).collect();
        sorted.into_iter()
    }

    /// Returns the finder of all names.
    pub(crate) fn finder(&self) -> Finder {
        let pairs: Vec<(String, String)> =
            self.iter().map(|(name, stand_in)| (name.to_owned(), stand_in.to_owned())).collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(pairs.iter().map(|(name, _)| name))
            .ok();
        Finder { automaton, pairs }
    }
}

/// Finds names in a text.
#[derive(Debug)]
pub(crate) struct Finder {
    automaton: Option<AhoCorasick>,
    pairs: Vec<(String, String)>,
}

impl Finder {
    /// Returns where names stand on their own, the longest where several begin, with their stand-ins.
    pub(crate) fn find(&self, text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found: Vec<(std::ops::Range<usize>, &str)> = automaton
            .find_overlapping_iter(text)
            .filter(|hit| stands_alone(text, hit.start(), hit.end()))
            .filter_map(|hit| {
                let (_, stand_in) = self.pairs.get(hit.pattern().as_usize())?;
                Some((hit.range(), stand_in.as_str()))
            })
            .collect();
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let free = range.start >= end;
            if free {
                end = range.end;
            }
            free
        });
        found
    }
}

/// True when what begins and ends here is a whole name, or one with what a controller appends.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    if before.is_some_and(|c| c.is_alphanumeric() || c == '-') {
        return false;
    }
    let rest = text.get(end..).unwrap_or_default();
    match rest.chars().next() {
        Some('-') => is_appended(rest),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// True for `-5d4f8c7b9d-k8s2p`, `-k8s2p`, `-5d4f8c7b9d`, `-0`, `-28812345-k8s2p` up to the end of the word,
/// and for a dash that ends the word.
fn is_appended(rest: &str) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
    let word = rest.get(1..end).unwrap_or_default();
    word.split('-').all(|part| part.is_empty() || is_random(part) || is_number(part))
}

/// True for text drawn from the alphabet of Kubernetes' random names, at a length that it has.
fn is_random(part: &str) -> bool {
    let drawn = part.chars().all(|c| "bcdfghjklmnpqrstvwxz2456789".contains(c));
    let hash = (6..=10).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit());
    drawn && matches!(part.len(), 5..=10) || hash
}

fn is_number(part: &str) -> bool {
    part.chars().all(|c| c.is_ascii_digit())
}

/// Returns the name of the owner of a pod or ReplicaSet: its name without what a controller appended.
pub(crate) fn base(name: &str) -> &str {
    let mut base = name;
    for _ in 0..2 {
        match base.rsplit_once('-') {
            Some((rest, part)) if !rest.is_empty() && (is_random(part) || is_number(part)) => {
                base = rest;
            }
            _ => break,
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole_and_with_what_controllers_append() {
        let mut names = Names::default();
        names.learn("payments", Kind::Workload);
        names.learn("payments-api", Kind::Workload);
        let finder = names.finder();
        let replaced = |text: &str| {
            let mut out = String::new();
            let mut at = 0;
            for (range, stand_in) in finder.find(text) {
                out.push_str(text.get(at..range.start).unwrap());
                out.push_str(stand_in);
                at = range.end;
            }
            out + text.get(at..).unwrap()
        };
        for (text, expected) in [
            ("payments", "app1"),
            ("Payments-API/x", "app2/x"),
            ("payments-api-5d4f8c7b9d-k8s2p", "app2-5d4f8c7b9d-k8s2p"),
            ("payments-0.payments.svc", "app1-0.app1.svc"),
            ("xpayments payments-web payments1", "xpayments payments-web payments1"),
            ("MC_payments_x", "MC_app1_x"),
        ] {
            assert_eq!(replaced(text), expected);
        }
    }

    #[test]
    fn owners_are_told_from_the_names_of_pods() {
        for (name, owner) in [
            ("web-5d4f8c7b9d-k8s2p", "web"),
            ("db-0", "db"),
            ("redis", "redis"),
            ("payments-redis", "payments-redis"),
            ("backup-28812345-k8s2p", "backup"),
        ] {
            assert_eq!(base(name), owner);
        }
    }

    #[test]
    fn words_stay() {
        let mut names = Names::default();
        names.words.keep("failed to pull image");
        for word in ["pull", "kube-system", "coredns", "a", "ab", "123", "two words"] {
            assert_eq!(names.learn(word, Kind::Other), None, "{word}");
        }
    }
}
