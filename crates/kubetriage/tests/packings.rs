//! One bundle in every packing: a folder, archives, an archive in an archive, bytes from a pipe.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::Write as _;
use std::path::Path;

use kubetriage::prelude::*;

const BUNDLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles/agent-403");

/// Returns name and content of each file of the bundle.
#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn files() -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(BUNDLE).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            (format!("agent-403/{name}"), std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, data) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, data.as_slice()).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Returns what a report says about the cluster: each finding, with the places that carry it by file name.
fn said(input: Input) -> Vec<String> {
    let report = analyze(&[input], &Options::default()).unwrap();
    let place = |evidence: &Evidence| {
        let file = Path::new(&evidence.artifact).file_name().unwrap().to_str().unwrap();
        format!("{file}:{} {}", evidence.line, evidence.excerpt)
    };
    let said = report.findings.iter().map(|finding| {
        let places: Vec<String> = finding.evidence.iter().map(place).collect();
        let Finding { rule, verdict, subject, keys, count, .. } = finding;
        format!("{rule} {verdict:?} {subject:?} {keys:?} {count} {places:#?}")
    });
    said.chain(report.not_assessed.iter().map(|open| open.rule.clone())).collect()
}

#[test]
fn every_packing_says_the_same() {
    let files = files();
    let folder = said(Input::Path(BUNDLE.into()));
    assert!(!folder.is_empty());
    let packed = gzip(&tar(&files));
    let nested = zip(&[("outer/agent-403.tar.gz".to_owned(), packed.clone())]);
    for (name, bytes) in [
        ("bundle.tar", tar(&files)),
        ("bundle.tar.gz", packed.clone()),
        ("bundle.zip", zip(&files)),
        ("nested.zip", nested),
        // As from standard input: nothing but the bytes tells what it is.
        ("-", packed),
    ] {
        let input = Input::Bytes { name: name.to_owned(), bytes: bytes.into() };
        assert_eq!(said(input), folder, "{name}");
    }
}
