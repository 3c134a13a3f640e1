//! Words of command lines.

/// Returns `value` as a part of the command line that begins with `before`: quoted where a shell would make
/// more of it than a word.
pub(crate) fn word(before: &str, value: &str) -> String {
    // No name has a line break, and a command has one line.
    let value: String = value.chars().filter(|sign| !sign.is_control()).collect();
    match open_quote(before) {
        Some('\'') => value.replace('\'', "'\\''"),
        Some(_) => value.chars().flat_map(escaped).collect(),
        None if is_plain(&value) => value,
        None => format!("'{}'", value.replace('\'', "'\\''")),
    }
}

/// Returns the quote that is still open at the end of `text`.
fn open_quote(text: &str) -> Option<char> {
    let mut open = None;
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match (open, sign) {
            (Some('"') | None, '\\') => {
                signs.next();
            }
            (Some(quote), sign) if quote == sign => open = None,
            (None, '"' | '\'') => open = Some(sign),
            _ => {}
        }
    }
    open
}

fn escaped(sign: char) -> impl Iterator<Item = char> {
    let special = matches!(sign, '"' | '\\' | '$' | '`');
    special.then_some('\\').into_iter().chain([sign])
}

/// True for a value that every shell takes as one word; one that begins with a dash would be an option.
fn is_plain(value: &str) -> bool {
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "._-/:@%+=,".contains(sign);
    !value.is_empty() && !value.starts_with('-') && value.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_value_stays_one_word() {
        for (before, value, expected) in [
            ("kubectl logs ", "web-0", "web-0"),
            ("curl https://", "contoso.azurecr.io:443/v2", "contoso.azurecr.io:443/v2"),
            ("kubectl logs ", "web; reboot", "'web; reboot'"),
            ("kubectl logs ", "it's", "'it'\\''s'"),
            ("kubectl logs ", "--server=x", "'--server=x'"),
            ("kubectl logs ", "a\nb", "ab"),
            ("az x --query \"[?name=='", "a\"b$(c)", "a\\\"b\\$(c)"),
            ("echo '", "a'b", "a'\\''b"),
            ("echo 'a' ", "b c", "'b c'"),
        ] {
            assert_eq!(word(before, value), expected, "{before}{value}");
        }
    }
}
