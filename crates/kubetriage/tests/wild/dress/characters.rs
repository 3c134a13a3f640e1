//! Encodings, line ends, colors, quotes.

use super::{Form, form, utf8};
use crate::captures::{Capture, Kind};
use crate::dressed::Dressed;

pub(super) const FORMS: &[Form] = &[
    form(32, "typographic quotes", |c| {
        // Within JSON and YAML the syntax itself would be gone.
        let sentences = !matches!(c.kind, Kind::Json | Kind::Yaml | Kind::Log);
        sentences.then(|| Dressed::each(&c.text, |_, line| curly(line)))
    }),
    form(25, "blanks that do not break", |c| {
        Some(Dressed::each(&c.text, |_, line| line.replace("  ", "\u{a0} ")))
    }),
    form(34, "colored lines", |c| {
        Some(Dressed::each(&c.text, |index, line| {
            format!("\u{1b}[{}m{line}\u{1b}[0m", 31 + index % 6)
        }))
    }),
    form(34, "colored words", |c| {
        Some(Dressed::each(&c.text, |_, line| {
            line.split(' ')
                .map(|word| match word {
                    "" => String::new(),
                    _ => format!("\u{1b}[1;33m{word}\u{1b}[m"),
                })
                .collect::<Vec<_>>()
                .join(" ")
        }))
    }),
    form(34, "colors whose escapes were lost", |c| {
        Some(Dressed::each(&c.text, |_, line| format!("[33m{line}[0m")))
    }),
    coded("CRLF", crlf),
    coded("UTF-8 with BOM", |d| [b"\xef\xbb\xbf", utf8(d).as_slice()].concat()),
    coded("UTF-8 with BOM and CRLF", |d| [b"\xef\xbb\xbf", crlf(d).as_slice()].concat()),
    coded("UTF-16LE of PowerShell", |d| utf16(d, true, u16::to_le_bytes)),
    coded("UTF-16LE without BOM", |d| utf16(d, false, u16::to_le_bytes)),
    coded("UTF-16BE", |d| utf16(d, true, u16::to_be_bytes)),
    coded("no newline at the end", |d| d.text().trim_end().as_bytes().to_vec()),
    coded("CR CR LF", |d| d.text().replace('\n', "\r\r\n").into_bytes()),
];

/// Returns a form that only differs in its bytes.
const fn coded(name: &'static str, bytes: fn(&Dressed) -> Vec<u8>) -> Form {
    Form { bytes, ..form(36, name, plain) }
}

#[expect(clippy::unnecessary_wraps, reason = "all forms are dressed in one way")]
fn plain(capture: &Capture) -> Option<Dressed> {
    Some(Dressed::plain(&capture.text))
}

fn crlf(dressed: &Dressed) -> Vec<u8> {
    dressed.text().replace('\n', "\r\n").into_bytes()
}

fn utf16(dressed: &Dressed, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = String::from_utf8(crlf(dressed)).unwrap();
    let mark = mark.then_some(0xfeff);
    mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn curly(line: &str) -> String {
    let mut open = false;
    let turn = |c| match c {
        '"' => {
            open = !open;
            if open { '“' } else { '”' }
        }
        '\'' => '’',
        other => other,
    };
    line.chars().map(turn).collect()
}
