//! Text to typed events. Pure: no file system, no clock, no environment, no rule ids, no severity.
//!
//! Three doors: [`parse`] takes the whole decoded text of an artifact, cuts it into sections and lets the
//! format of each section state its events; [`scan_log`] takes one newline-aligned block of a text that
//! [`reading`] called a log; [`Long`] cuts long lists and tables into parts. Parsers cannot fail: they push events and notes into a
//! [`Sink`](kubetriage_model::Sink) and account for every line.

mod context;
mod emitter;
mod format;
mod formats;
mod long;
mod prim;
mod segment;
mod text;

pub use format::format_names;
pub use long::{Cut, Long, Part, settle};
pub use segment::{Reading, parse, reading, scan_log};
pub use text::Text;
