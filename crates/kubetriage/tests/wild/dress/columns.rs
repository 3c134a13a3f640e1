//! Tables and rows of other versions, without header, with other ages.

use super::{Form, form, loose};
use crate::captures::{Capture, Kind};
use crate::dressed::Dressed;

pub(super) const FORMS: &[Form] = &[
    // The namespace is written nowhere else; `No resources` and the like have none.
    loose(7, "without NAMESPACE", |c| {
        let from = table(c, "NAMESPACE")?.find("NAME ").or(c.text.find("LAST SEEN"))?;
        Some(Dressed::each(&c.text, |_, line| line.chars().skip(from).collect()))
    }),
    form(8, "rows without header", |c| {
        let known = table(c, "NAME")?;
        let kinds = ["READY", "ROLES", "LAST SEEN"].iter().any(|name| known.contains(name));
        // Columns behind MESSAGE are known by the header only.
        let wide = known.contains("SUBOBJECT") || c.text.contains("\n\n");
        (kinds && !wide).then(|| Dressed::plain(&c.text).without(1))
    }),
    // Rows alone do not say which object they are about.
    loose(8, "rows of events without their title", |c| {
        let rows = events(c)?;
        Some(Dressed::plain(&c.text).only(|line| line > rows as u64))
    }),
    form(10, "the node behind the reporter", |c| {
        let header = events(c).and_then(|rows| c.lines().get(rows - 2).copied())?;
        let (from, message) = (header.find("From")?, header.find("Message")?);
        let first = events(c)? - 2;
        Some(Dressed::each(&c.text, |index, line| {
            let cell = line.get(from..message).filter(|_| index >= first);
            let Some(cell) = cell.map(str::trim_end) else { return line.to_owned() };
            let node = if cell == "kubelet" { ", aks-systempool-00000000-vmss000000" } else { "" };
            let width = message - from + 38;
            format!("{}{:width$}{}", &line[..from], format!("{cell}{node}"), &line[message..])
        }))
    }),
    form(12, "events of kubectl 1.8", old_events),
    form(12, "described events of kubectl 1.8", |c| described_of_old(c, "kubelet, node-1")),
    form(12, "described events of kubectl 1.4", |c| described_of_old(c, "{kubelet node-1}")),
    form(24, "restarts with their age", |c| {
        let at = table(c, "NAME")?.find("RESTARTS")?;
        Some(Dressed::each(&c.text, |_, line| {
            let (front, rest) = line.split_at(at.min(line.len()));
            let count: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if count.is_empty() || count == "0" {
                return line.to_owned();
            }
            format!("{front}{count} (4m21s ago)   {}", rest[count.len()..].trim_start())
        }))
    }),
    form(27, "rows in another order", |c| {
        let header = table(c, "NAME")?;
        let rows = header.contains("READY") || header.contains("ROLES");
        (rows && !c.text.contains("\n\n")).then(|| {
            let mut turned = Dressed::plain(&c.text);
            turned.lines[1..].reverse();
            turned
        })
    }),
    form(33, "no dashes under the header", |c| {
        Some(Dressed::plain(&c.text).without(events(c)? as u64))
    }),
];

/// Returns the header of a table that starts with `name`.
fn table<'c>(capture: &'c Capture, name: &str) -> Option<&'c str> {
    let header = capture.lines().first().copied()?;
    let starts = header.starts_with(name) || name == "NAME" && header.starts_with("LAST SEEN");
    let other = header.contains("REVISION");
    (capture.kind == Kind::Table && starts && !other).then_some(header)
}

/// Returns how many lines stand above the rows of the events of a described object.
fn events(capture: &Capture) -> Option<usize> {
    let described = capture.kind == Kind::Describe;
    let ruler = capture.lines().iter().position(|line| line.starts_with("  ----     ------"))?;
    described.then_some(ruler + 1)
}

/// Lays rows of `kubectl get events` out as servers up to 1.8 did.
fn old_events(capture: &Capture) -> Option<Dressed> {
    let header = table(capture, "NAMESPACE")?;
    let object = header.find("OBJECT").filter(|_| header.contains("LAST SEEN"))?;
    let columns = ["LAST SEEN", "TYPE", "REASON"].map(|name| header.find(name).unwrap());
    let message = header.find("MESSAGE")?;
    let cell = |line: &str, from: usize, to: usize| line.get(from..to).unwrap().trim().to_owned();
    Some(Dressed::each(&capture.text, |index, line| {
        if index == 0 {
            return format!(
                "{:14}{:11}{:12}{:9}{:60}{:14}{:30}{:10}{:24}{:26}MESSAGE",
                "NAMESPACE",
                "LASTSEEN",
                "FIRSTSEEN",
                "COUNT",
                "NAME",
                "KIND",
                "SUBOBJECT",
                "TYPE",
                "REASON",
                "SOURCE"
            );
        }
        let [seen, kind, reason] = columns;
        let namespace = cell(line, 0, seen);
        let (seen, r#type) = (cell(line, seen, kind), cell(line, kind, reason));
        let (reason, object) = (cell(line, reason, object), cell(line, object, message));
        let (kind, name) = object.split_once('/').unwrap();
        let mut kind = kind.to_owned();
        kind[..1].make_ascii_uppercase();
        let kind = kind.replace("Replicaset", "ReplicaSet").replace("Daemonset", "DaemonSet");
        let name = format!("{name}.15d1f0a2b3c4d5e6");
        format!(
            "{namespace:14}{seen:11}{seen:12}{:9}{name:60}{kind:14}{:30}{type:10}{reason:24}{:26}{}",
            "1",
            "",
            "kubelet, node-1",
            &line[message..]
        )
    }))
}

/// Lays the events of a described object out as kubectl up to 1.8 did.
fn described_of_old(capture: &Capture, source: &str) -> Option<Dressed> {
    let rows = events(capture)?;
    let header = capture.lines()[rows - 2];
    let columns = ["Reason", "Age", "From", "Message"].map(|name| header.find(name).unwrap());
    Some(Dressed::each(&capture.text, |index, line| {
        if index + 2 == rows {
            return "  FirstSeen\tLastSeen\tCount\tFrom\t\t\tSubObjectPath\tType\t\tReason\t\tMessage".to_owned();
        }
        if index + 1 == rows {
            return "  ---------\t--------\t-----\t----\t\t\t-------------\t--------\t------\t\t-------".to_owned();
        }
        if index < rows {
            return line.to_owned();
        }
        let [reason, age, from, message] = columns;
        let cell = |from: usize, to: usize| line.get(from..to).unwrap().trim();
        let seen = cell(age, from);
        let (last, rest) = seen.split_once(' ').unwrap_or((seen, "(x1 over 1m)"));
        let (count, first) = rest.trim_matches(['(', ')']).split_once(" over ").unwrap();
        let count = count.trim_start_matches('x');
        let (kind, reason) = (cell(2, reason), cell(reason, age));
        format!(
            "  {first}\t\t{last}\t\t{count}\t{source}\t\t\t{kind}\t\t{reason}\t\t{}",
            &line[message..]
        )
    }))
}
