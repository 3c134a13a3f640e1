//! Other objects that a pod cannot do without: those of its volumes and of the environments of its containers.

use kubetriage_model::Pod;

use crate::formats::manifest::loose::Loose;
use crate::formats::manifest::scalar::text;
use crate::formats::manifest::schema::{ContainerSpec, EnvSource, PodSpec, Reference};

/// Takes the references out of a spec; what is marked optional may be missing.
pub(super) fn describe(pod: &mut Pod, spec: &mut PodSpec) {
    for volume in std::mem::take(&mut spec.volumes.0) {
        add(&mut pod.config_maps, volume.config_map);
        add(&mut pod.secrets, volume.secret);
        add(&mut pod.claims, volume.persistent_volume_claim);
    }
    let lists = [&mut spec.init_containers, &mut spec.containers];
    for container in lists.into_iter().flatten().flatten() {
        for source in sources(container) {
            add(&mut pod.config_maps, source.config_map_ref);
            add(&mut pod.secrets, source.secret_ref);
        }
    }
}

fn sources(container: &mut ContainerSpec) -> Vec<EnvSource> {
    let mut sources = std::mem::take(&mut container.env_from.0);
    let variables = std::mem::take(&mut container.env.0);
    sources.extend(variables.into_iter().filter_map(|variable| variable.value_from.0));
    sources
}

fn add(names: &mut Vec<String>, reference: Loose<Reference>) {
    let Some(reference) = reference.0 else { return };
    if reference.optional.is_some_and(|optional| optional.0) {
        return;
    }
    let name = reference.name.or(reference.secret_name).or(reference.claim_name);
    names.extend(text(name).filter(|name| !names.contains(name)));
}
