//! host
//!
//! Printed by `host [-v] [-t type] name [server]` of BIND:
//!
//! ```text
//! Using domain server:
//! Name: 10.0.0.10
//! Address: 10.0.0.10#53
//! Aliases:
//!
//! contoso.azurecr.io is an alias for contoso.privatelink.azurecr.io.
//! contoso.privatelink.azurecr.io has address 10.224.1.20
//! ```
//!
//! or `Host contoso.azurecr.io not found: 3(NXDOMAIN)`; with `-v` the messages of `dig` behind lines
//! `Trying "contoso.azurecr.io"`. One `dns_answer` per asked name; the heading with the server's address is
//! never an answer.
//!
//! QUIRKS: `host` asks for A, AAAA and MX; a failure behind a good address changes nothing. Names that the
//! search list made are named as they were asked where the command or their form tells.

use kubetriage_model::DnsAnswer;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::dns::{
    Message, NODATA, NOERROR, Record, Signs, Transport, add, address, asked, expanded_from,
    host_name, marks, place, transport,
};
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "host", claim, parse };

/// What one line says.
enum Said {
    /// The heading `Using domain server:` and what stands below it.
    Heading,
    /// Address in the heading.
    Server(String),
    /// `owner is an alias for target.`
    Alias(String, String),
    /// `owner has address …` and other records; the address, if it is one.
    Has(String, Option<String>),
    /// `owner has no AAAA record`.
    Lacks(String),
    /// `Host owner not found: 3(NXDOMAIN)`.
    Failed(String, String),
    /// No server answered.
    Transport(Transport),
}

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text;
    if first.starts_with("Trying \"") {
        return Some(verbose_length(lines));
    }
    let by_host = context.command.is_some_and(|command| !asked_of(context, command).is_empty());
    match said(first)? {
        Said::Transport(_) | Said::Server(_) if !by_host => return None,
        Said::Heading if first != "Using domain server:" => return None,
        _ => {}
    }
    let mut used = 0;
    for (index, line) in lines.iter().enumerate() {
        if said(line.text).is_some() {
            used = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    Some(used)
}

fn asked_of(context: &Context<'_>, _command: &kubetriage_model::Command) -> String {
    asked(context, "host").name.unwrap_or_default()
}

fn verbose_length(lines: &[Line<'_>]) -> usize {
    let belongs = |line: &Line<'_>| {
        line.text.starts_with("Trying \"")
            || line.text.starts_with(';')
            || line.text.starts_with("Received ")
            || Record::read(line.text).is_some()
    };
    let mut used = 0;
    for (index, line) in lines.iter().enumerate() {
        if belongs(line) {
            used = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    used
}

/// Reads one line.
fn said(text: &str) -> Option<Said> {
    let text = text.trim_end();
    if let Some(failed) = transport(text) {
        return Some(Said::Transport(failed));
    }
    // The name of a described object stands behind more than one blank.
    let server = text.strip_prefix("Name: ").is_some_and(|name| !name.starts_with(' '));
    if text == "Using domain server:" || text == "Aliases:" || server {
        return Some(Said::Heading);
    }
    if let Some(server) = text.strip_prefix("Address: ") {
        return address(server).map(Said::Server);
    }
    if let Some(rest) = text.strip_prefix("Host ") {
        let (name, why) = rest.split_once(" not found: ")?;
        let status = why.split_once('(').map_or(why, |(_, word)| word.trim_end_matches(')'));
        return Some(Said::Failed(host_name(name)?, status.to_owned()));
    }
    let (owner, rest) = text.split_once(' ')?;
    let owner = host_name(owner).filter(|owner| owner.contains('.'))?;
    if let Some(target) = rest.strip_prefix("is an alias for ") {
        return Some(Said::Alias(owner, host_name(target)?));
    }
    if let Some(found) =
        rest.strip_prefix("has address ").or_else(|| rest.strip_prefix("has IPv6 address "))
    {
        return Some(Said::Has(owner, Some(address(found)?)));
    }
    if rest.starts_with("has no ") && rest.ends_with(" record") {
        return Some(Said::Lacks(owner));
    }
    let other = ["mail is handled by ", "domain name pointer ", "name server ", "has SOA record "];
    other.iter().any(|start| rest.starts_with(start)).then_some(Said::Has(owner, None))
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if lines.first().is_some_and(|line| line.text.starts_with("Trying \"")) {
        return verbose(lines, context, out);
    }
    let mut lookup = Lookup::default();
    let mut from = 0;
    for (index, line) in lines.iter().enumerate() {
        let Some(said) = said(line.text) else { continue };
        if lookup.is_other(&said) {
            let run = lines.get(from..index).unwrap_or_default();
            std::mem::take(&mut lookup).state(run, context, out);
            from = index;
        }
        lookup.take(said);
    }
    lookup.state(lines.get(from..).unwrap_or_default(), context, out);
}

fn verbose(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let mut message = Message::default();
    for line in lines {
        message.line(line.text);
    }
    let mut answer = message.answer(asked(context, "host"));
    let searched = lines.iter().any(|line| line.text.contains(".svc.cluster.local\""));
    place(&mut answer, context, Signs { cluster: searched, windows: false });
    out.marked(lines, marks(&answer, lines), answer);
}

/// One asked name and what was said about it.
#[derive(Default)]
struct Lookup {
    name: Option<String>,
    chain: Vec<String>,
    addresses: Vec<String>,
    records: bool,
    lacks: bool,
    failure: Option<String>,
    server: Option<String>,
    heading: bool,
}

impl Lookup {
    /// True when `said` starts the next lookup.
    fn is_other(&self, said: &Said) -> bool {
        let known = |owner: &String| {
            self.name.as_ref().is_none_or(|name| name == owner) || self.chain.contains(owner)
        };
        let answered = self.name.is_some() || self.failure.is_some();
        match said {
            Said::Alias(owner, _)
            | Said::Has(owner, _)
            | Said::Lacks(owner)
            | Said::Failed(owner, _) => !known(owner),
            Said::Heading | Said::Transport(_) => answered && self.name.is_some(),
            Said::Server(_) => false,
        }
    }

    fn take(&mut self, said: Said) {
        match said {
            Said::Heading => self.heading = true,
            Said::Server(server) => self.server = Some(server),
            Said::Alias(owner, target) => {
                self.name.get_or_insert(owner);
                add(&mut self.chain, target);
            }
            Said::Has(owner, found) => {
                self.name.get_or_insert(owner);
                self.records = true;
                self.addresses.extend(found);
            }
            Said::Lacks(owner) => {
                self.name.get_or_insert(owner);
                self.lacks = true;
            }
            Said::Failed(owner, status) => {
                self.name.get_or_insert(owner);
                self.failure = Some(status);
            }
            Said::Transport(failed) => {
                self.failure.get_or_insert_with(|| failed.status.to_owned());
                self.server = failed.server.or(self.server.take());
            }
        }
    }

    fn state(self, lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
        let question = asked(context, "host");
        let status = if self.records {
            Some(NOERROR.to_owned())
        } else if self.failure.is_some() {
            self.failure
        } else {
            (self.lacks || !self.chain.is_empty()).then(|| NODATA.to_owned())
        };
        if status.is_none() {
            return out.used(lines);
        }
        let printed = self.name.unwrap_or_default();
        let expanded = expanded_from(&printed).map(str::to_owned);
        let cluster = printed.ends_with(".svc.cluster.local");
        let name = question.name.or(expanded).or(Some(printed)).filter(|name| !name.is_empty());
        let mut answer = DnsAnswer {
            name,
            chain: self.chain,
            addresses: self.addresses,
            status,
            server: self.server.or(question.server),
            ..DnsAnswer::default()
        };
        place(&mut answer, context, Signs { cluster, windows: false });
        out.marked(lines, marks(&answer, lines), answer);
    }
}
