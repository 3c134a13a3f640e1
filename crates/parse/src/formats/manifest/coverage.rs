//! What a text of objects lists, and whether all of it is there.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Command, Scope};

use super::lower::{Stated, families};
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::kind;
use crate::text::Line;

/// A list as it was read: its kinds with what was seen of them.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Kind of the items, where the list itself names it (`PodList`).
    pub(super) kind: Option<String>,
    /// True when the list is cut or was asked for in pages.
    pub(super) partial: bool,
    seen: BTreeMap<String, Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    namespaces: BTreeSet<String>,
    observed: bool,
    only: Option<Stated>,
    count: usize,
}

impl Listing {
    /// Returns an empty list, of the given kind if the list names it.
    pub(super) fn of(kind: Option<String>) -> Self {
        Self { kind, ..Self::default() }
    }

    /// Remembers one object.
    pub(super) fn add(&mut self, kind: &str, stated: Stated) {
        let seen = self.seen.entry(kind.to_owned()).or_default();
        seen.observed |= stated.observed;
        seen.namespaces.extend(stated.namespace.clone());
        seen.count += 1;
        seen.only = (seen.count == 1).then_some(stated);
    }

    /// States what the list covers. A list of objects that nobody observed covers nothing.
    pub(super) fn cover(
        mut self,
        lines: &[Line<'_>],
        context: &Context<'_>,
        out: &mut Emitter<'_>,
    ) {
        if self.seen.is_empty() {
            let kinds = self.kind.clone().map_or_else(|| asked(context.command), |kind| vec![kind]);
            for kind in kinds {
                self.seen.insert(kind, Seen { observed: true, ..Seen::default() });
            }
        }
        let named = context.command.is_some_and(|command| command.name.is_some());
        let filtered = context.command.is_some_and(|command| command.filtered && !named);
        for (kind, seen) in self.seen.into_iter().filter(|(_, seen)| seen.observed) {
            let scope = match (&seen.only, named) {
                (Some(only), true) => object_scope(&kind, only),
                _ => list_scope(&kind, &seen.namespaces, context),
            };
            cover(&kind, &scope, !self.partial && !filtered, lines, out);
        }
    }
}

/// States that one object was captured; `whole` says that nothing of it is missing.
pub(super) fn cover_object(
    kind: &str,
    stated: &Stated,
    whole: bool,
    lines: &[Line<'_>],
    out: &mut Emitter<'_>,
) {
    if stated.observed {
        cover(kind, &object_scope(kind, stated), whole, lines, out);
    }
}

fn object_scope(kind: &str, stated: &Stated) -> Scope {
    let namespace = stated.namespace.clone();
    Scope::Object { kind: kind.to_owned(), namespace, name: stated.name.clone() }
}

fn cover(kind: &str, scope: &Scope, whole: bool, lines: &[Line<'_>], out: &mut Emitter<'_>) {
    for family in families(kind) {
        let object_kind = matches!(*family, "workload" | "object").then_some(kind);
        out.coverage(lines, family, object_kind, scope.clone(), whole);
    }
}

/// The kinds that a command asks for (`get pods,svc`).
fn asked(command: Option<&Command>) -> Vec<String> {
    let resource = command.and_then(|command| command.resource.as_deref()).unwrap_or_default();
    resource.split(',').filter_map(kind::api_kind).map(str::to_owned).collect()
}

/// Objects of several namespaces can only come from a list of all of them; those of one namespace cover
/// at least that one.
fn list_scope(kind: &str, seen: &BTreeSet<String>, context: &Context<'_>) -> Scope {
    let everywhere = context.command.is_some_and(|command| command.all_namespaces);
    if everywhere || seen.len() > 1 || !kind::is_namespaced(kind) {
        return Scope::Cluster;
    }
    let namespace = context.namespace().or_else(|| seen.first().cloned());
    namespace.map_or(Scope::UnknownNamespace, Scope::Namespace)
}
