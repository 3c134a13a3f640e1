//! The second pass: texts and paths rewritten.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::address::Addresses;
use crate::names::{Finder, Names};
use crate::segment::Line;
use crate::{Class, host, known, secret};

/// Compiles a pattern of this file; all are fixed.
macro_rules! pattern {
    ($name:ident, $text:literal) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($text).ok());
    };
}

// Signs that stand between words in escaped text, and are no part of them.
pattern!(ESCAPE, r"(?-u)\\[nrt]|\\u[0-9a-fA-F]{4}|%[0-9A-Fa-f]{2}");
pattern!(MAIL, r"(?-u)[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+");
pattern!(
    ID,
    r"(?-u)\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b"
);
pattern!(FOUR, r"(?-u)\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b");
pattern!(DASHED, r"(?-u)\b\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b");
pattern!(SIX, r"(?-u)[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

/// Rewrites texts; the same value gets the same stand-in every time.
#[derive(Debug)]
pub struct Cleaner {
    names: Names,
    finder: Finder,
    addresses: Addresses,
    ids: BTreeMap<String, String>,
    mails: BTreeMap<String, String>,
    replaced: Replaced,
}

/// What was replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replaced {
    /// How often something of a class was replaced.
    pub counts: BTreeMap<Class, u64>,
    /// Originals and their stand-ins by class; secrets have none.
    pub map: BTreeMap<Class, BTreeMap<String, String>>,
}

impl Replaced {
    fn note(&mut self, class: Class, was: &str, is: &str) {
        if was != is {
            *self.counts.entry(class).or_default() += 1;
            self.map.entry(class).or_default().insert(was.to_lowercase(), is.to_owned());
        }
    }
}

impl Cleaner {
    pub(crate) fn new(names: Names) -> Self {
        let finder = names.finder();
        Self {
            names,
            finder,
            addresses: Addresses::default(),
            ids: BTreeMap::new(),
            mails: BTreeMap::new(),
            replaced: Replaced::default(),
        }
    }

    /// Returns what was replaced so far.
    pub fn replaced(&self) -> &Replaced {
        &self.replaced
    }

    /// Rewrites whole lines. Secrets that span lines are seen if they lie within one call.
    pub fn text(&mut self, text: &str) -> String {
        let masked = self.replaced.counts.entry(Class::Secret).or_default();
        let text = secret::mask(text, masked);
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
            let clean = self.masked(line);
            self.line(&clean, &mut out);
            out.push_str(end);
        }
        out
    }

    /// Rewrites a path in a bundle; it stays a relative path without ways up.
    pub fn path(&mut self, path: &str) -> String {
        let mut out = String::new();
        self.line(path, &mut out);
        let parts = out.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        let plain = |c: char| if c.is_control() || "\\:*?\"<>|".contains(c) { '_' } else { c };
        let parts: Vec<String> = parts.map(|part| part.chars().map(plain).collect()).collect();
        if parts.is_empty() { "capture".to_owned() } else { parts.join("/") }
    }

    /// Masks tokens and passwords of one line.
    fn masked(&mut self, line: &str) -> String {
        if line.contains("-----BEGIN ") {
            // Masked before; what masks single texts would take the rest of the line too.
            return line.to_owned();
        }
        let clean = kubetriage_mask::clean(line);
        let gone = clean.matches("***").count().saturating_sub(line.matches("***").count());
        *self.replaced.counts.entry(Class::Secret).or_default() += gone as u64;
        clean
    }

    fn line(&mut self, line: &str, out: &mut String) {
        let mut pieces = Line::new(line);
        pieces.decide(|text| found(&ESCAPE, text, |sign| Some(sign.to_owned())));
        pieces.decide(|text| found(&MAIL, text, |mail| self.mail(mail)));
        pieces.decide(|text| found(&ID, text, |id| Some(self.id(id))));
        pieces.decide(|text| self.four(text));
        pieces.decide(|text| self.six(text));
        pieces.decide(|text| found(&host::DOTTED, text, |name| self.host(name)));
        pieces.decide(|text| self.known_names(text));
        pieces.write(out);
    }

    /// `client-go@v0.22.1` is no mail address: it has to end in what hosts end in.
    fn mail(&mut self, mail: &str) -> Option<String> {
        if !known::is_top_level(&mail.rsplit('.').next()?.to_lowercase()) {
            return None;
        }
        let next = format!("user{}@example.com", self.mails.len() + 1);
        let stand_in = self.mails.entry(mail.to_lowercase()).or_insert(next).clone();
        self.replaced.note(Class::Mail, mail, &stand_in);
        Some(stand_in)
    }

    fn id(&mut self, id: &str) -> String {
        if known::is_known_id(id) || id.starts_with("00000000-0000-0000-0000-") {
            return id.to_owned();
        }
        let next = format!("00000000-0000-0000-0001-{:012}", self.ids.len() + 1);
        let stand_in = self.ids.entry(id.to_lowercase()).or_insert(next).clone();
        self.replaced.note(Class::Id, id, &stand_in);
        stand_in
    }

    fn four(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut all = places(&FOUR, text, |range| {
            let four = text.get(range.clone())?;
            let before = text.get(..range.start)?.chars().next_back();
            let behind = text.get(range.end..)?.as_bytes();
            let longer = matches!(behind, [b'.', digit, ..] if digit.is_ascii_digit());
            // `image:1.2.3.4` and `v1.2.3.4` are versions.
            let address: IpAddr = four.parse().ok()?;
            let version = matches!(before, Some('.' | ':' | '-' | '_')) && !is_private(address)
                || longer
                || before == Some('.');
            (!version).then(|| self.address(address))
        });
        if text.contains('-') {
            all.extend(places(&DASHED, text, |range| {
                let address: IpAddr = text.get(range.clone())?.replace('-', ".").parse().ok()?;
                is_private(address).then(|| self.address(address).replace('.', "-"))
            }));
            all.sort_by_key(|(range, _)| range.start);
        }
        all
    }

    fn six(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        if !text.contains(':') {
            return Vec::new();
        }
        places(&SIX, text, |range| {
            let before = text.get(..range.start)?.chars().next_back();
            let behind = text.get(range.end..)?.chars().next();
            let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == ':');
            if word(before) || word(behind) {
                return None;
            }
            let six = text.get(range.clone())?;
            // `a::b` is a path of code.
            six.find(|c: char| c.is_ascii_digit())?;
            let address: std::net::Ipv6Addr = six.parse().ok()?;
            Some(self.address(IpAddr::V6(address)))
        })
    }

    fn address(&mut self, address: IpAddr) -> String {
        let stand_in = self.addresses.stand_in(address).to_string();
        self.replaced.note(Class::Address, &address.to_string(), &stand_in);
        stand_in
    }

    /// Decides a dotted word: a host of a customer is replaced, one of the platform stays as it is.
    fn host(&mut self, host: &str) -> Option<String> {
        let lower = host.to_lowercase();
        let Some(stand_in) = host::stand_in(host, &mut self.names) else {
            // The names inside a word that is no host may be somebody's: `web.log`, `db-0.data`.
            return known::is_known_host(&lower).then(|| host.to_owned());
        };
        self.replaced.note(Class::Host, host, &stand_in);
        Some(stand_in)
    }

    fn known_names(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let mut all = Vec::new();
        for (range, stand_in) in self.finder.find(text) {
            if let Some(name) = text.get(range.clone()) {
                self.replaced.note(Class::Name, name, stand_in);
            }
            all.push((range, stand_in.to_owned()));
        }
        all
    }
}

/// Returns the places of a pattern with what `with` makes of them; those it passes over stay raw.
fn found(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    mut with: impl FnMut(&str) -> Option<String>,
) -> Vec<(Range<usize>, String)> {
    places(pattern, text, |range| text.get(range.clone()).and_then(&mut with))
}

fn places(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    mut with: impl FnMut(&Range<usize>) -> Option<String>,
) -> Vec<(Range<usize>, String)> {
    let Some(pattern) = &**pattern else { return Vec::new() };
    let places = pattern.find_iter(text).map(|found| found.range());
    places.filter_map(|range| with(&range).map(|stand_in| (range, stand_in))).collect()
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            four.is_private()
                || four.is_link_local()
                || matches!(four.octets(), [100, 64..=127, ..])
        }
        IpAddr::V6(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::Learner;

    fn cleaned(text: &str) -> String {
        let mut learner = Learner::default();
        learner.text(text);
        learner.finish().text(text)
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in [
            "image:1.2.3.4 v5.15.0-1098 10.0.20348.2461 12:34:56 std::fs 1.2.3.4.5",
            "client-go@v0.22.1 a::b sha256:abcdef 2026-11-20T10:00:00Z",
        ] {
            assert_eq!(cleaned(text), text);
        }
        assert_eq!(cleaned("at 10.9.8.7:443, [fd12::9]:80"), "at 10.2.2.2:443, [fd00:0:0:1::1]:80");
        assert_eq!(cleaned(r"a\n10.9.8.7\tb"), r"a\n10.2.2.2\tb");
        assert_eq!(cleaned("10-9-8-7.shop.pod.cluster.local"), "10-2-2-2.ns1.pod.cluster.local");
    }

    #[test]
    fn logs_tell_names_too() {
        let log = "pod=\"pay/cart-5d4f8c7b9d-x7k2p\" {\\\"namespace\\\":\\\"pay\\\"} pod=\"kube-system/agentx-k8s2p\"";
        let clean = cleaned(log);
        assert!(!clean.contains("pay") && !clean.contains("cart"), "{clean}");
        assert!(clean.contains("-5d4f8c7b9d-x7k2p") && clean.contains("agentx-k8s2p"), "{clean}");
    }

    proptest! {
        #[test]
        fn lines_stay_lines(text in "([a-z0-9.:/@\\\\<>{}\"' =_-]{0,40}\n){0,6}") {
            prop_assert_eq!(cleaned(&text).matches('\n').count(), text.matches('\n').count());
        }

        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            cleaned(&text);
        }
    }
}
