//! The command line of `rules list`, `show` and `new`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::args::RuleSetArgs;

/// What `rules list` takes.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Form of the list
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: PageForm,
    #[command(flatten)]
    pub(crate) set: RuleSetArgs,
}

/// What `rules show` takes.
#[derive(Debug, Args)]
pub(crate) struct ShowRuleArgs {
    /// Rule id (`image/not-found`)
    #[arg(value_name = "RULE")]
    pub(crate) id: String,
    /// Form of the page
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: PageForm,
    #[command(flatten)]
    pub(crate) set: RuleSetArgs,
}

/// Form of a page about rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageForm {
    /// For people
    Text,
    /// For a wiki or a repository
    Markdown,
}

/// Form of what rules can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuleSchemaForm {
    /// For people: event kinds and their fields
    Text,
    /// For editors: the JSON Schema of rule files
    Json,
}

/// What `rules new` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kubetriage rules new team/slow-start
  kubetriage rules new image/mirror-outdated --dir team-rules/")]
pub(crate) struct NewArgs {
    /// Id of the rule: what it is about, and what it finds (`image/mirror-outdated`)
    #[arg(value_name = "AREA/SLUG", value_parser = rule_id)]
    pub(crate) id: String,
    /// Folder of own rules; the file is AREA/SLUG.yaml below it
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// Accepts an id of small letters, digits and dashes, with one slash.
fn rule_id(text: &str) -> Result<String, String> {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !part.ends_with('-')
    };
    match text.split_once('/') {
        Some((area, slug)) if part(area) && part(slug) => Ok(text.to_owned()),
        _ => Err("expected AREA/SLUG in small letters, such as image/mirror-outdated".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::rule_id;

    #[test]
    fn ids_have_an_area_and_a_slug() {
        assert!(rule_id("image/not-found").is_ok());
        for bad in
            ["", "image", "image/", "/x", "../x", "a/b/c", "Image/x", "a/b.yaml", "a/-b", "a/b-"]
        {
            assert!(rule_id(bad).is_err(), "{bad}");
        }
    }
}
