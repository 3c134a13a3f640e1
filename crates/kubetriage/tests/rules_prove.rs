//! Runs the cases that every built-in rule carries for itself, through the parsers.

use kubetriage::rules::{Catalog, prove};

#[test]
fn every_rule_proves_itself() {
    let catalog = Catalog::builtin();
    let mut wrong = Vec::new();
    for rule in catalog.rules() {
        let results = prove(catalog, rule, &|files| kubetriage::facts_of_texts(files));
        assert!(!results.is_empty(), "{} has no cases", rule.id());
        for result in results {
            let problems = result.problems.iter();
            wrong.extend(problems.map(|p| format!("{}: {}: {p}", result.rule, result.case)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
