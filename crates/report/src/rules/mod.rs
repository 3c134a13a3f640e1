//! The catalogue as text: the list of rules, and the event kinds and fields that rules speak of.

mod markdown;

use std::io;

use kubetriage_model::{FAMILIES, FieldInfo, Severity, Shape};

pub use self::markdown::{catalog_markdown, rule_markdown};
use crate::plain::{severity, visible, wrap};

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

/// What `rules show` tells of one rule; placeholders stand as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePage<'a> {
    /// Id, severity and title.
    pub line: RuleLine<'a>,
    /// Why it is so, when the rule fires.
    pub cause: &'a str,
    /// Event kinds that the rule looks at.
    pub kinds: &'a [&'a str],
    /// Tags.
    pub tags: &'a [String],
    /// Documentation links.
    pub docs: &'a [String],
    /// The rule file as written.
    pub source: &'a str,
}

/// Writes the page of one rule, its text wrapped at `width` columns.
///
/// The rule file stands at the end as written: it is the program and its documentation in one.
///
/// # Errors
/// Those of `out`.
pub fn rule_page(page: &RulePage<'_>, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let RuleLine { id, severity: weight, title } = page.line;
    writeln!(out, "{}[{}]", severity(weight), visible(id))?;
    writeln!(out)?;
    for text in [title, page.cause] {
        paragraph("  ", text, width, out)?;
    }
    writeln!(out)?;
    paragraph("  looks at: ", &page.kinds.join(", "), width, out)?;
    paragraph("  tags: ", &page.tags.join(", "), width, out)?;
    for link in page.docs {
        paragraph("  docs: ", link, width, out)?;
    }
    if !page.source.is_empty() {
        writeln!(out)?;
        writeln!(out, "as written:")?;
        writeln!(out)?;
        for line in page.source.lines() {
            writeln!(out, "{}", format!("  {}", visible(line)).trim_end())?;
        }
    }
    Ok(())
}

/// Writes `text` behind `label`, wrapped, nothing at all when there is no text.
fn paragraph(label: &str, text: &str, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let indent = " ".repeat(label.len());
    let lines = wrap(text, width.saturating_sub(label.len()));
    for (index, line) in lines.iter().enumerate() {
        writeln!(out, "{}{line}", if index == 0 { label } else { &indent })?;
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
    fn a_page_leaves_out_what_is_empty() {
        let line = RuleLine { id: "image/slow", severity: Severity::Note, title: "It is slow" };
        let docs = ["https://learn.microsoft.com/x".to_owned()];
        let page = RulePage {
            line,
            cause: "The registry is far away.",
            kinds: &["kube_event", "pod"],
            tags: &[],
            docs: &docs,
            source: "id: image/slow\nseverity: note\n",
        };
        let mut out = Vec::new();
        rule_page(&page, 20, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "note[image/slow]\n\n  It is slow\n  The registry is\n  far away.\n\n  looks at: \
             kube_event,\n            pod\n  docs: https://learn.microsoft.com/x\n\nas written:\n\n  \
             id: image/slow\n  severity: note\n"
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
