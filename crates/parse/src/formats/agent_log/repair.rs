//! Reading an agent's object whose JSON is broken: the keys are known, so their places tell the values.

use super::line::KEYS;
use crate::prim::unescape;

/// Returns the value of `key` in the broken `object`.
///
/// A value runs from behind `"key": "` to the next known key, or to the end of the object.
pub(super) fn field(object: &str, key: &str) -> Option<String> {
    let (_, start) = place(object, key)?;
    let end = KEYS
        .iter()
        .filter_map(|next| place(object, next))
        .map(|(at, _)| at)
        .filter(|at| *at >= start)
        .min();
    let value = match end {
        Some(end) => object.get(start..end)?.trim_end().trim_end_matches(','),
        None => last_value(object.get(start..)?),
    };
    let value = value.trim();
    let value = value.strip_suffix('"').unwrap_or(value);
    Some(unescape::once(value).into_owned())
}

/// Returns where the key starts (its quote) and where its value starts (behind the opening quote).
fn place(object: &str, key: &str) -> Option<(usize, usize)> {
    memchr::memmem::find_iter(object.as_bytes(), key.as_bytes()).find_map(|at| {
        let quote = at.checked_sub(1)?;
        let escaped = quote.checked_sub(1).and_then(|i| object.as_bytes().get(i)) == Some(&b'\\');
        if object.as_bytes().get(quote) != Some(&b'"') || escaped {
            return None;
        }
        let behind = object.get(at + key.len()..)?;
        // The quote behind a key may be the one that is lost.
        let value = behind.strip_prefix('"').unwrap_or(behind).trim_start();
        let value = value.strip_prefix(':')?.trim_start();
        let value = value.strip_prefix('"').unwrap_or(value);
        Some((quote, object.len() - value.len()))
    })
}

/// Returns the last value without the end of its object, if that is there.
fn last_value(text: &str) -> &str {
    let text = text.trim_end_matches([' ', '`', ';', ',', '\r']);
    // A brace behind anything but the closing quote belongs to a value that was cut.
    text.strip_suffix('}').map(str::trim_end).filter(|text| text.ends_with('"')).unwrap_or(text)
}
