//! One `Label:  value` line, and the labels kubectl prints.

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, satisfy};
use nom::combinator::recognize;
use nom::sequence::{pair, terminated};
use nom::{IResult, bytes::complete::take_while};

/// Labels that kubectl prints with a single blank behind the colon.
const UNPADDED: &[&str] = &[
    "Current Number of Nodes Scheduled",
    "Desired Number of Nodes Scheduled",
    "Number of Nodes Misscheduled",
    "Number of Nodes Scheduled with Available Pods",
    "Number of Nodes Scheduled with Up-to-date Pods",
];

/// Labels at the margin of the built-in kinds, behind `Name` and `Namespace`.
const TOP: &[&str] = &[
    "API Version",
    "Access Modes",
    "Active Deadline Seconds",
    "Addresses",
    "Allocatable",
    "Allocated resources",
    "Annotations",
    "BinaryData",
    "Capacity",
    "Claim",
    "Completed At",
    "Completion Mode",
    "Completions",
    "Conditions",
    "Containers",
    "Controlled By",
    "CreationTimestamp",
    "Data",
    "Duration",
    "Endpoints",
    "Ephemeral Containers",
    "Events",
    "Finalizers",
    "IP",
    "IPs",
    "Image pull secrets",
    "Init Containers",
    "Labels",
    "Lease",
    "Message",
    "MinReadySeconds",
    "Mountable secrets",
    "NewReplicaSet",
    "Node",
    "Node-Selectors",
    "NominatedNodeName",
    "Non-terminated Pods",
    "OldReplicaSets",
    "Parallelism",
    "Pod Template",
    "PodCIDR",
    "PodCIDRs",
    "Pods Status",
    "Pods Statuses",
    "Priority",
    "Priority Class Name",
    "ProviderID",
    "QoS Class",
    "Readiness Gates",
    "Reason",
    "Replicas",
    "Roles",
    "RollingUpdateStrategy",
    "Runtime Class Name",
    "SeccompProfile",
    "Selector",
    "Service Account",
    "Session Affinity",
    "Start Time",
    "Status",
    "StorageClass",
    "StrategyType",
    "System Info",
    "Taints",
    "Tokens",
    "Tolerations",
    "Topology Spread Constraints",
    "Type",
    "Unschedulable",
    "Update Strategy",
    "Used By",
    "Volume Claims",
    "VolumeMode",
    "Volumes",
];

/// Labels of a container's fields.
const CONTAINER: &[&str] = &[
    "Args",
    "Command",
    "Container ID",
    "Environment",
    "Environment Variables from",
    "Host Port",
    "Host Ports",
    "Image",
    "Image ID",
    "Last State",
    "Limits",
    "Liveness",
    "Mounts",
    "Port",
    "Ports",
    "Readiness",
    "Ready",
    "Requests",
    "Restart Count",
    "SeccompProfile",
    "Startup",
    "State",
];

/// Returns true for a label that built-in kinds print at the margin.
pub(super) fn is_top(label: &str) -> bool {
    TOP.binary_search(&label).is_ok() || UNPADDED.contains(&label)
}

/// Returns true for a label of a container's field.
pub(super) fn is_container_field(label: &str) -> bool {
    CONTAINER.binary_search(&label).is_ok()
}

/// `label = letter *(letter | digit | " " | "-" | "." | "/" | "_" | "(" | ")")`
fn label(input: &str) -> IResult<&str, &str> {
    let rest = take_while(|c: char| c.is_ascii_alphanumeric() || " -./_()".contains(c));
    recognize(pair(satisfy(|c| c.is_ascii_alphabetic()), rest)).parse(input)
}

/// Passes over nearly all lines of prose with one look at their bytes.
fn may_be_labeled(text: &str) -> Option<()> {
    let first = text.as_bytes().first().filter(|first| first.is_ascii_alphabetic());
    first.and(memchr::memchr(b':', text.as_bytes())).map(drop)
}

/// Reads `text`, which starts with the label, as `label ":" (end | padding value)`.
///
/// Padding is a tab or two blanks, as kubectl aligns its values; the few labels that it prints with one
/// blank are known by name. The value comes without blanks at both ends.
pub(super) fn labeled(text: &str) -> Option<(&str, &str)> {
    may_be_labeled(text)?;
    let (rest, label) = terminated(label, char(':')).parse(text).ok()?;
    let value = rest.trim();
    let padded = value.is_empty() || rest.starts_with("  ") || rest.starts_with('\t');
    (padded || UNPADDED.contains(&label) && rest.starts_with(' ')).then_some((label, value))
}

/// Reads `text` as `label ":" (end | blank value)`: a label whose padding is lost.
pub(super) fn loose(text: &str) -> Option<(&str, &str)> {
    may_be_labeled(text)?;
    let (rest, label) = terminated(label, char(':')).parse(text).ok()?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| (label, rest.trim()))
}

/// Reads `text` as `key ":" value`, whatever the padding; the key has no blanks.
pub(super) fn keyed(text: &str) -> Option<(&str, &str)> {
    let key =
        take_while1::<_, _, nom::error::Error<&str>>(|c: char| !c.is_whitespace() && c != ':');
    let (rest, key) = terminated(key, char(':')).parse(text).ok()?;
    Some((key, rest.trim()))
}

/// Returns the value unless it is kubectl's word for nothing.
pub(super) fn given(value: &str) -> Option<String> {
    let nothing = matches!(value, "" | "<none>" | "<unset>" | "<unknown>" | "<nil>");
    (!nothing).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn label_lists_are_sorted() {
        assert!(TOP.is_sorted());
        assert!(CONTAINER.is_sorted());
    }

    #[test]
    fn a_value_is_padded() {
        let cases = [
            ("Name:         web-1", Some(("Name", "web-1"))),
            ("Name:\t\tweb-1", Some(("Name", "web-1"))),
            ("IP:", Some(("IP", ""))),
            ("IP:   ", Some(("IP", ""))),
            (
                "Desired Number of Nodes Scheduled: 3",
                Some(("Desired Number of Nodes Scheduled", "3")),
            ),
            ("Failed to pull image: denied", None),
            ("<html>:  x", None),
        ];
        for (text, want) in cases {
            assert_eq!(labeled(text), want, "{text}");
        }
    }
}
