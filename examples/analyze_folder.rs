//! Analyzes a folder and prints each root cause with its place.
//!
//! `cargo run --example analyze_folder -- testdata/bundles/agent-403`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use kubetriage::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).filter(|name| !name.starts_with('-'));
    let folder = folder.unwrap_or_else(|| sample("bundles/agent-403"));
    let report = analyze(&[Input::Path(folder.into())], &Options::default())?;

    for finding in report.findings.iter().filter(|finding| finding.explained_by.is_empty()) {
        println!("{} ({:?}): {}", finding.rule, finding.verdict, finding.title);
        for place in &finding.evidence {
            println!("  {}:{}:{}", place.artifact, place.line, place.column);
        }
    }
    for open in &report.not_assessed {
        println!("open: {} ({})", open.rule, open.reason);
        for command in &open.collect {
            println!("  $ {command}");
        }
    }
    Ok(())
}

fn sample(name: &str) -> String {
    format!("{}/../../testdata/{name}", env!("CARGO_MANIFEST_DIR"))
}
