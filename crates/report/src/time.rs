//! Times as captures print them, in seconds, to put them in order and to scale.

/// Returns the seconds since 1970 of `2026-11-21T08:12:44…`, also with `/` and with a blank between date and
/// time, taken as UTC: a zone moves a bar by hours, and all bars of a bundle alike.
pub(crate) fn absolute(text: &str) -> Option<i64> {
    let mut numbers = text.splitn(6, ['-', '/', 'T', ' ', ':']);
    let mut next = || {
        let part = numbers.next()?;
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<i64>().ok()
    };
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    let sane =
        (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (sane && hour < 25 && minute < 60 && second < 62)
        .then(|| days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// Returns the days from 1970-01-01 to a date (Howard Hinnant's `days_from_civil`).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Returns the seconds of an age as kubectl prints it (`3h12m`, `5d`).
pub(crate) fn age(text: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let (number, behind) = rest.split_at_checked(digits)?;
        let mut letters = behind.chars();
        let unit = match letters.next()? {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'y' => 31_536_000,
            _ => return None,
        };
        let part = number.parse::<i64>().ok()?.checked_mul(unit)?;
        seconds = seconds.checked_add(part)?;
        rest = letters.as_str();
    }
    (!text.is_empty()).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds() {
        assert_eq!(absolute("1970-01-02T00:00:01Z"), Some(86_401));
        assert_eq!(absolute("2026/11/21 19:57:55.833"), Some(1_795_291_075));
        assert_eq!(absolute("2024-02-29 00:00:00"), Some(1_709_164_800));
        for wrong in ["", "73s", "2026-11-21", "2026-13-01T00:00:00", "<none>"] {
            assert_eq!(absolute(wrong), None, "{wrong}");
        }
        let cases = [("73s", Some(73)), ("3h12m", Some(11_520)), ("5d", Some(432_000))];
        for (text, seconds) in cases {
            assert_eq!(age(text), seconds);
        }
        for wrong in ["", "5", "h", "5w", "99999999999999999999d"] {
            assert_eq!(age(wrong), None, "{wrong}");
        }
    }
}
