//! The generated page of the catalogue is current.

use kubetriage::rules::Catalog;
use kubetriage::{report, rule_report};

#[test]
fn the_page_lists_the_rules_as_they_are() {
    let rules: Vec<_> = Catalog::builtin().rules().iter().map(rule_report).collect();
    let mut page = Vec::new();
    report::catalog_markdown(&rules, &mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    let written = include_str!("../../rules/catalog/CATALOG.md");
    assert!(
        page == written,
        "write it anew: cargo run -- rules list --format markdown > crates/rules/catalog/CATALOG.md"
    );
}
