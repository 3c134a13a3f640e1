//! When two findings of different bundles are the same fault.

use kubetriage_model::Subject;

/// True when `a` and `b` name the same object, or pods of one workload that were made anew in between.
pub(crate) fn same_object(a: &Subject, b: &Subject) -> bool {
    let is_pod = a.kind.as_deref() == Some("Pod");
    a.kind == b.kind
        && a.namespace == b.namespace
        && (a.name == b.name
            || is_pod
                && matches!((&a.name, &b.name), (Some(a), Some(b)) if stem(a).is_some() && stem(a) == stem(b)))
}

/// Returns the name without what a controller appends to the names of its pods, `None` if it appends nothing.
///
/// `web-5d4f8c7b9d-k8s2p` (ReplicaSet) and `agent-x2x7q` (DaemonSet, Job) end in five characters of the
/// alphabet that Kubernetes draws random names from; the hash of the template before them is dropped too.
fn stem(name: &str) -> Option<&str> {
    let random = |part: &str| part.chars().all(|c| "bcdfghjklmnpqrstvwxz2456789".contains(c));
    let (rest, last) = name.rsplit_once('-')?;
    if last.len() != 5 || !random(last) {
        return None;
    }
    match rest.rsplit_once('-') {
        Some((rest, hash)) if (8..=10).contains(&hash.len()) && random(hash) => Some(rest),
        _ => Some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod(name: &str) -> Subject {
        Subject {
            kind: Some("Pod".to_owned()),
            namespace: Some("shop".to_owned()),
            name: Some(name.to_owned()),
        }
    }

    #[test]
    fn pods_of_one_workload_are_the_same_fault() {
        assert!(same_object(&pod("web-5d4f8c7b9d-k8s2p"), &pod("web-7c9d8f6b54-x2x7q")));
        assert!(same_object(&pod("agent-k8s2p"), &pod("agent-x2x7q")));
        assert!(same_object(&pod("db-0"), &pod("db-0")));
        assert!(!same_object(&pod("db-0"), &pod("db-1")));
        assert!(!same_object(&pod("web-5d4f8c7b9d-k8s2p"), &pod("api-5d4f8c7b9d-k8s2p")));
        let node = |name| Subject { kind: Some("Node".to_owned()), ..pod(name) };
        assert!(!same_object(&node("vmss-k8s2p"), &node("vmss-x2x7q")));
    }
}
