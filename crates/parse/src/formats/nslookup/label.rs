//! The labels of nslookup in the languages it is printed in.

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The server that was asked.
    Server,
    /// Addresses, of the server or of the answer.
    Address,
    /// The end of the chain.
    Name,
    /// Windows: the asked name and the names between it and the end of the chain.
    Aliases,
    /// The answer is not authoritative.
    NonAuthoritative,
}

/// A label that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// What it announces.
    pub(super) label: Label,
    /// Bytes up to and with the colon.
    pub(super) length: usize,
    /// True when only Windows prints it.
    pub(super) windows: bool,
}

/// Label texts without colon. A `?` stands for any one character: legacy code pages spoil accents.
const LABELS: &[(Label, bool, &str)] = &[
    (Label::Server, false, "Server"),
    (Label::Server, true, "Default Server"),
    (Label::Server, true, "Server predefinito"),
    (Label::Server, true, "Standardserver"),
    (Label::Server, true, "Serveur"),
    (Label::Server, true, "Serveur par d?faut"),
    (Label::Server, true, "Servidor"),
    (Label::Server, true, "Servidor predeterminado"),
    (Label::Address, false, "Address"),
    (Label::Address, true, "Addresses"),
    (Label::Address, true, "Indirizzo"),
    (Label::Address, true, "Indirizzi"),
    (Label::Address, true, "Adresse"),
    (Label::Address, true, "Adressen"),
    (Label::Address, true, "Adresses"),
    (Label::Address, true, "Direcci?n"),
    (Label::Address, true, "Direcciones"),
    (Label::Name, false, "Name"),
    (Label::Name, true, "Nome"),
    (Label::Name, true, "Nom"),
    (Label::Name, true, "Nombre"),
    (Label::Aliases, true, "Aliases"),
    (Label::Aliases, true, "Alias"),
    (Label::NonAuthoritative, false, "Non-authoritative answer"),
    (Label::NonAuthoritative, true, "Risposta da un server non autorevole"),
    (Label::NonAuthoritative, true, "Risposta da un server non di fiducia"),
    (Label::NonAuthoritative, true, "Nicht autorisierende Antwort"),
    (Label::NonAuthoritative, true, "Nicht-autorisierende Antwort"),
    (Label::NonAuthoritative, true, "R?ponse ne faisant pas autorit?"),
    (Label::NonAuthoritative, true, "Respuesta no autoritativa"),
    (Label::NonAuthoritative, true, "Respuesta no autorizada"),
];

/// Reads the label that `text` starts with: `text [blank | NBSP] ":"`, old BusyBox also `text number ":"`.
pub(super) fn label(text: &str) -> Option<Found> {
    let first = text.bytes().next()?.to_ascii_uppercase();
    if !matches!(first, b'A' | b'D' | b'I' | b'N' | b'R' | b'S') {
        return None;
    }
    LABELS.iter().filter(|(_, _, word)| word.as_bytes().first() == Some(&first)).find_map(
        |(label, windows, word)| {
            let after = after_word(text, word)?;
            let rest = text.get(after..)?;
            let numbered = rest.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
            let rest = if *label == Label::Address { numbered } else { rest };
            let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            let value = rest.strip_prefix(':')?;
            Some(Found { label: *label, length: text.len() - value.len(), windows: *windows })
        },
    )
}

/// Returns the bytes of `text` that spell `word`, whatever the case; `?` in the word is any one character.
fn after_word(text: &str, word: &str) -> Option<usize> {
    let mut chars = text.chars();
    for want in word.chars() {
        let got = chars.next()?;
        if want != '?' && !got.eq_ignore_ascii_case(&want) {
            return None;
        }
    }
    Some(text.len() - chars.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_all_languages() {
        for (text, want, value) in [
            ("Server:\t\t10.0.0.10", Label::Server, "\t\t10.0.0.10"),
            ("Serveur :   UnKnown", Label::Server, "   UnKnown"),
            ("Serveur\u{a0}:  UnKnown", Label::Server, "  UnKnown"),
            ("Serveur par défaut :   dc1", Label::Server, "   dc1"),
            ("Servidor predeterminado:  dc1", Label::Server, "  dc1"),
            ("Address 1: 10.0.0.10 kube-dns", Label::Address, " 10.0.0.10 kube-dns"),
            ("Addresses:  10.0.0.1", Label::Address, "  10.0.0.1"),
            ("Nom :    web", Label::Name, "    web"),
            ("Nombre:  web", Label::Name, "  web"),
            ("Réponse ne faisant pas autorité :", Label::NonAuthoritative, ""),
            ("R‚ponse ne faisant pas autorit‚ :", Label::NonAuthoritative, ""),
            ("Nicht autorisierende Antwort:", Label::NonAuthoritative, ""),
            ("Risposta da un server non autorevole:", Label::NonAuthoritative, ""),
        ] {
            let found = label(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.label, want, "{text}");
            assert_eq!(text.get(found.length..), Some(value), "{text}");
        }
        for text in ["Service:", "Names: x", "Server Version: v1.31.9", "server", "", "äServer:"] {
            assert_eq!(label(text), None, "{text}");
        }
    }
}
