//! Secrets: keys, certificates, and the data of Secret objects. They are masked, nothing stands for them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands where a secret stood.
const MASK: &str = "***";

static PEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)(-----BEGIN [A-Z0-9 ]{1,40}-----)[A-Za-z0-9+/=\\rn\s]*?(-----END [A-Z0-9 ]{1,40}-----)").ok()
});

static ENCODED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?-u)([:=]\s?\\?["']?)([A-Za-z0-9+/]{24,}={0,2})(\\?["']?,?\s*$|\\?["'])"#).ok()
});

static ENTRY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^(\s*(?:- )?"?[A-Za-z0-9._-]+"?:\s+"?)([^"\s{\[|>][^"]*?)("?,?)$"#).ok()
});

static STRUCTURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^\s*(?:"?[A-Za-z0-9._-]+"?:\s*(?:[|>][+-]?|\{|\[|\{\},?|"",?)?|[\]}{\[,]*)\s*$"#)
        .ok()
});

static COMPACT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(\\?"(?:data|stringData)\\?":\s?\{)([^{}]*)(\})"#).ok());

static VALUE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(\\?":\s?\\?")([^"\\]+)"#).ok());

/// Masks what a text holds of keys, certificates and Secret data. `masked` counts them. Lines stay lines.
pub(crate) fn mask(text: &str, masked: &mut u64) -> String {
    let mut text = text.to_owned();
    if text.contains("-----BEGIN ") {
        text = replaced(&PEM, &text, masked, |found| {
            let body = found.get(0).map_or("", |all| all.as_str());
            let lines = "\n".repeat(body.matches('\n').count().saturating_sub(1));
            let part = |index| found.get(index).map_or("", |part| part.as_str());
            if lines.is_empty() {
                return format!("{}{MASK}{}", part(1), part(2));
            }
            format!("{}\n{MASK}{lines}{}", part(1), part(2))
        });
    }
    if !text.contains("Secret") {
        return each_line(&text, |line| encoded(line, masked));
    }
    let secret = secret_lines(&text);
    let mut number = 0;
    each_line(&text, |line| {
        number += 1;
        let is_data = secret.get(number - 1).copied().unwrap_or(false);
        if is_data {
            return entry(line, masked);
        }
        let is_compact = line.contains("\"Secret") || line.contains("\"Secret\\");
        if is_compact {
            let line = compact(line, masked);
            return encoded(&line, masked);
        }
        encoded(line, masked)
    })
}

/// Masks one line of the data of a Secret: a value, or a line of one that has several.
fn entry(line: &str, masked: &mut u64) -> String {
    let before = *masked;
    let clean = replaced(&ENTRY, line, masked, |found| {
        format!("{}{MASK}{}", part(found, 1), part(found, 3))
    });
    let is_structure = STRUCTURE.as_ref().is_some_and(|pattern| pattern.is_match(line));
    if *masked > before || is_structure {
        return clean;
    }
    *masked += 1;
    let blanks = line.len() - line.trim_start().len();
    format!("{}{MASK}", " ".repeat(blanks))
}

fn part<'t>(found: &Captures<'t>, index: usize) -> &'t str {
    found.get(index).map_or("", |part| part.as_str())
}

fn replaced(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    masked: &mut u64,
    with: impl Fn(&Captures<'_>) -> String,
) -> String {
    let Some(pattern) = &**pattern else { return text.to_owned() };
    let all = |found: &Captures<'_>| {
        *masked += 1;
        with(found)
    };
    pattern.replace_all(text, all).into_owned()
}

fn each_line(text: &str, mut of: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        out.push_str(&of(line));
        out.push_str(end);
    }
    out
}

/// Masks a value that is nothing but long base64 with digits and letters of both cases.
fn encoded(line: &str, masked: &mut u64) -> String {
    if line.len() < 26 {
        return line.to_owned();
    }
    let Some(pattern) = &*ENCODED else { return line.to_owned() };
    let with = |found: &Captures<'_>| {
        let value = part(found, 2);
        let has = |of: fn(&char) -> bool| value.chars().any(|c| of(&c));
        let mixed = has(char::is_ascii_uppercase)
            && has(char::is_ascii_lowercase)
            && has(char::is_ascii_digit);
        if !mixed {
            return part(found, 0).to_owned();
        }
        *masked += 1;
        format!("{}{MASK}{}", part(found, 1), part(found, 3))
    };
    pattern.replace_all(line, with).into_owned()
}

/// Masks the values of `"data":{…}` on a line that holds a Secret in compact JSON, escaped or not.
fn compact(line: &str, masked: &mut u64) -> String {
    let clean = replaced(&COMPACT, line, &mut 0, |found| {
        let values =
            replaced(&VALUE, part(found, 2), &mut 0, |value| format!("{}{MASK}", part(value, 1)));
        format!("{}{values}{}", part(found, 1), part(found, 3))
    });
    let more = clean.matches(MASK).count().saturating_sub(line.matches(MASK).count());
    *masked += u64::try_from(more).unwrap_or(0);
    clean
}

/// Tells for each line whether it is an entry of the `data` of a Secret, in YAML or indented JSON.
fn secret_lines(text: &str) -> Vec<bool> {
    let lines: Vec<&str> = text.lines().collect();
    let mut secret = vec![false; lines.len()];
    // Blocks that are open: indentation, first line of data entries or none, and whether it is a Secret.
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let word = line.trim_start().trim_start_matches("- ").trim_matches(['"', ' ']);
        let is_data = ["data:", "stringData:", "data\": {", "stringData\": {"].contains(&word);
        if is_data && is_secret(&lines, index) {
            let indent = indent(line);
            let inside = lines.get(index + 1..).unwrap_or_default();
            let count = inside
                .iter()
                .take_while(|line| line.trim().is_empty() || crate::secret::indent(line) > indent)
                .count();
            for flag in secret.iter_mut().skip(index + 1).take(count) {
                *flag = true;
            }
            index += count;
        }
        index += 1;
    }
    secret
}

/// True when a line with the same indentation, in the same object, says `kind: Secret`.
fn is_secret(lines: &[&str], data: usize) -> bool {
    let own = lines.get(data).map_or(0, |line| indent(line));
    let says = |line: &&&str| {
        let word = line.trim_start().trim_start_matches("- ").trim_end().trim_end_matches(',');
        matches!(word, "kind: Secret" | "\"kind\": \"Secret\"")
    };
    let is_item = |line: &str| line.trim_start().starts_with("- ") && indent(line) == own;
    let ends = |line: &str| !line.trim().is_empty() && (indent(line) < own || line.trim() == "---");
    let level = |line: &&&str| indent(line) == own;
    let behind = lines.get(data + 1..).unwrap_or_default().iter();
    let mut behind = behind.take_while(|line| !ends(line) && !is_item(line)).filter(level);
    if behind.any(|line| says(&line)) {
        return true;
    }
    // Upwards to the line with the dash of this item, which belongs to it.
    let above = lines.get(..=data).unwrap_or_default().iter().rev().take_while(|line| !ends(line));
    for line in above {
        if level(&line) && says(&line) {
            return true;
        }
        if is_item(line) {
            break;
        }
    }
    false
}

/// Returns the column of the first key of a line; that of a list item is behind its dash.
fn indent(line: &str) -> usize {
    let blanks = line.len() - line.trim_start().len();
    if line.trim_start().starts_with("- ") { blanks + 2 } else { blanks }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        mask(text, &mut 0)
    }

    #[test]
    fn data_of_secrets_goes_and_that_of_config_maps_stays() {
        let yaml = "apiVersion: v1\ndata:\n  password: aHVudGVyMg==\n  x: eA==\nkind: Secret\nmetadata:\n  name: a\n---\ndata:\n  level: info\nkind: ConfigMap\n";
        let clean = masked(yaml);
        assert!(
            clean.contains("  password: ***\n  x: ***\n") && clean.contains("level: info"),
            "{clean}"
        );
        let json = "{\n  \"data\": {\n    \"p\": \"eA==\"\n  },\n  \"kind\": \"Secret\"\n}\n";
        assert_eq!(masked(json), json.replace("eA==", "***"));
        let list = "items:\n- apiVersion: v1\n  data:\n    p: eA==\n  kind: Secret\n- apiVersion: v1\n  data:\n    q: info\n  kind: ConfigMap\n";
        assert_eq!(masked(list), list.replace("eA==", "***"));
        let block = "data:\n  a: |\n    one line\n    two\n  b: \"x y\"\nkind: Secret\n";
        assert_eq!(masked(block), "data:\n  a: |\n    ***\n    ***\n  b: \"***\"\nkind: Secret\n");
        let compact = r#"{"apiVersion":"v1","data":{"p":"eA==","q":"eQ=="},"kind":"Secret"}"#;
        assert_eq!(masked(compact), compact.replace("eA==", "***").replace("eQ==", "***"));
        let escaped = compact.replace('"', "\\\"");
        assert!(!masked(&escaped).contains("eA=="));
    }

    #[test]
    fn keys_and_certificates_go_and_lines_stay() {
        let pem = "a\n-----BEGIN CERTIFICATE-----\nMIIC\nAAAA\n-----END CERTIFICATE-----\nb\n";
        let clean = masked(pem);
        assert!(!clean.contains("MIIC") && clean.ends_with("\nb\n"), "{clean}");
        assert_eq!(clean.lines().count(), pem.lines().count());
        let line = r#"x: "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n""#;
        assert!(!masked(line).contains("MIIE"));
        let ca = "    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUU2\n";
        assert_eq!(masked(ca), "    certificate-authority-data: ***\n");
        let kept = "reason: ThisIsOneLongReasonOfTheSystemItself\n";
        assert_eq!(masked(kept), kept);
    }
}
