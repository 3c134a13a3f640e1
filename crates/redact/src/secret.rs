//! Secrets: keys, certificates, and the data of Secret objects. They are masked, nothing stands for them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What stands where a secret stood.
const MASK: &str = "***";

static PEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u)(-----BEGIN [A-Z0-9 ]{1,40}-----)([A-Za-z0-9+/=\\rn\s]*?)(-----END [A-Z0-9 ]{1,40}-----)").ok()
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
            format!("{}{}{}", part(found, 1), covered(part(found, 2)), part(found, 3))
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

/// Returns the body of a key or certificate with every line masked and indented as it was.
fn covered(body: &str) -> String {
    if !body.contains('\n') {
        return MASK.to_owned();
    }
    each_line(body, |line| {
        let (blanks, rest) = line.split_at(line.len() - line.trim_start().len());
        format!("{blanks}{}", if rest.is_empty() { "" } else { MASK })
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

/// Masks a value, or a whole line, that is nothing but long base64: of a key that was cut, too.
fn encoded(line: &str, masked: &mut u64) -> String {
    if line.len() < 26 {
        return line.to_owned();
    }
    let value = line.trim();
    if value.len() >= 40 && is_mixed(value) && value.bytes().all(is_base64) {
        *masked += 1;
        let blanks = line.len() - line.trim_start().len();
        return format!("{}{MASK}", " ".repeat(blanks));
    }
    let Some(pattern) = &*ENCODED else { return line.to_owned() };
    let with = |found: &Captures<'_>| {
        if !is_mixed(part(found, 2)) {
            return part(found, 0).to_owned();
        }
        *masked += 1;
        format!("{}{MASK}{}", part(found, 1), part(found, 3))
    };
    pattern.replace_all(line, with).into_owned()
}

/// True for text with digits and with letters of both cases, as base64 has and words have not.
fn is_mixed(text: &str) -> bool {
    let has = |of: fn(&u8) -> bool| text.bytes().any(|byte| of(&byte));
    has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
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
    // The object that was looked at last, for each column: many lines say `data:`, few begin an object.
    let mut objects: HashMap<usize, (Range<usize>, bool)> = HashMap::new();
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let word = line.trim_start().trim_start_matches("- ").trim_matches(['"', ' ']);
        if ["data:", "stringData:", "data\": {", "stringData\": {"].contains(&word) {
            let column = indent(line);
            let known = objects.get(&column).filter(|(range, _)| range.contains(&index));
            let known = known.map(|(_, is_secret)| *is_secret);
            let is_secret = known.unwrap_or_else(|| {
                let found = object(&lines, index);
                let is_secret = found.1;
                objects.insert(column, found);
                is_secret
            });
            if is_secret {
                let inside = lines.get(index + 1..).unwrap_or_default().iter();
                let deeper = |line: &&&str| line.trim().is_empty() || indent(line) > column;
                let count = inside.take_while(deeper).count();
                secret.iter_mut().skip(index + 1).take(count).for_each(|flag| *flag = true);
                index += count;
            }
        }
        index += 1;
    }
    secret
}

/// Returns the lines of the object that a line is a key of, and whether a key beside it says `kind: Secret`.
fn object(lines: &[&str], key: usize) -> (Range<usize>, bool) {
    let column = lines.get(key).map_or(0, |line| indent(line));
    let is_item = |line: &str| line.trim_start().starts_with("- ") && indent(line) == column;
    let ends =
        |line: &str| !line.trim().is_empty() && (indent(line) < column || line.trim() == "---");
    let behind = lines.get(key + 1..).unwrap_or_default().iter();
    let end = key + 1 + behind.take_while(|line| !ends(line) && !is_item(line)).count();
    // Upwards to the line with the dash of this item, which belongs to it.
    let mut start = key;
    while let Some(line) = lines.get(start)
        && !is_item(line)
        && let Some(above) = start.checked_sub(1)
        && lines.get(above).is_some_and(|line| !ends(line))
    {
        start = above;
    }
    let says = |line: &&str| {
        let word = line.trim_start().trim_start_matches("- ").trim_end().trim_end_matches(',');
        indent(line) == column && matches!(word, "kind: Secret" | "\"kind\": \"Secret\"")
    };
    (start..end, lines.get(start..end).unwrap_or_default().iter().any(says))
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
    fn a_flood_of_data_takes_no_longer_than_its_bytes() {
        let flood = "kind: Secre\ndata:\nSecret\n".repeat(100_000);
        assert_eq!(masked(&flood), flood);
    }

    #[test]
    fn keys_and_certificates_go_and_lines_stay() {
        let pem = "a\n-----BEGIN CERTIFICATE-----\nMIIC\nAAAA\n-----END CERTIFICATE-----\nb\n";
        let clean = masked(pem);
        assert!(!clean.contains("MIIC") && clean.ends_with("\nb\n"), "{clean}");
        assert_eq!(clean.lines().count(), pem.lines().count());
        let block =
            "  ca: |\n    -----BEGIN CERTIFICATE-----\n    MIIC\n    -----END CERTIFICATE-----\n";
        assert_eq!(masked(block), block.replace("MIIC", "***"));
        let cut = "-----BEGIN PRIVATE KEY-----\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n(cut)\n";
        assert!(masked(cut).ends_with("-----\n  ***\n(cut)\n"), "{}", masked(cut));
        let line = r#"x: "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n""#;
        assert!(!masked(line).contains("MIIE"));
        let ca = "    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUU2\n";
        assert_eq!(masked(ca), "    certificate-authority-data: ***\n");
        let kept = "reason: ThisIsOneLongReasonOfTheSystemItself\n";
        assert_eq!(masked(kept), kept);
    }
}
