//! Secrets and terminal escapes never reach an output: every excerpt and kept value passes here.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use crate::signal::contains;

/// One form of a secret.
struct Secret {
    /// Words of which a text with such a secret carries at least one, in small letters. Compiling all patterns
    /// costs more than reading a small bundle, and most captures hold no secret.
    words: &'static [&'static str],
    pattern: &'static str,
    /// What stands in its place.
    kept: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Secret {
    const fn new(
        words: &'static [&'static str],
        pattern: &'static str,
        kept: &'static str,
    ) -> Self {
        Self { words, pattern, kept, compiled: OnceLock::new() }
    }

    /// Masks secrets of this form; none if there is nothing to mask.
    fn mask(&self, text: &str) -> Option<String> {
        if !self.words.iter().any(|word| contains(text, word, false)) {
            return None;
        }
        let regex = self.compiled.get_or_init(|| Regex::new(self.pattern).ok()).as_ref()?;
        match regex.replace_all(text, self.kept) {
            Cow::Owned(masked) => Some(masked),
            Cow::Borrowed(_) => None,
        }
    }
}

/// Words before `=` that introduce a secret.
const ASSIGNED: &[&str] =
    &["password=", "passwd=", "pwd=", "secret=", "token=", "key=", "credential="];

/// Words inside a quoted key that introduce a secret.
const QUOTED: &[&str] = &["password", "passwd", "pwd", "secret", "token", "key", "auth"];

/// Prose such as `failed to fetch anonymous token: unexpected status` and names of secrets are no secrets: a colon
/// alone only introduces one behind a word for a password. Classes are those of ASCII.
static SECRETS: [Secret; 9] = [
    Secret::new(&["private key"], r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*)", "***"),
    Secret::new(
        &["eyj"],
        r"(?-u:\b)eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]*)?",
        "***",
    ),
    Secret::new(
        &["bearer", "basic"],
        r"(?-u:\b)((?i:bearer|basic))[ \t]+[0-9A-Za-z_.~+/=-]{12,}",
        "$1 ***",
    ),
    Secret::new(&["://"], r"(://[^/\s:@]+:)[^/\s@]+@", "${1}***@"),
    Secret::new(&["sig="], r"((?i:[?&;\s]sig=))[^&\s\x22']+", "${1}***"),
    Secret::new(
        &[".docker"],
        r"((?i:\.docker(?:configjson|cfg)[\x22']?\s*[:=]\s*[\x22']?))[^\s\x22']+",
        "${1}***",
    ),
    Secret::new(
        ASSIGNED,
        r"(?i)((?:password|passwd|pwd|secret|token|api[_-]?key|account-?key|access-?key|credential)=[\x22']?)[^\s\x22',;&]+",
        "${1}***",
    ),
    Secret::new(
        QUOTED,
        r"(?i)([\x22'][0-9a-z_.-]*(?:password|passwd|secret|token|api[_-]?key|accountkey|accesskey|auth)\\?[\x22']\s*:\s*\\?[\x22'])[^\x22'\\]+",
        "${1}***",
    ),
    Secret::new(
        QUOTED,
        r"(?i)((?-u:\b)[0-9a-z_.-]*(?:password|passwd|pwd|client_?secret|api_?key|account_?key)\s*:\s*)[^\s\x22',;]+",
        "${1}***",
    ),
];

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
    for secret in &SECRETS {
        if let Some(masked) = secret.mask(&text) {
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
