//! STATUS, READY and RESTARTS of a pod, computed as the API server does for `kubectl get pods`.
//!
//! The server's own steps (`printPod` of `pkg/printers/internalversion/printers.go`), later ones
//! overwriting earlier ones: phase, status reason, scheduling gates, the first unfinished init container,
//! the first container in the list, deletion. Sidecars (init containers that are restarted always) count
//! in READY and RESTARTS, as every server since 1.28 does.

use kubetriage_model::{Container, Pod};

/// What a container is to its pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// An init container that has to end.
    Init,
    /// An init container with `restartPolicy: Always`.
    Sidecar,
    /// A container of `spec.containers`.
    Main,
    /// An ephemeral container; the row knows nothing of it.
    Ephemeral,
}

/// One container as the row needs it, in the order of the pod's status lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member<'c> {
    /// The container; `ready` is `None` when the pod's status does not list it yet.
    pub(crate) container: &'c Container,
    /// What it is to the pod.
    pub(crate) role: Role,
    /// True when the status says that a sidecar has started.
    pub(crate) started: bool,
    /// Signal that ended it, if the form tells; 0 counts as none.
    pub(crate) signal: Option<i64>,
}

/// What the row needs beside the pod's own fields (`phase`, `reason`, `conditions`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct PodState<'p> {
    /// The pod.
    pub(crate) pod: &'p Pod,
    /// Its containers of all roles.
    pub(crate) members: &'p [Member<'p>],
    /// True when the pod has a deletion time stamp.
    pub(crate) deleting: bool,
    /// True when the condition `PodScheduled` has the reason `SchedulingGated`.
    pub(crate) gated: bool,
}

/// The computed cells of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// STATUS; empty when neither phase nor reason are known.
    pub(crate) status: String,
    /// Left number of READY.
    pub(crate) ready: i64,
    /// Right number of READY.
    pub(crate) total: i64,
    /// RESTARTS.
    pub(crate) restarts: i64,
}

/// Computes the row of a pod that has a status.
pub(crate) fn row(state: &PodState<'_>) -> Row {
    let counted = |member: &&Member<'_>| matches!(member.role, Role::Main | Role::Sidecar);
    let mut row = Row {
        status: first_word(state),
        ready: 0,
        total: count(state.members.iter().filter(counted).count()),
        restarts: 0,
    };
    let init = walk_init(state, &mut row);
    if !init.unfinished || condition(state, "Initialized") {
        // Init containers beside sidecars stop counting once the pod is initialized.
        row.restarts = init.sidecar_restarts;
        walk_main(state, &mut row);
    }
    if state.deleting {
        end_word(state, &mut row);
    }
    row
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn condition(state: &PodState<'_>, name: &str) -> bool {
    state.pod.conditions.get(name).is_some_and(|status| status == "True")
}

fn first_word(state: &PodState<'_>) -> String {
    if state.gated {
        return "SchedulingGated".to_owned();
    }
    let reason = state.pod.reason.as_deref().filter(|reason| !reason.is_empty());
    reason.or(state.pod.phase.as_deref()).unwrap_or_default().to_owned()
}

/// What the walk over the init containers found.
#[derive(Debug, Clone, Copy, Default)]
struct InitWalk {
    /// True when it stopped at an unfinished container.
    unfinished: bool,
    /// Restarts of the sidecars it passed.
    sidecar_restarts: i64,
}

/// Walks the init containers up to and including the first unfinished one.
fn walk_init(state: &PodState<'_>, row: &mut Row) -> InitWalk {
    let mut walk = InitWalk::default();
    let is_init = |member: &&Member<'_>| matches!(member.role, Role::Init | Role::Sidecar);
    let members = || state.members.iter().filter(is_init);
    for (index, member) in members().filter(|member| listed(member)).enumerate() {
        let container = member.container;
        let restarts = container.restarts.unwrap_or(0);
        row.restarts += restarts;
        walk.sidecar_restarts += if member.role == Role::Sidecar { restarts } else { 0 };
        let terminated = is(container, "terminated");
        if terminated && container.exit_code.unwrap_or(0) == 0 {
            continue;
        }
        if member.role == Role::Sidecar && member.started {
            row.ready += i64::from(container.ready == Some(true));
            continue;
        }
        let word = if terminated {
            Some(end_reason(member))
        } else {
            waiting_reason(container)
                .filter(|reason| *reason != "PodInitializing")
                .map(str::to_owned)
        };
        row.status = match word {
            Some(word) => format!("Init:{word}"),
            None => format!("Init:{index}/{}", members().count()),
        };
        walk.unfinished = true;
        break;
    }
    walk
}

/// Walks the main containers from last to first, so that the first one has the last word.
fn walk_main(state: &PodState<'_>, row: &mut Row) {
    let main = state.members.iter().filter(|m| m.role == Role::Main && listed(m));
    let mut running = false;
    for member in main.rev() {
        let container = member.container;
        row.restarts += container.restarts.unwrap_or(0);
        if let Some(reason) = waiting_reason(container) {
            reason.clone_into(&mut row.status);
        } else if is(container, "terminated") {
            row.status = end_reason(member);
        } else if container.ready == Some(true) && is(container, "running") {
            running = true;
            row.ready += 1;
        }
    }
    if row.status == "Completed" && running {
        let word = if condition(state, "Ready") { "Running" } else { "NotReady" };
        word.clone_into(&mut row.status);
    }
}

fn end_word(state: &PodState<'_>, row: &mut Row) {
    let over = matches!(state.pod.phase.as_deref(), Some("Succeeded" | "Failed"));
    if state.pod.reason.as_deref() == Some("NodeLost") {
        "Unknown".clone_into(&mut row.status);
    } else if !over {
        "Terminating".clone_into(&mut row.status);
    }
}

fn listed(member: &Member<'_>) -> bool {
    member.container.ready.is_some()
}

fn is(container: &Container, state: &str) -> bool {
    container.state.as_deref() == Some(state)
}

fn waiting_reason(container: &Container) -> Option<&str> {
    let reason = container.reason.as_deref().filter(|reason| !reason.is_empty());
    reason.filter(|_| is(container, "waiting"))
}

fn end_reason(member: &Member<'_>) -> String {
    let container = member.container;
    match (container.reason.as_deref(), member.signal) {
        (Some(reason), _) if !reason.is_empty() => reason.to_owned(),
        (_, Some(signal)) if signal != 0 => format!("Signal:{signal}"),
        _ => format!("ExitCode:{}", container.exit_code.unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A container written as `role state[:reason][=exit] [restarts]`, for tables.
    fn container(text: &str) -> (Container, Role, bool) {
        let mut words = text.split(' ');
        let role = match words.next() {
            Some("init") => Role::Init,
            Some("side") => Role::Sidecar,
            Some("debug") => Role::Ephemeral,
            _ => Role::Main,
        };
        let state = words.next().unwrap_or_default();
        let (state, exit) =
            state.split_once('=').map_or((state, None), |(s, e)| (s, e.parse().ok()));
        let (state, reason) = state.split_once(':').map_or((state, None), |(s, r)| (s, Some(r)));
        let ready = state == "ready";
        let restarts = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let container = Container {
            state: match state {
                "none" | "unlisted" => None,
                "ready" => Some("running".to_owned()),
                state => Some(state.to_owned()),
            },
            reason: reason.map(str::to_owned),
            exit_code: exit,
            ready: (state != "unlisted").then_some(ready),
            restarts: Some(restarts),
            ..Container::default()
        };
        let started = matches!(state, "ready" | "running");
        (container, role, started)
    }

    fn printed(phase: &str, reason: &str, deleting: bool, members: &[&str]) -> String {
        let containers: Vec<_> = members.iter().map(|text| container(text)).collect();
        let members: Vec<_> = containers
            .iter()
            .map(|(container, role, started)| Member {
                container,
                role: *role,
                started: *started,
                signal: None,
            })
            .collect();
        let pod = Pod {
            phase: Some(phase.to_owned()),
            reason: Some(reason.to_owned()),
            ..Pod::default()
        };
        let row = row(&PodState { pod: &pod, members: &members, deleting, gated: false });
        format!("{} {}/{} {}", row.status, row.ready, row.total, row.restarts)
    }

    #[test]
    fn rows_are_those_of_the_server() {
        let table: &[(&str, &str, bool, &[&str], &str)] = &[
            ("Running", "", false, &["main ready 2", "main ready"], "Running 2/2 2"),
            ("Pending", "", false, &["main unlisted"], "Pending 0/1 0"),
            ("Pending", "", false, &["main waiting:ImagePullBackOff"], "ImagePullBackOff 0/1 0"),
            ("Running", "", false, &["main terminated:Error=1 3", "main ready"], "Error 1/2 3"),
            (
                "Running",
                "",
                false,
                &["main terminated:Completed=0", "main ready"],
                "NotReady 1/2 0",
            ),
            ("Running", "", false, &["main terminated=137"], "ExitCode:137 0/1 0"),
            (
                "Pending",
                "",
                false,
                &["init terminated:Error=1 4", "main waiting:PodInitializing"],
                "Init:Error 0/1 4",
            ),
            (
                "Pending",
                "",
                false,
                &["init terminated=0", "init running", "main waiting:PodInitializing"],
                "Init:1/2 0/1 0",
            ),
            (
                "Pending",
                "",
                false,
                &["init waiting:PodInitializing", "main none"],
                "Init:0/1 0/1 0",
            ),
            ("Running", "", false, &["side ready 2", "main ready 1"], "Running 2/2 3"),
            (
                "Running",
                "",
                false,
                &["init terminated=0 5", "main ready 1", "debug running"],
                "Running 1/1 1",
            ),
            ("Failed", "Evicted", false, &["main unlisted"], "Evicted 0/1 0"),
            ("Running", "", true, &["main ready"], "Terminating 1/1 0"),
            ("Failed", "", true, &["main terminated:Error=1"], "Error 0/1 0"),
            ("Running", "NodeLost", true, &["main ready"], "Unknown 1/1 0"),
        ];
        for (phase, reason, deleting, members, expected) in table {
            assert_eq!(&printed(phase, reason, *deleting, members), expected, "{members:?}");
        }
    }
}
