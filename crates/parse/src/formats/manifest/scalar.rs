//! Scalars as captures have them: numbers in quotes, truth values as words, text that looks like a number.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Text, also when the capture has it as a number or a truth value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

/// A value of a map of texts; nested is what the API refuses there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TextOrNested {
    /// Text, a number or a truth value.
    Text(String),
    /// A map or a list.
    Nested,
}

impl<'de> Deserialize<'de> for TextOrNested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrNestedVisitor)
    }
}

struct TextOrNestedVisitor;

impl<'de> Visitor<'de> for TextOrNestedVisitor {
    type Value = TextOrNested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<TextOrNested, E> {
        Ok(TextOrNested::Text(value.to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<TextOrNested, E> {
        Ok(TextOrNested::Text(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<TextOrNested, E> {
        Ok(TextOrNested::Text(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<TextOrNested, E> {
        Ok(TextOrNested::Text(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<TextOrNested, E> {
        Ok(TextOrNested::Text(value.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TextOrNested, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(TextOrNested::Nested)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<TextOrNested, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(TextOrNested::Nested)
    }
}

/// A whole number, also in quotes; fractions are cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Int(pub(super) i64);

/// A truth value, also as a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flag(pub(super) bool);

/// The text, `None` also when it is empty: the API leaves out what is empty, other writers do not.
pub(super) fn text(value: Option<Text>) -> Option<String> {
    value.map(|text| text.0).filter(|text| !text.is_empty())
}

/// The number.
pub(super) fn int(value: Option<Int>) -> Option<i64> {
    value.map(|int| int.0)
}

macro_rules! scalar {
    ($name:ident, $visitor:ident, $expected:literal, $($visit:ident: $type:ty => |$value:ident| $read:expr,)+) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any($visitor)
            }
        }

        struct $visitor;

        impl Visitor<'_> for $visitor {
            type Value = $name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expected)
            }

            $(
                fn $visit<E: Error>(self, $value: $type) -> Result<$name, E> {
                    $read.map($name).ok_or_else(|| E::custom(concat!("expected ", $expected)))
                }
            )+
        }
    };
}

scalar! { Text, TextVisitor, "text",
    visit_str: &str => |value| Some(value.to_owned()),
    visit_string: String => |value| Some(value),
    visit_bool: bool => |value| Some(value.to_string()),
    visit_i64: i64 => |value| Some(value.to_string()),
    visit_u64: u64 => |value| Some(value.to_string()),
    visit_f64: f64 => |value| Some(value.to_string()),
}

scalar! { Int, IntVisitor, "a whole number",
    visit_str: &str => |value| value.trim().parse().ok(),
    visit_i64: i64 => |value| Some(value),
    visit_u64: u64 => |value| i64::try_from(value).ok(),
    visit_f64: f64 => |value| format!("{value:.0}").parse().ok(),
}

scalar! { Flag, FlagVisitor, "a truth value",
    visit_str: &str => |value| value.trim().to_ascii_lowercase().parse().ok(),
    visit_bool: bool => |value| Some(value),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_of_other_types_are_taken() {
        assert_eq!(serde_json::from_str::<Text>("12").ok(), Some(Text("12".to_owned())));
        assert_eq!(serde_json::from_str::<Text>("true").ok(), Some(Text("true".to_owned())));
        assert_eq!(serde_json::from_str::<Int>("\"12\"").ok(), Some(Int(12)));
        assert_eq!(serde_json::from_str::<Int>("12.0").ok(), Some(Int(12)));
        assert_eq!(serde_json::from_str::<Flag>("\"True\"").ok(), Some(Flag(true)));
        assert!(serde_json::from_str::<Int>("\"***HIDDEN***\"").is_err());
    }
}
