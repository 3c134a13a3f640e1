//! Brackets of a message that goes on behind a blank line: JSON and HTML pages.

/// Counts what a text opened and did not close.
#[derive(Debug, Default)]
pub(super) struct Open {
    braces: i64,
    html: bool,
}

impl Open {
    /// Reads a line of the text.
    pub(super) fn read(&mut self, text: &str) {
        for c in text.bytes() {
            match c {
                b'{' => self.braces += 1,
                b'}' => self.braces -= 1,
                _ => {}
            }
        }
        let text = text.to_ascii_lowercase();
        self.html = (self.html || text.contains("<html")) && !text.contains("</html");
    }

    /// Returns true while something is open.
    pub(super) fn is_open(&self) -> bool {
        self.html || self.braces > 0
    }
}
