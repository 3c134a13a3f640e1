//! `kubetriage rules`: the catalogue and the author's tools.

use std::borrow::Cow;
use std::path::PathBuf;

use kubetriage::report::{self, Detail, RuleLine, RulePage};
use kubetriage::rules::{Catalog, RULE_GUIDE, RULE_SCHEMA, Rule, RuleFile, Selection, prove};
use kubetriage::{Options, rule_report};
use miette::miette;

use super::new_rule;
use crate::args::{RuleSetArgs, RulesCommand};
use crate::exit::Exit;
use crate::rules_args::{ListArgs, PageForm, RuleSchemaForm, ShowRuleArgs};
use crate::terminal::Terminal;
use crate::{output, rule_files};

/// Runs one of the commands.
pub(super) fn run(command: &RulesCommand, terminal: Terminal) -> miette::Result<Exit> {
    match command {
        RulesCommand::List(args) => list(args),
        RulesCommand::Show(args) => show(args, terminal),
        RulesCommand::New(args) => new_rule::run(args),
        RulesCommand::Check { paths } => check(paths),
        RulesCommand::Test { paths, only } => test(paths, only),
        RulesCommand::Schema { format: RuleSchemaForm::Text } => fields(),
        RulesCommand::Schema { format: RuleSchemaForm::Json } => text(RULE_SCHEMA),
        RulesCommand::Guide => text(RULE_GUIDE),
    }
}

/// Returns the built-in rules with those of the named folders.
fn catalog(set: &RuleSetArgs) -> miette::Result<Cow<'static, Catalog>> {
    let mut options = Options::default();
    options.rule_files = rule_files::read(&set.rules)?;
    Ok(options.catalog()?)
}

/// Lists the rules, one line each.
fn list(args: &ListArgs) -> miette::Result<Exit> {
    let catalog = catalog(&args.set)?;
    if args.format == PageForm::Markdown {
        let rules: Vec<_> = catalog.rules().iter().map(rule_report).collect();
        output::write_to(None, |out| report::catalog_markdown(&rules, out))?;
        return Ok(Exit::Clean);
    }
    let titles: Vec<_> = catalog.rules().iter().map(Rule::title).collect();
    let rules: Vec<_> = catalog
        .rules()
        .iter()
        .zip(&titles)
        .map(|(rule, title)| RuleLine { id: rule.id(), severity: rule.severity(), title })
        .collect();
    output::write_to(None, |out| report::rule_list(&rules, out))?;
    Ok(Exit::Clean)
}

/// Explains one rule.
fn show(args: &ShowRuleArgs, terminal: Terminal) -> miette::Result<Exit> {
    let catalog = catalog(&args.set)?;
    let id = args.id.as_str();
    let only = Selection { only: vec![id.to_owned()], ..Selection::default() };
    let Some(rule) = catalog.get(id) else {
        // Selecting it tells what is nearest; an area or a tag is a name, but not of one rule.
        catalog.select(&only).map_err(kubetriage::Error::from)?;
        return Err(miette!(
            help = "`kubetriage rules list` names the rules, such as image/not-found",
            "`{id}` names several rules, expected the id of one"
        ));
    };
    if args.format == PageForm::Markdown {
        let page = rule_report(rule);
        output::write_to(None, |out| report::rule_markdown(&page, &rule.kinds(), out))?;
        return Ok(Exit::Clean);
    }
    let (title, cause) = (rule.title(), rule.cause());
    let page = RulePage {
        line: RuleLine { id: rule.id(), severity: rule.severity(), title: &title },
        cause: &cause,
        kinds: &rule.kinds(),
        tags: rule.tags(),
        docs: rule.docs(),
        source: rule.source(),
    };
    let width = terminal.text_options(None, Detail::Normal, false).width;
    output::write_to(None, |out| report::rule_page(&page, width, out))?;
    Ok(Exit::Clean)
}

/// Checks rule files beside the built-in ones, which they may refer to; their problems are the error.
fn check(paths: &[PathBuf]) -> miette::Result<Exit> {
    let files = rule_files::read(paths)?;
    let catalog = Catalog::draft(&files)?;
    let number =
        if paths.is_empty() { catalog.rules().len() } else { own(&catalog, &files).count() };
    output::write_to(None, |out| writeln!(out, "{}, no problems", counted(number, "rule")))?;
    Ok(Exit::Clean)
}

/// Returns the rules of `catalog` that stand in `files`.
fn own<'c>(catalog: &'c Catalog, files: &'c [RuleFile]) -> impl Iterator<Item = &'c Rule> {
    catalog.rules().iter().filter(|rule| files.iter().any(|file| file.name == rule.file()))
}

/// Runs the cases that rules carry, and writes those that do not hold.
fn test(paths: &[PathBuf], only: &[String]) -> miette::Result<Exit> {
    let selection = Selection { only: only.to_vec(), ..Selection::default() };
    let files: Vec<RuleFile> = rule_files::read(paths)?;
    let all = if files.is_empty() {
        Cow::Borrowed(Catalog::builtin())
    } else {
        Cow::Owned(Catalog::draft(&files)?)
    };
    let chosen = all.select(&selection).map_err(kubetriage::Error::from)?;
    let rules: Vec<_> = if paths.is_empty() {
        chosen.rules().iter().collect()
    } else {
        own(&chosen, &files).collect()
    };
    let read = |files: &[(String, String)]| kubetriage::facts_of_texts(files);
    let results: Vec<_> = rules.iter().flat_map(|rule| prove(&all, rule, &read)).collect();
    let failed: Vec<_> = results.iter().filter(|result| !result.problems.is_empty()).collect();
    output::write_to(None, |out| {
        for result in &failed {
            writeln!(out, "{}: {}", result.rule, result.case)?;
            for problem in &result.problems {
                writeln!(out, "  {}", report::visible(problem))?;
            }
        }
        let (cases, rules) = (counted(results.len(), "case"), counted(rules.len(), "rule"));
        writeln!(out, "{cases} of {rules}, {} failed", failed.len())
    })?;
    Ok(if failed.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// Returns the number with its word, in the plural where it is one.
fn counted(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// Prints a text that the program carries.
fn text(text: &str) -> miette::Result<Exit> {
    output::write_to(None, |out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Clean)
}

/// Lists the event kinds and their fields.
fn fields() -> miette::Result<Exit> {
    output::write_to(None, report::event_kinds)?;
    Ok(Exit::Clean)
}
