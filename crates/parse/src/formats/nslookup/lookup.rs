//! One lookup: what its lines say, and when the next one starts.

use kubetriage_model::{DnsAnswer, Mark};

use super::failure::Failure;
use super::item::Item;
use crate::context::Context;
use crate::emitter::mark;
use crate::prim::dns::{
    NODATA, NOERROR, NXDOMAIN, Signs, TIMEOUT, Transport, add, asked, expanded_from, place,
};
use crate::prim::exec_noise::ExecNoise;
use crate::text::Line;

/// What addresses and continuation lines belong to at the moment.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Target {
    #[default]
    Answer,
    Server,
    Aliases,
    Nothing,
}

/// A lookup that is being gathered.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each tells of one line that was seen or was not"
)]
pub(super) struct Lookup {
    target: Target,
    asked: Option<String>,
    owners: Vec<String>,
    names: Vec<String>,
    aliases: Vec<String>,
    chain: Vec<String>,
    addresses: Vec<String>,
    records: bool,
    failures: Vec<Failure>,
    transport: Option<&'static str>,
    gave_up: bool,
    bare: usize,
    not_authoritative: bool,
    server: Option<String>,
    failed_server: Option<String>,
    has_server: bool,
    blank: bool,
    /// The cluster's DNS server told its own name: it answers.
    server_answers: bool,
    signs: Signs,
    marks: Vec<Mark>,
}

impl Lookup {
    /// True when an answer or a final failure was read.
    pub(super) fn has_result(&self) -> bool {
        self.records
            || !self.addresses.is_empty()
            || !self.owners.is_empty()
            || !self.names.is_empty()
            || self.gave_up
            || self.failures.iter().any(|failure| !failure.passing)
    }

    /// True when there is something to state.
    pub(super) fn is_stated(&self) -> bool {
        self.has_result() || self.transport.is_some() || self.bare > 1 || !self.failures.is_empty()
    }

    /// True when a server was named and nothing else.
    pub(super) fn is_cut(&self) -> bool {
        self.has_server && !self.is_stated()
    }

    /// True when `item` starts the next lookup.
    pub(super) fn ends_before(&self, item: &Item) -> bool {
        match item {
            Item::Server(_) => {
                let only_failed = self.addresses.is_empty() && self.owners.is_empty();
                let early = !self.has_server && only_failed && self.is_windows_failure();
                (self.has_result() && !early) || (self.has_server && self.asked.is_none())
            }
            Item::Transport(_) => self.has_result() && (self.blank || self.gave_up),
            Item::Failed(failure) => self.differs(failure.name.as_deref()),
            Item::Name(owner) | Item::Cname(owner, _) | Item::Record(owner, _) => {
                self.differs(Some(owner))
            }
            Item::Ask(_) => self.is_stated() || self.has_server,
            Item::Noise(ExecNoise::Chatter) => self.has_result() && self.blank,
            _ => false,
        }
    }

    fn is_windows_failure(&self) -> bool {
        self.failures.iter().any(|failure| failure.windows)
    }

    /// True when `name` is the subject of another lookup.
    fn differs(&self, name: Option<&str>) -> bool {
        let Some(name) = name else { return self.has_result() && self.blank && self.gave_up };
        if !self.has_result() || self.is_target(name) {
            return false;
        }
        !self.subjects().any(|known| {
            is_same_question(known, name) || is_sibling(known, name) || is_sibling(name, known)
        })
    }

    fn is_target(&self, name: &str) -> bool {
        self.chain.iter().any(|known| known == name)
    }

    fn subjects(&self) -> impl Iterator<Item = &str> {
        let failed = self.failures.iter().filter_map(|failure| failure.name.as_ref());
        self.owners.iter().chain(&self.names).chain(&self.asked).chain(failed).map(String::as_str)
    }

    /// Takes a blank line.
    pub(super) fn blank(&mut self) {
        self.blank = true;
        self.target = if self.target == Target::Server { Target::Answer } else { self.target };
    }

    /// Takes one statement, read from `line`.
    pub(super) fn take(&mut self, item: Item, line: &Line<'_>) {
        match item {
            Item::Server(windows) => {
                self.has_server = true;
                self.signs.windows |= windows;
                self.target = Target::Server;
            }
            Item::Address { address, port, kube } => {
                self.signs.cluster |= kube;
                self.server_answers |= kube;
                self.address(address, port, line);
            }
            Item::More(word) => self.more(word, line),
            Item::NonAuthoritative(windows) => {
                self.not_authoritative = true;
                self.bare += 1;
                self.signs.windows |= windows;
                self.target = Target::Answer;
            }
            Item::Name(name) => {
                self.target = Target::Answer;
                self.mark("name", line);
                add(&mut self.names, name);
            }
            Item::Alias(name) => {
                self.signs.windows = true;
                self.target = Target::Aliases;
                add(&mut self.aliases, name);
            }
            Item::Cname(owner, target) => {
                self.target = Target::Answer;
                self.mark("chain", line);
                add(&mut self.owners, owner);
                add(&mut self.chain, target);
            }
            Item::Record(owner, found) => self.record(owner, found, line),
            Item::Failed(failure) => self.failed(failure, line),
            Item::Transport(failed) => self.not_reached(failed, line),
            Item::Authority => self.target = Target::Nothing,
            Item::Ask(name) => self.asked = Some(name),
            Item::Noise(_) | Item::Inside => self.signs.cluster = true,
            Item::Fence | Item::Aside => {}
        }
        self.blank = false;
    }

    fn mark(&mut self, field: &'static str, line: &Line<'_>) {
        if !self.marks.iter().any(|mark| mark.field == field) {
            self.marks.push(mark(field, line));
        }
    }

    fn address(&mut self, address: String, port: bool, line: &Line<'_>) {
        match self.target {
            Target::Server => {
                self.signs.windows |= !port && self.server.is_none();
                self.mark("server", line);
                self.server.get_or_insert(address);
            }
            Target::Nothing => {}
            Target::Answer | Target::Aliases => {
                self.mark("addresses", line);
                add(&mut self.addresses, address);
                self.target = Target::Answer;
            }
        }
    }

    fn more(&mut self, word: String, line: &Line<'_>) {
        let is_address = crate::prim::dns::address(&word).is_some();
        match self.target {
            Target::Aliases if !is_address => add(&mut self.aliases, word),
            Target::Answer | Target::Server if is_address => self.address(word, true, line),
            _ => {}
        }
    }

    fn record(&mut self, owner: String, found: Option<String>, line: &Line<'_>) {
        if self.target == Target::Nothing {
            return;
        }
        self.records = true;
        add(&mut self.names, owner);
        if let Some(found) = found {
            self.mark("addresses", line);
            add(&mut self.addresses, found);
        }
    }

    fn failed(&mut self, failure: Failure, line: &Line<'_>) {
        self.signs.windows |= failure.windows;
        if !failure.passing {
            self.mark("status", line);
        }
        self.target = Target::Answer;
        if self.failures.len() < 64 {
            self.failures.push(failure);
        }
    }

    fn not_reached(&mut self, failed: Transport, line: &Line<'_>) {
        self.mark("status", line);
        let earlier = self
            .transport
            .filter(|earlier| *earlier == TIMEOUT || (failed.last && failed.server.is_none()));
        self.transport = Some(earlier.unwrap_or(failed.status));
        self.gave_up |= failed.last;
        self.failed_server = self.failed_server.take().or(failed.server);
    }

    /// True when this lookup only tried a name of the search list for the name of `later`.
    pub(super) fn is_search_step_of(&self, later: &Self) -> bool {
        let failed = self.addresses.is_empty() && self.owners.is_empty() && self.names.is_empty();
        let only_missing = failed && self.status().as_deref() == Some(NXDOMAIN);
        let mine = self.failures.iter().filter_map(|failure| failure.name.as_deref());
        only_missing
            && mine.clone().count() > 0
            && mine.into_iter().all(|tried| {
                later.subjects().any(|name| is_expansion(tried, name))
                    || later.subjects().any(|name| is_sibling(tried, name))
            })
    }

    /// Notes that a search list was tried first; only a pod's resolver has one that ends in `cluster.local`.
    pub(super) fn searched(&mut self, earlier: &Self) {
        self.signs.cluster |= earlier.subjects().any(|name| name.ends_with(".cluster.local"));
    }

    fn status(&self) -> Option<String> {
        if !self.addresses.is_empty() || self.records {
            return Some(NOERROR.to_owned());
        }
        let finals = self.failures.iter().filter(|failure| !failure.passing);
        let mut words = finals.filter_map(|failure| failure.status.as_deref());
        let told = words.clone().find(|word| *word != NODATA).or_else(|| words.next());
        if let Some(word) = told {
            return Some(word.to_owned());
        }
        let names_only = !self.owners.is_empty() || !self.names.is_empty() || self.bare > 1;
        let passing = self.failures.iter().rev().find_map(|failure| failure.status.clone());
        match self.transport {
            Some(status) => Some(status.to_owned()),
            None if passing.is_some() => passing,
            // Old BusyBox gives no reason, but a server that answers knows the names of its own zone.
            None if self.server_answers && self.subjects().any(is_of_cluster) => {
                Some(NXDOMAIN.to_owned())
            }
            None => names_only.then(|| NODATA.to_owned()),
        }
    }

    /// Returns the answer and the lines its fields stand on; `only` tells that the command asked nothing else.
    pub(super) fn answer(self, context: &Context<'_>, only: bool) -> (DnsAnswer, Vec<Mark>) {
        let question = asked(context, "nslookup");
        let status = self.status();
        let fits = question
            .name
            .as_deref()
            .filter(|name| only || self.subjects().any(|known| is_same_question(known, name)));
        let name = fits.map(str::to_owned).or_else(|| self.printed_name());
        let chain = self.full_chain(name.as_deref());
        let mut signs = self.signs;
        signs.cluster |= self.subjects().any(|name| name.ends_with(".cluster.local"));
        let direct = self.has_server || question.name.is_some();
        let answered = status.as_deref() == Some(NOERROR);
        let mut answer = DnsAnswer {
            name,
            chain,
            addresses: self.addresses,
            status,
            server: self.server.or(self.failed_server).or(question.server),
            authoritative: if self.not_authoritative {
                Some(false)
            } else {
                (answered && direct).then_some(true)
            },
            ..DnsAnswer::default()
        };
        place(&mut answer, context, signs);
        let mut marks = self.marks;
        marks.retain(|mark| !answered || mark.field != "status");
        (answer, marks)
    }

    /// Returns the asked name as the output itself tells it.
    fn printed_name(&self) -> Option<String> {
        let failed = self.failures.iter().rev().find_map(|failure| failure.name.as_deref());
        let failed = failed.map(|name| expanded_from(name).unwrap_or(name).to_owned());
        self.asked
            .clone()
            .or_else(|| self.aliases.first().cloned())
            .or_else(|| self.owners.first().cloned())
            .or_else(|| self.names.first().cloned())
            .or(failed)
    }

    /// Returns the names behind the asked one: alias lines, else the aliases of Windows and its final name.
    fn full_chain(&self, name: Option<&str>) -> Vec<String> {
        let mut chain = self.chain.clone();
        for alias in &self.aliases {
            add(&mut chain, alias.clone());
        }
        let end = self.names.last().filter(|_| !self.records);
        if let Some(end) = end.filter(|end| name.is_none_or(|name| !is_same_question(end, name))) {
            add(&mut chain, end.clone());
        }
        chain.retain(|step| Some(step.as_str()) != name);
        chain
    }
}

/// True for a name that only a cluster's own zone can hold, be it without the suffix of the search list.
fn is_of_cluster(name: &str) -> bool {
    !name.contains('.')
        || [".cluster.local", ".svc", ".default"].iter().any(|zone| name.ends_with(zone))
}

/// True when one name is the other, or the other with a search suffix.
fn is_same_question(one: &str, other: &str) -> bool {
    one == other || is_expansion(one, other) || is_expansion(other, one)
}

/// True when `long` is `short` with a suffix.
fn is_expansion(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|suffix| suffix.starts_with('.'))
}

/// True when both are expansions of one name by the search list of a pod.
fn is_sibling(one: &str, other: &str) -> bool {
    let local = |name: &str| name.strip_suffix("cluster.local").map(str::to_owned);
    let (Some(one), Some(other)) = (local(one), local(other)) else { return false };
    one != other && one.starts_with(other.strip_suffix("svc.").unwrap_or(&other))
}
