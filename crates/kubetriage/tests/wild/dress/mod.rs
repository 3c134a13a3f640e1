//! The forms of table 1 of "captures in the wild", as functions from a clean capture to a dressed one.

mod around;
mod breaks;
mod characters;
mod columns;
mod parts;
mod values;

use crate::captures::Capture;
use crate::dressed::Dressed;

/// One form.
#[derive(Debug)]
pub(crate) struct Form {
    /// Row of the table.
    pub row: u8,
    /// What it is.
    pub name: &'static str,
    /// Puts a capture into it; `None` for captures that do not come in it.
    pub dress: fn(&Capture) -> Option<Dressed>,
    /// True when a typed command stands above, so that it says what the capture under its command says.
    pub told: bool,
    /// True when all lines become one, so that no place can be compared.
    pub joins: bool,
    /// True when subjects may be lost, and whatever stood on lines that are gone: then every rule must be
    /// found whose evidence is all there.
    pub loose: bool,
    /// Writes the text.
    pub bytes: fn(&Dressed) -> Vec<u8>,
}

/// Returns a form whose text is UTF-8 with plain line ends.
const fn form(row: u8, name: &'static str, dress: fn(&Capture) -> Option<Dressed>) -> Form {
    Form { row, name, dress, told: false, joins: false, loose: false, bytes: utf8 }
}

/// Returns a form with a typed command above.
const fn told(row: u8, name: &'static str, dress: fn(&Capture) -> Option<Dressed>) -> Form {
    Form { told: true, ..form(row, name, dress) }
}

/// Returns a form that loses what a finding is about, or a part of the text.
const fn loose(row: u8, name: &'static str, dress: fn(&Capture) -> Option<Dressed>) -> Form {
    Form { loose: true, ..form(row, name, dress) }
}

fn utf8(dressed: &Dressed) -> Vec<u8> {
    dressed.text().into_bytes()
}

/// Returns all forms.
pub(crate) fn forms() -> impl Iterator<Item = &'static Form> {
    [around::FORMS, breaks::FORMS, characters::FORMS, columns::FORMS, parts::FORMS, values::FORMS]
        .into_iter()
        .flatten()
}
