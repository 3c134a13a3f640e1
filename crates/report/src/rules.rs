//! The catalogue as text: the list of rules, and the event kinds and fields that rules speak of.

use std::io;

use kubetriage_model::{FAMILIES, FieldInfo, Severity, Shape};

use crate::plain::{severity, visible};

/// One rule, as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine<'a> {
    /// Id, `area/slug`.
    pub id: &'a str,
    /// Weight.
    pub severity: Severity,
    /// What the rule says when it fires; placeholders stand as written.
    pub title: &'a str,
}

/// Writes one line per rule: id, severity, title.
///
/// # Errors
/// Those of `out`.
pub fn rule_list(rules: &[RuleLine<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules {
        let line = format!("{:width$}  {:7}  {}", rule.id, severity(rule.severity), rule.title);
        writeln!(out, "{}", visible(&line).trim_end())?;
    }
    Ok(())
}

/// Writes every event kind with its fields, their types and what they hold.
///
/// # Errors
/// Those of `out`.
pub fn event_kinds(out: &mut dyn io::Write) -> io::Result<()> {
    for (index, family) in FAMILIES.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}:{}", family.name, family.doc)?;
        fields(family.fields, out)?;
    }
    Ok(())
}

/// Writes the fields of one kind, those of records under their dotted names.
fn fields(fields: &[FieldInfo], out: &mut dyn io::Write) -> io::Result<()> {
    let mut open: Vec<(String, &FieldInfo)> =
        fields.iter().rev().map(|field| (field.name.to_owned(), field)).collect();
    while let Some((name, field)) = open.pop() {
        let (word, record) = shape(&field.shape);
        writeln!(out, "  {name:28} {word:20}{}", field.doc)?;
        // A record names its own fields once; no family nests a record in itself.
        let inner = record.iter().rev().map(|inner| (format!("{name}.{}", inner.name), inner));
        open.extend(inner);
    }
    Ok(())
}

/// Returns the name of a type, and the fields of the record in it.
fn shape(shape: &Shape) -> (String, &'static [FieldInfo]) {
    let mut wrapped = String::new();
    let mut inner = shape;
    loop {
        let word = match inner {
            Shape::List(item) => {
                wrapped.push_str("list of ");
                inner = item;
                continue;
            }
            Shape::Map(item) => {
                wrapped.push_str("map to ");
                inner = item;
                continue;
            }
            Shape::Text => "text",
            Shape::Int => "number",
            Shape::Bool => "true or false",
            Shape::Record(fields) => return (format!("{wrapped}record"), fields),
        };
        return (format!("{wrapped}{word}"), &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_aligned() {
        let line = |id, severity| RuleLine { id, severity, title: "The {image} is slow" };
        let rules = [line("image/slow", Severity::Note), line("dns/servfail", Severity::Error)];
        let mut out = Vec::new();
        rule_list(&rules, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "image/slow    note     The {image} is slow\ndns/servfail  error    The {image} is slow\n"
        );
    }

    #[test]
    fn every_kind_and_nested_field_is_listed() {
        let mut out = Vec::new();
        event_kinds(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for family in FAMILIES {
            assert!(text.contains(&format!("{}:", family.name)), "{}", family.name);
        }
        assert!(text.contains("\n  owner.name "), "{text}");
        assert!(text.contains("map to text"), "{text}");
    }
}
