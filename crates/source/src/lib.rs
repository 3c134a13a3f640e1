//! Bytes in: what the user hands over becomes artifacts of decoded text.
//!
//! ```text
//! inputs ──open──► Bundle ──Iterator──► Artifact ──blocks──► Blocks ──Iterator──► Block
//! ```
//!
//! The only library crate that touches the file system. It knows paths and bundle layouts, never
//! formats. Nothing is written, nothing is loaded whole, and one bad artifact never costs the others:
//! what cannot be read becomes a note on its artifact.
#![expect(clippy::disallowed_methods, reason = "this is the crate that reads files")]

#[cfg(feature = "archive")]
mod archive;
mod artifact;
mod blocks;
mod bundle;
mod decode;
mod error;
mod failure;
mod layout;
mod limits;
mod notes;
mod pieces;

pub use artifact::Artifact;
pub use blocks::{Block, Blocks, Reading};
pub use bundle::{Bundle, Input, open};
pub use error::Error;
pub use layout::layout_names;
pub use limits::Limits;
