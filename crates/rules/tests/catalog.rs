//! Checks every built-in rule as an author's file would be checked.

use kubetriage_rules::{Catalog, RuleFile};

fn files() -> Vec<RuleFile> {
    let files = Catalog::builtin_files();
    files.map(|(name, text)| RuleFile { name: name.to_owned(), text: text.to_owned() }).collect()
}

#[test]
fn every_rule_file_is_right() {
    if let Err(errors) = Catalog::load(&files(), false) {
        let text = errors.problems().iter().map(|problem| {
            let at = problem.span().start;
            let source = files().into_iter().find(|file| file.name == problem.file()).unwrap();
            let line = source.text.get(..at).unwrap_or_default().lines().count();
            format!("{}:{line}: {problem}\n", problem.file())
        });
        panic!("{}", text.collect::<String>());
    }
}

#[test]
fn the_embedded_form_holds_every_rule() {
    let loaded = Catalog::load(&files(), false).unwrap();
    let ids = |catalog: &Catalog| {
        catalog.rules().iter().map(|rule| rule.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(Catalog::builtin()), ids(&loaded));
    assert!(!loaded.rules().is_empty());
}
