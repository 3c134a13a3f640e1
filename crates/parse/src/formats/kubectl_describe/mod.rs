//! Output of `kubectl describe`, of any kind of object, whole or in part.

mod collapsed;
mod config;
mod container;
mod custom;
mod events;
mod fragment;
mod kind;
mod label;
mod node;
mod object;
mod outline;
mod pod;
mod row;
mod workload;

use kubetriage_model::Scope;

pub(crate) use self::config::data_lines;

use self::kind::Described;
use self::outline::{outline, starts_object};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubectl_describe", claim, parse };

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first().filter(|line| !line.is_blank())?;
    if starts_object(lines, 0) || is_asked(first, context) {
        return Some(outline(lines).lines.len());
    }
    if collapsed::starts(lines) {
        return Some(collapsed::extent(lines));
    }
    if fragment::lost_indent(lines).is_some() {
        return Some(fragment::extent(lines));
    }
    if !fragment::starts_fragment(lines) {
        return None;
    }
    if is_table(lines) {
        return Some(events::extent(lines));
    }
    Some(outline(lines).lines.len())
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

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    if is_table(lines) {
        let nothing = outline::Outline { fields: Vec::new(), lines };
        let object = Described::new(nothing, context);
        return events::state(lines, &object.involved(), out);
    }
    if collapsed::starts(lines) {
        return collapsed::state(lines, collapsed::padded, context, out, read);
    }
    if let Some(count) = fragment::lost_indent(lines) {
        let lay_out = |lines: &[Line<'_>]| collapsed::shifted(lines, count);
        return collapsed::state(lines, lay_out, context, out, read);
    }
    read(lines, context, out);
}

/// Reads one object that is laid out as kubectl prints it.
fn read(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let object = Described::new(outline(lines), context);
    state(&object, out);
    if let Some(table) = object.outline.field("Events") {
        events::state(table.lines, &object.involved(), out);
        cover_events(&object, table.lines, out);
    }
}

fn state(object: &Described<'_, '_>, out: &mut Emitter<'_>) {
    match (object.kind.as_deref(), &object.name) {
        (Some("Pod"), _) => pod::state(object, out),
        (Some("Node"), _) => node::state(object, out),
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
