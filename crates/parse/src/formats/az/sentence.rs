//! Lone sentences of the Azure services that manage extensions, Arc-enabled clusters and resources: what
//! people copy out of portals, mails and pipelines, without the error around it.

use std::sync::LazyLock;

use regex::RegexSet;

use crate::formats::log::is_log;

/// Parts of sentences that only these services say.
const SENTENCES: &[&str] = &[
    "response from the agent in time",
    "risposta dall.agente in tempo",
    "didn.t get any results with err",
    r"occurred while doing the operation ?: ?[\[{]",
    "extension operation failed with the following error",
    "failed to resolve the extension version",
    "extension type .{1,80} is not registered in region",
    "extension-immutable-values",
    "multiple extensions of (the )?same type",
    "creating custom resources needed by system extensions",
    r"payment instrument\(s\) is not supported",
    "is not to be sold in market",
    "not accepted the legal terms on this subscription",
    "extension failed to deploy with internal server error",
    "does not have authorization to perform action",
    "is not registered to use namespace",
    "access denied: '(write|delete|read)' operation is not allowed",
    r"following scope\(s\) are locked",
    "was disallowed by policy",
    r"error ?code: 403,? message:? this traffic is not authorized",
    "codice errore: 403, messaggio",
    "unable to pull msi certificate",
    "your msi certificate has expired",
    "unable to pull kube aad proxy certificate",
    "unable to create kube-aad-proxy deployment",
    "issue with the dns resolution on your cluster",
    "issue with outbound network connectivity",
    "^(outbound network connectivity check.*|error: )?response code 000",
    "no agent is connected in the target arc resource",
    "older agent version that is not supported",
    "azure arc agents are in pending state",
    "unable to pull cluster-diagnostic-checks helm chart",
    "list: failed to list: secrets is forbidden: user ",
];

static KNOWN: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = SENTENCES.iter().map(|sentence| format!("(?i){sentence}"));
    RegexSet::new(patterns).unwrap_or_default()
});

/// Longest line that is asked for a sentence, in bytes.
const LONGEST: usize = 16 * 1024;

/// True for a sentence of these services that is no line of a log and no part of a structured text.
pub(super) fn is_of_service(text: &str) -> bool {
    let text = text.trim();
    (24..LONGEST).contains(&text.len())
        && !text.starts_with(['{', '[', '"', '\'', '<'])
        && KNOWN.is_match(text)
        && !is_log(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_known_in_any_case() {
        assert_eq!(KNOWN.len(), SENTENCES.len());
        for (text, known) in [
            ("Unabled to get a response from the Agent in time", true),
            ("Response code 000: Outbound is not working", true),
            ("Resource 'aks-managed-x' was disallowed by policy.", true),
            ("E1121 10:00:00.000000 1 x.go:1] Resource 'x' was disallowed by policy.", false),
            ("\"message\": \"Resource 'x' was disallowed by policy.\"", false),
            ("The agent answered in time, and everything is well.", false),
        ] {
            assert_eq!(is_of_service(text), known, "{text}");
        }
    }
}
