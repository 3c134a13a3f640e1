//! Names of archive members as the report shows them.
//!
//! Nothing is written to disk, so a hostile name can do no harm; it must only stay one readable line.

/// Longest name shown, in characters.
const LONGEST: usize = 1024;

/// Returns the `/`-separated name, and what was wrong with the one in the archive.
pub(super) fn shown(raw: &[u8]) -> (String, Option<&'static str>) {
    let text = String::from_utf8_lossy(raw);
    let mut problem = None;
    if matches!(text, std::borrow::Cow::Owned(_)) {
        problem = Some("the name is not valid UTF-8");
    }
    // Zip programs of Windows write backslashes.
    let slashed = text.replace('\\', "/");
    let mut rest = slashed.as_str();
    let drive = rest.get(1..3) == Some(":/");
    if drive || rest.starts_with('/') {
        problem = Some("the name in the archive is an absolute path");
        rest = rest.get(if drive { 3 } else { 1 }..).unwrap_or_default();
    }
    let mut parts = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => problem = Some("the name in the archive leads out of it (..)"),
            part => parts.push(part),
        }
    }
    let name = parts.join("/");
    let mut shown: String =
        name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(LONGEST).collect();
    // A name may have been cut behind two dots with which its last part begins.
    if shown.ends_with("/..") {
        shown.truncate(shown.len() - "/..".len());
    }
    if shown != name {
        problem = Some("the name in the archive is too long, or holds control characters");
    }
    if shown.is_empty() {
        shown.push_str("(no name)");
    }
    (shown, problem)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, shown};

    #[test]
    fn names_are_one_readable_relative_path() {
        let cases: &[(&[u8], &str, bool)] = &[
            (b"./bundle/pods.txt", "bundle/pods.txt", false),
            (b" Agent_State.txt", " Agent_State.txt", false),
            (b"dir\\sub\\x.log", "dir/sub/x.log", false),
            (b"../../etc/evil", "etc/evil", true),
            (b"/abs/evil", "abs/evil", true),
            (b"C:\\Windows\\x", "Windows/x", true),
            (b"caf\xe9", "caf\u{fffd}", true),
            (b"a\nb", "a\u{fffd}b", true),
            (b"\0../etc/evil", "\u{fffd}../etc/evil", true),
            (b"..", "(no name)", true),
            (b"", "(no name)", false),
        ];
        let cut = format!("{}/..x", "a".repeat(LONGEST - 3));
        let kept = "a".repeat(LONGEST - 3);
        let long: (&[u8], &str, bool) = (cut.as_bytes(), &kept, true);
        for (raw, name, odd) in cases.iter().chain(std::iter::once(&long)) {
            let (shown, problem) = shown(raw);
            assert_eq!((shown.as_str(), problem.is_some()), (*name, *odd));
        }
    }
}
