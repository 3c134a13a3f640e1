//! Errors of Terraform about one resource, of any provider but those that have a format of their own
//!
//! ```text
//! Error: Failed to create pod: pods "import-1" is forbidden: exceeded quota: team, requested: …
//!
//!   with module.app.kubernetes_pod.import,
//!   on app/main.tf line 12, in resource "kubernetes_pod" "import":
//!   12: resource "kubernetes_pod" "import" {
//! ```
//!
//! Becomes one `cli_error` with the address of the resource as its target. The error of a chart is helm's, and that of the
//! resource manager is read by the format `az`.

use kubetriage_model::CliError;

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "terraform", claim, parse };

/// Lines within which Terraform tells which resource it speaks of.
const NEAR: usize = 24;

/// The error in front of some lines.
struct Told<'t> {
    /// Number of its lines.
    length: usize,
    message: String,
    resource: &'t str,
}

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    told(lines).map(|told| told.length)
}

fn told<'t>(lines: &[Line<'t>]) -> Option<Told<'t>> {
    let first = lines.first()?.text.strip_prefix("Error: ")?;
    let near = lines.get(1..)?.iter().take(NEAR);
    let at = near.clone().position(|line| resource(line.trimmed()).is_some())?;
    // Another error begins before this one tells what it is about.
    if near.clone().take(at).any(|line| line.text.starts_with("Error: ")) {
        return None;
    }
    let resource = lines.get(at + 1).and_then(|line| resource(line.trimmed()))?;
    if resource.contains("helm_release") {
        return None;
    }
    let mut message = first.to_owned();
    for line in near.clone().take(at).filter(|line| !line.is_blank()) {
        message.push('\n');
        message.push_str(line.trimmed());
    }
    let source = |line: &Line<'_>| {
        let text = line.trimmed();
        let number = text.split_once(':').is_some_and(|(number, _)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        number || text.starts_with("on ") || text.is_empty()
    };
    let behind = lines.iter().skip(at + 2).take_while(|line| source(line)).count();
    Some(Told { length: at + 2 + behind, message, resource })
}

/// Reads `with module.app.kubernetes_pod.import,`, or `on main.tf line 12, in resource "kubernetes_pod" "import":` of
/// versions before 0.15.
fn resource(text: &str) -> Option<&str> {
    let address = text.strip_prefix("with ").and_then(|rest| rest.strip_suffix(','));
    let address = address.filter(|address| address.contains('.') && !address.contains(' '));
    let placed = || text.strip_prefix("on ")?.split_once(", in resource ")?.1.strip_suffix(':');
    address.or_else(placed)
}

fn parse(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    let Some(told) = told(lines) else { return };
    out.event(
        lines,
        CliError {
            tool: Some("terraform".to_owned()),
            message: Some(told.message),
            target: Some(told.resource.to_owned()),
            ..CliError::default()
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(usize, String, String)> {
        let lines: Vec<Line<'_>> =
            text.lines().map(|text| Line { text, number: 1, offset: 0 }).collect();
        told(&lines).map(|told| (told.length, told.message, told.resource.to_owned()))
    }

    #[test]
    fn errors_name_their_resource() {
        let new = "Error: pods \"a\" is forbidden\nmore\n\n  with kubernetes_pod.a,\n  on main.tf line 1, in resource \"kubernetes_pod\" \"a\":\n   1: resource \"kubernetes_pod\" \"a\" {\n\nnext";
        let message = "pods \"a\" is forbidden\nmore".to_owned();
        assert_eq!(read(new), Some((7, message, "kubernetes_pod.a".to_owned())));
        let old = "Error: x\n\n  on main.tf line 1, in resource \"kubernetes_pod\" \"a\":";
        assert_eq!(read(old).map(|told| told.0), Some(3));
    }

    #[test]
    fn errors_of_charts_and_of_nothing_are_left() {
        assert_eq!(read("Error: timed out\n\n  with helm_release.a,"), None);
        assert_eq!(read("Error: a\nError: b\n  with kubernetes_pod.b,"), None);
        assert_eq!(read("Error: with a word,\nthat is all"), None);
    }
}
