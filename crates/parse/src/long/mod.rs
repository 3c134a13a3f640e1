//! Long lists and tables, read part by part, so that memory does not grow with them and all cores take part.
//!
//! A list of objects as JSON is cut between its items, a table between its rows. The parts state the same events as
//! the whole text does; what they say about completeness is put together by [`settle`].

mod list;
mod table;

use std::collections::BTreeMap;

use kubetriage_model::{Coverage, Hint, Interest, Scope, Sink};

use crate::text::{Line, Text};

/// How a long text is cut and read.
#[derive(Debug, Clone)]
pub struct Long(Kind);

#[derive(Debug, Clone)]
enum Kind {
    List(list::List),
    Table(table::Table),
}

/// One part of a long text.
#[derive(Debug, Clone, Copy)]
pub struct Part<'t> {
    /// Its text.
    pub text: Text<'t>,
    /// True for the part with which the text starts.
    pub first: bool,
    /// True for the part with which the text ends.
    pub last: bool,
}

/// Where a text can be cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Behind so many bytes; what follows goes on in the same way.
    Behind(usize),
    /// Nowhere yet: more of the text has to be seen.
    More,
    /// Nowhere any more: what follows has to be read as one, and is the last part.
    Over,
}

impl Long {
    /// Returns how to cut an artifact whose text starts with `head` (whole lines, at least a few KiB), `None`
    /// for one that wants to be read as a whole.
    pub fn of(head: &str, hint: &Hint) -> Option<Self> {
        let list = || list::List::of(head).map(Kind::List);
        let table = || table::Table::of(head, hint).map(Kind::Table);
        list().or_else(table).map(Self)
    }

    /// Returns where `text`, the next part and what follows, can be cut; it holds whole lines.
    pub fn cut(&self, text: &str, first: bool) -> Cut {
        match &self.0 {
            Kind::List(list) => list.cut(text, first),
            Kind::Table(_) => table::Table::cut(text, first),
        }
    }

    /// States what one part holds; returns false if it tells that something is missing from the text.
    pub fn parse(
        &self,
        part: Part<'_>,
        hint: &Hint,
        interest: &dyn Interest,
        sink: &mut dyn Sink,
    ) -> bool {
        match &self.0 {
            Kind::List(list) => list.parse(part, hint, interest, sink),
            Kind::Table(table) => {
                table.parse(part, hint, interest, sink);
                true
            }
        }
    }
}

/// Returns what is left of `text` from one of its lines on.
fn from_line<'t>(text: Text<'t>, line: Option<&Line<'_>>) -> Option<Text<'t>> {
    let line = line?;
    let at = usize::try_from(line.offset.checked_sub(text.offset)?).ok()?;
    let rest = text.text.get(at..)?;
    Some(Text { text: rest, offset: line.offset, first_line: line.number, ..text })
}

/// Puts together what the parts of one text say about completeness: it is whole if all of them are, and if `whole`.
pub fn settle(parts: Vec<Coverage>, whole: bool) -> Vec<Coverage> {
    let mut settled: BTreeMap<(&'static str, Option<String>), Coverage> = BTreeMap::new();
    for mut part in parts {
        part.whole &= whole;
        let place = (part.kind, part.object_kind.clone());
        match settled.get_mut(&place) {
            None => {
                settled.insert(place, part);
            }
            Some(all) => {
                all.whole &= part.whole;
                all.scope = widest(&all.scope, part.scope);
            }
        }
    }
    settled.into_values().collect()
}

/// Objects of several namespaces can only come from a list of all of them.
fn widest(one: &Scope, other: Scope) -> Scope {
    match (one, other) {
        (Scope::UnknownNamespace, other) => other,
        (one, Scope::UnknownNamespace) => one.clone(),
        (one, other) if *one == other => other,
        _ => Scope::Cluster,
    }
}
