//! Lists of `kubectl get -o name`: `pod/web-1`, one a line.

use crate::prim::kind::api_kind;
use crate::text::Line;

/// Returns how many lines of names stand at the front.
pub(super) fn claim(lines: &[Line<'_>]) -> Option<usize> {
    let count = lines.iter().take_while(|line| is_name(line.text)).count();
    (count > 0).then_some(count)
}

fn is_name(text: &str) -> bool {
    let text = text.trim_end();
    text.split_once('/').is_some_and(|(kind, name)| {
        let known = api_kind(kind).is_some_and(|api| !kind.contains(api) || kind.contains('.'));
        let named = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'));
        known && named && !name.is_empty()
    })
}
