//! Code pages of old consoles, for lines that are not UTF-8.
//!
//! Windows tools write their messages in the console's code page (CP850 in western Europe) or in the
//! system's (windows-1252). Nothing in the bytes says which, so the letters decide: the accented letters
//! of CP850 are mostly punctuation or nothing in windows-1252.

use std::borrow::Cow;

/// How bytes that are not UTF-8 are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Legacy {
    /// They are damage in a UTF-8 text: replaced by U+FFFD.
    Damaged,
    /// Western European, Windows.
    Windows1252,
    /// Western European, DOS and Windows consoles.
    Cp850,
}

/// The upper half of code page 850, from 0x80.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Legacy {
    /// Guesses from all undecodable bytes of a text how they are meant.
    pub(crate) fn guess(bytes: &[u8]) -> Self {
        let mut decoded = 0_usize;
        let mut invalid = 0_usize;
        for chunk in bytes.utf8_chunks() {
            decoded += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            invalid += usize::from(!chunk.invalid().is_empty());
        }
        if decoded > invalid {
            return Self::Damaged;
        }
        let (mut windows, mut console) = (0_usize, 0_usize);
        let letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic)
        };
        for (at, &byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
            let letters = u8::from(letter(at.checked_sub(1))) + u8::from(letter(Some(at + 1)));
            match (byte, letters) {
                (0xc0..=0xff, 1 | 2)
                | (0xc8 | 0xe0 | 0xe8 | 0xe9, 0)
                | (0x91..=0x97, 1)
                | (0x92, 2) => windows += 1,
                (0x93..=0x95 | 0x97, 2) | (0x8a, 0) => console += 1,
                (0x81 | 0x82 | 0x84 | 0x86..=0x8e | 0x99 | 0x9a | 0xa0..=0xa5, 1 | 2) => {
                    console += 1;
                }
                _ => {}
            }
        }
        match (windows, console) {
            (0, 0) => Self::Damaged,
            _ if console > windows => Self::Cp850,
            _ => Self::Windows1252,
        }
    }

    /// Decodes one line that is not valid UTF-8.
    pub(crate) fn decode(self, line: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Damaged => String::from_utf8_lossy(line),
            Self::Windows1252 => encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0,
            Self::Cp850 => line.iter().map(|&byte| cp850(byte)).collect::<String>().into(),
        }
    }
}

/// Returns the character of a byte in code page 850.
fn cp850(byte: u8) -> char {
    byte.checked_sub(0x80)
        .map_or(char::from(byte), |index| CP850.chars().nth(index.into()).unwrap_or('\u{fffd}'))
}

#[cfg(test)]
mod tests {
    use super::{CP850, Legacy};

    #[test]
    fn the_table_has_one_character_for_each_byte() {
        assert_eq!(CP850.chars().count(), 128);
    }

    #[test]
    fn letters_decide_the_code_page() {
        let cases: &[(&[u8], Legacy, &str)] = &[
            (b"nicht aufgel\xf6st werden", Legacy::Windows1252, "nicht aufgelöst werden"),
            (b"nicht aufgel\x94st werden", Legacy::Cp850, "nicht aufgelöst werden"),
            (b"non \x8a raggiungibile", Legacy::Cp850, "non è raggiungibile"),
            (b"citt\x85 perch\x82", Legacy::Cp850, "città perché"),
            (b"\x93quoted\x94 words", Legacy::Windows1252, "“quoted” words"),
            (b"ok \xc3\xa4\xc3\xa4 bad \xff", Legacy::Damaged, "ok ää bad \u{fffd}"),
            (b"one \xff byte", Legacy::Damaged, "one \u{fffd} byte"),
        ];
        for (bytes, legacy, text) in cases {
            let guessed = Legacy::guess(bytes);
            assert_eq!((guessed, &*guessed.decode(bytes)), (*legacy, *text));
        }
    }
}
