//! `kind: Status`: the API's refusal where an object was expected.

use kubetriage_model::KubectlError;

use super::Stated;
use crate::emitter::Emitter;
use crate::formats::manifest::scalar::text;
use crate::formats::manifest::schema::StatusObject;
use crate::formats::manifest::source::Source;

/// States the refusal as what `kubectl` would print for it; a success states nothing.
pub(super) fn state(
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let status: StatusObject = source.read()?;
    if status.status.is_some_and(|status| status.0 != "Failure") {
        return Ok(None);
    }
    let details = status.details.unwrap_or_default();
    let error = KubectlError {
        reason: text(status.reason),
        message: text(status.message),
        resource: text(details.kind),
        name: text(details.name),
        ..KubectlError::default()
    };
    let paths = [("message", "message"), ("reason", "reason")];
    source.state(|| source.marks(paths), error, out);
    Ok(None)
}
