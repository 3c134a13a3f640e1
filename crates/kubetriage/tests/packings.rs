//! One bundle in every packing: a folder, archives, an archive in an archive, bytes from a pipe.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::io::Write as _;
use std::path::Path;

use kubetriage::prelude::*;

const BUNDLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/bundles");

/// Returns name and content of each file of a bundle, in the order in which a folder is walked.
fn files(bundle: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    walk(&Path::new(BUNDLES).join(bundle), bundle, &mut files);
    files
}

#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn walk(folder: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            walk(&path, &name, files);
        } else {
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
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
    for bundle in ["agent-403", "arc-diagnoser", "cluster-info-dump", "must-gather", "troubleshoot"]
    {
        let files = files(bundle);
        let folder = said(Input::Path(Path::new(BUNDLES).join(bundle)));
        assert!(!folder.is_empty());
        let packed = gzip(&tar(&files));
        let nested = zip(&[("outer/bundle.tar.gz".to_owned(), packed.clone())]);
        let deeper = tar(&[("case/nested.zip".to_owned(), nested.clone())]);
        for (name, bytes) in [
            ("bundle.tar", tar(&files)),
            ("bundle.tar.gz", packed.clone()),
            ("bundle.zip", zip(&files)),
            ("nested.zip", nested),
            ("deeper.tar", deeper),
            // As from standard input: nothing but the bytes tells what it is.
            ("-", packed),
        ] {
            let input = Input::Bytes { name: name.to_owned(), bytes: bytes.into() };
            assert_eq!(said(input), folder, "{bundle} as {name}");
        }
    }
}

#[test]
fn the_order_in_which_an_archive_was_packed_shows_in_no_finding() {
    for bundle in ["agent-403", "must-gather", "troubleshoot"] {
        let mut files = files(bundle);
        let sorted = |bytes: Vec<u8>| {
            let mut said = findings(Input::Bytes { name: "b.tar".to_owned(), bytes: bytes.into() });
            said.sort();
            said
        };
        let forwards = sorted(tar(&files));
        files.reverse();
        assert_eq!(sorted(tar(&files)), forwards, "{bundle}");
    }
}

/// Returns what each finding is about.
fn findings(input: Input) -> Vec<String> {
    let report = analyze(&[input], &Options::default()).unwrap();
    let told = |finding: &Finding| {
        let Finding { rule, verdict, subject, keys, count, .. } = finding;
        format!("{rule} {verdict:?} {subject:?} {keys:?} {count}")
    };
    report.findings.iter().map(told).collect()
}
