//! The text of one object, in the form it was captured in, and how it is read into a struct.

use std::borrow::Cow;
use std::cell::OnceCell;

use kubetriage_model::{Mark, NoteKind};
use serde::de::DeserializeOwned;

use super::outline::Outline;
use super::yaml;
use crate::emitter::{Emitter, mark};
use crate::prim::json_scan;
use crate::text::Line;

/// Text of one object.
#[derive(Debug, Clone)]
pub(super) enum Raw<'t> {
    /// A JSON object.
    Json(Cow<'t, str>),
    /// A YAML document.
    Yaml(&'t str),
    /// An item of a YAML list, with its `-`.
    YamlItem(&'t str),
    /// An object of a YAML text in flow style, which was read as a whole.
    Value(serde_json::Value),
    /// An object in Python's notation, read as a whole, with its index.
    Python {
        /// The object, in the API's spelling.
        value: serde_json::Value,
        /// Where its keys stand.
        outline: Outline,
    },
}

impl Raw<'_> {
    /// Reads the object; the text of the error says what was expected.
    ///
    /// Of keys that appear twice the last one counts.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        match self {
            Self::Json(text) => serde_json::from_str(text).or_else(|error| {
                let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
                serde_json::from_value::<T>(value).map_err(|_| error.to_string())
            }),
            Self::Yaml(text) => yaml::read(text),
            Self::YamlItem(text) => yaml::read::<[T; 1]>(text).map(|[item]| item),
            Self::Value(value) | Self::Python { value, .. } => {
                serde_json::from_value(value.clone()).map_err(|error| error.to_string())
            }
        }
    }
}

/// One object as it stands in the capture.
#[derive(Debug)]
pub(super) struct Source<'t> {
    /// Its text.
    pub(super) raw: Raw<'t>,
    /// Its lines, at least one.
    pub(super) lines: &'t [Line<'t>],
    /// True when broken syntax was repaired to read it.
    pub(super) repaired: bool,
    /// True when its text must not be shown.
    pub(super) concealed: bool,
    /// Made when the first mark is asked for: most objects of a big list are well, and nobody points at them.
    outline: OnceCell<Outline>,
}

impl<'t> Source<'t> {
    /// Returns an object that stands on `lines`.
    pub(super) fn new(raw: Raw<'t>, lines: &'t [Line<'t>]) -> Self {
        Self { raw, lines, repaired: false, concealed: false, outline: OnceCell::new() }
    }

    /// Reads the object, without trailing commas when they are what is wrong with it.
    pub(super) fn read<T: DeserializeOwned>(&mut self) -> Result<T, String> {
        let error = match self.raw.read() {
            Ok(object) => return Ok(object),
            Err(error) => error,
        };
        let Raw::Json(text) = &self.raw else { return Err(error) };
        let Some(clean) = json_scan::without_trailing_commas(text) else { return Err(error) };
        self.raw = Raw::Json(Cow::Owned(clean));
        self.repaired = true;
        self.raw.read().map_err(|_| error)
    }

    /// Returns the index of the object's keys by line.
    pub(super) fn outline(&self) -> &Outline {
        if let Raw::Python { outline, .. } = &self.raw {
            return outline;
        }
        let is_yaml = matches!(self.raw, Raw::Yaml(_) | Raw::YamlItem(_));
        self.outline.get_or_init(|| Outline::read(self.lines, is_yaml))
    }

    /// Returns the marks of `fields`: those whose path the object has.
    pub(super) fn marks<'p>(
        &self,
        fields: impl IntoIterator<Item = (&'static str, &'p str)>,
    ) -> Vec<Mark> {
        let find = |(field, path)| {
            self.outline()
                .line(path)
                .and_then(|at| self.lines.get(at))
                .map(|line| mark(field, line))
        };
        fields.into_iter().filter_map(find).collect()
    }

    /// States `data`, read from the object.
    pub(super) fn state(
        &self,
        marks: impl FnOnce() -> Vec<Mark>,
        data: impl Into<kubetriage_model::Data>,
        out: &mut Emitter<'_>,
    ) {
        if self.concealed {
            out.concealed(self.lines, marks(), data);
        } else {
            out.used(self.lines);
            out.lazily(self.lines, marks, self.repaired, data.into());
        }
    }

    /// States `data`, read from an object that must not be shown, on the line that names it.
    pub(super) fn state_name(
        &self,
        data: impl Into<kubetriage_model::Data>,
        out: &mut Emitter<'_>,
    ) {
        let at = self.outline().line("metadata.name").filter(|_| self.lines.len() > 1);
        match at.and_then(|at| self.lines.get(at..=at)) {
            Some(named) => out.part(named, Vec::new(), self.repaired, data.into()),
            None => out.concealed(self.lines, Vec::new(), data),
        }
    }

    /// States `data` as a part of the object, whose lines are counted already.
    pub(super) fn state_part(
        &self,
        marks: impl FnOnce() -> Vec<Mark>,
        data: impl Into<kubetriage_model::Data>,
        out: &mut Emitter<'_>,
    ) {
        out.lazily(self.lines, marks, self.repaired, data.into());
    }

    /// Keeps the object's text out of everything that is stated from it.
    pub(super) fn conceal(&mut self) {
        self.concealed = true;
    }

    /// Notes something about the object.
    pub(super) fn note(&self, kind: NoteKind, message: &str, out: &mut Emitter<'_>) {
        out.note(self.lines.first(), kind, message);
    }
}
