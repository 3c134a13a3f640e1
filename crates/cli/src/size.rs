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

/// Spells a number of bytes with a binary unit and one decimal (`1.5 MiB`).
pub(crate) fn spelled(bytes: u64) -> String {
    let units = [("GiB", 1_u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let Some((unit, one)) = units.into_iter().find(|(_, one)| bytes >= *one) else {
        return format!("{bytes} B");
    };
    let tenths = u128::from(bytes) * 10 / u128::from(one);
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{parse, spelled};

    #[test]
    fn sizes_are_spelled() {
        let cases = [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (3 << 30, "3.0 GiB")];
        for (bytes, text) in cases {
            assert_eq!(spelled(bytes), text);
        }
    }

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
