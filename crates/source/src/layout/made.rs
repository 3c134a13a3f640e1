//! When a bundle was made, as its own name tells: collectors put the moment into the name of the folder or archive.
//!
//! `support-bundle-2006-01-02T15_04_05`, `supportbundle_<id>_2021-05-05T03-28-37Z`, `2026-01-02T03-04-05Z` (Periscope),
//! `flux-2025-08-05-15.59.26`, `contoso-Wed-Mar-11-13.26.56-2026` (Arc), `sosreport-host-2026-01-02-abcdefg`.
//!
//! QUIRKS: the Arc diagnoser of 2022 writes days of one digit behind two dashes; only a `Z` tells the time zone.

const MONTHS: &[&str] =
    &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns the moment that one component of a path names, as RFC 3339, without zone unless it is told; of a name
/// without a clock the day alone.
pub(super) fn made(name: &str) -> Option<String> {
    by_numbers(name).or_else(|| by_words(name))
}

/// Finds `2026-01-02`, with a clock behind it or not.
fn by_numbers(name: &str) -> Option<String> {
    let starts = name.char_indices().map(|(at, _)| at);
    starts.into_iter().find_map(|at| {
        let before = name.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let rest = name.get(at..)?;
        let (date, behind) = rest.split_at_checked(10)?;
        let (year, month_day) = date.split_once('-')?;
        let (month, day) = month_day.split_once('-')?;
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let real =
            (2014..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        real.then_some(())?;
        match clock(behind.get(1..).unwrap_or_default()) {
            Some((clock, zone)) if behind.starts_with(['T', '-', '_', ' ', '.']) => {
                let zone = if zone.starts_with('Z') { "Z" } else { "" };
                Some(format!("{date}T{clock}{zone}"))
            }
            _ => {
                let ends = !behind.starts_with(|c: char| c.is_ascii_digit());
                ends.then(|| date.to_owned())
            }
        }
    })
}

/// Finds `Wed-Mar-11-13.26.56-2026`.
fn by_words(name: &str) -> Option<String> {
    let (at, month) = MONTHS
        .iter()
        .enumerate()
        .find_map(|(index, month)| Some((name.find(&format!("-{month}-"))?, index + 1)))?;
    let rest = name.get(at + 5..)?.trim_start_matches('-');
    let (day, rest) = rest.split_once('-')?;
    let (clock, rest) = clock(rest)?;
    let year = number(rest.strip_prefix('-')?.get(..4)?, 4)?;
    let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some(format!("{year:04}-{month:02}-{day:02}T{clock}"))
}

/// Reads `13.26.56` with any separators; returns it with colons, and what follows.
fn clock(text: &str) -> Option<(String, &str)> {
    let (clock, rest) = text.split_at_checked(8)?;
    let parts: Vec<&str> = clock.split([':', '_', '-', '.']).collect();
    let [hour, minute, second] = parts.as_slice() else { return None };
    let (hour, minute, second) = (number(hour, 2)?, number(minute, 2)?, number(second, 2)?);
    let real =
        hour < 24 && minute < 60 && second < 61 && !rest.starts_with(|c: char| c.is_ascii_digit());
    real.then(|| (format!("{hour:02}:{minute:02}:{second:02}"), rest))
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let whole = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    whole.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn names_of_bundles_tell_when_they_were_made() {
        for (name, moment) in [
            ("support-bundle-2026-01-02T15_04_05.tar.gz", Some("2026-01-02T15:04:05")),
            ("supportbundle_0_2026-05-05T03-28-37Z.zip", Some("2026-05-05T03:28:37Z")),
            ("2026-01-02T03-04-05Z", Some("2026-01-02T03:04:05Z")),
            ("flux-2025-08-05-15.59.26", Some("2025-08-05T15:59:26")),
            ("contoso-Wed-Mar-11-13.26.56-2026", Some("2026-03-11T13:26:56")),
            (" Mon-Jun--6-14.17.53-2022", Some("2022-06-06T14:17:53")),
            ("sosreport-master-0-2026-01-02-abcdefg", Some("2026-01-02")),
            ("must-gather.local.4711", None),
            ("build-12026-01-02", None),
            ("2026-13-02", None),
            ("api-2026-01-021", None),
            ("contoso-2026", None),
        ] {
            assert_eq!(made(name).as_deref(), moment, "{name}");
        }
    }
}
