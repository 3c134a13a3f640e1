//! How fast the way of the data is: a small bundle from open to JSON, and a big agent log.
//!
//! `cargo bench -p kubetriage`

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kubetriage::model::{ArtifactId, Hint, Parsed};
use kubetriage::prelude::*;
use kubetriage::text::{Text, scan_log};
use kubetriage_testkit::big_bundle::agent_log;

/// Size of the agent log, in bytes.
const LOG_BYTES: usize = 100 << 20;

fn small_bundle(criterion: &mut Criterion) {
    let folder: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../testdata/bundles/agent-403"].iter().collect();
    criterion.bench_function("small bundle, open to JSON", |bencher| {
        bencher.iter(|| {
            let report = analyze(&[Input::Path(folder.clone())], &Options::default());
            let mut json = Vec::new();
            if let Ok(report) = report {
                let _ = kubetriage::report::json(&report, &mut json);
            }
            black_box(json)
        });
    });
}

fn big_agent_log(criterion: &mut Criterion) {
    let log = agent_log(LOG_BYTES);
    let interest = Catalog::builtin().interest();
    let mut group = criterion.benchmark_group("100 MiB agent log");
    group.throughput(Throughput::Bytes(log.len() as u64)).sample_size(10);
    group.bench_function("scan, one thread", |bencher| {
        bencher.iter(|| {
            let mut parsed = Parsed::default();
            let text = Text { artifact: ArtifactId(0), text: &log, offset: 0, first_line: 1 };
            scan_log(text, &Hint::default(), &interest, &mut parsed);
            black_box(parsed.events.len())
        });
    });
    let folder = std::env::temp_dir().join(format!("kubetriage-bench-{}", std::process::id()));
    if std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("agent.log"), &log))
        .is_ok()
    {
        group.bench_function("analyze a file", |bencher| {
            let input = [Input::Path(folder.join("agent.log"))];
            bencher.iter(|| black_box(analyze(&input, &Options::default()).is_ok()));
        });
    }
    let _ = std::fs::remove_dir_all(&folder);
    group.finish();
}

criterion_group!(benches, small_bundle, big_agent_log);
criterion_main!(benches);
