//! Secrets and terminal escapes never reach an output: every excerpt and kept value passes here.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// What stands where a secret stood.
const MASK: &str = "***";

/// Pattern, and what of it stays. Prose such as `failed to fetch anonymous token: unexpected status` and
/// names of secrets are no secrets: a colon alone only introduces one behind a word for a password.
static SECRETS: LazyLock<Vec<(Regex, String)>> = LazyLock::new(|| {
    [
        (r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*", MASK.to_owned()),
        (r"\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?", MASK.to_owned()),
        (r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{12,}", format!("$1 {MASK}")),
        (r"(://[^/\s:@]+:)[^/\s@]+@", format!("${{1}}{MASK}@")),
        (r"(?i)([?&;\s]sig=)[^&\s\x22']+", format!("${{1}}{MASK}")),
        (
            r"(?i)(\.docker(?:configjson|cfg)[\x22']?\s*[:=]\s*[\x22']?)[^\s\x22']+",
            format!("${{1}}{MASK}"),
        ),
        (
            r"(?i)((?:password|passwd|pwd|secret|token|api[_-]?key|account-?key|access-?key|credential)=[\x22']?)[^\s\x22',;&]+",
            format!("${{1}}{MASK}"),
        ),
        (
            r"(?i)([\x22'][\w.-]*(?:password|passwd|secret|token|api[_-]?key|accountkey|accesskey|auth)\\?[\x22']\s*:\s*\\?[\x22'])[^\x22'\\]+",
            format!("${{1}}{MASK}"),
        ),
        (
            r"(?i)(\b[\w.-]*(?:password|passwd|pwd|client_?secret|api_?key|account_?key)\s*:\s*)[^\s\x22',;]+",
            format!("${{1}}{MASK}"),
        ),
    ]
    .into_iter()
    .filter_map(|(pattern, kept)| Some((Regex::new(pattern).ok()?, kept)))
    .collect()
});

static ESCAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)").ok()
});

/// Returns `text` without secrets and without control characters other than tab and line end.
pub(crate) fn clean(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    if text.contains('\u{1b}')
        && let Some(escapes) = &*ESCAPES
    {
        text = Cow::Owned(escapes.replace_all(&text, "").into_owned());
    }
    let control = |sign: char| sign.is_control() && sign != '\t' && sign != '\n';
    if text.contains(control) {
        text = Cow::Owned(text.chars().filter(|sign| !control(*sign)).collect());
    }
    for (secret, kept) in &*SECRETS {
        if let Cow::Owned(masked) = secret.replace_all(&text, kept.as_str()) {
            text = Cow::Owned(masked);
        }
    }
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked() {
        for (text, cleaned) in [
            ("Authorization: Bearer abcdefghijklmnop", "Authorization: Bearer ***"),
            ("https://user:s3cret@contoso.azurecr.io", "https://user:***@contoso.azurecr.io"),
            ("x?sv=1&sig=abc%3D&se=2", "x?sv=1&sig=***&se=2"),
            ("AccountKey=abc==;Endpoint=x", "AccountKey=***;Endpoint=x"),
            (r#"{"clientSecret": "abc"}"#, r#"{"clientSecret": "***"}"#),
            ("password: hunter2", "password: ***"),
            (".dockerconfigjson: eyJhdXRocyI6e30=", ".dockerconfigjson: ***"),
            ("\u{1b}[31mred\u{1b}[0m\u{7}", "red"),
        ] {
            assert_eq!(clean(text), cleaned);
        }
    }

    #[test]
    fn errors_that_speak_of_secrets_stay() {
        for text in [
            "failed to fetch anonymous token: unexpected status: 401 Unauthorized",
            "secret \"acr-secret\" not found",
            "Unable to retrieve some image pull secrets (acr-secret)",
            "MountVolume.SetUp failed for volume \"certs\" : secret \"tls\" not found",
        ] {
            assert_eq!(clean(text), text);
        }
    }
}
