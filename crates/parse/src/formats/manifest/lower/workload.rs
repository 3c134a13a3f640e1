//! Deployments, replicasets, statefulsets, daemonsets and jobs.

use kubetriage_model::Workload;

use super::{Stated, meta};
use crate::emitter::Emitter;
use crate::formats::manifest::scalar::{Int, int, text};
use crate::formats::manifest::schema::{PodSpec, WorkloadObject, WorkloadStatus};
use crate::formats::manifest::source::Source;

/// States a workload of the given kind.
pub(super) fn state(
    kind: &str,
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let object: WorkloadObject = source.read()?;
    let mut metadata = object.metadata.unwrap_or_default();
    let Some(stated) = meta::stated(&mut metadata, object.status.is_some(), source, out) else {
        return Ok(None);
    };
    let observed = object.status.is_some();
    let specified = object.spec.is_some();
    let spec = object.spec.unwrap_or_default();
    let mut status = object.status.unwrap_or_default();
    let conditions = meta::conditions(status.conditions.take(), wanted);
    let mut paths = conditions.paths();
    paths.retain(|(field, _)| *field == "conditions");
    let mut workload = Workload {
        kind: kind.to_owned(),
        namespace: stated.namespace.clone(),
        name: stated.name.clone(),
        owner: meta::owner(metadata.owner_references),
        labels: meta::texts(metadata.labels),
        conditions: conditions.records(),
        ..Workload::default()
    };
    workload.desired = match kind {
        "DaemonSet" => observed.then(|| int(status.desired_number_scheduled).unwrap_or(0)),
        "Job" => int(spec.completions),
        // Where the API leaves it out, one is wanted; a status alone does not tell.
        _ => specified.then(|| int(spec.replicas).unwrap_or(1)),
    };
    workload.service = text(spec.service_name).filter(|name| !name.is_empty());
    describe_template(&mut workload, spec.template.and_then(|template| template.spec));
    if observed {
        describe_status(&mut workload, &status);
    }
    source.state(|| meta::marks(source, MARKS, &paths), workload, out);
    Ok(Some(stated))
}

const MARKS: &[(&str, &str)] = &[
    ("desired", "spec.replicas"),
    ("ready", "status.readyReplicas"),
    ("available", "status.availableReplicas"),
    ("updated", "status.updatedReplicas"),
    ("failed", "status.failed"),
    ("succeeded", "status.succeeded"),
    ("images", "spec.template.spec.containers.0.image"),
    ("node_selector", "spec.template.spec.nodeSelector"),
    ("tolerations", "spec.template.spec.tolerations"),
    ("image_pull_secrets", "spec.template.spec.imagePullSecrets"),
    ("service", "spec.serviceName"),
    ("service_account", "spec.template.spec.serviceAccountName"),
    ("name", "metadata.name"),
];

/// Failures should be false, everything else true.
fn wanted(condition: &str) -> &'static str {
    if condition.contains("Fail") { "False" } else { "True" }
}

/// Counts that the API leaves out are zero.
fn describe_status(workload: &mut Workload, status: &WorkloadStatus) {
    let count = |value: Option<Int>| Some(int(value).unwrap_or(0));
    match workload.kind.as_str() {
        "Job" => {
            workload.ready = count(status.ready);
            workload.failed = count(status.failed);
            workload.succeeded = count(status.succeeded);
        }
        "DaemonSet" => {
            workload.ready = count(status.number_ready);
            workload.updated = count(status.updated_number_scheduled);
            workload.available = count(status.number_available);
        }
        kind => {
            workload.ready = count(status.ready_replicas);
            workload.available = count(status.available_replicas);
            workload.updated =
                if kind == "ReplicaSet" { None } else { count(status.updated_replicas) };
        }
    }
}

fn describe_template(workload: &mut Workload, spec: Option<PodSpec>) {
    let spec = spec.unwrap_or_default();
    let init = spec.init_containers.unwrap_or_default();
    let main = spec.containers.unwrap_or_default();
    workload.images = init.into_iter().chain(main).filter_map(|c| text(c.image)).collect();
    workload.node_selector = meta::texts(spec.node_selector);
    workload.tolerations = meta::tolerations(spec.tolerations);
    workload.service_account =
        text(spec.service_account_name).or_else(|| text(spec.service_account));
    workload.image_pull_secrets = meta::names(spec.image_pull_secrets);
}
