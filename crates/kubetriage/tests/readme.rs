//! What the README says of formats and rules is what the code has.

use std::collections::BTreeMap;

use kubetriage::rules::Catalog;

const README: &str = include_str!("../../../README.md");

#[test]
fn every_format_is_in_the_readme() {
    let missing: Vec<_> = kubetriage::text::format_names()
        .into_iter()
        .filter(|name| !README.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}

#[test]
fn the_table_of_areas_counts_the_catalogue() {
    let mut areas: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in Catalog::builtin().rules() {
        *areas.entry(rule.area()).or_default() += 1;
    }
    for (area, rules) in areas {
        assert!(README.contains(&format!("| `{area}/` | {rules} | ")), "{area} has {rules} rules");
    }
}
