//! What holds of every input, however broken; the targets and the gate's own tests ask for it.

use std::sync::Arc;

use kubetriage::model::{ArtifactId, Hint, Parsed, Report};
use kubetriage::prelude::{Input, Limits, Options};
use kubetriage::report::{TextOptions, json, text as text_report};
use kubetriage::text::{Text, parse};

/// Commands of the formats, as prompts that a transcript would show before what follows.
pub const PRELUDES: &[&str] = &[
    "",
    "$ kubectl describe pod web-0 -n shop\n",
    "$ kubectl describe nodes\n",
    "$ kubectl get pods -A -o wide\n",
    "$ kubectl get events -A\n",
    "$ kubectl get deploy,rs,ds,sts,jobs -A\n",
    "$ kubectl get pods -A -o json\n",
    "$ kubectl get pods -A -o yaml\n",
    "$ kubectl logs -n azure-arc extension-agent-0 --all-containers --prefix --timestamps\n",
    "PS C:\\> kubectl exec -it extension-agent-0 -n azure-arc -- nslookup x.dp.kubernetesconfiguration.azure.com\n",
    "$ dig @10.0.0.10 contoso.azurecr.io\n",
    "$ getent hosts contoso.azurecr.io\n",
    "PS C:\\> Resolve-DnsName contoso.azurecr.io\n",
    "$ helm status web -n shop\n",
    "$ az k8s-extension show -n flux -g rg -c aks -t managedClusters\n",
    "$ az acr check-health -n contoso --yes\n",
    "$ curl -v https://mcr.microsoft.com/v2/\n",
    "$ journalctl -u kubelet\n",
    "$ docker pull contoso.azurecr.io/web:v1\n",
];

/// Parses a text and checks that every statement is placed inside it.
///
/// # Panics
/// When a statement is not.
pub fn read(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let whole = Text { artifact: ArtifactId(0), text, offset: 0, first_line: 1 };
    parse(whole, &Hint::default(), &kubetriage::Everything, &mut parsed);
    let lines = text.lines().count() as u64;
    assert!(parsed.used <= parsed.total && parsed.total <= lines, "more lines than there are");
    for at in parsed.events.iter().map(|event| &event.at) {
        let inside = at.start <= at.end && at.end <= text.len() as u64;
        assert!(inside, "bytes {}..{} of {}", at.start, at.end, text.len());
        let inside = 1 <= at.line && at.line <= at.end_line && at.end_line <= lines;
        assert!(inside, "lines {}..={} of {lines}", at.line, at.end_line);
    }
    parsed
}

/// Analyzes bytes as the file `name` and writes the report in every form.
///
/// # Panics
/// When an output carries a raw terminal escape, or the report points at nothing.
pub fn analyze(name: &str, bytes: &[u8]) -> Report {
    let input = Input::Bytes { name: name.to_owned(), bytes: Arc::from(bytes) };
    let mut options = Options::default();
    options.limits = small();
    let report = kubetriage::analyze(&[input], &options).expect("bytes can always be opened");
    for finding in &report.findings {
        assert!(!finding.evidence.is_empty(), "{} points at nothing", finding.rule);
    }
    let mut out = Vec::new();
    json(&report, &mut out).expect("memory takes everything");
    text_report(&report, &TextOptions::default(), &mut out).expect("memory takes everything");
    assert!(!out.contains(&0x1b), "a terminal escape");
    report
}

/// Limits that keep one round short.
fn small() -> Limits {
    Limits {
        archive_members: 64,
        member_bytes: 1 << 20,
        archive_bytes: 4 << 20,
        whole_bytes: 1 << 20,
        line_bytes: 64 << 10,
        ..Limits::default()
    }
}
