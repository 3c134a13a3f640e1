//! Documents and tickets, invented.

use kubetriage_model::ArtifactId;

use super::is_document;
use super::signs::Signs;
use crate::segment::solid::Solid;
use crate::segment::undress::undress;
use crate::text::Text;

fn judged(text: &str) -> (bool, String) {
    judged_as("notes.txt", text)
}

fn judged_as(path: &str, text: &str) -> (bool, String) {
    let text = Text { artifact: ArtifactId(0), text, offset: 0, first_line: 1 };
    let parts = undress(text.lines(), &Solid::default());
    (is_document(&parts, path), format!("{:?} {}", Signs::of(&parts), Signs::of(&parts).points()))
}

const DOCUMENTS: &[&str] = &[
    include_str!("samples/article-en.md"),
    include_str!("samples/article-it.txt"),
    include_str!("samples/article-de.txt"),
    include_str!("samples/article-ja.txt"),
    include_str!("samples/runbook-en.md"),
    include_str!("samples/runbook-short.md"),
    include_str!("samples/readme-troubleshooting.md"),
    include_str!("samples/wiki-es.txt"),
    include_str!("samples/faq.md"),
];

const TICKETS: &[&str] = &[
    include_str!("samples/pipeline.txt"),
    include_str!("samples/ticket-en.md"),
    include_str!("samples/ticket-it.txt"),
    include_str!("samples/ticket-template.md"),
    include_str!("samples/ticket-handover.txt"),
    include_str!("samples/mail-de.txt"),
    include_str!("samples/chat-es.txt"),
    include_str!("samples/transcript-comments.txt"),
    include_str!("samples/helm-notes.txt"),
];

#[test]
fn documents_are_told_from_tickets() {
    for text in DOCUMENTS {
        let (document, why) = judged(text);
        assert!(document, "{why}\n{text}");
    }
    for text in TICKETS {
        let (document, why) = judged(text);
        assert!(!document, "{why}\n{text}");
    }
}

#[test]
fn a_note_that_teaches_is_a_document() {
    for text in [
        "# Image pulls\n\nIf you see the error below, check that the kubelet identity has the role AcrPull.\n\n\
         Failed to pull image \"contoso.azurecr.io/a:1\": 401 Unauthorized",
        "## Troubleshooting\n\nThis error means that the name cannot be resolved:\n\n```\n\
         ** server can't find contoso.azurecr.io: NXDOMAIN\n```\n",
        "Cause: the taint CriticalAddonsOnly.\n0/2 nodes are available: 2 node(s) had untolerated taint \
         {CriticalAddonsOnly: true}.\nTo resolve this, add a node pool without the taint.",
        "Questo errore si verifica se l'identità non ha il ruolo.\nError: ImagePullBackOff\n\
         Per risolvere il problema, eseguire il comando seguente e attendere.",
    ] {
        assert!(judged(text).0, "{}\n{text}", judged(text).1);
    }
}

#[test]
fn a_short_paste_is_evidence() {
    for text in [
        "# Error\n\nFailed to pull image \"contoso.azurecr.io/a:1\": 401 Unauthorized",
        "Error: ImagePullBackOff\nError: ErrImagePull",
        "We see this error since Monday, to fix this we restarted the node:\nError: ImagePullBackOff",
        "What should be done if you see this, any idea?\nError: ImagePullBackOff\nIt has been so since yesterday.",
        "ERROR: (ExtensionOperationFailed) The extension operation failed with the following error: Unable to \
         get a response from the agent in time.\nFor more information, see https://aka.ms/extensions.",
        "Steps to reproduce: run the command below and look at the pods\n$ kubectl get pods\n\
         NAME  READY  STATUS  RESTARTS  AGE\nweb-1  0/1  ImagePullBackOff  0  3d",
    ] {
        assert!(!judged(text).0, "{}\n{text}", judged(text).1);
    }
}

#[test]
fn a_sample_alone_is_evidence() {
    for text in [
        "NAMESPACE NAME READY STATUS RESTARTS AGE\nazure-arc config-agent-0 0/2 ImagePullBackOff 0 6d19h",
        "kube-system extension-agent-0 2/2 Running 0 2d19h",
        "{ \"Message\": \"x\", \"Location\": \"<region>,  \"ArmId\": \"/subscriptions/<subscription-id>\" }",
        "Failed to pull image \"contoso.example/a:1\": rpc error: code = NotFound desc = not found",
        "PS D:\\> kubectl exec -it x-<pod-guid> -- nslookup <region>.dp.example\nName: a\nAddress: 10.0.0.1",
    ] {
        assert!(!judged(text).0, "{text}");
    }
}

#[test]
fn a_runbook_by_name_is_one_unless_somebody_speaks() {
    let taught = "If a pod is OOMKilled, raise the limit.\n\n```\nWarning  Failed  pod/x  Failed to pull image \"x\": 401 Unauthorized\n```\n";
    let told = format!("Hi, we followed this one and it did not help.\n\n{taught}");
    assert!(judged_as("docs/aks-runbook.md", taught).0);
    assert!(!judged_as("docs/aks-runbook.md", &told).0);
    assert!(!judged_as("docs/aks.md", taught).0);
    assert!(!judged_as("runbook.md", "Warning  Failed  pod/x  Failed to pull image \"x\"\n").0);
}
