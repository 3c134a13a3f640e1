//! Reading fields by name: what lets rule files speak of event fields.

use std::collections::BTreeMap;

/// A borrowed view of a field's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// The form did not say.
    Missing,
    /// Text.
    Text(&'a str),
    /// Number.
    Int(i64),
    /// Truth value.
    Bool(bool),
    /// List, in the order of the capture.
    List(Vec<Value<'a>>),
    /// Named values, sorted by name for maps, in declaration order for records.
    Map(Vec<(&'a str, Value<'a>)>),
}

/// The type of a field, for checking rule files before any event is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// Number.
    Int,
    /// Truth value.
    Bool,
    /// List of one shape.
    List(&'static Shape),
    /// Names chosen by the capture (labels, conditions) to one shape.
    Map(&'static Shape),
    /// Fixed fields.
    Record(&'static [FieldInfo]),
}

/// One field of an event family, as `kubetriage rules schema` lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldInfo {
    /// Name, the contract of rule files.
    pub name: &'static str,
    /// What it holds.
    pub doc: &'static str,
    /// Its type.
    pub shape: Shape,
}

/// A value whose parts can be read by name.
pub trait Reflect {
    /// The type.
    const SHAPE: Shape;
    /// Returns the view of this value.
    fn view(&self) -> Value<'_>;
    /// Calls `visit` with every text inside, and with the name the capture gave it: the key of a map
    /// (`PASSWORD`), empty for texts without one.
    fn texts_mut(&mut self, name: &str, visit: &mut dyn FnMut(&str, &mut String));
}

impl Reflect for String {
    const SHAPE: Shape = Shape::Text;
    fn view(&self) -> Value<'_> {
        Value::Text(self)
    }
    fn texts_mut(&mut self, name: &str, visit: &mut dyn FnMut(&str, &mut String)) {
        visit(name, self);
    }
}

impl Reflect for bool {
    const SHAPE: Shape = Shape::Bool;
    fn view(&self) -> Value<'_> {
        Value::Bool(*self)
    }
    fn texts_mut(&mut self, _name: &str, _visit: &mut dyn FnMut(&str, &mut String)) {}
}

impl Reflect for i64 {
    const SHAPE: Shape = Shape::Int;
    fn view(&self) -> Value<'_> {
        Value::Int(*self)
    }
    fn texts_mut(&mut self, _name: &str, _visit: &mut dyn FnMut(&str, &mut String)) {}
}

impl<T: Reflect> Reflect for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    fn view(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Missing, Reflect::view)
    }
    fn texts_mut(&mut self, name: &str, visit: &mut dyn FnMut(&str, &mut String)) {
        if let Some(value) = self {
            value.texts_mut(name, visit);
        }
    }
}

impl<T: Reflect> Reflect for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
    fn view(&self) -> Value<'_> {
        Value::List(self.iter().map(Reflect::view).collect())
    }
    fn texts_mut(&mut self, name: &str, visit: &mut dyn FnMut(&str, &mut String)) {
        for value in self {
            value.texts_mut(name, visit);
        }
    }
}

impl<T: Reflect> Reflect for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);
    fn view(&self) -> Value<'_> {
        Value::Map(self.iter().map(|(key, value)| (key.as_str(), value.view())).collect())
    }
    fn texts_mut(&mut self, _name: &str, visit: &mut dyn FnMut(&str, &mut String)) {
        for (key, value) in self {
            value.texts_mut(key, visit);
        }
    }
}

/// Declares a record: a struct whose fields can be read by name and carry their documentation.
#[macro_export]
#[doc(hidden)]
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $(#[serde($($serde:tt)+)])? pub $field:ident: $type:ty, )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name {
            $( $(#[doc = $field_doc])+ $(#[serde($($serde)+)])? pub $field: $type, )+
        }

        impl $name {
            /// The fields, in the order in which they are documented.
            pub const FIELDS: &'static [$crate::FieldInfo] = &[
                $( $crate::FieldInfo {
                    name: $crate::field_name!($field),
                    doc: concat!($($field_doc),+),
                    shape: <$type as $crate::Reflect>::SHAPE,
                }, )+
            ];

            /// Returns the view of the field called `name`, `None` if there is no such field.
            pub fn field(&self, name: &str) -> Option<$crate::Value<'_>> {
                $( if name == $crate::field_name!($field) {
                    return Some($crate::Reflect::view(&self.$field));
                } )+
                None
            }

            /// Feeds the fields of `mask` (bit 0 is the first field) to `hasher`.
            pub fn hash_fields(&self, mask: u64, hasher: &mut impl std::hash::Hasher) {
                let mut rest = mask;
                $( if rest & 1 == 1 {
                    std::hash::Hash::hash(&self.$field, hasher);
                }
                rest >>= 1; )+
                let _ = rest;
            }

            /// True if the fields of `mask` (bit 0 is the first field) are equal.
            pub fn same_fields(&self, other: &Self, mask: u64) -> bool {
                let mut rest = mask;
                $( if rest & 1 == 1 && self.$field != other.$field {
                    return false;
                }
                rest >>= 1; )+
                let _ = rest;
                true
            }

            /// Empties the fields that are not in `mask` (bit 0 is the first field).
            pub fn keep_fields(&mut self, mask: u64) {
                let mut rest = mask;
                $( if rest & 1 == 0 {
                    self.$field = Default::default();
                }
                rest >>= 1; )+
                let _ = rest;
            }
        }

        impl $crate::Reflect for $name {
            const SHAPE: $crate::Shape = $crate::Shape::Record(Self::FIELDS);
            fn view(&self) -> $crate::Value<'_> {
                $crate::Value::Map(vec![
                    $( ($crate::field_name!($field), $crate::Reflect::view(&self.$field)), )+
                ])
            }
            fn texts_mut(&mut self, _name: &str, visit: &mut dyn FnMut(&str, &mut String)) {
                $( $crate::Reflect::texts_mut(&mut self.$field, "", visit); )+
            }
        }
    };
}

/// The name of a field as captures and rules write it (`r#type` is `type`).
#[macro_export]
#[doc(hidden)]
macro_rules! field_name {
    (r#type) => {
        "type"
    };
    ($field:ident) => {
        stringify!($field)
    };
}
