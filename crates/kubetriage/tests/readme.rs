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
fn every_layout_is_in_the_readme() {
    let rows: Vec<&str> = README
        .lines()
        .skip_while(|line| !line.starts_with("| bundle |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("| ")?.split(" | ").next())
        .collect();
    let names: Vec<&str> = kubetriage::source::layout_names().collect();
    assert_eq!(
        rows, names,
        "the table of bundles tells all layouts, in the order in which they are asked"
    );
}

#[test]
fn the_readme_names_no_format_that_is_gone() {
    let names = kubetriage::text::format_names();
    let table = README.lines().skip_while(|line| !line.starts_with("| format |")).skip(2);
    for row in table.map_while(|line| line.strip_prefix("| ")?.split(" | ").next()) {
        for name in row.split(", ").map(|name| name.trim_matches('`')) {
            assert!(names.contains(&name), "{name}");
        }
    }
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
