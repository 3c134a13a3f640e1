//! The log folders of a node, as copied by hand, by sos and by node collectors.
//!
//! `var/log/pods/<ns>_<pod>_<uid>/<container>/<restart>.log` and
//! `var/log/containers/<pod>_<ns>_<container>-<64 hex digits>.log`, written by the kubelet.
//!
//! QUIRKS: rotated logs are `0.log.<time>`, packed `0.log.<time>.gz`; the number is the restart count of
//! the container, so a smaller one is an earlier run, but only beside a bigger one.

use super::said::Said;

/// Returns what a path says.
pub(super) fn said(parts: &[&str]) -> Option<Said> {
    match parts {
        [.., folder, container, file] if file.starts_with(|c: char| c.is_ascii_digit()) => {
            let (namespace, pod) = pod_folder(folder)?;
            file.contains(".log").then_some(())?;
            let container = Some((*container).to_owned());
            Some(Said { container, ..Said::pod(namespace, pod) })
        }
        [.., file] => {
            let (names, id) = file.strip_suffix(".log")?.rsplit_once('-')?;
            (id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit())).then_some(())?;
            let mut names = names.splitn(3, '_');
            let (pod, namespace, container) = (names.next()?, names.next()?, names.next()?);
            let container = Some(container.to_owned());
            Some(Said { container, ..Said::pod(namespace, pod) })
        }
        [] => None,
    }
}

/// Reads `<ns>_<pod>_<uid>`; static pods have a hash of 32 digits instead of the uid.
fn pod_folder(folder: &str) -> Option<(&str, &str)> {
    let (names, uid) = folder.rsplit_once('_')?;
    let digits = uid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    (digits && matches!(uid.len(), 32 | 36)).then_some(())?;
    names.split_once('_')
}
