//! Deployments, replica sets, stateful sets, daemon sets and jobs.

use std::collections::BTreeMap;

use kubetriage_model::{Condition, Mark, Scope, Workload};

use super::kind::Described;
use super::label::given;
use super::outline::{Field, Outline};
use super::pod::{fields_at, owner};
use crate::emitter::{Emitter, mark};
use crate::text::Line;

/// Returns true for the kinds of this module.
pub(super) fn is_workload(kind: &str) -> bool {
    matches!(kind, "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job")
}

/// States a workload.
pub(super) fn state(object: &Described<'_, '_>, kind: &str, out: &mut Emitter<'_>) {
    let outline = &object.outline;
    let Some(name) = &object.name else { return out.used(outline.body()) };
    let mut workload = Workload {
        kind: kind.to_owned(),
        namespace: object.namespace.clone(),
        name: name.clone(),
        conditions: conditions(outline),
        owner: owner(outline),
        service_account: service_account(outline),
        ..Workload::default()
    };
    count(outline, kind, &mut workload);
    let marks = telling(outline).into_iter().chain(fields_at(outline, MARKED)).collect();
    out.marked(outline.body(), marks, workload);
    let scope = Scope::Object {
        kind: kind.to_owned(),
        namespace: object.namespace.clone(),
        name: name.clone(),
    };
    out.coverage(outline.lines, "workload", Some(kind), scope, outline.has("Pod Template"));
}

const MARKED: &[(&str, &str)] = &[
    ("owner", "Controlled By"),
    ("desired", "Replicas"),
    ("updated", "Replicas"),
    ("available", "Replicas"),
    ("desired", "Completions"),
    ("failed", "Pods Statuses"),
    ("succeeded", "Pods Statuses"),
    ("ready", "Pods Statuses"),
    ("conditions", "Conditions"),
    ("desired", "Desired Number of Nodes Scheduled"),
    ("updated", "Number of Nodes Scheduled with Up-to-date Pods"),
    ("available", "Number of Nodes Scheduled with Available Pods"),
];

fn count(outline: &Outline<'_, '_>, kind: &str, workload: &mut Workload) {
    let number = |label: &str| outline.value(label).and_then(|value| value.parse().ok());
    let replicas = outline.value("Replicas").unwrap_or_default();
    match kind {
        "Job" => {
            let pods = outline.value("Pods Statuses").unwrap_or_default();
            workload.desired = number("Completions");
            workload.ready = counted(pods, "Ready");
            workload.succeeded = counted(pods, "Succeeded");
            workload.failed = counted(pods, "Failed");
        }
        "DaemonSet" => {
            workload.desired = number("Desired Number of Nodes Scheduled");
            workload.updated = number("Number of Nodes Scheduled with Up-to-date Pods");
            workload.available = number("Number of Nodes Scheduled with Available Pods");
        }
        _ => {
            workload.desired = counted(replicas, "desired");
            workload.updated = counted(replicas, "updated");
            workload.available = counted(replicas, "available");
        }
    }
}

/// Returns the number in front of `word` in `2 desired | 2 updated` or `0 Active (0 Ready) / 7 Failed`.
fn counted(text: &str, word: &str) -> Option<i64> {
    let mut parts = text.split(['|', '/', '(', ')']).map(str::trim);
    let number = parts.find_map(|part| part.strip_suffix(word).filter(|head| head.ends_with(' ')));
    number.and_then(|number| number.trim().parse().ok())
}

/// Returns the account that the pod template names.
fn service_account(outline: &Outline<'_, '_>) -> Option<String> {
    let template = outline.field("Pod Template")?;
    let account = |line: &Line<'_>| {
        line.trimmed().strip_prefix("Service Account:").map(str::trim).and_then(given)
    };
    template.below().iter().find_map(account)
}

/// Returns where the first condition stands that is not as it should be.
pub(super) fn telling(outline: &Outline<'_, '_>) -> Option<Mark> {
    let rows = outline.field("Conditions")?.below();
    let ill = |line: &&Line<'_>| {
        let mut words = line.text.split_whitespace();
        let failure = words.next().is_some_and(|kind| kind.contains("Fail"));
        match words.next() {
            Some("True") => failure,
            Some("False" | "Unknown") => !failure,
            _ => false,
        }
    };
    rows.iter().find(ill).map(|line| mark("conditions", line))
}

/// Reads rows of type, status and reason.
pub(super) fn conditions(outline: &Outline<'_, '_>) -> BTreeMap<String, Condition> {
    let rows = outline.field("Conditions").into_iter().flat_map(Field::values);
    let row = |text: &str| {
        let mut words = text.split_whitespace();
        let (kind, status) = (words.next()?, words.next()?);
        let known = matches!(status, "True" | "False" | "Unknown");
        let reason = words.next().and_then(given);
        let condition = Condition { status: given(status), reason, message: None };
        known.then(|| (kind.to_owned(), condition))
    };
    rows.filter_map(row).collect()
}
