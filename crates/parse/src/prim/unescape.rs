//! Undoing the escapes of JSON and Go strings, leniently.

use std::borrow::Cow;

/// Most levels of escapes that are undone: JSON in JSON in a log line.
const LEVELS: usize = 3;

/// Undoes one level of escapes. An escape that is unknown or cut stays as it is, backslash and all.
pub(crate) fn once(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let (c, len) = escaped(escape).unwrap_or(('\\', 1));
        plain.push(c);
        rest = escape.get(len..).unwrap_or_default();
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Undoes the escapes that are left in a text that was already unescaped once: as long as it holds
/// escaped quotes or `\u` escapes, up to three times.
pub(crate) fn nested(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..LEVELS {
        if !text.contains("\\\"") && !text.contains("\\u00") {
            break;
        }
        text = Cow::Owned(once(&text).into_owned());
    }
    text
}

/// Returns the character that the escape at the start of `text` stands for, and its length in bytes.
fn escaped(text: &str) -> Option<(char, usize)> {
    let c = match *text.as_bytes().get(1)? {
        b'"' => '"',
        b'\'' => '\'',
        b'\\' => '\\',
        b'/' => '/',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode(text),
        _ => return None,
    };
    Some((c, 2))
}

/// unicode = "\u" hex{4} ("\u" hex{4})?
fn unicode(text: &str) -> Option<(char, usize)> {
    let high = hex(text.get(2..6)?)?;
    if let Some(c) = char::from_u32(high) {
        return Some((c, 6));
    }
    let low = text.get(6..12).and_then(|next| next.strip_prefix("\\u")).and_then(hex)?;
    let joined = 0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
    char::from_u32(joined).map(|c| (c, 12))
}

fn hex(digits: &str) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{nested, once};

    #[test]
    fn escapes_are_undone_and_unknown_ones_kept() {
        for (escaped, plain) in [
            (r#"a \"b\" c"#, r#"a "b" c"#),
            (r"{\u003cnil\u003e}", "{<nil>}"),
            (r"Post \https://x", r"Post \https://x"),
            (r"a\nb", "a\nb"),
            (r"\ud83d\ude00", "\u{1f600}"),
            (r"\ud83d", r"\ud83d"),
            ("cut \\", "cut \\"),
            ("cut \\u00", "cut \\u00"),
        ] {
            assert_eq!(once(escaped), plain, "{escaped}");
        }
        assert_eq!(nested(r#"a \\\"b\\\" \u003c"#), r#"a "b" <"#);
        assert_eq!(nested(r"C:\new\table"), r"C:\new\table");
    }
}
