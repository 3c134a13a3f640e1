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
    /// Archives inside archives that are opened: 1 opens the outer one only. Default: 3.
    pub archive_depth: u32,
    /// Bytes that one input archive may unpack to, over all its members. Default: 256 GiB.
    pub archive_bytes: u64,
    /// Times its packed size that an archive may unpack to, beyond the first 256 MiB. Default: 250.
    ///
    /// Logs pack to a tenth or a hundredth; a bomb to a thousandth.
    pub archive_ratio: u64,
    /// Members of one input archive, over all archives inside it. Default: 1,000,000.
    pub archive_members: u64,
    /// Bytes read of one archive member. Default: 32 GiB.
    pub member_bytes: u64,
    /// Size up to which a zip that cannot be searched (piped in, or inside another archive) is held in
    /// memory; a longer one is read from front to back. Default: 32 MiB.
    pub zip_buffer_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            block_bytes: 1 << 20,
            line_bytes: 32 << 20,
            whole_bytes: 1 << 30,
            archive_depth: 3,
            archive_bytes: 256 << 30,
            archive_ratio: 250,
            archive_members: 1_000_000,
            member_bytes: 32 << 30,
            zip_buffer_bytes: 32 << 20,
        }
    }
}
