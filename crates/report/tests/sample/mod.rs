//! Reports made by hand, one sentence of each kind in them.

use kubetriage_model::{
    ArtifactId, ArtifactReport, Baseline, BundleReport, Captured, Confidence, Evidence, Finding,
    Fix, Gone, NotAssessed, Note, NoteKind, Report, RuleReport, Section, Severity, Subject,
    Summary, Suppressed, Suppression, SuppressionState, ToolReport, Unexplained, Verdict,
};

/// Returns owned texts.
fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Returns an object.
pub(crate) fn object(kind: &str, namespace: &str, name: &str) -> Subject {
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Subject { kind: known(kind), namespace: known(namespace), name: known(name) }
}

/// Returns evidence whose label covers `value` inside `excerpt`, or the whole line if it is empty.
pub(crate) fn evidence((artifact, line): (&str, u64), excerpt: &str, value: &str) -> Evidence {
    let before = excerpt.split(value).next().filter(|_| !value.is_empty()).unwrap_or("");
    Evidence {
        artifact: artifact.to_owned(),
        line,
        column: before.chars().count() as u64 + 1,
        end_line: line,
        width: value.chars().count() as u64,
        excerpt: excerpt.to_owned(),
        signal: "private_answer".to_owned(),
        kind: "dns_answer".to_owned(),
        time: None,
        before: Vec::new(),
        after: Vec::new(),
    }
}

/// Returns a finding with the least it must have.
pub(crate) fn finding(id: &str, rule: &str, title: &str, at: (&str, u64)) -> Finding {
    Finding {
        id: id.to_owned(),
        rule: rule.to_owned(),
        verdict: Verdict::Confirmed,
        severity: Severity::Error,
        confidence: Confidence::High,
        title: title.to_owned(),
        subject: object("Pod", "azure-arc", "config-agent-0"),
        keys: [("region".to_owned(), "eastus".to_owned())].into(),
        cause: String::new(),
        count: 1,
        first_seen: None,
        last_seen: None,
        evidence: vec![evidence(
            at,
            "config-agent-0   1/2   CrashLoopBackOff   7",
            "CrashLoopBackOff",
        )],
        affected: Vec::new(),
        fixes: Vec::new(),
        verify: Vec::new(),
        docs: Vec::new(),
        explains: Vec::new(),
        explained_by: Vec::new(),
    }
}

/// Returns a root cause with everything a finding can say.
fn private_endpoint() -> Finding {
    let log = "{\"Message\":\"get the configurations failed; 403: traffic is not authorized\",\"LogType\":\"ConfigAgentTrace\",\"LogLevel\":\"Error\",\"Environment\":\"prod\",\"Location\":\"eastus\",\"AgentTimestamp\":\"2026-11-21 09:58:01.12\"}";
    let mut rejected = evidence(("logs/config-agent.log", 1204), log, "traffic is not authorized");
    rejected.signal = String::from("rejected");
    rejected.time = Some("2026-11-21 09:58:01.12".to_owned());
    let answer = "Address: 10.0.0.7";
    let name = "Name:\teastus.privatelink.dp.kubernetesconfiguration.azure.com";
    let mut named = evidence(("nslookup.txt", 7), name, "eastus");
    named.signal = String::from("region");
    Finding {
        cause: "The name resolves to 10.0.0.7, the address of a private endpoint made for Arc; \
                traffic of this cluster arrives there and is refused."
            .to_owned(),
        subject: object("Region", "", "eastus"),
        count: 36,
        first_seen: Some("2026-11-21 08:12:44".to_owned()),
        last_seen: Some("2026-11-21 09:58:01".to_owned()),
        evidence: vec![
            rejected,
            named,
            evidence(("nslookup.txt", 8), answer, "10.0.0.7"),
            evidence(("nslookup.txt", 31), answer, ""),
            evidence(("other/nslookup.txt", 8), answer, "10.0.0.7"),
        ],
        affected: (0..6).map(|n| object("Pod", "azure-arc", &format!("config-agent-{n}"))).collect(),
        fixes: vec![
            Fix {
                title: "Separate the networks".to_owned(),
                recommended: true,
                steps: texts(&["Give AKS and the Arc-enabled clusters separate virtual networks."]),
                commands: texts(&[
                    "az network private-dns link vnet list --resource-group contoso-net --zone-name privatelink.dp.kubernetesconfiguration.azure.com --output table",
                ]),
                manifest: None,
            },
            Fix {
                title: "Override the name in CoreDNS".to_owned(),
                recommended: false,
                steps: texts(&["Apply the manifest.", "Restart CoreDNS, so that it reads the new server block at once."]),
                commands: texts(&["kubectl -n kube-system rollout restart deployment coredns"]),
                manifest: Some("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\n".to_owned()),
            },
        ],
        verify: texts(&["Run nslookup again from the agent pod; the agent log then shows response code 200."]),
        docs: texts(&["https://learn.microsoft.com/azure/example"]),
        explains: texts(&["b", "c"]),
        ..finding(
            "a",
            "extension/dataplane-private-endpoint",
            "The extension data plane in eastus is reached through a private endpoint (10.0.0.7)",
            ("nslookup.txt", 8),
        )
    }
}

/// Returns findings of every verdict: a cause, its symptoms two levels deep, one alone, one healed.
fn findings() -> Vec<Finding> {
    let symptom = |id, rule, title, at, causes: &[&str]| Finding {
        explained_by: texts(causes),
        ..finding(id, rule, title, at)
    };
    let refused = symptom(
        "b",
        "extension/dataplane-403",
        "The extension data plane refuses the agents",
        ("logs/config-agent.log", 1204),
        &["a"],
    );
    let title = "The extension service had no answer from the agents in time";
    let slow = finding(
        "e",
        "image/slow-pull",
        "Pulling contoso.azurecr.io/shop/web:1.4.2 took 4m12s",
        ("events.txt", 9),
    );
    let title_healed = "Pulling from mcr.microsoft.com timed out";
    vec![
        private_endpoint(),
        Finding { count: 36, ..refused },
        symptom(
            "c",
            "extension/agent-pods-not-ready",
            "6 agent pods are not ready",
            ("pods.txt", 12),
            &["a"],
        ),
        symptom("d", "extension/agent-response-timeout", title, ("az.txt", 3), &["b"]),
        Finding {
            severity: Severity::Warning,
            verdict: Verdict::Likely,
            confidence: Confidence::Medium,
            subject: object("Pod", "shop", "web-1"),
            ..slow
        },
        Finding {
            verdict: Verdict::Healed,
            ..finding("f", "image/network-timeout", title_healed, ("events.txt", 4))
        },
    ]
}

/// Returns two questions that the same command would settle.
fn questions() -> Vec<NotAssessed> {
    let question = |rule: &str| NotAssessed {
        rule: rule.to_owned(),
        title: "The extension data plane in westeurope is reached through a private endpoint"
            .to_owned(),
        missing: texts(&["dns_answer"]),
        reason: "not captured".to_owned(),
        found: vec![evidence(("logs/extension-agent.log", 2), "403", "403")],
        collect: texts(&[
            "kubectl exec -n kube-system extension-agent-0 -- nslookup westeurope.dp.kubernetesconfiguration.azure.com",
        ]),
    };
    vec![question("extension/egress-blocked"), question("extension/dataplane-private-endpoint")]
}

/// Returns a report in which everything occurs.
pub(crate) fn everything() -> Report {
    Report {
        tool: ToolReport { name: "kubetriage".to_owned(), version: "0.1.0".to_owned() },
        bundle: BundleReport {
            inputs: texts(&["bundle.tar.gz"]),
            layouts: texts(&["troubleshoot-support-bundle"]),
            artifacts: 3,
            bytes: 1_253_376,
            first_time: Some("2026-11-21T08:00:00Z".to_owned()),
            last_time: Some("2026-11-21T10:00:00Z".to_owned()),
            scrubbed: false,
        },
        summary: Summary {
            error: 4,
            warning: 1,
            healed: 1,
            not_assessed: 2,
            clear: 2,
            suppressed: [("node/disk-pressure".to_owned(), 1)].into(),
            ..Summary::default()
        },
        findings: findings(),
        not_assessed: questions(),
        clear: texts(&["dns/nxdomain", "node/not-ready"]),
        unexplained: vec![Unexplained {
            subject: object("Pod", "shop", "db-0"),
            what: "not ready: container db waits with reason Foo".to_owned(),
            evidence: vec![evidence(("pods.txt", 20), "db-0 0/1 Foo", "Foo")],
        }],
        artifacts: artifacts(),
        rules: rules(),
        captured: captured(),
        names: std::collections::BTreeMap::default(),
        suppressed: vec![suppressed()],
        suppressions: suppressions(),
        baseline: Some(baseline()),
    }
}

/// Returns what two lists and a lookup captured.
fn captured() -> Vec<Captured> {
    let kind = |kind: &str, everywhere, namespaces: &[&str]| Captured {
        kind: kind.to_owned(),
        everywhere,
        namespaces: texts(namespaces),
    };
    vec![kind("dns_answer", true, &[]), kind("pod", false, &["azure-arc", "shop"])]
}

/// Returns a finding that somebody tolerates for a while.
fn suppressed() -> Suppressed {
    let at = ("nodes.txt", 3);
    Suppressed {
        finding: finding("0a1b2c", "node/disk-pressure", "The disk of a node is full", at),
        reason: "the disks are replaced in December".to_owned(),
        until: Some("2026-12-31".to_owned()),
        entry: "suppress.yaml:2".to_owned(),
    }
}

/// Returns one entry in each state.
fn suppressions() -> Vec<Suppression> {
    let entry = |line, rule: &str, state, count| Suppression {
        entry: format!("suppress.yaml:{line}"),
        rule: rule.to_owned(),
        reason: "agreed with the owner of the cluster".to_owned(),
        until: Some("2026-10-31".to_owned()),
        state,
        count,
    };
    vec![
        entry(2, "node/disk-pressure", SuppressionState::Applied, 1),
        entry(6, "image/*", SuppressionState::Unused, 0),
        entry(10, "pod/crash-loop", SuppressionState::Expired, 2),
    ]
}

/// Returns an earlier report that knew one finding of this one, and one that is gone.
fn baseline() -> Baseline {
    let gone = Gone {
        id: "77aa".to_owned(),
        rule: "dns/servfail".to_owned(),
        title: "Lookups of contoso.azurecr.io fail".to_owned(),
    };
    Baseline {
        source: "previous.json".to_owned(),
        known: findings().first().map(|finding| finding.id.clone()).into_iter().collect(),
        gone: vec![gone],
    }
}

/// Returns what the rules of the report say in general.
fn rules() -> Vec<RuleReport> {
    let rule = |id: &str, severity, title: &str| RuleReport {
        id: id.to_owned(),
        severity,
        title: title.to_owned(),
        cause: "The name resolves to {address}, the address of a private endpoint.".to_owned(),
        tags: texts(&["aks", "arc"]),
        docs: texts(&["https://learn.microsoft.com/azure/example"]),
        fixes: vec![Fix {
            title: "Separate the networks".to_owned(),
            recommended: true,
            steps: texts(&["Give each kind of cluster a virtual network of its own."]),
            commands: texts(&["az network private-dns link vnet list --resource-group <group>"]),
            manifest: None,
        }],
        verify: texts(&["Run nslookup again."]),
    };
    let unready = "{count} agent pods are not ready";
    let refused = "The extension data plane refuses the agents";
    let private = "The extension data plane in {region} is reached through a private endpoint";
    vec![
        rule("dns/nxdomain", Severity::Error, "{host} does not exist"),
        rule("extension/agent-pods-not-ready", Severity::Error, unready),
        rule("extension/agent-response-timeout", Severity::Error, "No answer in time"),
        rule("extension/dataplane-403", Severity::Error, refused),
        rule("extension/dataplane-private-endpoint", Severity::Error, private),
        rule("extension/egress-blocked", Severity::Error, "{host} is blocked"),
        rule("image/network-timeout", Severity::Error, "Pulling from {host} timed out"),
        rule("image/slow-pull", Severity::Warning, "Pulling {image} took {duration}"),
        rule("node/not-ready", Severity::Error, "Node {node} is not ready"),
    ]
}

/// Returns three artifacts: one read well, one cut off, one binary.
fn artifacts() -> Vec<ArtifactReport> {
    let cut = Note {
        artifact: ArtifactId(1),
        line: Some(2412),
        kind: NoteKind::Truncated,
        message: "the text ends in the middle of a JSON line".to_owned(),
    };
    let binary = Note {
        artifact: ArtifactId(2),
        line: None,
        kind: NoteKind::Binary,
        message: "not text; listed only".to_owned(),
    };
    let section = Section {
        artifact: ArtifactId(0),
        format: "kubectl_get",
        line: 1,
        end_line: 20,
        command: None,
    };
    vec![
        ArtifactReport {
            path: "pods.txt".to_owned(),
            format: "kubectl_get".to_owned(),
            bytes: 2048,
            lines: 20,
            used: 20,
            skipped: 0,
            notes: Vec::new(),
            sections: vec![section],
        },
        ArtifactReport {
            path: "logs/config-agent.log".to_owned(),
            format: "agent_log".to_owned(),
            bytes: 1_250_000,
            lines: 2412,
            used: 2310,
            skipped: 102,
            notes: vec![cut],
            sections: Vec::new(),
        },
        ArtifactReport {
            path: "core.bin".to_owned(),
            format: "binary".to_owned(),
            bytes: 1328,
            notes: vec![binary],
            ..ArtifactReport::default()
        },
    ]
}

/// Returns a report of a bundle in which all is well.
pub(crate) fn healthy() -> Report {
    let bundle = BundleReport {
        inputs: texts(&["pods.txt"]),
        artifacts: 1,
        bytes: 900,
        ..BundleReport::default()
    };
    Report {
        tool: everything().tool,
        bundle,
        summary: Summary { clear: 40, ..Summary::default() },
        artifacts: artifacts().into_iter().take(1).collect(),
        ..Report::default()
    }
}

/// Returns a report whose every text wants to be something else than text.
pub(crate) fn hostile() -> Report {
    let html = "</script><img src=x onerror=alert(1)> & \"quoted\" 'too'";
    let xml = "]]> <!-- &amp; \u{1b}[31mred\u{1b}[0m \u{ffff}\0";
    let table = "a | b `tick` ``` fence @octocat [link](javascript:x) **bold** #1";
    let formula = "=HYPERLINK(\"http://contoso.example\")";
    let paths = ["a|b `c`/<d>.txt", "bundle.tar.gz!ü/\u{202e}x y#z?.log"];
    let mut finding = finding("0badc0de", "image/not-found", html, (paths[0], 3));
    xml.clone_into(&mut finding.cause);
    finding.subject = object("Pod", "shop", "=1+1");
    finding.affected = vec![object("Pod", "<shop>", "a|b"), object("Node", "", "]]>")];
    finding.evidence =
        vec![evidence((paths[0], 3), xml, "red"), evidence((paths[1], 7), table, "@octocat")];
    for one in &mut finding.evidence {
        one.before = texts(&["```", "</pre><script>alert(2)</script>"]);
        one.after = texts(&["~~~", "-->"]);
    }
    finding.fixes = vec![Fix {
        title: table.to_owned(),
        recommended: true,
        steps: texts(&[html, "- item", "1. one"]),
        commands: texts(&["kubectl get pod '`id`' # ```", "-n shop"]),
        manifest: Some("```\nkind: </script>\n".to_owned()),
    }];
    finding.verify = texts(&[html]);
    finding.docs = texts(&["javascript:alert(1)", "https://contoso.example/x?a=1&b=2"]);
    finding.first_seen = Some("@now".to_owned());
    finding.explains = texts(&["1"]);
    let symptom = self::finding("1", "pod/<b>", formula, (paths[1], 1));
    let symptom =
        Finding { explained_by: texts(&["0badc0de"]), severity: Severity::Warning, ..symptom };
    let question = NotAssessed {
        title: formula.to_owned(),
        reason: html.to_owned(),
        found: Vec::new(),
        collect: texts(&["kubectl get pod \"$(id)\" </script>", "+x"]),
        ..questions().remove(0)
    };
    let unwell = Unexplained {
        subject: object("Pod", "shop", "@x"),
        what: xml.to_owned(),
        evidence: vec![evidence((paths[0], 20), formula, "")],
    };
    Report {
        bundle: BundleReport {
            inputs: texts(&["<b>.tar.gz", table]),
            first_time: Some(html.to_owned()),
            ..everything().bundle
        },
        summary: Summary { error: 1, warning: 1, not_assessed: 1, ..Summary::default() },
        findings: vec![finding, symptom],
        not_assessed: vec![question],
        unexplained: vec![unwell],
        artifacts: called(&paths, &format!("{html} {table}")),
        clear: texts(&["x/]]>"]),
        ..everything()
    }
}

/// Returns the artifacts under other paths and with another note.
fn called(paths: &[&str], message: &str) -> Vec<ArtifactReport> {
    let mut artifacts = artifacts();
    for (artifact, path) in artifacts.iter_mut().zip(paths) {
        (*path).clone_into(&mut artifact.path);
        for note in &mut artifact.notes {
            message.clone_into(&mut note.message);
        }
    }
    artifacts
}
