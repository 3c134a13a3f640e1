//! Consumes the JSON report, as a program in any language would: by its field names alone.
//!
//! `kubetriage analyze BUNDLE --format json | cargo run --example read_json`
#![expect(clippy::print_stdout, reason = "an example shows its result")]
#![expect(clippy::indexing_slicing, reason = "a missing name of a JSON value reads as null")]

use std::io::{IsTerminal as _, Read as _};

use kubetriage::prelude::*;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    if std::io::stdin().is_terminal() || std::io::stdin().read_to_string(&mut text)? == 0 {
        text = sample()?;
    }
    let report: Value = serde_json::from_str(&text)?;
    if report["schema"] != "kubetriage.report/1" {
        return Err("not a report of a version that this program knows".into());
    }
    for finding in report["findings"].as_array().into_iter().flatten() {
        let live = finding["verdict"] != "healed";
        let cause = finding["explained_by"].as_array().is_none_or(Vec::is_empty);
        if live && cause {
            let place = &finding["evidence"][0];
            println!("{} at {}:{}", finding["title"], place["artifact"], place["line"]);
        }
    }
    println!("{} questions are open", report["summary"]["not_assessed"]);
    Ok(())
}

/// Returns the report of the sample bundle, for running this without a pipe.
fn sample() -> Result<String, Box<dyn std::error::Error>> {
    let folder = format!("{}/../../testdata/bundles/agent-403", env!("CARGO_MANIFEST_DIR"));
    let report = analyze(&[Input::Path(folder.into())], &Options::default())?;
    let mut json = Vec::new();
    kubetriage::report::json(&report, &mut json)?;
    Ok(String::from_utf8(json)?)
}
