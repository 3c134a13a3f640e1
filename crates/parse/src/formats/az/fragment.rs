//! Lines of JSON cut out of their document that tell an error of the extension service or the resource manager:
//! what people copy out of `az … show`, of activity logs and of debug output.
//!
//! ```text
//!     "message": "Error: {failed to install chart from path [] for release [web]: err [timed out …]} occurred …",
//! "statusMessage": "{\"status\":\"Failed\",\"error\":{\"code\":\"ResourceOperationFailure\", …}}",
//! ```

use kubetriage_model::CliError;
use serde_json::Value;

use super::envelope;
use super::lone;
use super::sentence::is_said;
use crate::context::Context;
use crate::emitter::Emitter;
use crate::prim::unescape::once;
use crate::text::Line;

/// Keys whose texts tell an error.
const KEYS: &[&str] = &["message", "statusMessage", "errorMessage", "Message", "StatusMessage"];
/// Longest line that is looked at, in bytes.
const LONGEST: usize = 64 * 1024;

/// One line, if it is such a member.
pub(super) fn length(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    error(lines.first()?.text).map(|_| 1)
}

/// States the error of the line.
pub(super) fn state(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    if let Some(error) = lines.first().and_then(|line| error(line.text)) {
        out.event(lines, error);
    }
}

fn error(text: &str) -> Option<CliError> {
    let text = text.trim();
    if text.len() > LONGEST || !text.starts_with('"') {
        return None;
    }
    let (key, value) = text.strip_prefix('"')?.split_once('"')?;
    let value = value.strip_prefix(':')?.trim_start().strip_prefix('"')?;
    if !KEYS.contains(&key) {
        return None;
    }
    let value = value.trim_end_matches(',').trim_end_matches('"');
    let value = once(value);
    if value.starts_with('{') {
        let Value::Object(object) = serde_json::from_str(&value).ok()? else { return None };
        return envelope::is_error(&object).then(|| envelope::read(&object));
    }
    let told = lone::sentence(&value).is_some() || is_said(&value);
    told.then(|| CliError {
        inner: envelope::innermost(&value),
        message: Some(value.into_owned()),
        ..CliError::default()
    })
}

#[cfg(test)]
mod tests {
    use super::error;

    #[test]
    fn members_tell_errors_of_the_service_only() {
        let told = |text| error(text).and_then(|error| error.inner.or(error.message));
        for (text, want) in [
            (
                r#"    "message": "Error: {failed to install chart from path [] for release [web]: err [timed out waiting for the condition]} occurred while doing the operation : {Installing the extension} on the config""#,
                Some("timed out waiting for the condition"),
            ),
            (
                r#""statusMessage": "{\"status\":\"Failed\",\"error\":{\"code\":\"X\",\"message\":\"outer\",\"details\":[{\"code\":\"Y\",\"message\":\"deep\"}]}}","#,
                Some("deep"),
            ),
            (r#""message": "Everything is well","#, None),
            (r#""note": "The extension operation failed with the following error: x""#, None),
            ("\"message\"", None),
        ] {
            assert_eq!(told(text).as_deref(), want, "{text}");
        }
    }
}
