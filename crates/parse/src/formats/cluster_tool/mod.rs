//! What the tools of a cluster's machines say: kubeadm, etcdctl, ceph, systemctl.
//!
//! ```text
//! error execution phase preflight: [preflight] Some fatal errors occurred:
//! \t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2
//! CERTIFICATE   EXPIRES                  RESIDUAL TIME   CERTIFICATE AUTHORITY   EXTERNALLY MANAGED
//! admin.conf    Apr 10, 2026 07:00 UTC   <invalid>       ca                      no
//! https://10.0.0.11:2379 is unhealthy: failed to commit proposal: context deadline exceeded
//!     health: HEALTH_WARN
//! ● kubelet.service - kubelet: The Kubernetes Node Agent
//! ```
//!
//! Each failed phase and each failed check becomes a `cli_error` of the tool `kubeadm`: the phase is its operation,
//! the name of the check its code. Each row of `kubeadm certs check-expiration` whose time is over (`<invalid>`)
//! becomes one too, with the certificate as its target; the other rows are used without a statement. So do the
//! members that `etcdctl endpoint health` finds unhealthy, with their address as target, and a health of Ceph that is
//! not `HEALTH_OK`, as its code. The state of a unit (`Active: failed …`) is a `log` of that unit.
//!
//! QUIRKS: clusters up to 1.18 print `RESIDUAL TIME` without the authority; the checks stand behind a tab that a web
//! page may have turned into blanks or taken away.

use kubetriage_model::{CliError, Log};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "cluster_tool", claim, parse };

/// How the error of a phase begins.
const PHASE: &str = "error execution phase ";
/// What stands for the time left of a certificate whose time is over.
const OVER: &str = "<invalid>";
/// Most checks of one phase.
const CHECKS: usize = 64;

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.trimmed();
    let below = lines.get(1..).unwrap_or_default();
    if phase(first).is_some() || check(first).is_some() {
        let checks = below.iter().take(CHECKS).take_while(|line| check(line.trimmed()).is_some());
        return Some(1 + checks.count());
    }
    if member(first).is_some() || health(first).is_some() {
        return Some(1);
    }
    if unit(first).is_some() {
        let own = |line: &&Line<'_>| !line.is_blank() && line.indent() > 0;
        let lines = below.iter().take(CHECKS).take_while(own).count();
        return below.get(..lines)?.iter().any(|line| state(line).is_some()).then_some(1 + lines);
    }
    if is_header(first) {
        let rows = below.iter().take(CHECKS).take_while(|line| is_row(line));
        return Some(1 + rows.count());
    }
    None
}

/// `"error execution phase " phase ": " message`
fn phase(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix(PHASE)?.split_once(": ")
}

/// `"[ERROR " check "]: " message`
fn check(text: &str) -> Option<(&str, &str)> {
    let (name, message) = text.strip_prefix("[ERROR ")?.split_once("]: ")?;
    (!name.contains(' ')).then_some((name, message))
}

/// `endpoint " is unhealthy: " message`
fn member(text: &str) -> Option<(&str, &str)> {
    let (endpoint, message) = text.split_once(" is unhealthy: ")?;
    (endpoint.contains(":2379") && !endpoint.contains(' ')).then_some((endpoint, message))
}

/// `"health: HEALTH_WARN"`
fn health(text: &str) -> Option<&str> {
    let word = text.strip_prefix("health: ").map(str::trim)?;
    matches!(word, "HEALTH_OK" | "HEALTH_WARN" | "HEALTH_ERR").then_some(word)
}

/// `"● " name ".service - " description`
fn unit(text: &str) -> Option<&str> {
    let (unit, _) = text.strip_prefix(['●', '×', '○', '*'])?.trim_start().split_once(" - ")?;
    unit.strip_suffix(".service").filter(|name| !name.contains(' '))
}

/// `"Active: " state`
fn state<'t>(line: &Line<'t>) -> Option<&'t str> {
    line.trimmed().strip_prefix("Active: ").map(|_| line.trimmed())
}

fn is_header(text: &str) -> bool {
    (text.starts_with("CERTIFICATE ") || text.starts_with("CERTIFICATE\t"))
        && text.contains("EXPIRES")
        && text.contains("RESIDUAL TIME")
}

fn is_row(line: &Line<'_>) -> bool {
    let managed = line.trimmed().rsplit(char::is_whitespace).next();
    !line.is_blank() && matches!(managed, Some("no" | "yes"))
}

fn parse(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let unit = lines.first().and_then(|line| unit(line.trimmed()));
    for line in lines {
        let text = line.trimmed();
        if let Some((unit, message)) = unit.zip(state(line)) {
            let origin = Some(unit.to_owned());
            let message = Some(message.to_owned());
            out.event(std::slice::from_ref(line), Log { origin, message, ..Log::default() });
            continue;
        }
        let told = if let Some((operation, message)) = phase(text) {
            error(message, None, Some(operation), None)
        } else if let Some((code, message)) = check(text) {
            error(message, Some(code), None, None)
        } else if text.contains(OVER) {
            error(text, Some(OVER), Some("certs check-expiration"), text.split_whitespace().next())
        } else if let Some((endpoint, message)) = member(text) {
            let told = error(message, None, Some("endpoint health"), Some(endpoint));
            CliError { tool: Some("etcdctl".to_owned()), ..told }
        } else if let Some(word) = health(text).filter(|word| *word != "HEALTH_OK") {
            let told = error(text, Some(word), Some("status"), None);
            CliError { tool: Some("ceph".to_owned()), ..told }
        } else {
            continue;
        };
        out.event(std::slice::from_ref(line), told);
    }
}

fn error(
    message: &str,
    code: Option<&str>,
    operation: Option<&str>,
    target: Option<&str>,
) -> CliError {
    CliError {
        tool: Some("kubeadm".to_owned()),
        code: code.map(str::to_owned),
        message: Some(message.to_owned()),
        target: target.map(str::to_owned),
        operation: operation.map(str::to_owned),
        ..CliError::default()
    }
}
