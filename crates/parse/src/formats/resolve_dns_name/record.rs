//! The tables, lists and error sentences of Resolve-DnsName.

use crate::prim::dns::{NODATA, NXDOMAIN, REFUSED, SERVFAIL, TIMEOUT, host_name};
use crate::text::Line;

/// One record, from a table row or a list block.
#[derive(Debug, Default, Clone)]
pub(super) struct Record {
    /// Owner.
    pub(super) name: String,
    /// Type.
    pub(super) kind: String,
    /// Section of the message.
    pub(super) section: String,
    /// Address or target.
    pub(super) data: String,
    /// Index of its first line.
    pub(super) at: usize,
}

/// An error sentence.
pub(super) struct Failure {
    /// The asked name.
    pub(super) name: Option<String>,
    /// Status word, when the sentence is in English.
    pub(super) status: Option<&'static str>,
}

/// English sentences and language-independent ids of errors.
const ERRORS: &[(&str, &str, &str)] = &[
    ("DNS name does not exist", "DNS_ERROR_RCODE_NAME_ERROR", NXDOMAIN),
    ("DNS server failure", "DNS_ERROR_RCODE_SERVER_FAILURE", SERVFAIL),
    ("DNS operation refused", "DNS_ERROR_RCODE_REFUSED", REFUSED),
    ("timeout period expired", "ERROR_TIMEOUT", TIMEOUT),
    ("No records found for given DNS query", "DNS_INFO_NO_RECORDS", NODATA),
];
/// Keys of list blocks.
const KEYS: &[&str] = &[
    "Name",
    "QueryType",
    "TTL",
    "Section",
    "IP4Address",
    "IP6Address",
    "NameHost",
    "NameAdministrator",
    "PrimaryServer",
    "SerialNumber",
    "TimeToZoneRefresh",
    "TimeToZoneFailureRetry",
    "TimeToExpiration",
    "DefaultTTL",
    "NameExchange",
    "Preference",
    "Strings",
    "IPAddress",
    "Type",
    "DataLength",
];

/// Reads `Resolve-DnsName [blank] ": " name " : " sentence`.
pub(super) fn failure(text: &str) -> Option<Failure> {
    let rest = text.trim().strip_prefix("Resolve-DnsName")?.trim_start().strip_prefix(": ")?;
    let (name, sentence) = rest.split_once(" : ").unwrap_or((rest, ""));
    let status = ERRORS.iter().find(|(words, _, _)| sentence.contains(words));
    Some(Failure { name: host_name(name), status: status.map(|(_, _, status)| *status) })
}

/// Returns the status that the id of an error stands for.
pub(super) fn status_of_id(text: &str) -> Option<&'static str> {
    ERRORS.iter().find(|(_, id, _)| text.contains(id)).map(|(_, _, status)| *status)
}

/// True for `Name Type TTL Section NameHost|IPAddress|…`.
pub(super) fn is_header(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    words.len() >= 4 && words.starts_with(&["Name", "Type", "TTL", "Section"])
}

/// True when a list block starts here: `Name : …` above `QueryType : …`.
pub(super) fn is_list_start(lines: &[Line<'_>]) -> bool {
    let key = |index: usize| lines.get(index).and_then(|line| pair(line.text)).map(|(key, _)| key);
    key(0) == Some("Name") && (1..4).any(|index| key(index) == Some("QueryType"))
}

/// True for every line that a table or a list may hold.
pub(super) fn belongs(text: &str) -> bool {
    is_header(text)
        || is_ruler(text)
        || row(text).is_some()
        || pair(text).is_some()
        || wrapped(text)
}

fn is_ruler(text: &str) -> bool {
    text.starts_with("---") && text.chars().all(|c| c == '-' || c == ' ')
}

/// A name that goes on from the line above.
fn wrapped(text: &str) -> bool {
    let trimmed = text.trim();
    !trimmed.is_empty() && !trimmed.contains(char::is_whitespace) && host_name(trimmed).is_some()
}

/// Reads `Key : value` of a list block.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let key = key.trim();
    KEYS.contains(&key).then_some((key, value.trim()))
}

fn row(text: &str) -> Option<[&str; 4]> {
    let mut words = text.split_whitespace();
    let (name, kind, ttl, section) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let data = words.next().unwrap_or_default();
    let typed = ["Answer", "Authority", "Additional", "Question"].contains(&section)
        && ttl.bytes().all(|byte| byte.is_ascii_digit());
    typed.then_some([name, kind, section, data])
}

/// Reads all records, joining wrapped names.
pub(super) fn records(lines: &[Line<'_>]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut in_list = false;
    for (at, line) in lines.iter().enumerate() {
        if let Some([name, kind, section, data]) = row(line.text) {
            in_list = false;
            records.push(Record {
                name: name.to_owned(),
                kind: kind.to_owned(),
                section: section.to_owned(),
                data: data.to_owned(),
                at,
            });
        } else if let Some((key, value)) = pair(line.text) {
            if key == "Name" {
                in_list = true;
                records.push(Record { name: value.to_owned(), at, ..Record::default() });
            } else if let Some(record) = records.last_mut().filter(|_| in_list) {
                fill(record, key, value);
            }
        } else if let Some(record) = records.last_mut().filter(|_| wrapped(line.text)) {
            let unfinished = record.data.is_empty() && in_list && record.kind.is_empty();
            let to_name = unfinished || (line.indent() == 0 && !in_list);
            let part = if to_name { &mut record.name } else { &mut record.data };
            part.push_str(line.trimmed());
        }
    }
    records
}

fn fill(record: &mut Record, key: &str, value: &str) {
    match key {
        "QueryType" | "Type" => value.clone_into(&mut record.kind),
        "Section" => value.clone_into(&mut record.section),
        "IP4Address" | "IP6Address" | "IPAddress" | "NameHost" => {
            value.clone_into(&mut record.data);
        }
        _ => {}
    }
}
