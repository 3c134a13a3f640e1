//! Sizes as people type them.

/// Reads a number of bytes with an optional unit (`4096`, `64MiB`, `1.5 GiB`, `10M`); units are powers of 1024.
pub(crate) fn parse(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is not a size; expected a number with a unit, such as 64MiB");
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(split).ok_or_else(wrong)?;
    let shift = match unit.to_ascii_lowercase().trim_end_matches('b').trim_end_matches('i') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        "t" => 40,
        _ => return Err(wrong()),
    };
    let (whole, fraction) = number.trim().split_once('.').unwrap_or((number.trim(), "0"));
    let whole: u64 = whole.parse().map_err(|_| wrong())?;
    let tenths: u64 = fraction.get(..1).and_then(|digit| digit.parse().ok()).ok_or_else(wrong)?;
    let unit = 1_u64 << shift;
    let bytes = whole.checked_mul(unit).and_then(|bytes| bytes.checked_add(unit / 10 * tenths));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn sizes_have_binary_units() {
        let cases =
            [("1", 1), ("4096", 4096), ("64MiB", 64 << 20), ("10M", 10 << 20), ("2 kb", 2048)];
        for (text, bytes) in cases {
            assert_eq!(parse(text), Ok(bytes));
        }
        assert_eq!(parse("1.5K"), Ok(1024 + 102 * 5));
        for wrong in ["", "0", "-1", "x", "5 miles", "99999999999T", "1.x"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
