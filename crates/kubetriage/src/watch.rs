//! How far the reading is, for somebody who waits.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what was read so far; shared between the reader and whoever looks.
///
/// ```
/// use std::sync::Arc;
///
/// use kubetriage::prelude::*;
///
/// # fn main() -> Result<(), kubetriage::Error> {
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/agent-403");
/// let watch = Arc::new(kubetriage::Watch::default());
/// let mut options = Options::default();
/// options.watch = Some(Arc::clone(&watch));
/// analyze(&[Input::Path(folder.into())], &options)?;
/// assert_eq!(watch.artifacts(), 7);
/// assert!(watch.bytes() > 40_000);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Watch {
    artifacts: AtomicU64,
    bytes: AtomicU64,
}

impl Watch {
    /// Returns the number of artifacts read to their end.
    pub fn artifacts(&self) -> u64 {
        self.artifacts.load(Ordering::Relaxed)
    }

    /// Returns the bytes of decoded text that were parsed.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn add_artifact(&self) {
        self.artifacts.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn add_text(&self, text: &str) {
        self.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
    }
}
