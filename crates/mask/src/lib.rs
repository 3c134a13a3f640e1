//! Secrets and terminal escapes never reach an output: every captured text that is shown passes here.
//!
//! What is masked: private keys, tokens, passwords, keys and signatures behind the words that introduce
//! them. What stays: sentences that only speak of secrets, and their names.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use regex::Regex;

/// What stands where a secret stood.
const MASK: &str = "***";

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
        if !self.words.iter().any(|word| contains(text, word)) {
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
    &["password=", "passwd=", "pwd=", "secret=", "token=", "key=", "credential"];

/// Words inside a quoted key, or before a colon, that introduce a secret.
const QUOTED: &[&str] = &["password", "passwd", "pwd", "secret", "token", "key", "auth"];

/// Ends of the names of variables whose values are secrets.
const VARIABLES: &[&str] = &["token:", "secret:", "_key:", "token=", "secret=", "_key="];

/// How tokens of well-known services begin.
const KNOWN: &[&str] = &[
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xox",
    "akia",
    "aiza",
    "npm_",
    "hvs.",
];

/// Prose such as `failed to fetch anonymous token: unexpected status` and names of secrets are no secrets: a colon
/// alone only introduces one behind a word for a password, or the name of a variable. Classes are those of ASCII.
static SECRETS: [Secret; 19] = [
    Secret::new(&["private key"], r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*)", "***"),
    // The same, and certificates, in base64.
    Secret::new(&["ls0tls1crudjti"], r"LS0tLS1CRUdJTi[A-Za-z0-9+/=]+", "***"),
    // Keys of storage accounts.
    Secret::new(&["=="], r"(?-u:\b)[A-Za-z0-9+/]{86}==", "***"),
    Secret::new(
        &["eyj"],
        r"(?-u:\b)eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]+(\.[0-9A-Za-z_-]*)?",
        "***",
    ),
    Secret::new(
        KNOWN,
        r"(?-u:\b)(?:gh[oprsu]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,}|glpat-[0-9A-Za-z_-]{16,}|xox[abeprs]-[0-9A-Za-z-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|npm_[0-9A-Za-z]{30,}|hvs\.[0-9A-Za-z_-]{20,})",
        "***",
    ),
    Secret::new(
        &["bearer", "basic"],
        r"(?-u:\b)((?i:bearer|basic))[ \t]+[0-9A-Za-z_.~+/=-]{12,}",
        "$1 ***",
    ),
    // A password may hold an at sign, and stand without a user.
    Secret::new(&["://"], r"(://[^/\s:@]*:)[^/\s]+@", "${1}***@"),
    Secret::new(&["sig="], r"((?i:[?&;\s]sig=))[^&\s\x22']+", "${1}***"),
    Secret::new(
        &[".docker"],
        r"((?i:\.docker(?:configjson|cfg)[\x22']?\s*[:=]\s*[\x22']?))[^\s\x22']+",
        "${1}***",
    ),
    Secret::new(
        ASSIGNED,
        r"(?i)((?:password|passwd|pwd|secret|token|credentials?|(?:api|account|access|private|secret|master|instrumentation)[_-]?key)=\\?[\x22']?)[^\s\x22',;&<\\][^\s\x22',;&\\]*",
        "${1}***",
    ),
    Secret::new(
        QUOTED,
        r"(?i)([\x22'][0-9a-z_.-]*(?:password|passwd|secret|token|(?:api|account|access|private|secret|master)[_-]?key|auth)\\?[\x22']\s*:\s*\\?[\x22'])[^\x22'\\]+",
        "${1}***",
    ),
    // The value may be a block below its key.
    Secret::new(
        QUOTED,
        r"(?i)((?-u:\b)[0-9a-z_.-]*(?:password|passwd|pwd|client_?secret|(?:access|auth|api|bearer|refresh|identity|id|sas|session)[_-]?token|(?:api|account|access|private|secret|master)[_-]?key)[ \t]*:[ \t]*(?:[|>][+-]?[ \t]*\n[ \t]*)?)[^\s\x22',;<][^\s\x22',;]*",
        "${1}***",
    ),
    Secret::new(
        VARIABLES,
        r"((?-u:\b)[A-Z0-9_]*(?:TOKEN|SECRET|_KEY)[:=][ \t]*)[^\s\x22',;<][^\s\x22',;]*",
        "${1}***",
    ),
    // Name and value of a variable in a manifest, or of one of several passwords of a registry.
    Secret::new(
        &["value"],
        r"(?i)(name\\?[\x22']?:\s*\\?[\x22']?[0-9a-z_.-]*(?:password|passwd|pwd|secret|token|_key|apikey|connection_?string)[0-9]*\\?[\x22']?\s*,?\s*\\?[\x22']?value\\?[\x22']?:\s*\\?[\x22']?)[^\x22'\\\s][^\x22'\\\n]*",
        "${1}***",
    ),
    // Options of a command line as it was typed, as a list of words, or as lines of one.
    Secret::new(
        &["--"],
        r"(?i)((?:\A|[\s\x22'\[(,=])--[0-9a-z_-]*(?:password|passwd|client-secret|(?:account|api|access|secret)-key|token)(?:\\?[\x22']\s*,\s*\\?[\x22']|\s+(?:-\s+)?[\x22']?))[^\s\x22'\\]+",
        "${1}***",
    ),
    Secret::new(&["login "], r"((?i:\blogin\b)[^\n]*\s-p\s+[\x22']?)[^\s\x22']+", "${1}***"),
    Secret::new(&["sshpass"], r"(sshpass\s+-p\s*[\x22']?)[^\s\x22']+", "${1}***"),
    Secret::new(
        &["-u ", "--user"],
        r"((?:\A|[\s\x22'])(?:-u|--user)[ =]+[\x22']?[^\s:\x22'/]+:)[^\s\x22']+",
        "${1}***",
    ),
    // What a command was asked to make a secret of.
    Secret::new(
        &["from-literal"],
        r"(--from-literal[ =][\x22']?[^\s=\x22']+=)[^\s\x22']+",
        "${1}***",
    ),
];

/// Names of values that are secrets as a whole.
static NAMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?:password|passwd|pwd|secret|token|(?:api|account|access|private)[_-]?key|connection[_-]?string|credentials?|\.docker(?:configjson|cfg))$",
    )
    .ok()
});

static ESCAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)").ok()
});

/// Returns `text` without secrets; everything else of it stays as it is.
pub fn secrets(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for secret in &SECRETS {
        if let Some(masked) = secret.mask(&text) {
            text = Cow::Owned(masked);
        }
    }
    text
}

/// Returns the value called `name` without secrets: nothing of it where the name says that it is one
/// (`POSTGRES_PASSWORD`), else as [`secrets`] does.
pub fn named<'t>(name: &str, text: &'t str) -> Cow<'t, str> {
    // What a pull secret is called is no secret.
    let is_secret = NAMES.as_ref().is_some_and(|names| names.is_match(name))
        && !name.to_ascii_lowercase().contains("pull");
    if is_secret && !text.is_empty() { Cow::Borrowed(MASK) } else { secrets(text) }
}

/// Returns `text` without secrets and without control characters other than tab and line end.
pub fn clean(text: &str) -> String {
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
    secrets(&text).into_owned()
}

/// True if `text` contains `part`, which is in small letters, in letters of any size.
fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(&first) = part.first() else { return true };
    let places = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text);
    places.into_iter().any(|start| {
        text.get(start..start + part.len()).is_some_and(|found| found.eq_ignore_ascii_case(part))
    })
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
            ("  tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t", "  tls.key: ***"),
            ("az acr login -n contoso -u x -p hunter2", "az acr login -n contoso -u x -p ***"),
            ("az login --client-secret hunter2 -t y", "az login --client-secret *** -t y"),
            ("kubectl --token hunter2 get pods", "kubectl --token *** get pods"),
            ("redis://:hunter2@cache:6379", "redis://:***@cache:6379"),
            ("postgres://web:a@hunter2@db/shop", "postgres://web:***@db/shop"),
            ("- --db-password\n- hunter2", "- --db-password\n- ***"),
            (r#"["--token", "hunter2"]"#, r#"["--token", "***"]"#),
            ("- name: DB_PASSWORD\n  value: hunter2 x\n", "- name: DB_PASSWORD\n  value: ***\n"),
            ("adminPassword: |\n  hunter2", "adminPassword: |\n  ***"),
            ("      API_TOKEN:  hunter2", "      API_TOKEN:  ***"),
            ("curl -u admin:hunter2 https://x", "curl -u admin:*** https://x"),
            ("--from-literal=config=hunter2", "--from-literal=config=***"),
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
            "kubectl create secret docker-registry acr-secret -n shop",
            "      DB_PASSWORD:  <set to the key 'password' in secret 'db'>  Optional: false",
            "        - name: DB_PASSWORD\n          valueFrom:\n            secretKeyRef:\n              key: password\n              name: db",
            "      key: node.kubernetes.io/not-ready",
            "az aks get-credentials --resource-group rg --name aks --public-fqdn",
            "docker run -u web --token-file /x y",
            "invalid access token: expired",
            "    privateKey:\n      rotationPolicy: Always",
            "http://10.0.0.10:53 refused, user@contoso.example",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn names_tell_of_secrets() {
        for name in ["POSTGRES_PASSWORD", "clientSecret", "secret", "api-key", "connectionString"] {
            assert_eq!(named(name, "hunter2"), "***", "{name}");
        }
        for name in ["", "imagePullSecret", "pull-secret", "secretName", "tokenizer", "keys"] {
            assert_eq!(named(name, "acr"), "acr", "{name}");
        }
        assert_eq!(named("note", "password: x"), "password: ***");
    }
}
