//! A rule file as a tree of values, each with its place; the same tree from YAML and from JSON.
//!
//! YAML is what authors write; JSON is the compact form that the build embeds (places are lost).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_yaml::{Location, Spanned};

/// A value and the bytes of the file that it stands on (0-based, half-open; empty from JSON).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree<'t> {
    pub(crate) node: Node<'t>,
    pub(crate) span: Range<usize>,
}

/// A value; texts are borrowed from the JSON where they stand in it as they are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node<'t> {
    Null,
    Bool(bool),
    Int(i64),
    Text(Cow<'t, str>),
    List(Vec<Tree<'t>>),
    Map(Vec<Entry<'t>>),
}

/// One entry of a map, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) span: Range<usize>,
    pub(crate) value: Tree<'t>,
}

/// A file that is no YAML: what is wrong, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) at: usize,
}

/// Reads a YAML document.
pub(crate) fn from_yaml(text: &str) -> Result<Tree<'static>, SyntaxError> {
    match serde_yaml::from_str::<FromYaml>(text) {
        Ok(read) => Ok(read.0),
        Err(error) => {
            let at = error.location().map_or(0, |place| bytes_of(place).start);
            let message = error.to_string().lines().next().unwrap_or_default().to_owned();
            Err(SyntaxError { message, at })
        }
    }
}

/// Reads what [`Serialize`] wrote.
pub(crate) fn from_json(text: &str) -> Result<Tree<'_>, serde_json::Error> {
    serde_json::from_str::<FromJson<'_>>(text).map(|read| read.0)
}

fn bytes_of(place: Location) -> Range<usize> {
    let span = place.span();
    let number = |value: u64| usize::try_from(value).unwrap_or(0);
    let start = number(span.byte_offset().unwrap_or_else(|| span.offset()));
    start..start + number(span.byte_len().unwrap_or_else(|| span.len()))
}

/// How one reader represents children, keys and texts.
trait Child<'de, 't>: Deserialize<'de> {
    type Key: Deserialize<'de>;
    fn key(key: Self::Key) -> (Cow<'t, str>, Range<usize>);
    fn text(text: &'de str) -> Cow<'t, str>;
    fn tree(self) -> Tree<'t>;
}

struct FromYaml(Tree<'static>);

impl<'de> Deserialize<'de> for FromYaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Spanned::<YamlNode>::deserialize(deserializer)?;
        Ok(Self(Tree { node: read.value.0, span: bytes_of(read.referenced) }))
    }
}

impl<'de> Child<'de, 'static> for FromYaml {
    type Key = Spanned<String>;
    fn key(key: Self::Key) -> (Cow<'static, str>, Range<usize>) {
        (key.value.into(), bytes_of(key.referenced))
    }
    fn text(text: &'de str) -> Cow<'static, str> {
        Cow::Owned(text.to_owned())
    }
    fn tree(self) -> Tree<'static> {
        self.0
    }
}

struct YamlNode(Node<'static>);

impl<'de> Deserialize<'de> for YamlNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor::<FromYaml>(PhantomData)).map(Self)
    }
}

struct FromJson<'t>(Tree<'t>);

/// A key, borrowed where it can be.
#[derive(Deserialize)]
struct JsonKey<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'de> Deserialize<'de> for FromJson<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = deserializer.deserialize_any(NodeVisitor::<Self>(PhantomData))?;
        Ok(Self(Tree { node, span: 0..0 }))
    }
}

impl<'de> Child<'de, 'de> for FromJson<'de> {
    type Key = JsonKey<'de>;
    fn key(key: Self::Key) -> (Cow<'de, str>, Range<usize>) {
        (key.0, 0..0)
    }
    fn text(text: &'de str) -> Cow<'de, str> {
        Cow::Borrowed(text)
    }
    fn tree(self) -> Tree<'de> {
        self.0
    }
}

struct NodeVisitor<'t, C>(PhantomData<(C, &'t str)>);

impl<'de, 't, C: Child<'de, 't>> Visitor<'de> for NodeVisitor<'t, C> {
    type Value = Node<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'t>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node<'t>, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'t>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'t>, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'t>, E> {
        Ok(i64::try_from(value).map_or_else(|_| Node::Text(value.to_string().into()), Node::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'t>, E> {
        Ok(Node::Text(value.to_string().into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'t>, E> {
        Ok(Node::Text(value.to_owned().into()))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'t>, E> {
        Ok(Node::Text(C::text(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'t>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<C>()? {
            items.push(item.tree());
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'t>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<C::Key>()? {
            let (key, span) = C::key(key);
            let value = map.next_value::<C>()?.tree();
            entries.push(Entry { key, span, value });
        }
        Ok(Node::Map(entries))
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.node {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Int(value) => serializer.serialize_i64(*value),
            Node::Text(value) => serializer.serialize_str(value),
            Node::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Node::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries
                    .iter()
                    .try_for_each(|entry| map.serialize_entry(&entry.key, &entry.value))?;
                map.end()
            }
        }
    }
}
