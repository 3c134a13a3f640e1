//! Values of a release (`helm get values`): settings, and often secrets, so that nothing is stated of them.

use crate::context::Context;
use crate::text::Line;

/// Returns the length of the values that start at the first line.
pub(super) fn length(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let first = lines.first()?.text.trim_end();
    let headed = matches!(first, "USER-SUPPLIED VALUES:" | "COMPUTED VALUES:");
    let asked = context.command.is_some_and(|command| {
        command.tool == "helm" && command.line.contains(" values") && command.verb == "get"
    });
    let starts = headed || asked && is_setting(lines.first()?);
    starts.then_some(())?;
    let body = lines.iter().skip(1).take_while(|line| is_setting(line));
    let length = 1 + body.count();
    let own = lines.get(..length)?;
    own.iter().rposition(|line| !line.is_blank()).map(|last| last + 1)
}

/// True for a line that YAML of settings may have: a key, an item, something below one, nothing.
fn is_setting(line: &Line<'_>) -> bool {
    let text = line.text;
    let key = || {
        let key = text.split(':').next().unwrap_or_default();
        !key.is_empty()
            && key.len() < text.len()
            && !key.contains(' ')
            && !text.ends_with("VALUES:")
    };
    line.is_blank()
        || text.starts_with([' ', '#', '-', '}', ']'])
        || matches!(text, "null" | "{}" | "---")
        || key()
}
