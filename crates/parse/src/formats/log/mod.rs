//! Log lines of every other program: kubelet, runtimes, DNS servers, operators, applications.
//!
//! Printed by `kubectl logs`, found in `/var/log/pods`, in journals and in every support bundle.
//!
//! | form | sample |
//! |---|---|
//! | klog | `E1121 10:00:00.000000    1234 kubelet.go:2855] "Error syncing pod" err="…" pod="shop/web-1"` |
//! | JSON (component-base, zap, others) | `{"ts":1700000000.1,"level":"error","logger":"x","msg":"…","err":"…"}` |
//! | zap console | `2026-11-21T10:00:00.000Z⇥ERROR⇥controller⇥message⇥{"key": "value"}` |
//! | logfmt | `time="2026-11-21T10:00:00Z" level=error msg="…" error="…"` |
//! | logrus on a terminal | `ERRO[0039] Error encountered while importing …` |
//! | CoreDNS | `[ERROR] plugin/errors: 2 contoso.example. A: read udp …: i/o timeout` |
//! | fluent-bit | `[2026/11/21 10:00:00] [ info] [engine] …` |
//! | Go, Python, Java | `2026/11/21 10:00:00 …`, `2026-11-21 10:00:00,123 ERROR app - …` |
//! | plain | anything, when the capture is known to be a log |
//!
//! In front of them may stand, in any order: `[pod/NAME/CONTAINER] ` (`kubectl logs --prefix`), a time
//! stamp (`--timestamps`), the CRI prefix `TIME stderr F `, docker's `{"log":…}` envelope, the syslog prefix
//! `Nov 21 10:00:00 node-1 kubelet[123]: `, stern's `pod container `, a CI clock.
//!
//! Each line of interest becomes one `log` event (an `agent_log` event for lines of the Azure agents, a
//! `kube_event` where a component logs the event that it records):
//! time as printed, level in lower case, origin (unit, logger or source file), and the message with the
//! error of structured lines behind it (`msg: err key=value`), unescaped. Lines that are of no interest to
//! the caller are counted as understood and nothing else. Only texts that do not look like a log line at
//! all are left to other formats, unless the capture is known to be a log.
//!
//! # Quirks
//!
//! - klog values over several lines (`err=<` … ` >`) are one record, CRI partial lines (`P`) are joined.
//! - A continuation line (stack trace, indentation) is a line of its own.
//! - Objects that a terminal wrapped over several lines are joined.

mod body;
mod json;
mod klog;
mod origin;
mod pairs;
mod prefix;
mod record;
mod recorded;
mod scan;
mod shape;

pub(crate) use scan::scan;
pub(crate) use shape::{extent, is_log};

use std::borrow::Cow;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::formats::agent_log;
use crate::text::Line;
use origin::Origin;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "log", claim, parse };

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    (is_announced(lines) || is_log(first.text)).then(|| extent(lines))
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    read(lines, context, out);
}

/// True when kubectl's choice of a container stands in front of a log line.
pub(crate) fn is_announced(lines: &[Line<'_>]) -> bool {
    let said = lines.first().is_some_and(|line| shape::defaulted(line.text).is_some());
    said && lines.get(1).is_some_and(|line| is_log(line.text))
}

/// Reads lines that are known to be a log, and returns the name of the format that most of it has.
pub(crate) fn read(
    lines: &[Line<'_>],
    context: &Context<'_>,
    out: &mut Emitter<'_>,
) -> &'static str {
    let mut origin = Origin::of(context);
    let mut rest = lines;
    if let Some((first, after)) = lines.split_first()
        && let Some(container) = shape::defaulted(first.text)
    {
        origin.default_container(container);
        out.used(&[*first]);
        rest = after;
    }
    while !rest.is_empty() {
        let (record, after) = rest.split_at(record::length(rest));
        rest = after;
        out.used(record);
        if wanted(record, context) {
            origin.state(record, out);
        }
    }
    let kind = kind(lines);
    out.coverage(lines, kind, None, origin.scope(), origin.whole());
    kind
}

/// Returns the text of the record at the start of `lines` if it goes over several of them.
pub(crate) fn record<'t>(lines: &[Line<'t>]) -> Option<Cow<'t, str>> {
    let first = lines.first().filter(|line| line.text.starts_with('{'))?;
    let length = record::length(lines);
    (length > 1 && !first.is_blank()).then(|| record::text(lines.get(..length).unwrap_or_default()))
}

/// Returns the family that most of a log's events belong to, from its first lines.
fn kind(lines: &[Line<'_>]) -> &'static str {
    const HEAD: usize = 64;
    let agent = lines.iter().take(HEAD).any(|line| agent_log::looks_like(line.text))
        || record(lines).is_some_and(|text| agent_log::looks_like(&text));
    if agent { agent_log::FORMAT.name } else { FORMAT.name }
}

fn wanted(record: &[Line<'_>], context: &Context<'_>) -> bool {
    if context.interest.everything() {
        return record.iter().any(|line| !line.is_blank());
    }
    record.iter().any(|line| {
        let mut found = false;
        context.interest.scan(line.text, &mut |_| found = true);
        found
    })
}
