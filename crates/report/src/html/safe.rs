//! Text inside HTML: it stays text, in content and in quoted attributes.

use std::fmt::{self, Display, Write};

use crate::plain::visible_char;

/// Text on one line, escaped for content and for attributes in quotes.
pub(super) struct Safe<'a>(pub(super) &'a str);

impl Display for Safe<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars().map(visible_char) {
            match character {
                '&' => out.write_str("&amp;")?,
                '<' => out.write_str("&lt;")?,
                '>' => out.write_str("&gt;")?,
                '"' => out.write_str("&quot;")?,
                '\'' => out.write_str("&#39;")?,
                other => out.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// Lines of text, escaped, each line end kept.
pub(super) struct Lines<'a>(pub(super) &'a str);

impl Display for Lines<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.0.lines().enumerate() {
            if index > 0 {
                out.write_char('\n')?;
            }
            Safe(line).fmt(out)?;
        }
        Ok(())
    }
}

/// A link that shows its address; what is no plain address is shown as text.
pub(super) struct Link<'a>(pub(super) &'a str);

impl Display for Link<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = Safe(self.0);
        if self.0.starts_with("https://") {
            write!(out, "<a href=\"{address}\" rel=\"noreferrer noopener\">{address}</a>")
        } else {
            address.fmt(out)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        let text = "</script>&\"'\u{1b}\n\u{202e}";
        assert_eq!(Safe(text).to_string(), "&lt;/script&gt;&amp;&quot;&#39;␛ �");
        assert_eq!(Lines("a\n<b>\n").to_string(), "a\n&lt;b&gt;");
        assert_eq!(Link("javascript:x").to_string(), "javascript:x");
        assert!(Link("https://a/\"><b>").to_string().starts_with("<a href=\"https://a/&quot;&gt;"));
    }
}
