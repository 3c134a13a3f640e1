//! Whether time grows with the text: shapes of captures that repeat one thing, through parsers and rules.
//!
//! `cargo bench -p kubetriage --bench growth`. The throughput of a shape has to be about the same for all lengths; what
//! grows with the square loses four fifths of it from one length to the next.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use kubetriage::prelude::*;

/// Lines of the texts.
const LINES: [usize; 3] = [400, 2_000, 10_000];

/// Name, first lines, and what is repeated; `#` is the number of the repetition.
const SHAPES: &[(&str, &str, &str)] = &[
    (
        "documents",
        "",
        "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-#\n  namespace: shop\nstatus:\n  phase: Pending\n",
    ),
    ("heads of documents", "", "kind: Pod\napiVersion: v1\n"),
    ("markers", "apiVersion: v1\nkind: Pod\n", "---\n"),
    (
        "items",
        "apiVersion: v1\nkind: List\nitems:\n",
        "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: web-#\n    namespace: shop\n",
    ),
    ("open braces", "", "{\n"),
    ("open arrays", "", "[\n{\n\"a\":\n"),
    ("broken agent lines", "", "{\"Message\":\"403 Forbidden\n"),
    (
        "rows",
        "NAMESPACE   NAME          READY   STATUS             RESTARTS   AGE\n",
        "shop        web-#         0/1     ImagePullBackOff   0          5m\n",
    ),
    ("tables", "", "NAME          READY   STATUS    RESTARTS   AGE\n"),
    (
        "events",
        "NAMESPACE   LAST SEEN   TYPE      REASON    OBJECT    MESSAGE\n",
        "shop        5m          Warning   Failed    pod/web-#   Failed to pull image \"contoso.azurecr.io/x:#\": not found\n",
    ),
    (
        "lines of one message",
        "LAST SEEN   TYPE      REASON    OBJECT    MESSAGE\n5m          Warning   Failed    pod/web-0   x\n",
        "more text #\n",
    ),
    (
        "descriptions",
        "",
        "Name:         web-#\nNamespace:    shop\nStatus:       Pending\nEvents:       <none>\n\n\n",
    ),
    (
        "lookups",
        "",
        "Server:\t\t10.0.0.10\nAddress:\t10.0.0.10#53\n\n** server can't find x#.azurecr.io: NXDOMAIN\n\n",
    ),
    ("prompts", "", "$ kubectl get pods -n a#\nNo resources found in a# namespace.\n"),
    ("commands that go on", "", "$ kubectl get pods \\\n"),
    ("fences", "", "```\nNAME   READY   STATUS\nweb    0/1     Pending\n```\nsome text\n"),
    ("quotations", "", "> NAME   READY   STATUS\n> web    0/1     Pending\n"),
    (
        "log lines",
        "",
        "E1121 10:00:00.000000    1234 pod_workers.go:190] \"Error syncing pod, skipping\" err=\"failed to pull image #\" pod=\"shop/web-#\"\n",
    ),
    ("errors", "", "Error from server (NotFound): pods \"web-#\" not found\n"),
    ("sentences", "", "0/3 nodes are available: 3 Insufficient cpu. preemption: not eligible.\n"),
];

fn text(head: &str, unit: &str, lines: usize) -> String {
    let repetitions = lines / unit.lines().count();
    let units = (0..repetitions).map(|number| unit.replace('#', &number.to_string()));
    std::iter::once(head.to_owned()).chain(units).collect()
}

fn growth(criterion: &mut Criterion) {
    for (name, head, unit) in SHAPES {
        let mut group = criterion.benchmark_group(*name);
        group.sample_size(10);
        for lines in LINES {
            let text = text(head, unit, lines);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(lines), &text, |bencher, text| {
                let bytes = text.as_bytes().into();
                let input = [Input::Bytes { name: "capture.txt".to_owned(), bytes }];
                bencher.iter(|| black_box(analyze(&input, &Options::default()).is_ok()));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, growth);
criterion_main!(benches);
