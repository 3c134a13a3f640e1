//! JSON that is safe to look at too.

use std::io::{self, Write};

use serde::Serialize;

use crate::plain::visible_char;

/// Writes `value` as indented JSON with a line end.
pub(crate) fn document(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Printed(&mut *out), value).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// Writes `value` as JSON on one line.
pub(crate) fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(Printed(&mut *out), value).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// Escapes characters that a terminal obeys or hides, which JSON itself lets stand: those beyond ASCII, and
/// the last of it. They only occur in strings, where an escape says the same.
struct Printed<W>(W);

impl<W: Write> Write for Printed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let hiding = std::str::from_utf8(bytes).ok().filter(|text| text.chars().any(is_hidden));
        let escaped = hiding.map(escaped);
        self.0.write_all(escaped.as_ref().map_or(bytes, String::as_bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn is_hidden(character: char) -> bool {
    character >= '\x7f' && visible_char(character) != character
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).iter();
            safe.extend(units.map(|unit| format!("\\u{unit:04x}")));
        } else {
            safe.push(character);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_means_the_same() {
        let text = "é 👍 \u{1b}[1m\u{9b}31m\u{7f} \u{202e}x\u{200b}\u{e0041}\n";
        let (mut pretty, mut short) = (Vec::new(), Vec::new());
        document(&text, &mut pretty).unwrap();
        line(&text, &mut short).unwrap();
        for out in [pretty, short] {
            let shown = String::from_utf8(out).unwrap();
            assert!(shown.contains("é 👍 \\u001b[1m\\u009b31m\\u007f \\u202ex"), "{shown}");
            assert!(shown.trim_end().chars().all(|c| !is_hidden(c) && !c.is_control()), "{shown}");
            assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }
}
