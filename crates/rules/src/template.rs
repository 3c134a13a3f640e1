//! Texts of rules with places to fill in: `The image {image} does not exist.`
//!
//! A place is a word of small letters, digits and `_` in braces; other braces are text as they are
//! (`{CriticalAddonsOnly: true}`, `{200}`). A value that is not known shows as `<name>`.

/// A text with places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Place(String),
}

impl Template {
    /// Reads a text; there is no wrong text.
    pub(crate) fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            plain.push_str(before);
            if let Some((name, after)) = behind.split_once('}').filter(|(name, _)| is_name(name)) {
                parts.push(Part::Text(std::mem::take(&mut plain)));
                parts.push(Part::Place(name.to_owned()));
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
            Part::Place(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Fills the places with what `value` knows.
    pub(crate) fn fill(&self, value: &dyn Fn(&str) -> Option<String>) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Place(name) => match value(name) {
                    Some(value) => text.push_str(&value),
                    None => text.extend(["<", &name.replace('_', "-"), ">"]),
                },
            }
        }
        text
    }
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
}
