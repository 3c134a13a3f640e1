//! A DNS message as `dig` and `host -v` print it, gathered line by line.

use kubetriage_model::DnsAnswer;

use super::asked::Asked;
use super::name::{address, host_name};
use super::transport::transport;
use super::{NODATA, NOERROR, TIMEOUT, add};

/// The section of the message that is being read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Before the first heading; records that stand there are answers (`dig +noall +answer`).
    #[default]
    Front,
    Question,
    Answer,
    Other,
}

/// One message, or the attempt to get one.
#[derive(Debug, Default)]
pub(crate) struct Message {
    part: Part,
    status: Option<String>,
    question: Option<String>,
    owner: Option<String>,
    chain: Vec<String>,
    addresses: Vec<String>,
    records: usize,
    server: Option<String>,
    authoritative: Option<bool>,
    failure: Option<&'static str>,
    gave_up: bool,
}

impl Message {
    /// True when a header, a record or the end of the attempt was read, so that a new one starts anew.
    pub(crate) fn is_whole(&self) -> bool {
        self.status.is_some() || self.gave_up || self.records > 0
    }

    /// True when nothing at all was read.
    pub(crate) fn is_empty(&self) -> bool {
        !self.is_whole() && self.failure.is_none() && self.question.is_none()
    }

    /// Takes one line of the message.
    pub(crate) fn line(&mut self, text: &str) {
        if let Some(failed) = transport(text) {
            self.gave_up |= failed.last;
            self.failure = match self.failure {
                Some(TIMEOUT) => Some(TIMEOUT),
                Some(earlier) if failed.server.is_none() => Some(earlier),
                _ => Some(failed.status),
            };
            self.server = failed.server.or(self.server.take());
        } else if let Some(comment) = text.strip_prefix(";;") {
            self.comment(comment.trim());
        } else if let Some(question) = text.strip_prefix(';') {
            if self.part == Part::Question {
                self.question = question.split_whitespace().next().and_then(host_name);
            }
        } else if let Some(record) = Record::read(text) {
            self.record(&record);
        } else if let Some(rest) = text.strip_prefix("Received ") {
            self.server = rest.split_whitespace().nth(3).and_then(address).or(self.server.take());
        }
    }

    fn comment(&mut self, comment: &str) {
        if let Some((_, rest)) = comment.split_once("status: ") {
            self.status = rest.split([',', ' ']).next().map(str::to_owned);
        } else if let Some(flags) = comment.strip_prefix("flags: ") {
            let flags = flags.split(';').next().unwrap_or_default();
            self.authoritative = Some(flags.split_whitespace().any(|flag| flag == "aa"));
        } else if let Some(server) = comment.strip_prefix("SERVER: ") {
            self.server = server.split(['(', ' ']).next().and_then(address);
        } else if comment.ends_with("SECTION:") || comment.ends_with("PSEUDOSECTION:") {
            self.part = match comment.split(' ').next() {
                Some("QUESTION") => Part::Question,
                Some("ANSWER") => Part::Answer,
                _ => Part::Other,
            };
        }
    }

    fn record(&mut self, record: &Record<'_>) {
        if !matches!(self.part, Part::Front | Part::Answer) {
            return;
        }
        self.records += 1;
        if self.owner.is_none() {
            self.owner = host_name(record.owner);
        }
        match record.kind {
            "A" | "AAAA" => {
                if let Some(found) = address(record.data) {
                    add(&mut self.addresses, found);
                }
            }
            "CNAME" => {
                if let Some(target) = host_name(record.data) {
                    add(&mut self.chain, target);
                }
            }
            _ => {}
        }
    }

    /// Returns the answer; `asked` fills in what the message itself leaves open.
    pub(crate) fn answer(self, asked: Asked) -> DnsAnswer {
        let only_aliases = self.addresses.is_empty() && self.records == self.chain.len();
        let status = match self.status {
            Some(status) if status == NOERROR && only_aliases => Some(NODATA.to_owned()),
            Some(status) => Some(status),
            None if self.records > 0 => Some(NOERROR.to_owned()),
            None => self.failure.map(str::to_owned),
        };
        DnsAnswer {
            name: self.question.or(asked.name).or(self.owner),
            chain: self.chain,
            addresses: self.addresses,
            status,
            server: self.server.or(asked.server),
            authoritative: self.authoritative,
            ..DnsAnswer::default()
        }
    }
}

/// A resource record: `owner [ttl] [class] type data`.
pub(crate) struct Record<'t> {
    pub(crate) owner: &'t str,
    pub(crate) kind: &'t str,
    pub(crate) data: &'t str,
}

impl<'t> Record<'t> {
    /// Reads one line; owners of BIND's tools end with a dot.
    pub(crate) fn read(text: &'t str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let owner = words.next().filter(|owner| owner.ends_with('.') && !text.starts_with(' '))?;
        let mut kind = words.next()?;
        for _ in 0..2 {
            if matches!(kind, "IN" | "CH" | "HS") || kind.starts_with(|c: char| c.is_ascii_digit())
            {
                kind = words.next()?;
            }
        }
        let known =
            kind.len() <= 10 && kind.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let data = words.next().filter(|_| known)?;
        Some(Self { owner, kind, data })
    }
}
