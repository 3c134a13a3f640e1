//! Objects of every kind without a family of its own.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{Object, Scope};

use super::custom;
use super::kind::Described;
use super::label::{given, labeled};
use super::outline::{Field, Outline};
use super::pod::{fields_at, pairs, raw};
use super::workload::{conditions, telling};
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// Label and path of the fields that rules speak of.
const PATHS: &[(&str, &str)] = &[
    ("Type", "spec.type"),
    ("StorageClass", "spec.storageClassName"),
    ("Volume", "spec.volumeName"),
    ("Claim", "spec.claimRef"),
    ("VolumeMode", "spec.volumeMode"),
    ("Access Modes", "spec.accessModes"),
    ("Ingress Class", "spec.ingressClassName"),
    ("Provisioner", "provisioner"),
    ("VolumeBindingMode", "volumeBindingMode"),
    ("Image pull secrets", "imagePullSecrets"),
    ("Reason", "status.reason"),
    ("Message", "status.message"),
];

/// What a disruption budget counts, and the path of it.
const COUNTS: &[(&str, &str)] = &[
    ("Allowed disruptions", "status.disruptionsAllowed"),
    ("Current", "status.currentHealthy"),
    ("Desired", "status.desiredHealthy"),
    ("Total", "status.expectedPods"),
];

/// States an object.
pub(super) fn state(object: &Described<'_, '_>, kind: &str, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let Some(name) = &object.name else { return out.used(outline.body()) };
    let custom = custom::read(outline);
    let status = outline.value("Status").and_then(given);
    let phase = ["status.phase", "status.state"].iter().find_map(|path| custom.fields.get(*path));
    let event = Object {
        kind: kind.to_owned(),
        namespace: object.namespace.clone(),
        name: name.clone(),
        status: status.or_else(|| phase.cloned()),
        conditions: conditions(outline).into_iter().chain(custom.conditions).collect(),
        labels: pairs(outline.field("Labels")),
        fields: fields(outline, kind).into_iter().chain(custom.fields).collect(),
        ..Object::default()
    };
    let served = if kind == "Service" { "Endpoints" } else { "Rules" };
    let marks = [
        ("status", "Status"),
        ("conditions", "Conditions"),
        ("labels", "Labels"),
        ("fields", served),
    ];
    let failed = error(outline).map(|(line, _)| mark("fields", line));
    let budget = outline.field("Status").filter(|_| kind == "PodDisruptionBudget");
    let healthy = budget
        .into_iter()
        .flat_map(Field::below)
        .find(|line| labeled(line.trimmed()).is_some_and(|(label, _)| label == "Current"));
    let healthy = healthy.map(|line| mark("fields", line));
    let first = [custom.telling, telling(outline), custom.status, failed, healthy];
    let marks = first.into_iter().flatten().chain(fields_at(outline, &marks)).collect();
    out.marked(outline.body(), marks, event);
    let scope = Scope::Object {
        kind: kind.to_owned(),
        namespace: object.namespace.clone(),
        name: name.clone(),
    };
    out.coverage(outline.lines, "object", Some(kind), scope, outline.has("Name"));
}

/// Returns what kubectl prints in place of backends that it does not find, and where:
/// `<error: endpoints "web" not found>`.
fn error<'l, 't>(outline: &Outline<'l, 't>) -> Option<(&'l Line<'t>, String)> {
    outline.body().iter().find_map(|line| {
        let (_, rest) = line.text.split_once("(<error: ")?;
        rest.split_once(">)").map(|(error, _)| (line, error.to_owned()))
    })
}

/// Returns the Secrets of an ingress, comma-separated: `web-tls terminates web.contoso.com`.
fn tls_secrets(tls: &Field<'_, '_>) -> Option<String> {
    let secret =
        |line: &Line<'_>| line.trimmed().split_once(" terminates").map(|(name, _)| name.to_owned());
    let secrets: BTreeSet<_> = tls.below().iter().filter_map(secret).collect();
    let secrets: Vec<_> = secrets.into_iter().filter(|name| name != "SNI routes").collect();
    (!secrets.is_empty()).then(|| secrets.join(","))
}

fn fields(outline: &Outline<'_, '_>, kind: &str) -> BTreeMap<String, String> {
    let path = |(label, path): &(&str, &str)| {
        let value = outline.field(label).and_then(raw)?;
        Some(((*path).to_owned(), value))
    };
    let known = PATHS.iter().filter_map(path);
    let selector = outline.field("Selector").filter(|_| kind == "Service").and_then(raw);
    let served = outline.value("Endpoints").filter(|_| kind == "Service");
    // `<none>` is an answer: no pod stands behind the service.
    let served = served.map(|list| given(list).unwrap_or_else(|| "none".to_owned()));
    let users = ["Used By", "Mounted By"].iter().find_map(|label| outline.value(label));
    let users = users.filter(|_| kind == "PersistentVolumeClaim");
    let users = users.map(|list| given(list).unwrap_or_else(|| "none".to_owned()));
    let tls = outline.field("TLS").filter(|_| kind == "Ingress").and_then(tls_secrets);
    let named = [
        ("spec.selector", selector),
        ("endpoints", served),
        ("error", error(outline).map(|(_, error)| error)),
        ("spec.tls[].secretName", tls),
        ("used by", users),
    ];
    let named = named.into_iter().filter_map(|(path, value)| Some((path.to_owned(), value?)));
    let budget = outline.field("Status").filter(|_| kind == "PodDisruptionBudget");
    let counts = budget.into_iter().flat_map(Field::below).filter_map(|line| {
        let (label, value) = labeled(line.trimmed())?;
        let (_, path) = COUNTS.iter().find(|(known, _)| *known == label)?;
        Some(((*path).to_owned(), value.to_owned()))
    });
    known.chain(named).chain(counts).collect()
}
