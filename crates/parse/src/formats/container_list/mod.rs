//! Lists of containers as the runtime of a node has them: `crictl ps`, `docker ps`, `nerdctl ps`
//!
//! ```text
//! CONTAINER       IMAGE           CREATED          STATE     NAME            ATTEMPT   POD ID          POD
//! 7c54f31e3fc8b   bb5e0dde9054c   28 seconds ago   Exited    kube-apiserver  11        f5de5d0666823   kube-apiserver-cp-01
//! CONTAINER ID   IMAGE          COMMAND                  CREATED          STATUS                     PORTS   NAMES
//! a843758a1791   2e1ba57fe95a   "kube-apiserver --ad…"   13 seconds ago   Exited (2) 4 seconds ago           k8s_kube-apiserver_…
//! ```
//!
//! A list has one row for each attempt to run a container of a pod, the newest first. The newest becomes a
//! `container`: what it is now, and the number of its attempt as its restarts. Sandboxes, and containers that
//! no kubelet named, are no pods'. Rows are known without their header (`… | grep kube-apiserver`).
//!
//! QUIRKS: the list of `crictl` names pods since 1.26 only, before they have an id; it has no exit codes. A container that
//! ended before another of its pod was made ran in front of that one.

use std::sync::LazyLock;

use kubetriage_model::Container;
use regex::{Captures, Regex};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "container_list", claim, parse };

/// A row of `crictl ps`: id, image, age, state, name, attempt, pod id, and since 1.26 pod and namespace.
static OF_CRICTL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*[0-9a-f]{12,64}\s+(?P<image>\S+)\s+\S.{0,40}? ago\s+(?P<state>Running|Exited|Created|Unknown)\s+(?P<name>\S+)\s+(?P<attempt>\d+)\s+(?P<id>[0-9a-f]{12,64})(?:\s+(?P<pod>\S+))?(?:\s+(?P<namespace>\S+))?\s*$",
    )
    .ok()
});
/// A row of `docker ps` for a container that a kubelet named.
static OF_DOCKER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"^\s*[0-9a-f]{12,64}\s+(?P<image>\S+)\s+"[^"]*"\s+\S.{0,40}?(?: ago)?\s+(?P<state>Up|Exited \((?P<exit>\d+)\)|Created|Dead|Restarting|Removal).*\sk8s_(?P<name>[^_\s]+)_(?P<pod>[^_\s]+)_(?P<namespace>[^_\s]+)_(?P<id>[^_\s]+)_(?P<attempt>\d+)\s*$"#,
    )
    .ok()
});

/// One row.
struct Row {
    /// Id of the pod: the sandbox's, or the UID.
    id: String,
    container: Container,
}

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text;
    let head = usize::from(is_header(first));
    let rows = lines.iter().skip(head).take_while(|line| is_row(line.text)).count();
    (head + rows > 0).then_some(head + rows)
}

fn is_header(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    words.first() == Some(&"CONTAINER")
        && has("IMAGE")
        && has("CREATED")
        && (has("ATTEMPT") || has("COMMAND") && has("NAMES"))
}

/// True for a row, also of a container that no kubelet made.
fn is_row(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let id = word.len() >= 12 && word.bytes().all(|b| b.is_ascii_hexdigit());
    id && (row(text).is_some() || text.contains('"') && text.contains(" ago "))
}

fn row(text: &str) -> Option<Row> {
    let matched = [&OF_CRICTL, &OF_DOCKER].into_iter().find_map(|one| one.as_ref()?.captures(text));
    let found = matched?;
    let text = |name: &str| found.name(name).map(|part| part.as_str().to_owned());
    let name = text("name").filter(|name| name != "POD")?;
    let container = Container {
        namespace: text("namespace"),
        pod: text("pod"),
        name,
        image: text("image")
            .filter(|image| image.contains(['/', ':']) && !image.contains("sha256")),
        restarts: text("attempt").and_then(|attempt| attempt.parse().ok()),
        ..state(&found)
    };
    Some(Row { id: text("id").unwrap_or_default(), container })
}

/// Returns what the container is now, in the words of the kubelet.
fn state(found: &Captures<'_>) -> Container {
    let word = found.name("state").map_or("", |state| state.as_str());
    let exit: Option<i64> = found.name("exit").and_then(|exit| exit.as_str().parse().ok());
    let reason = exit.map(|exit| if exit == 0 { "Completed" } else { "Error" }.to_owned());
    let state = match word.split(' ').next() {
        Some("Running" | "Up") => Some("running"),
        Some("Exited" | "Dead") => Some("terminated"),
        _ => None,
    };
    Container {
        state: state.map(str::to_owned),
        exit_code: exit,
        reason,
        ready: (state == Some("terminated")).then_some(false),
        ..Container::default()
    }
}

fn parse(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let rows: Vec<(&Line<'_>, Row)> =
        lines.iter().filter_map(|line| Some((line, row(line.text)?))).collect();
    for (at, (line, row)) in rows.iter().enumerate() {
        let newer = || rows.iter().take(at).map(|(_, newer)| newer);
        let own = |other: &Row| other.container.name == row.container.name;
        if newer().any(|other| is_same_pod(other, row) && own(other)) {
            continue;
        }
        let ended = row.container.state.as_deref() == Some("terminated");
        let followed = newer().any(|other| is_same_pod(other, row));
        let init = ended.then_some(followed);
        out.event(std::slice::from_ref(*line), Container { init, ..row.container.clone() });
    }
}

fn is_same_pod(one: &Row, other: &Row) -> bool {
    let named = one.container.pod.is_some() && one.container.pod == other.container.pod;
    one.id == other.id || named && one.container.namespace == other.container.namespace
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn rows_of_both_tools_say_the_same() {
        let read = |text: &str| {
            let own = row(text)?.container;
            let part = |text: Option<String>| text.unwrap_or_default();
            let restarts = own.restarts.unwrap_or(-1);
            Some(format!(
                "{}/{} {} {} {restarts}",
                part(own.pod),
                own.name,
                part(own.state),
                part(own.reason)
            ))
        };
        for (text, want) in [
            (
                "7c54f31e3fc8b  bb5e0dde9054c  28 seconds ago  Exited  etcd  11  f5de5d0666823  etcd-cp-01",
                Some("etcd-cp-01/etcd terminated  11"),
            ),
            (
                "7c54f31e3fc8b  quay.io/contoso/etcd:3  About an hour ago  Running  etcd  1  f5de5d0666823",
                Some("/etcd running  1"),
            ),
            (
                "a843758a1791  2e1ba57fe95a  \"etcd --ad…\"  13 seconds ago  Exited (2) 4 seconds ago  k8s_etcd_etcd-cp-01_kube-system_dbd0_27",
                Some("etcd-cp-01/etcd terminated Error 27"),
            ),
            (
                "a843758a1791  k8s.gcr.io/pause:3.1  \"/pause\"  20 minutes ago  Up 20 minutes  k8s_POD_etcd-cp-01_kube-system_dbd0_1",
                None,
            ),
            ("a843758a1791 is the id of a container that Exited 3 minutes ago", None),
        ] {
            assert_eq!(read(text).as_deref(), want, "{text}");
        }
    }
}
