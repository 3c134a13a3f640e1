//! What the formats of DNS tools share: names, addresses, status words, the question a command line
//! asks, where a lookup ran, and DNS messages as BIND's tools print them.

mod asked;
mod marks;
mod message;
mod name;
mod place;
mod transport;

pub(crate) use asked::{asked, question};
pub(crate) use marks::marks;
pub(crate) use message::{Message, Record};
pub(crate) use name::{address, expanded_from, host_name};
pub(crate) use place::{Signs, place};
pub(crate) use transport::{Transport, transport};

/// The lookup worked and gave records.
pub(crate) const NOERROR: &str = "NOERROR";
/// The name exists, records of the asked type do not.
pub(crate) const NODATA: &str = "NODATA";
/// The name does not exist.
pub(crate) const NXDOMAIN: &str = "NXDOMAIN";
/// The server failed.
pub(crate) const SERVFAIL: &str = "SERVFAIL";
/// The server refused to answer.
pub(crate) const REFUSED: &str = "REFUSED";
/// Nothing came back in time.
pub(crate) const TIMEOUT: &str = "TIMEOUT";
/// The server could not be reached: port closed, no route.
pub(crate) const UNREACHABLE: &str = "UNREACHABLE";

/// Most addresses or aliases that one answer keeps; real ones have a few dozen.
const LONGEST_LIST: usize = 256;

/// Adds `value` to `list` unless it is there or the list is full.
pub(crate) fn add(list: &mut Vec<String>, value: String) {
    if list.len() < LONGEST_LIST && !list.contains(&value) {
        list.push(value);
    }
}
