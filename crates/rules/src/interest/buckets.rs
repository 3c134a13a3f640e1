//! Which tokens a vector search looks for together.
//!
//! A vector search deals its needles out to eight buckets, one after the other. It knows of a bucket which halves of
//! bytes its needles have at each of their first four places, and stops wherever four bytes fit a bucket: `fail` and
//! `node` in one bucket stop it at `fade` too. So tokens share a bucket that together fit little of what ordinary lines
//! hold; that makes the search twice as fast. Nothing but time depends on how needles are dealt out.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Buckets of one vector search.
const BUCKETS: usize = 8;
/// Most tokens of one bucket: with more than 32 needles, a search takes steps of half the length.
const MOST: usize = 4;
/// Bytes of a token that a bucket knows.
const BYTES: usize = 4;

/// The first bytes of what stands in ordinary lines, with how often they do.
type Ordinary = Vec<([u8; BYTES], usize)>;

/// Returns the needles of as many vector searches as it takes, each in the order in which they are dealt out;
/// `ordinary` is what programs write while all is well.
pub(super) fn searches<'l>(tokens: &[&'l [u8]], ordinary: &[u8]) -> Vec<Vec<&'l [u8]>> {
    let ordinary = beginnings(ordinary);
    let mut buckets = vec![Bucket::default(); tokens.len().div_ceil(BUCKETS * MOST) * BUCKETS];
    let mut tokens = tokens.to_vec();
    // What fits most finds its place first.
    tokens.sort_by_cached_key(|token| (Bucket::default().with(token).fits(&ordinary), *token));
    for token in tokens.into_iter().rev() {
        let more = |bucket: &&mut Bucket<'_>| {
            (bucket.with(token).fits(&ordinary) - bucket.stops, bucket.tokens.len())
        };
        let open = buckets.iter_mut().filter(|bucket| bucket.tokens.len() < MOST);
        if let Some(bucket) = open.min_by_key(more) {
            *bucket = bucket.with(token);
            bucket.stops = bucket.fits(&ordinary);
        }
    }
    buckets.chunks(BUCKETS).map(dealt).collect()
}

/// Returns the tokens of buckets in the order in which a search deals them out; a token that comes again fills a gap.
fn dealt<'l>(buckets: &[Bucket<'l>]) -> Vec<&'l [u8]> {
    let some = buckets.iter().find_map(|bucket| bucket.tokens.last());
    let most = buckets.iter().map(|bucket| bucket.tokens.len()).max().unwrap_or(0);
    let round = |round: usize| {
        let of = move |bucket: &Bucket<'l>| {
            bucket.tokens.get(round).or(bucket.tokens.last()).or(some).copied()
        };
        buckets.iter().filter_map(of)
    };
    (0..most).flat_map(round).collect()
}

/// Tokens that are looked for together.
#[derive(Debug, Clone, Default)]
struct Bucket<'l> {
    tokens: Vec<&'l [u8]>,
    /// The low and the high halves that their bytes have at each place, as bits.
    halves: [[u16; 2]; BYTES],
    /// Places of the ordinary lines that fit.
    stops: usize,
}

impl<'l> Bucket<'l> {
    fn with(&self, token: &'l [u8]) -> Self {
        let mut all = self.clone();
        all.tokens.push(token);
        for (halves, byte) in all.halves.iter_mut().zip(token) {
            let [low, high] = bits(*byte);
            *halves = [halves[0] | low, halves[1] | high];
        }
        all
    }

    /// Returns the number of places that fit.
    fn fits(&self, ordinary: &Ordinary) -> usize {
        let fits = |(halves, byte): (&[u16; 2], &u8)| {
            let [low, high] = bits(*byte);
            halves[0] & low != 0 && halves[1] & high != 0
        };
        let fitting = ordinary.iter().filter(|(bytes, _)| self.halves.iter().zip(bytes).all(fits));
        fitting.map(|(_, times)| times).sum()
    }
}

/// Returns the low and the high half of a byte as one bit each.
fn bits(byte: u8) -> [u16; 2] {
    [1 << (byte & 15), 1 << (byte >> 4)]
}

fn beginnings(ordinary: &[u8]) -> Ordinary {
    let mut counts: HashMap<[u8; BYTES], usize, FixedState> = HashMap::default();
    for bytes in ordinary.windows(BYTES).filter_map(|bytes| bytes.try_into().ok()) {
        *counts.entry(bytes).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_token_is_a_needle() {
        let tokens: Vec<String> = (0..100).map(|number| format!("t{number:03}x")).collect();
        let tokens: Vec<&[u8]> = tokens.iter().map(String::as_bytes).collect();
        let searches = searches(&tokens, b"t001 t002 all is well");
        assert_eq!(searches.len(), 4);
        assert!(searches.iter().all(|needles| needles.len() <= BUCKETS * MOST));
        let mut needles: Vec<&[u8]> = searches.concat();
        needles.sort_unstable();
        needles.dedup();
        assert_eq!(needles, tokens);
    }

    #[test]
    fn few_tokens_are_one_search() {
        assert_eq!(searches(&[b"fail", b"node"], b"").concat().len(), BUCKETS);
        assert!(searches(&[], b"").is_empty());
    }
}
