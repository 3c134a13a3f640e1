//! The kubetriage command.

use std::io::Write;

use kubetriage::model::{Interest, Parsed};
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
    let inputs: Vec<_> = std::env::args()
        .skip(1)
        .filter(|a| a != "parse" && a != "json" && !a.starts_with("--"))
        .map(source::Input::from_argument)
        .collect();
    let Ok(bundle) = source::open(&inputs, &source::Limits::default()) else { return };
    for mut artifact in bundle {
        for block in artifact.blocks() {
            let text = parse::Text {
                artifact: artifact.id,
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
