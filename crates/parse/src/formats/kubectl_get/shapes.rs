//! What the columns of each kind hold, and the column sets of rows without a header.

use super::cells::{Cell, by_type, is_fraction};
use super::events::row_parts;
use super::header::{Column, Header};
use crate::prim::age::is_age;
use crate::prim::kind::split_object;

/// Returns what column `name` of a table of `kind` holds; `kind` is empty when unknown.
pub(super) fn cell(kind: &str, name: &str) -> Cell {
    match name {
        "NAMESPACE" | "NAME" | "POD" => Cell::Name,
        "AGE" | "FIRST SEEN" => Cell::Age,
        "LAST SEEN" => Cell::Seen,
        _ => match kind {
            "Pod" => pod(name),
            "Node" => node(name),
            "Event" => event(name),
            "Deployment"
            | "StatefulSet"
            | "ReplicaSet"
            | "DaemonSet"
            | "ReplicationController"
            | "Job"
            | "CronJob" => workload(kind, name),
            "PersistentVolumeClaim" | "PersistentVolume" | "Ingress" => volume(name),
            _ => Cell::Any,
        },
    }
}

fn pod(name: &str) -> Cell {
    match name {
        "READY" => Cell::Fraction,
        "RESTARTS" => Cell::Restarts,
        "STATUS" => Cell::Word,
        _ => Cell::Any,
    }
}

fn node(name: &str) -> Cell {
    match name {
        "STATUS" => Cell::NodeStatus,
        "VERSION" => Cell::Version,
        "ROLES" | "KERNEL-VERSION" | "CONTAINER-RUNTIME" | "INTERNAL-IP" | "EXTERNAL-IP" => {
            Cell::Word
        }
        "OS-IMAGE" => Cell::Text,
        _ => Cell::Any,
    }
}

fn event(name: &str) -> Cell {
    match name {
        "TYPE" => Cell::EventType,
        "COUNT" => Cell::Int,
        "SUBOBJECT" => Cell::FieldPath,
        "SOURCE" => Cell::Source,
        "MESSAGE" => Cell::Text,
        "REASON" | "KIND" | "OBJECT" => Cell::Maybe,
        _ => Cell::Any,
    }
}

fn workload(kind: &str, name: &str) -> Cell {
    match (kind, name) {
        ("Deployment" | "StatefulSet", "READY") => Cell::Fraction,
        (
            _,
            "READY" | "DESIRED" | "CURRENT" | "UP-TO-DATE" | "AVAILABLE" | "SUCCESSFUL" | "ACTIVE",
        ) => Cell::Int,
        (_, "COMPLETIONS") => Cell::Completions,
        (_, "DURATION") => Cell::MaybeAge,
        (_, "SCHEDULE") => Cell::Schedule,
        (_, "STATUS") => Cell::Word,
        _ => Cell::Any,
    }
}

fn volume(name: &str) -> Cell {
    match name {
        "VOLUME"
        | "CAPACITY"
        | "ACCESS MODES"
        | "STORAGECLASS"
        | "VOLUMEATTRIBUTESCLASS"
        | "CLAIM"
        | "REASON"
        | "ADDRESS"
        | "CLASS" => Cell::Maybe,
        _ => Cell::Any,
    }
}

/// The columns of one kind's rows: those always there, and those of `-o wide`.
struct Shape {
    kind: &'static str,
    columns: &'static [&'static str],
    wide: &'static [&'static str],
}

const fn shape(
    kind: &'static str,
    columns: &'static [&'static str],
    wide: &'static [&'static str],
) -> Shape {
    Shape { kind, columns, wide }
}

/// Rows that are recognized without a header, in the order in which they are tried.
const SHAPES: &[Shape] = &[
    shape(
        "Pod",
        &["NAME", "READY", "STATUS", "RESTARTS", "AGE"],
        &["IP", "NODE", "NOMINATED NODE", "READINESS GATES"],
    ),
    shape("Pod", &["NAME", "READY", "STATUS", "RESTARTS", "AGE"], &["IP", "NODE"]),
    shape(
        "Deployment",
        &["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"],
        &["CONTAINERS", "IMAGES", "SELECTOR"],
    ),
    shape(
        "Node",
        &["NAME", "STATUS", "ROLES", "AGE", "VERSION"],
        &["INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"],
    ),
    shape(
        "ReplicaSet",
        &["NAME", "DESIRED", "CURRENT", "READY", "AGE"],
        &["CONTAINERS", "IMAGES", "SELECTOR"],
    ),
    shape(
        "DaemonSet",
        &["NAME", "DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE"],
        &["CONTAINERS", "IMAGES", "SELECTOR"],
    ),
    shape("Job", &["NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE"], &[]),
    shape("Job", &["NAME", "COMPLETIONS", "DURATION", "AGE"], &[]),
    shape("StatefulSet", &["NAME", "READY", "AGE"], &["CONTAINERS", "IMAGES"]),
    shape("Namespace", &["NAME", "STATUS", "AGE"], &[]),
    shape(
        "Service",
        &["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE"],
        &["SELECTOR"],
    ),
    shape("Event", &["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"], &[]),
    shape("Event", &["TYPE", "REASON", "OBJECT", "MESSAGE"], &[]),
    // Servers up to 1.13.
    shape(
        "Event",
        &[
            "LAST SEEN",
            "FIRST SEEN",
            "COUNT",
            "NAME",
            "KIND",
            "SUBOBJECT",
            "TYPE",
            "REASON",
            "SOURCE",
            "MESSAGE",
        ],
        &[],
    ),
];

/// Returns the columns and the kind of a row that has no header; `asked` is the command's kind.
///
/// Some columns are stricter here than under a header, because nothing else speaks for a table.
pub(super) fn headerless(text: &str, asked: Option<&str>) -> Option<(Header, &'static str)> {
    if !could_be_row(text) {
        return None;
    }
    let fits = |shape: &&Shape| asked.is_none_or(|kind| kind == shape.kind);
    SHAPES.iter().filter(fits).find_map(|shape| shape.read(text))
}

impl Shape {
    fn read(&self, text: &str) -> Option<(Header, &'static str)> {
        let (plain, spaced): (&[&str], &[&str]) = (&[], &["NAMESPACE"]);
        let candidates = [(plain, plain), (spaced, plain), (plain, self.wide), (spaced, self.wide)];
        candidates.into_iter().find_map(|(first, last)| {
            let names = first.iter().chain(self.columns).chain(last);
            let columns = names.map(|name| Column { name: (*name).to_owned(), start: 0 }).collect();
            let plain = Header { columns, aligned: false };
            if self.fits(&plain, text) {
                return Some((plain, self.kind));
            }
            let mut labeled = plain;
            labeled.columns.push(Column { name: "LABELS".to_owned(), start: 0 });
            self.fits(&labeled, text).then_some((labeled, self.kind))
        })
    }

    fn fits(&self, header: &Header, text: &str) -> bool {
        if header.has("OBJECT") && !header.has("LAST SEEN") {
            return is_ageless_event(text) && !header.has("NAMESPACE");
        }
        if header.has("OBJECT") {
            return row_parts(text, usize::from(header.has("NAMESPACE")))
                .is_some_and(|row| !row.r#type.is_empty() && !row.reason.is_empty());
        }
        let types: Vec<Cell> =
            header.columns.iter().map(|column| strict(self.kind, &column.name)).collect();
        by_type(text, &types).is_some()
    }
}

/// True for the row of an event from which somebody has cut the age off.
fn is_ageless_event(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (kind, reason, object) = (words.next(), words.next(), words.next());
    matches!(kind, Some("Normal" | "Warning"))
        && reason.is_some_and(|reason| reason.starts_with(|c: char| c.is_ascii_uppercase()))
        && object.and_then(split_object).is_some()
        && words.next().is_some()
}

fn strict(kind: &str, name: &str) -> Cell {
    match (kind, name) {
        ("Namespace", "STATUS") => Cell::OneOf(&["Active", "Terminating"]),
        ("Service", "TYPE") => {
            Cell::OneOf(&["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"])
        }
        ("Job", "STATUS") => Cell::OneOf(&[
            "Complete",
            "Failed",
            "FailureTarget",
            "Running",
            "SuccessCriteriaMet",
            "Suspended",
            "Terminating",
        ]),
        ("Job", "DURATION") => Cell::Age,
        ("Pod", "STATUS") => Cell::Status,
        (_, "LABELS") => Cell::Labels,
        _ => cell(kind, name),
    }
}

/// Looks at the first words only: cheap on the lines of logs and prose.
fn could_be_row(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let mut next = || words.next().unwrap_or_default();
    let (first, second, third, fourth) = (next(), next(), next(), next());
    let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let status = |word| Cell::NodeStatus.accepts(word) || matches!(word, "Active" | "Terminating");
    let service = |word: &str| Cell::accepts(strict("Service", "TYPE"), word);
    let event = is_age(first) || is_age(second);
    let counted = number(second) && number(third) || number(third) && number(fourth);
    let ready = is_fraction(second) || is_fraction(third) || is_fraction(fourth);
    let ageless = matches!(first, "Normal" | "Warning") && third.contains('/');
    ready || ageless || status(second) || service(second) || service(third) || event || counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_header_are_known_by_shape() {
        let kind = |text| headerless(text, None).map(|(_, kind)| kind);
        let cases = [
            ("kube-system extension-agent-55d4f4795f-sqx7q 2/2 Running 0 2d19h", Some("Pod")),
            ("{podname} 0/2 Pending 0 2d6h", Some("Pod")),
            ("web-1   0/1   CrashLoopBackOff   5 (2m10s ago)   121m   <none>", Some("Pod")),
            ("web   1/2   2   1   34d", Some("Deployment")),
            ("kube-system   coredns-5d8   2   2   2   34d", Some("ReplicaSet")),
            ("aks-pool-1   Ready,SchedulingDisabled   <none>   12d   v1.30.2", Some("Node")),
            ("db   0/3   20d", Some("StatefulSet")),
            ("kube-system   Active   34d", Some("Namespace")),
            ("web   ClusterIP   10.0.12.7   <none>   80/TCP   34d", Some("Service")),
            ("5m   Warning   Failed   pod/web-1   Error: ErrImagePull", Some("Event")),
            ("demo 5m Warning Failed pod/web-1 Error: ErrImagePull", Some("Event")),
            ("Warning   Failed   pod/web-1   Error: ErrImagePull", Some("Event")),
            ("Warning   Failed   5m   kubelet   Error: ErrImagePull", None),
            ("waited 5m for 3 pods", None),
            ("2 of 3 nodes are Ready", None),
            ("1/2 done", None),
            ("step 1/2", None),
        ];
        for (text, want) in cases {
            assert_eq!(kind(text), want, "{text}");
        }
    }
}
