//! Rules as SARIF describes them: what they say in general, and what to do.

use std::fmt::Write;

use kubetriage_model::{Fix, RuleReport};

use super::document::{Configuration, Descriptor, Help, RuleProperties, Text};
use crate::markdown;
use crate::plain::{severity, visible};

/// Returns the description of a rule.
pub(super) fn descriptor(rule: &RuleReport) -> Descriptor<'_> {
    Descriptor {
        id: &rule.id,
        name: name(&rule.id),
        short_description: Text { text: visible(&rule.title) },
        full_description: Text { text: visible(&rule.cause) },
        help: Help { text: text(rule), markdown: help(rule) },
        help_uri: rule.docs.first().map(String::as_str),
        default_configuration: Configuration { level: severity(rule.severity) },
        properties: RuleProperties { tags: tags(rule) },
    }
}

/// Returns `ImageNotFound` for `image/not-found`: what tools show that want a name beside the id.
fn name(id: &str) -> String {
    let words = id.split(['/', '-']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}

/// Returns the area and the tags of a rule, each once: the format wants a set.
fn tags(rule: &RuleReport) -> Vec<&str> {
    let area = rule.id.split('/').next().filter(|area| !area.is_empty());
    let mut tags: Vec<&str> = Vec::new();
    for tag in area.into_iter().chain(rule.tags.iter().map(String::as_str)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Returns what to do as plain text.
fn text(rule: &RuleReport) -> String {
    let mut lines = vec![visible(&rule.cause)];
    for fix in &rule.fixes {
        lines.push(format!("Fix: {}", visible(&fix.title)));
        lines.extend(fix.steps.iter().map(|step| format!("- {}", visible(step))));
        lines.extend(fix.commands.iter().map(|command| format!("  {}", visible(command))));
    }
    lines.extend(rule.verify.iter().map(|step| format!("Verify: {}", visible(step))));
    lines.extend(rule.docs.iter().map(|link| visible(link)));
    lines.join("\n")
}

/// Returns what to do as Markdown.
fn help(rule: &RuleReport) -> String {
    let mut text = format!("{}\n", markdown::escaped(&rule.cause));
    for fix in &rule.fixes {
        remedy(&mut text, fix);
    }
    if !rule.verify.is_empty() {
        text.push_str("\n### Verify\n\n");
        for step in &rule.verify {
            // Writing to a string cannot fail, here and below.
            let _ = writeln!(text, "- {}", markdown::escaped(step));
        }
    }
    for link in &rule.docs {
        let _ = write!(text, "\n{}\n", markdown::link(link));
    }
    text
}

/// Appends one way to mend the cause.
fn remedy(text: &mut String, fix: &Fix) {
    let recommended = if fix.recommended { " (recommended)" } else { "" };
    let _ = write!(text, "\n### {}{recommended}\n\n", markdown::escaped(&fix.title));
    for step in &fix.steps {
        let _ = writeln!(text, "- {}", markdown::escaped(step));
    }
    if !fix.commands.is_empty() {
        let _ = write!(text, "\n{}", markdown::fenced("sh", &fix.commands.join("\n")));
    }
    if let Some(manifest) = &fix.manifest {
        let _ = write!(text, "\n{}", markdown::fenced("yaml", manifest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_joined() {
        assert_eq!(name("image/not-found"), "ImageNotFound");
        assert_eq!(name("extension/dataplane-403"), "ExtensionDataplane403");
    }
}
