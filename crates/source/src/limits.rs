//! What bounds the reading of input that comes from strangers.

/// Limits of one reading. Every limit that is reached leaves a note; nothing is cut silently.
///
/// The defaults read any honest bundle whole and keep the memory of one reader below about 64 MiB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of a block in bytes, as far as line ends allow. Default: 1 MiB.
    pub block_bytes: usize,
    /// Longest line in bytes; a longer one is cut there, the lines behind it are read. Default: 32 MiB.
    pub line_bytes: usize,
    /// Most bytes of text of an artifact that must be read whole (everything but plain logs). Default: 1 GiB.
    pub whole_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { block_bytes: 1 << 20, line_bytes: 32 << 20, whole_bytes: 1 << 30 }
    }
}
