//! The Azure command line
//!
//! Printed by `az k8s-extension show|list|create`, `az aks show|list`, `az aks nodepool list`, `az acr show`,
//! `az role assignment list`, `az aks check-acr`, `az acr check-health`, and the errors of any `az` command, of
//! the resource manager and of Terraform:
//!
//! ```text
//! ERROR: (ExtensionOperationFailed) The extension operation failed with the following error: …
//! Code: ExtensionOperationFailed
//! Message: The extension operation failed with the following error: …
//! ```
//!
//! | text | event |
//! |---|---|
//! | error text, error envelope (also nested in strings), Terraform's error, a lone sentence of a service | `cli_error`, one though it is printed twice |
//! | JSON or table of an extension, a cluster, a registry, a role assignment | `extension`, `aks_cluster`, `registry`, `role_assignment` |
//! | the identities that machines carry, as `az vmss identity show` prints them | `machine_identity` |
//! | JSON of a connected cluster, a Flux configuration, the secrets of an application | `connected_cluster`, `object` |
//! | what `--query` leaves of an extension or connected cluster; a list of PowerShell | `extension`, `connected_cluster` |
//! | `check-acr`, `check-health` | `registry_check`, one per stage |
//!
//! JSON is recognised by its keys, in the form of the command line and in that of the wire (`properties`).
//! Every other JSON of Azure is left alone; warnings and banners of `az` are used without a statement.
//!
//! QUIRKS: the level word (`ERROR: `) is missing on terminals; `--debug` puts a logger's name in its place; the
//! same message comes twice; sentences of the extension service are pasted alone; cells of tables hold blanks
//! and may be empty, so the ruler cuts them; check-acr's
//! lines may carry a time and colors. JSON whose strings a page broke is joined; of JSON that ends in the middle what
//! stands whole is read, with a note.

mod asked;
mod broken;
mod check_acr;
mod check_health;
mod cluster;
mod connected;
mod credential;
mod envelope;
mod error;
mod extension;
mod flux;
mod fragment;
mod identity;
mod json;
mod led;
mod lone;
mod projected;
mod property_list;
mod registry;
mod role;
mod sentence;
mod table;
mod terraform;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "az", claim, parse };

/// One kind of text: how long it is where it starts, and what it states.
type Reader = (
    fn(&[Line<'_>], &Context<'_>) -> Option<usize>,
    fn(&[Line<'_>], &Context<'_>, &mut Emitter<'_>),
);

/// The kinds of text, in the order in which they are asked.
const READERS: &[Reader] = &[
    (projected::length, projected::state),
    (json::length, json::state),
    (led::length, led::state),
    (check_acr::length, check_acr::state),
    (check_health::length, check_health::state),
    (terraform::length, terraform::state),
    (fragment::length, fragment::state),
    (error::length, error::state),
    (table::length, table::state),
    (property_list::length, property_list::state),
];

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    READERS.iter().find_map(|(length, _)| length(lines, context).filter(|n| *n > 0))
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let reader = READERS.iter().find(|(length, _)| length(lines, context).is_some());
    if let Some((_, state)) = reader {
        state(lines, context, out);
    }
}

/// True for a line of a registry check: its lines carry times, and yet it is no log.
pub(crate) fn is_check(text: &str) -> bool {
    check_acr::is_stage(text)
}

/// True when the command above the lines is `az`.
fn by_az(context: &Context<'_>) -> bool {
    context.command.is_some_and(|command| command.tool == "az")
}

/// Returns the part of a resource id behind `/kind/`, whatever the case: the name of the cluster, of the group.
fn part_of_id(id: &str, kind: &str) -> Option<String> {
    let mut parts = id.split('/');
    parts.find(|part| part.eq_ignore_ascii_case(kind))?;
    parts.next().filter(|part| !part.is_empty()).map(str::to_owned)
}
