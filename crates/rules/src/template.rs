//! Texts of rules with places to fill in: `The image {image} does not exist.`
//!
//! A place is a word of small letters, digits and `_` in braces; other braces are text as they are
//! (`{CriticalAddonsOnly: true}`, `{200}`). A value that is not known shows as `<name>`, or as the words behind a bar:
//! `{objects|the pods concerned}`.

use crate::shell;

/// A text with places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// Name, and what to show when its value is not known.
    Place(String, Option<String>),
}

impl Template {
    /// Reads a text; there is no wrong text.
    pub(crate) fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            plain.push_str(before);
            if let Some((place, after)) = behind.split_once('}').and_then(place) {
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(place);
                rest = after;
            } else {
                plain.push('{');
                rest = behind;
            }
        }
        plain.push_str(rest);
        parts.push(Part::Text(plain));
        Self { parts }
    }

    /// Returns the names of the places, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Place(name, _) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Fills the places with what `value` knows.
    pub(crate) fn fill(&self, value: &dyn Fn(&str) -> Option<String>) -> String {
        self.filled(value, &|_, value| value.to_owned())
    }

    /// Fills the places of a command line: a value stays one word, whatever a capture has put into it.
    pub(crate) fn fill_command(&self, value: &dyn Fn(&str) -> Option<String>) -> String {
        self.filled(value, &shell::word)
    }

    /// Fills the places; `shown` gets the text so far and the value.
    fn filled(
        &self,
        value: &dyn Fn(&str) -> Option<String>,
        shown: &dyn Fn(&str, &str) -> String,
    ) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Place(name, otherwise) => match value(name) {
                    Some(value) => text.push_str(&shown(&text, &value)),
                    None => match otherwise {
                        Some(words) => text.push_str(words),
                        None => text.extend(["<", &name.replace('_', "-"), ">"]),
                    },
                },
            }
        }
        text
    }
}

/// Reads what stands between braces; gives it with the text behind.
fn place<'t>((inner, after): (&'t str, &'t str)) -> Option<(Part, &'t str)> {
    let (name, otherwise) =
        inner.split_once('|').map_or((inner, None), |(name, words)| (name, Some(words.to_owned())));
    is_name(name).then(|| (Part::Place(name.to_owned(), otherwise), after))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_other_braces_stay() {
        let template = Template::parse("{a}: code {200} {CriticalAddonsOnly: true} {no_b}{");
        assert_eq!(template.names().collect::<Vec<_>>(), ["a", "no_b"]);
        let filled = template.fill(&|name| (name == "a").then(|| "x".to_owned()));
        assert_eq!(filled, "x: code {200} {CriticalAddonsOnly: true} <no-b>{");
    }

    #[test]
    fn words_stand_in_for_what_is_not_known() {
        let template = Template::parse("{a|nothing} and {b|the pods} {.spec|x}");
        assert_eq!(template.names().collect::<Vec<_>>(), ["a", "b"]);
        let filled = template.fill(&|name| (name == "a").then(|| "x".to_owned()));
        assert_eq!(filled, "x and the pods {.spec|x}");
    }
}
