//! Output of `kubectl describe` (and `oc describe`), of any kind of object, whole or in part.
//!
//! Printed by the client, so the client's version decides the form; 1.20 to 1.37 are read exactly, older
//! ones as far as their labels are the same.
//!
//! ```text
//! Name:             web-1
//! Namespace:        shop
//! Node:             node-1/10.0.0.4
//! Status:           Pending
//! Containers:
//!   web:
//!     Image:          contoso.azurecr.io/web:1
//!     State:          Waiting
//!       Reason:       ImagePullBackOff
//!     Ready:          False
//! Conditions:
//!   Type              Status
//!   PodScheduled      True
//! Events:
//!   Type     Reason  Age                From     Message
//!   ----     ------  ----               ----     -------
//!   Warning  Failed  5s (x4 over 98s)   kubelet  Failed to pull image "contoso.azurecr.io/web:1": …
//! ```
//!
//! | shown | stated |
//! |---|---|
//! | a pod | `pod` (STATUS, READY and RESTARTS computed as the server does) and a `container` each |
//! | a node | `node` |
//! | a deployment, replica set, stateful set, daemon set, job | `workload` |
//! | a config map, a secret | `config_map` with its values, `secret` with its keys |
//! | anything else | `object`; of custom resources also the fields of spec and status, and conditions |
//! | an event | `kube_event`, times as the API has them |
//! | a row under `Events:` | `kube_event` about the object; ages as printed |
//!
//! Skipped: pod templates, environments, mounts, volumes, the pods on a node, annotations. A waiting
//! container's message is never printed by any version.
//!
//! An object covers itself; its events are covered only when `Events:` is there, since kubectl 1.36 leaves
//! the section out when it describes several objects.
//!
//! Quirks:
//!
//! - Nothing is escaped: messages, config map values and probe commands of several lines stand raw at the
//!   margin and may look like any other line. `outline.rs`, `events.rs` and `config.rs` say how their
//!   ends are found.
//! - Captures start and end anywhere (`tail`, `grep`, a mouse): any part that only describe prints is
//!   read; what it is about comes from the command above, else stays unknown. A container whose name is
//!   cut off has an empty name.
//! - Blanks collapse in web pages and mails: `collapsed.rs`.
//! - `From` holds `kubelet, node-1` up to 1.19 and `{kubelet node-1}` up to 1.8; messages carry
//!   `spec.containers{web}: ` in front since 1.35.

mod brackets;
mod collapsed;
mod config;
mod container;
mod custom;
mod event_object;
mod event_table;
mod events;
mod fragment;
mod kind;
mod label;
mod node;
mod object;
mod outline;
mod pod;
mod raw;
mod row;
mod workload;

use kubetriage_model::{ObjectRef, Scope};

pub(crate) use self::config::data_lines;

use self::events::Involved;
use self::kind::Described;
use self::outline::{Around, outline, starts_object};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubectl_describe", claim, parse };

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first().filter(|line| !line.is_blank())?;
    if starts_object(lines, 0) || is_asked(first, context) {
        return Some(outline(lines, around(context)).lines.len());
    }
    if gone(first.text).is_some() {
        return Some(1 + events::extent(lines.get(1..)?, Around::Anything));
    }
    if context.redirected {
        return None;
    }
    let conditions = node::loose_conditions(lines);
    if conditions > 0 {
        return Some(conditions);
    }
    if collapsed::starts(lines) {
        return Some(collapsed::extent(lines));
    }
    let states = collapsed::states(lines);
    if states > 0 {
        return Some(states);
    }
    if fragment::lost_indent(lines).is_some() {
        return Some(fragment::extent(lines));
    }
    if !fragment::starts_fragment(lines) {
        return None;
    }
    if is_table(lines) {
        return Some(events::extent(lines, Around::Anything));
    }
    Some(outline(lines, around(context)).lines.len())
}

/// Returns how many lines the described object takes that starts at the first of `lines`, `None` when
/// none does.
pub(crate) fn object_lines(lines: &[Line<'_>]) -> Option<usize> {
    starts(lines).then(|| outline(lines, Around::Anything).lines.len())
}

/// Returns true when a described object starts at the first of `lines`.
pub(crate) fn starts(lines: &[Line<'_>]) -> bool {
    starts_object(lines, 0)
}

/// True for a row of the events of a described object, which needs no header to be known.
pub(crate) fn is_event_row(text: &str) -> bool {
    row::row(text).is_some_and(|row| row.is_sure())
}

fn around(context: &Context<'_>) -> Around {
    if context.redirected { Around::Objects } else { Around::Anything }
}

/// Returns true for the only line that is left of an object when the command above says `describe`.
fn is_asked(line: &Line<'_>, context: &Context<'_>) -> bool {
    let described = context.command.is_some_and(|command| command.verb == "describe");
    described
        && label::labeled(line.text)
            .is_some_and(|(label, value)| label == "Name" && !value.is_empty())
}

/// Returns true when an events table stands alone at the first line, with or without its title.
fn is_table(lines: &[Line<'_>]) -> bool {
    events::starts_table(lines)
        || lines.first().is_some_and(|line| line.trimmed().starts_with("Events:"))
}

/// Reads `Pod 'web-1': error '…', but found events.`, what kubectl up to 1.35 prints of a deleted pod.
fn gone(text: &str) -> Option<&str> {
    let rest = text.trim_end().strip_suffix("but found events.")?;
    rest.strip_prefix("Pod '")?.split_once('\'').map(|(name, _)| name)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if let Some((first, table)) = lines.split_first()
        && let Some(name) = gone(first.text)
    {
        let object = Some(ObjectRef { kind: Some("Pod".to_owned()), name: name.to_owned() });
        out.used(std::slice::from_ref(first));
        return events::state(
            table,
            &Involved { namespace: context.namespace(), object },
            Around::Anything,
            out,
        );
    }
    if node::loose_conditions(lines) > 0 {
        return node::state_loose(lines, out);
    }
    if is_table(lines) {
        let nothing = outline::Outline { fields: Vec::new(), lines, around: Around::Anything };
        let object = Described::new(nothing, context);
        return events::state(lines, &object.involved(), Around::Anything, out);
    }
    if collapsed::starts(lines) {
        return collapsed::state(lines, collapsed::padded, context, out, read);
    }
    if collapsed::states(lines) > 0 {
        return collapsed::state(lines, collapsed::of_container, context, out, read);
    }
    if let Some(count) = fragment::lost_indent(lines) {
        let lay_out = |lines: &[Line<'_>]| collapsed::shifted(lines, count);
        return collapsed::state(lines, lay_out, context, out, read);
    }
    read(lines, context, out);
}

/// Reads one object that is laid out as kubectl prints it.
fn read(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let object = Described::new(outline(lines, around(context)), context);
    state(&object, out);
    let table = object.outline.field("Events").filter(|_| object.kind.as_deref() != Some("Event"));
    if let Some(table) = table {
        events::state(table.lines, &object.involved(), object.outline.around, out);
        cover_events(&object, table.lines, out);
    }
}

fn state(object: &Described<'_, '_>, out: &mut Emitter<'_>) {
    match (object.kind.as_deref(), &object.name) {
        (Some("Pod"), _) => pod::state(object, out),
        (Some("Node"), _) => node::state(object, out),
        (Some("Event"), _) => event_object::state(object, out),
        (Some("ConfigMap"), Some(name)) => config::config_map(object, name.clone(), out),
        (Some("Secret"), Some(name)) => config::secret(object, name.clone(), out),
        (Some(kind), _) if workload::is_workload(kind) => workload::state(object, kind, out),
        (Some(kind), _) => object::state(object, kind, out),
        (None, _) => out.used(object.outline.body()),
    }
}

fn cover_events(object: &Described<'_, '_>, lines: &[Line<'_>], out: &mut Emitter<'_>) {
    let (Some(kind), Some(name)) = (&object.kind, &object.name) else { return };
    let scope = Scope::Object {
        kind: kind.clone(),
        namespace: object.namespace.clone(),
        name: name.clone(),
    };
    out.coverage(lines, "kube_event", None, scope, true);
}
