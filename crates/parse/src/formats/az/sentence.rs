//! Lone sentences of the Azure services that manage extensions, Arc-enabled clusters and resources: what
//! people copy out of portals, mails and pipelines, without the error around it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

use crate::formats::log::is_log;
use crate::prim::quotation::is_talked_about;

/// Parts of sentences that only these services say, in small letters.
const SENTENCES: &[&str] = &[
    "response from the agent in time",
    "risposta dall'agente in tempo",
    "risposta dall’agente in tempo",
    "didn't get any results with err",
    "didn’t get any results with err",
    "extension operation failed with the following error",
    "failed to resolve the extension version",
    "extension-immutable-values",
    "multiple extensions of same type",
    "multiple extensions of the same type",
    "creating custom resources needed by system extensions",
    "payment instrument(s) is not supported",
    "is not to be sold in market",
    "not accepted the legal terms on this subscription",
    "extension failed to deploy with internal server error",
    "does not have authorization to perform action",
    "is not registered to use namespace",
    "access denied: 'write' operation is not allowed",
    "access denied: 'delete' operation is not allowed",
    "access denied: 'read' operation is not allowed",
    "following scope(s) are locked",
    "was disallowed by policy",
    "codice errore: 403, messaggio",
    "unable to pull msi certificate",
    "your msi certificate has expired",
    "unable to pull kube aad proxy certificate",
    "unable to create kube-aad-proxy deployment",
    "issue with the dns resolution on your cluster",
    "issue with outbound network connectivity",
    "no agent is connected in the target arc resource",
    "older agent version that is not supported",
    "azure arc agents are in pending state",
    "azure arc agents are not in running state",
    "agents in the azure arc are not fully run",
    "unable to pull cluster-diagnostic-checks helm chart",
    "list: failed to list: secrets is forbidden: user ",
    "vm has reported a failure when processing extension",
    "unable to establish outbound connection from agents",
    "azure.bearerauthorizer#withauthorization: failed to refresh the token",
    "aadsts7000222: ",
    "aadsts7000215: ",
    "could not create a role assignment for ",
    "unable to verify connectivity to the kubernetes cluster",
];

/// Sentences with something in between: a part that stands in each, and the whole.
const WITH_GAPS: &[(&str, &str)] = &[
    ("while doing the operation", r"occurred while doing the operation ?: ?[\[{]"),
    ("is not registered in region", "extension type .{1,80} is not registered in region"),
    (
        "this traffic is not authorized",
        r"error ?code: 403,? message:? this traffic is not authorized",
    ),
    ("response code 000", "^(error: )?(outbound network connectivity check.*)?response code 000"),
];

/// Finds the sentences, then the parts of those with gaps.
static PARTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let parts = SENTENCES.iter().copied().chain(WITH_GAPS.iter().map(|(part, _)| *part));
    // The kind that is built fastest: many bundles hold a few lines for it, none holds many.
    let kind = Some(AhoCorasickKind::NoncontiguousNFA);
    AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(parts).ok()
});

static WHOLE: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let patterns = WITH_GAPS.iter().map(|(_, pattern)| format!("(?i){pattern}"));
    patterns.map(|pattern| Regex::new(&pattern).ok()).collect()
});

fn is_known(text: &str) -> bool {
    let Some(parts) = &*PARTS else { return false };
    parts.find_iter(text).any(|found| {
        match found.pattern().as_usize().checked_sub(SENTENCES.len()) {
            None => true,
            Some(gapped) => {
                WHOLE.get(gapped).and_then(Option::as_ref).is_some_and(|whole| whole.is_match(text))
            }
        }
    })
}

/// True for a text in which these services say something.
pub(super) fn is_said(text: &str) -> bool {
    (24..LONGEST).contains(&text.len()) && is_known(text)
}

/// Longest line that is asked for a sentence, in bytes.
const LONGEST: usize = 16 * 1024;

/// True for a sentence of these services that is no line of a log and no part of a structured text.
pub(super) fn is_of_service(text: &str) -> bool {
    let text = text.trim();
    // The service puts braces around what helm says; no JSON begins so.
    let said =
        text.strip_prefix('{').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let text = said.unwrap_or(text);
    !text.starts_with(['{', '[', '"', '\'', '<'])
        && is_said(text)
        && !is_log(text)
        && !is_talked_about(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_known_in_any_case() {
        assert!(PARTS.is_some() && WHOLE.iter().all(Option::is_some));
        for (text, known) in [
            ("Unabled to get a response from the Agent in time", true),
            ("Response code 000: Outbound is not working", true),
            ("Extension type microsoft.flux is not registered in region westus", true),
            ("The type is not registered in region westus, it says", false),
            ("Resource 'aks-managed-x' was disallowed by policy.", true),
            ("E1121 10:00:00.000000 1 x.go:1] Resource 'x' was disallowed by policy.", false),
            ("\"message\": \"Resource 'x' was disallowed by policy.\"", false),
            ("The agent answered in time, and everything is well.", false),
        ] {
            assert_eq!(is_of_service(text), known, "{text}");
        }
    }
}
