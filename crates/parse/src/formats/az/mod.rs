//! az

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "az", claim, parse };

fn claim(_lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    None
}

fn parse(_lines: &[Line<'_>], _context: &Context<'_>, _out: &mut Emitter<'_>) {}
