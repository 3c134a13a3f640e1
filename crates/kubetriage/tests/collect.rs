//! What rules ask to capture only reads, and the plan keeps it so.

use kubetriage::review::{is_read_only, words};
use kubetriage::rules::Catalog;

#[test]
fn every_command_that_a_rule_asks_for_only_reads() {
    let mut wrong = Vec::new();
    for rule in Catalog::builtin().rules() {
        for command in rule.collect() {
            if !is_read_only(&words(&command)) {
                wrong.push(format!("{}: {command}", rule.id()));
            }
        }
    }
    assert!(wrong.is_empty(), "not known to be read-only:\n{}", wrong.join("\n"));
}
