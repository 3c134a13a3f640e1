//! Uses the parsers alone: a text in memory becomes typed events, no rules, no files.
//!
//! `cargo run --example one_parser`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use kubetriage::model::{ArtifactId, Data, Hint, Parsed};
use kubetriage::{Everything, text};

const TABLE: &str = "\
NAME                    READY   STATUS             RESTARTS      AGE
web-5d4f8c7b9d-k8s2p    0/1     ImagePullBackOff   0             4m12s
cart-6b7f9c8d5-x2x7q    1/1     Running            5 (2m ago)    3h
";

fn main() {
    let mut parsed = Parsed::default();
    let table = text::Text { artifact: ArtifactId(0), text: TABLE, offset: 0, first_line: 1 };
    text::parse(table, &Hint::default(), &Everything, &mut parsed);

    for event in &parsed.events {
        if let Data::Pod(pod) = &event.data {
            let status = pod.status.as_deref().unwrap_or("unknown");
            println!(
                "line {}: {} is {status}, {:?} restarts",
                event.at.line, pod.name, pod.restarts
            );
        }
    }
    assert_eq!(parsed.events.len(), 2);
    assert_eq!(parsed.total, parsed.used, "every line was understood");
}
