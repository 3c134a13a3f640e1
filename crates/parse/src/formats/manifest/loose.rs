//! Parts that are read if they have the shape they should have: a cleaner, or somebody who shortened the text, may
//! have put a word in their place.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A mapping, or nothing.
#[derive(Debug)]
pub(super) struct Loose<T>(pub(super) Option<T>);

/// The mappings of a list; nothing else counts.
#[derive(Debug)]
pub(super) struct Items<T>(pub(super) Vec<T>);

impl<T> Default for Loose<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Takes a mapping with `map`, a list with `list`, and everything else for nothing.
struct Shape<T>(PhantomData<T>);

/// What a value turned out to be.
enum Found<T> {
    Map(T),
    List(Vec<T>),
    Other,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Shape<T> {
    type Value = Found<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Found<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Found::Map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<Loose<T>>()? {
            items.extend(item.0);
        }
        Ok(Found::List(items))
    }

    fn visit_str<E>(self, _: &str) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_unit<E>(self) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_none<E>(self) -> Result<Found<T>, E> {
        Ok(Found::Other)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Found<T>, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Ok(match value.deserialize_any(Shape(PhantomData))? {
            Found::Map(map) => Self(Some(map)),
            Found::List(_) | Found::Other => Self(None),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Ok(match value.deserialize_any(Shape(PhantomData))? {
            Found::List(items) => Self(items),
            Found::Map(_) | Found::Other => Self(Vec::new()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mappings_of_a_list_count() {
        type Read = Items<std::collections::BTreeMap<String, u64>>;
        let count = |text: &str| serde_json::from_str::<Read>(text).map(|items| items.0.len()).ok();
        for (text, want) in [
            (r#"[{"a": 1}, "redacted...", 7, null, [{"b": 2}]]"#, Some(1)),
            (r#""redacted""#, Some(0)),
            ("null", Some(0)),
            (r#"{"a": 1}"#, Some(0)),
        ] {
            assert_eq!(count(text), want, "{text}");
        }
    }
}
