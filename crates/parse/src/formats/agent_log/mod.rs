//! The JSON lines of the Azure extension and Arc agents.
//!
//! Printed by `kubectl logs -n kube-system extension-agent-…` (also `extension-operator`, and in `azure-arc`:
//! `config-agent`, `controller-manager`, `clusterconnect-agent`, …). One object a line:
//!
//! ```text
//! { "Message": "2024/02/07 06:04:43 Failed to GET configurations with err : {\u003cnil\u003e}", "LogType": "ConfigAgentTrace", "LogLevel": "Information", "Environment": "prod", "Role": "ClusterConfigAgent", "Location": "westeurope", "ArmId": "/subscriptions/…", "CorrelationId": "", "AgentName": "ConfigAgent", "AgentVersion": "1.14.5", "AgentTimestamp": "2024/02/07 06:04:43.672" }
//! ```
//!
//! Each line becomes one `agent_log` event; lines of other programs in the same log become `log` events.
//! Nothing is skipped: every line of a recognised log counts as understood.
//!
//! # Quirks
//!
//! - Keys come in any order, compact or spaced; .NET agents start with `ArmId`.
//! - `AgentTimestamp` may be missing; then the stamp inside `Message` is the time, then that of
//!   `kubectl logs --timestamps`.
//! - Lines that are not JSON are read by their known keys and marked as repaired: a lost quote
//!   (`"Location": "<region>,  "ArmId": …`, in the documented sample), invalid escapes (`\https://`), a
//!   line cut at its end, a trailing backtick.
//! - Objects wrapped over several lines by a terminal are joined; JSON inside a JSON string is unescaped.
//! - Placeholders (`<region>`) stay as they are.

mod line;
mod repair;

pub(crate) use line::{looks_like, read};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::formats::log;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "agent_log", claim, parse };

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = if log::is_announced(lines) { lines.get(1)? } else { lines.first()? };
    (looks_like(first.text) || log::record(lines).is_some_and(|text| looks_like(&text)))
        .then(|| log::extent(lines))
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    log::read(lines, context, out);
}
