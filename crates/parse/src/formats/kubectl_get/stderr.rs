//! Lines of kubectl's standard error that a redirect or a terminal mixes into a table.

/// Beginnings of such lines.
const BEGINNINGS: &[&str] = &[
    "Warning: ",
    "error: ",
    "Error from server",
    "Unable to connect to the server",
    "The connection to the server",
    "Defaulted container",
    "Flag --",
];

/// Returns true for a line of kubectl's standard error: a warning, an error, or a klog line.
pub(super) fn is_stderr(text: &str) -> bool {
    BEGINNINGS.iter().any(|start| text.starts_with(start)) || is_klog(text)
}

/// `klog = level MMDD ws hh:mm:ss`
fn is_klog(text: &str) -> bool {
    let mut bytes = text.bytes();
    let level = bytes.next().is_some_and(|b| matches!(b, b'I' | b'W' | b'E' | b'F'));
    level
        && bytes.by_ref().take(4).all(|b| b.is_ascii_digit())
        && bytes.next() == Some(b' ')
        && text.get(6..).is_some_and(|rest| rest.trim_start().get(2..3) == Some(":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_errors_and_klog_lines_are_known() {
        for text in [
            "Warning: v1 ComponentStatus is deprecated in v1.19+",
            "E1121 19:52:45.3   10459 memcache.go:265] couldn't get current server API group list",
            "I1121 19:52:45.345678   10459 request.go:690] Waited for 1.0s due to client-side throttling",
        ] {
            assert!(is_stderr(text), "{text}");
        }
        for text in ["", "E1121", "Warning   Failed   pod/x", "I1121-web   1/1   Running   0   5m"]
        {
            assert!(!is_stderr(text), "{text}");
        }
    }
}
