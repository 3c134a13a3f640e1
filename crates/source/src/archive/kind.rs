//! Recognizes archives by their first bytes; names decide nothing.

/// What can be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One stream packed by gzip.
    Gzip,
    /// One stream packed by zstd.
    Zstd,
    /// One stream packed by xz.
    Xz,
    /// Members one after the other.
    Tar,
    /// Members with a directory at the end.
    Zip,
}

/// Bytes that [`kind()`] wants to see.
pub(crate) const HEAD_BYTES: usize = 512;

/// Returns what `head`, the first [`HEAD_BYTES`] of something, begins.
pub(crate) fn kind(head: &[u8]) -> Option<Kind> {
    match head {
        [0x1f, 0x8b, 8, ..] => Some(Kind::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Kind::Zstd),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Kind::Xz),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        _ => is_tar(head).then_some(Kind::Tar),
    }
}

/// A tar header has no magic in its oldest form, but always a checksum.
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..HEAD_BYTES) else { return false };
    let Some(field) = header.get(148..156) else { return false };
    let digits = field.iter().skip_while(|b| **b == b' ').take_while(|b| b.is_ascii_digit());
    let told = digits.fold(0_u32, |sum, digit| {
        sum.wrapping_mul(8).wrapping_add(u32::from(digit.wrapping_sub(b'0')))
    });
    // The checksum is taken with its own field as eight blanks.
    let bytes: u32 = header.iter().map(|b| u32::from(*b)).sum();
    let own: u32 = field.iter().map(|b| u32::from(*b)).sum();
    told != 0 && bytes - own + 8 * u32::from(b' ') == told
}
