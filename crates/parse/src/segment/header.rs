//! Lines that name the command whose output follows, without a prompt.
//!
//! `=== kubectl get pods ===`, `--- kubectl describe pod x ---`, `Running: kubectl get pods`,
//! `Every 2.0s: kubectl get pods   host: date`, `[kubectl get pods]`, a bare `kubectl get pods -A`, and
//! `┌── Pods(shop)[3] ──┐` above a list in k9s.

use std::sync::LazyLock;

use kubetriage_model::Command;
use memchr::memmem::Finder;

use super::command;

/// Longest line that is asked for a command.
const LONGEST: usize = 4096;
/// Words in front of a command in home-made captures, lower case, without the colon.
const WORDS: &[&str] = &[
    "command",
    "cmd",
    "running",
    "run",
    "executing",
    "exec",
    "output of",
    "output from",
    "output",
    "result of",
    "results of",
    "collecting",
    "execute",
];

/// Names of programs, anywhere in a header.
static NAMES: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["kube", "helm ", "nslookup", "az "].map(Finder::new));

/// Returns the command that `line` announces.
pub(super) fn announced(line: &str) -> Option<Command> {
    if line.len() > LONGEST {
        return None;
    }
    if let Some(screen) = screen_of_k9s(line) {
        return Some(screen);
    }
    if !may_announce(line) {
        return None;
    }
    let line = line.trim();
    if let Some(screen) = line.strip_prefix("Every ") {
        return watched(screen);
    }
    if let Some(command) = command::recognize_bare(line) {
        return Some(command);
    }
    let bare = line.trim_matches(is_sign);
    let typed = behind_words(bare).unwrap_or(bare);
    // The decoration is what makes it a header; a sentence has none.
    if typed.len() == line.len() {
        return None;
    }
    command::recognize_bare(typed.trim_matches(is_sign))
}

/// Reads `┌─── Pods(shop)[3] ───┐`, the upper border of a list in k9s: resource, namespace, count.
pub(super) fn screen_of_k9s(line: &str) -> Option<Command> {
    let line = line.trim();
    let drawn = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || c == ' ';
    let title = Some(line).filter(|line| line.starts_with(['┌', '╭']))?.trim_matches(drawn);
    let (resource, rest) = title.split_once('(')?;
    let (namespace, count) = rest.split_once(")[")?;
    let namespace = namespace.split('/').next()?;
    let word = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
    };
    let counted = count.strip_suffix(']').is_some_and(|count| count.parse::<u32>().is_ok());
    (counted && word(resource) && word(namespace)).then(|| Command {
        tool: "kubectl".to_owned(),
        verb: "get".to_owned(),
        resource: Some(resource.to_ascii_lowercase()),
        namespace: Some(namespace.to_owned()).filter(|name| name != "all"),
        all_namespaces: namespace == "all",
        // A screen shows what fits.
        filtered: true,
        line: title.to_owned(),
        ..Command::default()
    })
}

/// True for signs that decorate a header.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '=' | '-'
            | '*'
            | '#'
            | '+'
            | '<'
            | '>'
            | '['
            | ']'
            | '~'
            | '_'
            | ':'
            | '`'
            | '"'
            | '\''
            | ' '
            | '|'
            | '!'
    )
}

/// Returns true when a known program may stand in the line: what keeps big texts fast.
fn may_announce(line: &str) -> bool {
    let head = line.as_bytes().get(..line.len().min(120)).unwrap_or_default();
    let bare = line.trim_start_matches(is_sign);
    ["k ", "oc ", "dig ", "host "].iter().any(|name| bare.starts_with(name))
        || NAMES.iter().any(|name| name.find(head).is_some())
}

/// watched = seconds "s: " command "   " host ": " date
fn watched(screen: &str) -> Option<Command> {
    let (_, rest) = screen.split_once(": ")?;
    let typed = rest.find("   ").and_then(|end| rest.get(..end)).unwrap_or(rest);
    command::recognize(typed)
}

fn behind_words(line: &str) -> Option<&str> {
    WORDS.iter().find_map(|word| {
        let head = line.get(..word.len())?;
        let rest = line.get(word.len()..)?;
        let colon = rest.starts_with([':', ' ']);
        (colon && head.eq_ignore_ascii_case(word)).then(|| rest.trim_matches(is_sign))
    })
}

#[cfg(test)]
mod tests {
    use super::announced;

    #[test]
    fn headers_name_a_command() {
        for line in [
            "kubectl get pods -A",
            "=== kubectl get pods ===",
            "--- kubectl get pods ---",
            "## kubectl get pods",
            "`kubectl get pods`",
            "[kubectl get pods]",
            "Running: kubectl get pods",
            "Output of kubectl get pods:",
            "Every 2.0s: kubectl get pods        jump-01: Sat Nov 21 20:36:21 2026",
            "***** Command: kubectl get pods *****",
        ] {
            let command = announced(line).unwrap_or_default();
            assert_eq!(
                (command.tool.as_str(), command.verb.as_str()),
                ("kubectl", "get"),
                "{line}"
            );
        }
    }

    #[test]
    fn the_title_of_a_screen_names_its_namespace() {
        let screen = announced("┌──────── Pods(shop)[3] ────────┐").unwrap_or_default();
        assert_eq!(
            (screen.resource.as_deref(), screen.namespace.as_deref()),
            (Some("pods"), Some("shop"))
        );
        let all = announced("╭──── Deployments(all)[12] ─────╮").unwrap_or_default();
        assert!(all.all_namespaces && all.namespace.is_none() && all.filtered);
        assert_eq!(announced("┌──── Describe(shop/web-0) ─────┐"), None);
    }

    #[test]
    fn sentences_announce_nothing() {
        for line in [
            "Run the following command:",
            "kubectl",
            "the output of kubectl is below",
            "=== pods ===",
            "--- a/file",
        ] {
            assert_eq!(announced(line), None, "{line}");
        }
    }
}
