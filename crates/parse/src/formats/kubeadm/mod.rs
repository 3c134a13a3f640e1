//! What kubeadm says of itself: phases that failed, and certificates that are over.
//!
//! ```text
//! error execution phase preflight: [preflight] Some fatal errors occurred:
//! \t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2
//! CERTIFICATE   EXPIRES                  RESIDUAL TIME   CERTIFICATE AUTHORITY   EXTERNALLY MANAGED
//! admin.conf    Apr 10, 2026 07:00 UTC   <invalid>       ca                      no
//! ```
//!
//! Each failed phase and each failed check becomes a `cli_error` of the tool `kubeadm`: the phase is its operation,
//! the name of the check its code. Each row of `kubeadm certs check-expiration` whose time is over (`<invalid>`)
//! becomes one too, with the certificate as its target; the other rows are used without a statement.
//!
//! QUIRKS: clusters up to 1.18 print `RESIDUAL TIME` without the authority; the checks stand behind a tab that a web
//! page may have turned into blanks or taken away.

use kubetriage_model::CliError;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "kubeadm", claim, parse };

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
    for line in lines {
        let text = line.trimmed();
        let told = if let Some((operation, message)) = phase(text) {
            error(message, None, Some(operation), None)
        } else if let Some((code, message)) = check(text) {
            error(message, Some(code), None, None)
        } else if text.contains(OVER) {
            error(text, Some(OVER), Some("certs check-expiration"), text.split_whitespace().next())
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
