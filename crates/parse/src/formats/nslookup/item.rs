//! What one line of nslookup says, or one piece of a line onto which everything was joined.

use super::failure::{self, Failure};
use super::label::{Found, Label, label};
use crate::prim::dns::{Transport, address, host_name, transport};
use crate::prim::exec_noise::{ExecNoise, exec_noise};

/// One statement of the output.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// `Server:`; true when only Windows prints the label so.
    Server(bool),
    /// An address behind a label; the port tells BIND and BusyBox from Windows.
    Address { address: String, port: bool, kube: bool },
    /// An address or name that continues the label above it.
    More(String),
    /// `Non-authoritative answer:`.
    NonAuthoritative(bool),
    /// `Name:`.
    Name(String),
    /// `Aliases:`.
    Alias(String),
    /// `owner canonical name = target`.
    Cname(String, String),
    /// A record of another type, with its address if it has one.
    Record(String, Option<String>),
    /// A lookup or a try that failed.
    Failed(Failure),
    /// No server answered.
    Transport(Transport),
    /// `Authoritative answers can be found from:`; what follows is no answer.
    Authority,
    /// A name typed at the `> ` prompt.
    Ask(String),
    /// The ruler around the blocks of `-debug`.
    Fence,
    /// Chatter around the lookup.
    Noise(ExecNoise),
    /// The command on a joined line runs the lookup in a pod.
    Inside,
    /// Understood, says nothing about the answer.
    Aside,
}

/// Words that join an owner to its record, and whether an address follows.
const JOINTS: &[(&str, bool)] = &[
    ("internet address = ", true),
    ("has AAAA address ", true),
    ("AAAA IPv6 address = ", true),
    ("name = ", false),
    ("mail exchanger = ", false),
    ("nameserver = ", false),
    ("text = ", false),
    ("service = ", false),
    ("text =", false),
];

/// Reads one line; `None` when nslookup does not print it.
pub(super) fn item(text: &str) -> Option<Item> {
    let trimmed = text.trim();
    if let Some(failed) = transport(trimmed) {
        return Some(Item::Transport(failed));
    }
    if let Some(failed) = failure::read(trimmed) {
        return Some(Item::Failed(failed));
    }
    if let Some(noise) = exec_noise(trimmed) {
        return Some(Item::Noise(noise));
    }
    if let Some(found) = label(trimmed) {
        return labelled(found, trimmed.get(found.length..)?.trim());
    }
    record(trimmed).or_else(|| aside(text, trimmed)).or_else(|| more(text, trimmed))
}

fn labelled(found: Found, value: &str) -> Option<Item> {
    let mut words = value.split_whitespace();
    let first = words.next();
    let second = words.next();
    match found.label {
        Label::Server if second.is_none() => first
            .is_none_or(|name| host_name(name).is_some())
            .then_some(Item::Server(found.windows)),
        Label::Address => {
            let first = first?;
            let address = address(first)?;
            let port = first.len() > address.len();
            let kube = second
                .is_some_and(|name| name.contains("kube-dns") || name.ends_with(".cluster.local"));
            (words.next().is_none()).then_some(Item::Address { address, port, kube })
        }
        Label::Name if second.is_none() => host_name(first?).map(Item::Name),
        Label::Aliases if second.is_none() => host_name(first?).map(Item::Alias),
        Label::NonAuthoritative if first.is_none() => Some(Item::NonAuthoritative(found.windows)),
        _ => None,
    }
}

/// Reads `owner canonical name = target` and the lines of other records.
fn record(text: &str) -> Option<Item> {
    if !text.contains('=') && !text.contains(" address ") {
        return None;
    }
    if let Some((owner, target)) = text.split_once("canonical name = ") {
        return Some(Item::Cname(host_name(owner)?, host_name(target)?));
    }
    JOINTS.iter().find_map(|(joint, addressed)| {
        let (owner, value) = text.split_once(joint)?;
        let owner = host_name(owner)?;
        let found = if *addressed { address(value.split_whitespace().next()?) } else { None };
        Some(Item::Record(owner, found))
    })
}

/// Reads lines that carry nothing of the answer.
fn aside(text: &str, trimmed: &str) -> Option<Item> {
    if trimmed.len() >= 8 && trimmed.bytes().all(|byte| byte == b'-') {
        return Some(Item::Fence);
    }
    if trimmed.starts_with("Authoritative answers can be found from") {
        return Some(Item::Authority);
    }
    if let Some(asked) = text.strip_prefix("> ") {
        return if asked.trim() == "exit" {
            Some(Item::Aside)
        } else {
            host_name(asked).map(Item::Ask)
        };
    }
    let soa =
        text.starts_with(['\t', ' ']) && trimmed.contains(" = ") || is_soa_field(text, trimmed);
    let said = trimmed.strip_prefix(";; ").is_some_and(|said| {
        ["Got ", "Truncated, retrying", "reply from unexpected", "Question section", "Warning: "]
            .iter()
            .any(|start| said.starts_with(start) && !said.starts_with("Got answer"))
    });
    (soa || said || trimmed == ">" || trimmed == ".").then_some(Item::Aside)
}

/// `        serial  = 2026112100` of Windows has two blanks.
fn is_soa_field(text: &str, trimmed: &str) -> bool {
    let fields =
        ["origin", "mail addr", "serial", "refresh", "retry", "expire", "minimum", "default TTL"];
    text.starts_with(['\t', ' ']) && fields.iter().any(|field| trimmed.starts_with(field))
}

/// Reads a line that continues `Addresses:` or `Aliases:`: one indented address or name.
fn more(text: &str, trimmed: &str) -> Option<Item> {
    let alone = text.starts_with([' ', '\t']) && !trimmed.contains(char::is_whitespace);
    let fits = address(trimmed).or_else(|| host_name(trimmed).filter(|name| name.contains('.')));
    fits.filter(|_| alone).map(Item::More)
}
