//! The command that printed a section, as far as the capture tells.

/// A command line read from a prompt, a file name or a bundle layout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// Program without path and extension (`kubectl` also for its aliases, `helm`, `az`, `nslookup`).
    pub tool: String,
    /// First words behind the program (`get`, `describe`, `k8s-extension show`).
    pub verb: String,
    /// Resource as typed, singular or plural (`po`, `pods`, `deploy/web` gives `deploy`).
    pub resource: Option<String>,
    /// Object name, when the command names one.
    pub name: Option<String>,
    /// Value of `-n`/`--namespace`.
    pub namespace: Option<String>,
    /// True for `-A`/`--all-namespaces`.
    pub all_namespaces: bool,
    /// Value of `-c`/`--container`.
    pub container: Option<String>,
    /// True when a selector, a name or a filter makes the output a part of the list.
    pub filtered: bool,
    /// Value of `-o`/`--output`.
    pub output: Option<String>,
    /// True for `-p`/`--previous` of `kubectl logs`.
    pub previous: bool,
    /// Command run inside the pod (`kubectl exec … -- nslookup x`), split into words.
    pub inner: Vec<String>,
    /// The whole line as typed, without the prompt.
    pub line: String,
    /// The prompt in front of it (`root@web-1:/#`, `PS C:\Users\anna>`), if it was read from a transcript.
    pub prompt: Option<String>,
}
