//! helm
//!
//! Printed by `helm install|upgrade|rollback|template|pull|dependency|repo`, `helm list`, `helm status` and
//! `helm history` of helm 3.2 to 4.x:
//!
//! ```text
//! Error: INSTALLATION FAILED: resource Deployment/shop/web not ready. status: InProgress, message: Available: 0/1
//! context deadline exceeded
//!
//! NAME    NAMESPACE  REVISION  UPDATED                                 STATUS  CHART         APP VERSION
//! web     shop       1         2026-11-21 20:34:19.143427992 +0000 UTC failed  webapp-1.4.2  2026.11
//! ```
//!
//! Each error, each row of a table and each status is one `helm` event. An error loses helm's own prefix
//! (`INSTALLATION FAILED: `), which becomes the operation; `--debug` prints it again with a stack trace and
//! helm 4 as a structured line: that is the same event. Kubernetes tables and manifests inside the output are
//! left to the formats that read them. Progress lines are used without a statement, and so are values, which may be
//! secret.
//!
//! QUIRKS: `upgrade --install` of a new release prints its error without prefix; messages span lines (hooks,
//! schemas, helm 4); table cells are joined by tabs, which page readers turn into blanks.

mod chatter;
mod error;
mod json;
mod status;
mod table;
mod values;

pub(crate) use table::failure_of;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "helm", claim, parse };

/// True when the command above the lines is helm's.
fn by_helm(context: &Context<'_>) -> bool {
    context.command.is_some_and(|command| command.tool == "helm")
}

/// Returns the length of the first statement of helm, with the chatter around it.
fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    if table::is_header(first.text) {
        return Some(table::length(lines));
    }
    if status::starts(lines) {
        return Some(status::length(lines));
    }
    if let Some(length) = json::length(lines) {
        return Some(length);
    }
    if let Some(length) = values::length(lines, context) {
        return Some(length);
    }
    let before = chatter::length(lines);
    let rest = lines.get(before..).unwrap_or_default();
    if let Some(length) = error::length(rest, by_helm(context)) {
        return Some(before + length);
    }
    let sure =
        by_helm(context) || lines.iter().take(before).any(|line| chatter::is_telling(line.text));
    (before > 0 && sure).then_some(before)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let Some(first) = lines.first() else { return };
    if table::is_header(first.text) {
        table::state(lines, context, out);
    } else if status::starts(lines) {
        status::state(lines, context, out);
    } else if json::length(lines).is_some() {
        json::state(lines, context, out);
    } else if values::length(lines, context).is_none() {
        let before = chatter::length(lines);
        let (chatter, error) = lines.split_at_checked(before).unwrap_or((lines, &[]));
        chatter::state(chatter, context, out);
        if error.is_empty() {
            chatter::state_warning(chatter, context, out);
        }
        error::state(error, context, out);
    }
}
