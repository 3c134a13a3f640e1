//! The kubetriage command.

use std::io::Write;

use kubetriage::prelude::*;

fn main() {
    let mut out = std::io::stdout().lock();
    let inputs: Vec<_> = std::env::args()
        .skip(1)
        .filter(|a| a != "parse" && a != "json" && !a.starts_with("--"))
        .map(Input::from_argument)
        .collect();
    let _ = parse(&inputs, &Options::default(), &mut |artifact| {
        for event in artifact.parsed.events {
            let line = serde_json::json!({
                "event": event.data.kind(), "data": event.data,
                "at": {"artifact": artifact.hint.path, "line": event.at.line, "end_line": event.at.end_line},
                "repaired": event.repaired,
            });
            let _ = writeln!(out, "{line}");
        }
    });
}
