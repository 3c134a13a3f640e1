//! What the Azure Arc diagnoser writes in words of its own: the states of the agents, and verdicts of checks.
//!
//! Written by `az connectedk8s troubleshoot` (`agent_state.txt`, `dns_check.txt`,
//! `outbound_network_connectivity_check.txt`; in 2022 `Agent_State.txt`, `DNS_Check.txt`, `Outbound_Check.txt`):
//!
//! ```text
//! config-agent-5c9d8f7b6-fghij : Phase = Running
//!     config-agent : Ready = False {Reason : CrashLoopBackOff} , Restart_Counts = 12
//!     fluent-bit : Ready = True, Restart_Counts = 0
//! ```
//!
//! An agent is one `pod`, each line below it one `container`; in 2022 a line was `name = Running` and nothing
//! more. `Response code ;; connection timed out …` (2022) is a `dns_answer` of the cluster: what nslookup said
//! stands where the code should be. `Response code 200` is a `connectivity_probe` that worked; 000 is read by
//! `az`, as all sentences of the Arc services. Everything else in such a folder has a format of its own.
//!
//! QUIRKS:
//! - Agents live in `azure-arc`; the file does not say so.
//! - A container that is not ready without a reason to wait has no braces.
//! - The verdict behind nslookup's words is the tool's opinion, not evidence: it only looks for two words.

use kubetriage_model::{ConnectivityProbe, Container, DnsAnswer, Pod};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "arc_diagnoser", claim, parse };

/// Namespace of the agents.
const AGENTS: &str = "azure-arc";
/// What a pod can be in.
const PHASES: &[&str] = &["Pending", "Running", "Succeeded", "Failed", "Unknown"];
/// How a check begins to tell its result.
const RESULT: &str = "Response code ";

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?;
    if checked(first.text).is_some() {
        return Some(1);
    }
    agent(first.text)?;
    let own = |line: &&Line<'_>| {
        line.is_blank() || agent(line.text).is_some() || state(line.text).is_some()
    };
    let run = lines.get(..lines.iter().take_while(own).count())?;
    let used = run.iter().rposition(|line| !line.is_blank())? + 1;
    // Without the word, one line alone could be anybody's.
    let told = first.text.contains(" : Phase = ");
    let agents = run.iter().filter(|line| agent(line.text).is_some()).count();
    (told || agents > 1).then_some(used)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    match lines {
        [line] if line.text.trim_start().starts_with(RESULT) => match checked(line.text) {
            Some(Checked::Dns(answer)) => out.event(lines, answer),
            Some(Checked::Outbound(probe)) => out.event(lines, probe),
            None => {}
        },
        _ => agents(lines, context, out),
    }
}

/// States the pods and containers of a list of agents.
fn agents(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let namespace = context.namespace().unwrap_or_else(|| AGENTS.to_owned());
    let mut rest = lines;
    while let Some((line, behind)) = rest.split_first() {
        rest = behind;
        let Some((name, phase)) = agent(line.text) else { continue };
        let length = behind.iter().take_while(|line| agent(line.text).is_none()).count();
        let below = behind.get(..length).unwrap_or_default();
        rest = behind.get(length..).unwrap_or_default();
        let states: Vec<(&Line<'_>, State<'_>)> =
            below.iter().filter_map(|line| Some((line, state(line.text)?))).collect();
        out.event(&[*line], pod(&namespace, name, phase, &states));
        for (line, state) in &states {
            out.event(&[**line], container(&namespace, name, state));
        }
    }
}

fn pod(namespace: &str, name: &str, phase: &str, states: &[(&Line<'_>, State<'_>)]) -> Pod {
    let count = |number: usize| i64::try_from(number).ok().filter(|_| !states.is_empty());
    let waits = states.iter().find_map(|(_, state)| state.reason);
    Pod {
        namespace: Some(namespace.to_owned()),
        name: name.to_owned(),
        phase: Some(phase.to_owned()),
        status: Some(waits.unwrap_or(phase).to_owned()),
        ready: count(states.iter().filter(|(_, state)| state.ready).count()),
        total: count(states.len()),
        restarts: (!states.is_empty()).then(|| states.iter().map(|(_, s)| s.restarts).sum()),
        ..Pod::default()
    }
}

fn container(namespace: &str, pod: &str, state: &State<'_>) -> Container {
    Container {
        namespace: Some(namespace.to_owned()),
        pod: Some(pod.to_owned()),
        name: state.name.to_owned(),
        state: state.reason.map(|_| "waiting".to_owned()),
        reason: state.reason.map(str::to_owned),
        ready: Some(state.ready),
        restarts: Some(state.restarts),
        ..Container::default()
    }
}

/// Reads `name : Phase = Running` and `name = Running`.
fn agent(text: &str) -> Option<(&str, &str)> {
    let (name, phase) = text.split_once(" : Phase = ").or_else(|| text.split_once(" = "))?;
    let (name, phase) = (name.trim(), phase.trim_end());
    let named = name.contains('-')
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b));
    (named && PHASES.contains(&phase)).then_some((name, phase))
}

/// What is said of one container.
struct State<'t> {
    name: &'t str,
    ready: bool,
    reason: Option<&'t str>,
    restarts: i64,
}

/// Reads `name : Ready = False {Reason : CrashLoopBackOff} , Restart_Counts = 12`.
fn state(text: &str) -> Option<State<'_>> {
    let (name, rest) = text.split_once(" : Ready = ")?;
    let (ready, restarts) = rest.split_once(", Restart_Counts = ")?;
    let restarts = restarts.trim().parse().ok()?;
    let (word, reason) = ready.trim().split_once(" {Reason : ").unwrap_or((ready.trim(), ""));
    let reason = Some(reason.trim_end_matches('}').trim()).filter(|reason| !reason.is_empty());
    let ready = match word {
        "True" => true,
        "False" => false,
        _ => return None,
    };
    Some(State { name: name.trim(), ready, reason, restarts })
}

/// What a check found.
enum Checked {
    Dns(DnsAnswer),
    Outbound(ConnectivityProbe),
}

/// Reads what stands behind `Response code`: words of nslookup, or a status of HTTP that is one.
fn checked(text: &str) -> Option<Checked> {
    let result = text.trim().strip_prefix(RESULT)?;
    let cluster = Some("cluster".to_owned());
    if let Some(words) = result.strip_prefix(";; ") {
        let timed_out = words.starts_with("connection timed out");
        let status = timed_out.then(|| "TIMEOUT".to_owned())?;
        let answer = DnsAnswer { status: Some(status), vantage: cluster, ..DnsAnswer::default() };
        return Some(Checked::Dns(answer));
    }
    let (code, behind) = result.split_at_checked(3)?;
    let status = code.parse::<i64>().ok().filter(|code| (100..600).contains(code))?;
    let verdict = behind.trim_start_matches(':').trim();
    (verdict.is_empty() || verdict.to_ascii_lowercase().contains("outbound")).then(|| {
        Checked::Outbound(ConnectivityProbe {
            tool: Some("arc-diagnoser".to_owned()),
            result: Some("ok".to_owned()),
            http_status: Some(status),
            message: Some(text.trim().to_owned()),
            vantage: cluster,
            ..ConnectivityProbe::default()
        })
    })
}
