//! The kubetriage command.

use std::io::Write;

use kubetriage::model::{ArtifactId, Interest, Parsed};
use kubetriage::{parse, source};

struct Everything;

impl Interest for Everything {
    fn scan(&self, _text: &str, _found: &mut dyn FnMut(usize)) {}
    fn everything(&self) -> bool {
        true
    }
}

fn main() {
    let mut out = std::io::stdout().lock();
    for path in
        std::env::args().skip(1).filter(|a| a != "parse" && a != "json" && !a.starts_with("--"))
    {
        for artifact in source::open(path.as_ref()) {
            for block in artifact.blocks() {
                let text = parse::Text {
                    artifact: ArtifactId(0),
                    text: &block.text,
                    offset: block.offset,
                    first_line: block.first_line,
                };
                let mut parsed = Parsed::default();
                parse::parse(text, &artifact.hint, &Everything, &mut parsed);
                for event in parsed.events {
                    let line = serde_json::json!({
                        "event": event.data.kind(), "data": event.data,
                        "at": {"artifact": artifact.hint.path, "line": event.at.line, "end_line": event.at.end_line},
                        "repaired": event.repaired,
                    });
                    let _ = writeln!(out, "{line}");
                }
            }
        }
    }
}
