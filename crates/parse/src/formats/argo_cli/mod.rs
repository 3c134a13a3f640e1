//! Steps of a workflow as `argo get` lists them
//!
//! ```text
//! STEP                TEMPLATE  PODNAME                  DURATION  MESSAGE
//!  ✖ whale-6j2lz      main                                         OOMKilled (exit code 137)
//!  └-✖ process        work      whale-6j2lz-2683438575   2m        OOMKilled (exit code 137)
//!    ◷ report         work      whale-6j2lz-3683438575   9m        Unschedulable: 0/8 nodes are available: 5 Insufficient cpu.
//! ```
//!
//! A step that names its pod becomes a `container` where the message is how its main container ended, else a `kube_event`
//! with the message behind the reason. Steps that went well, and those that only hold others, are read without a statement.

use kubetriage_model::{Container, Data, KubeEvent, ObjectRef};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "argo_cli", claim, parse };

/// Marks of steps: failed, waiting, running, well, left out, broken.
const MARKS: &[char] = &['✖', '✗', '◷', '●', '✔', '○', '⚠'];

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    let mut words = lines.first()?.text.split_whitespace();
    let steps = words.next() == Some("STEP") && words.any(|word| word == "PODNAME");
    let rows = lines.iter().skip(1).take_while(|line| line.text.contains(MARKS)).count();
    steps.then_some(1 + rows)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    out.used(lines);
    for line in lines.iter().skip(1) {
        if let Some(data) = step(line.text, context.namespace()) {
            out.event(std::slice::from_ref(line), data);
        }
    }
}

/// Reads a step that has a pod and a message.
fn step(text: &str, namespace: Option<String>) -> Option<Data> {
    let cells: Vec<&str> =
        text.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let [_, _, pod, _, message @ ..] = cells.as_slice() else { return None };
    let message = message.join("  ");
    let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    if message.is_empty() || !pod.chars().all(named) {
        return None;
    }
    let pod = (*pod).to_owned();
    if let Some((reason, code)) = message.split_once(" (exit code ") {
        let code = code.split(')').next().and_then(|code| code.parse().ok());
        return Some(
            Container {
                namespace,
                pod: Some(pod),
                state: Some("terminated".to_owned()),
                reason: Some(reason.to_owned()),
                exit_code: code,
                ready: Some(false),
                ..Container::default()
            }
            .into(),
        );
    }
    let reason = message.split_once(": ").filter(|(word, _)| !word.contains(' '));
    let (reason, told) = reason.map_or((None, message.as_str()), |(word, told)| (Some(word), told));
    Some(
        KubeEvent {
            namespace,
            object: Some(ObjectRef { kind: Some("Pod".to_owned()), name: pod }),
            reason: reason.map(str::to_owned),
            message: Some(told.to_owned()),
            ..KubeEvent::default()
        }
        .into(),
    )
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn steps_without_a_pod_or_a_message_say_nothing() {
        for (text, said) in [
            (" └-✖ process   work   whale-1   2m   Error (exit code 1)", true),
            (" └-◷ report   work   whale-1   9m   Unschedulable: 0/8 nodes are available: x", true),
            (" ✖ whale   main   OOMKilled (exit code 137)", false),
            (" ├-✔ prepare   work   whale-1   2m", false),
        ] {
            assert_eq!(step(text, None).is_some(), said, "{text}");
        }
    }
}
