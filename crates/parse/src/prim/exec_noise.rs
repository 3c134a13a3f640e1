//! Lines that kubectl and the container runtime print around the output of a command in a pod.

/// What such a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExecNoise {
    /// Chatter of `kubectl exec`, `run` and `debug` that says nothing about the outcome.
    Chatter,
    /// `command terminated with exit code 1`.
    Exit,
    /// The program could not be started: it is not in the image.
    NotStarted,
}

/// Starts of lines without meaning for the outcome.
const CHATTER: &[&str] = &[
    "Defaulted container \"",
    "Defaulting container name to ",
    "Defaulting debug container name to ",
    "Use 'kubectl describe pod",
    "Unable to use a TTY - input is not a terminal",
    "If you don't see a command prompt, try pressing enter",
    "All commands and output from this session will be recorded in container logs",
    "Creating debugging pod ",
    "Targeting container \"",
    "warning: couldn't attach to pod/",
    "Warning: couldn't attach to pod/",
    "kubectl exec [POD] [COMMAND] is DEPRECATED",
    "Try `kubectl ",
];

/// Reads one line.
pub(crate) fn exec_noise(text: &str) -> Option<ExecNoise> {
    let text = text.trim();
    if CHATTER.iter().any(|start| text.starts_with(start)) || is_deletion(text) {
        return Some(ExecNoise::Chatter);
    }
    if text.starts_with("command terminated with exit code ")
        || text.starts_with("command terminated with non-zero exit code")
    {
        return Some(ExecNoise::Exit);
    }
    not_started(text).then_some(ExecNoise::NotStarted)
}

/// `pod "dnstest" deleted` and `pod "dnstest" deleted from default namespace`.
fn is_deletion(text: &str) -> bool {
    text.starts_with("pod \"")
        && (text.ends_with("\" deleted") || text.contains("\" deleted from "))
}

/// True for a line that says that a program is not there: the capture behind it is void.
pub(crate) fn not_started(text: &str) -> bool {
    let missing = || {
        text.contains("executable file not found in")
            || text.contains("no such file or directory: unknown")
    };
    // The kubelet tells of a probe that could not be started in the same words.
    let probe = text.contains(" probe failed: ") || text.contains(" probe errored: ");
    let runtime =
        text.contains("OCI runtime exec failed") || text.contains("failed to exec in container");
    let shell = [": not found", ": command not found"].iter().any(|end| text.ends_with(end))
        && ["sh: ", "/bin/sh: ", "bash: ", "-bash: ", "ash: "].iter().any(|s| text.starts_with(s));
    (runtime && !probe && missing())
        || shell
        || text.contains("is not recognized as the name of a cmdlet")
        || text.contains("is not recognized as an internal or external command")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_told_apart() {
        for (text, want) in [
            ("Defaulted container \"web\" out of: web, sidecar", Some(ExecNoise::Chatter)),
            ("pod \"dnstest\" deleted from default namespace", Some(ExecNoise::Chatter)),
            ("command terminated with exit code 1", Some(ExecNoise::Exit)),
            (
                "OCI runtime exec failed: exec failed: unable to start container process: exec: \"nslookup\": executable file not found in $PATH: unknown",
                Some(ExecNoise::NotStarted),
            ),
            ("sh: nslookup: not found", Some(ExecNoise::NotStarted)),
            ("bash: dig: command not found", Some(ExecNoise::NotStarted)),
            ("Server:\t\t10.0.0.10", None),
            ("Error from server (NotFound): pods \"x\" not found", None),
        ] {
            assert_eq!(exec_noise(text), want, "{text}");
        }
    }
}
