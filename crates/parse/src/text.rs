//! The text under the parsers' hands: an artifact's decoded text and its lines.

use kubetriage_model::ArtifactId;

/// Decoded text of an artifact, or of one newline-aligned block of it.
#[derive(Debug, Clone, Copy)]
pub struct Text<'t> {
    /// The artifact.
    pub artifact: ArtifactId,
    /// The text, with `\n` or `\r\n` line ends.
    pub text: &'t str,
    /// Byte offset of `text` in the artifact's decoded text.
    pub offset: u64,
    /// Number of the first line (1-based).
    pub first_line: u64,
}

/// One line of a text, without its line end.
///
/// `text` is a slice of the artifact's text, or a mended copy of it (entities, typographic quotes); quote
/// marks, gutters, fences, clocks of a CI system and common indentation have been cut off its front, prompts
/// are lines of their own. Number and offset are those of the physical line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// The text without line end.
    pub(crate) text: &'t str,
    /// Line number in the artifact (1-based).
    pub(crate) number: u64,
    /// Byte offset of `text` in the artifact's decoded text.
    pub(crate) offset: u64,
}

impl<'t> Line<'t> {
    /// Returns true for a line of nothing but blanks.
    pub(crate) fn is_blank(&self) -> bool {
        match self.first_visible() {
            Some((_, byte)) => !byte.is_ascii_graphic() && self.text.trim().is_empty(),
            None => true,
        }
    }

    /// Returns the number of leading blanks (tabs count as one).
    pub(crate) fn indent(&self) -> usize {
        match self.first_visible() {
            Some((at, byte)) if byte.is_ascii_graphic() => at,
            _ => self.text.len() - self.text.trim_start().len(),
        }
    }

    /// Returns the first byte that is neither blank nor tab, and its place: an answer without decoding
    /// characters for nearly all lines. Other kinds of blanks are left to the caller.
    fn first_visible(&self) -> Option<(usize, u8)> {
        self.text.bytes().enumerate().find(|(_, byte)| !matches!(byte, b' ' | b'\t'))
    }

    /// Returns the text without blanks at both ends.
    pub(crate) fn trimmed(&self) -> &'t str {
        self.text.trim()
    }
}

impl<'t> Text<'t> {
    /// Returns the lines of the text, in order.
    pub(crate) fn lines(&self) -> Vec<Line<'t>> {
        self.first_lines(usize::MAX)
    }

    /// Returns the first lines of the text, at most `most`.
    pub(crate) fn first_lines(&self, most: usize) -> Vec<Line<'t>> {
        let mut lines = Vec::with_capacity(most.min(self.text.len() / 64));
        let mut offset = self.offset;
        for (number, raw) in (self.first_line..).zip(self.text.split_inclusive('\n').take(most)) {
            let text = raw.strip_suffix('\n').unwrap_or(raw);
            let text = text.strip_suffix('\r').unwrap_or(text);
            lines.push(Line { text, number, offset });
            offset += raw.len() as u64;
        }
        lines
    }
}
