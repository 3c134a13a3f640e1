//! What a form cannot help losing: the stated subsets, each with its reason.

/// A part of a form's name, a part of a capture's path, the rules that are lost or lose their subject, and why.
type Loss = (&'static str, &'static str, &'static [&'static str], &'static str);

const LOST: &[Loss] = &[
    (
        "addresses",
        "exec-nslookup",
        &["extension/dataplane-private-endpoint"],
        "that the answer is a private address is all that the rule says",
    ),
    (
        "collapsed",
        "describe-cm",
        &["extension/coredns-override-invalid"],
        "the lines of a value are told by their place",
    ),
    (
        "a blank line behind every line",
        "describe-cm",
        &["extension/coredns-override-invalid"],
        "blank lines are lines of a value",
    ),
    (
        "cut at",
        "events-wide",
        &["image/pull-backoff", "image/rate-limited"],
        "the columns behind MESSAGE are as far away as its longest cell: windows break the gap, too",
    ),
    (
        "cut at 80",
        "describe-node",
        &["node/kubelet-silent"],
        "the row of a condition is cut within its gaps, what is left is no row",
    ),
    (
        "refilled",
        "describe-node",
        &["node/kubelet-silent"],
        "a condition on several lines is not told from the next one",
    ),
    (
        "refilled",
        "dns-refused/capture/nslookup",
        &["dns/refused"],
        "the status stands alone on a line",
    ),
    (
        "refilled",
        "install.helm",
        &["helm/readiness-timeout"],
        "one break, between lines of helm's own",
    ),
    (
        "refilled",
        "notfound",
        &["kubectl/object-missing"],
        "one break: nothing tells it from two lines",
    ),
    (
        "refilled",
        "no-such-host",
        &["kubectl/api-unreachable"],
        "one break: nothing tells it from two lines",
    ),
    ("on one line", "dig.txt", &["dns/nxdomain"], "the comments of dig end with the line"),
    (
        "on one line",
        "no-such-host",
        &["kubectl/api-unreachable", "dns/lookup-failed"],
        "the error stands behind a log line, whose text it becomes",
    ),
    (
        "from the conditions on",
        "describe-deploy",
        &["workload/replica-failure", "workload/rollout-stuck"],
        "conditions alone do not say what has them",
    ),
    (
        "from the conditions on",
        "describe-node",
        &["node/kubelet-silent"],
        "conditions alone do not say what has them",
    ),
    (
        "in the middle",
        "get-deploy.yaml",
        &["policy/admission-denied", "workload/replica-failure"],
        "a condition without its status, or of an unknown object, says nothing",
    ),
    (
        "starts in the middle",
        "extension-agent.yaml",
        &["extension/agent-pods-not-ready"],
        "the name of the pod is gone",
    ),
    (
        "messages",
        "kubectl-get-events-A",
        &["extension/agent-pods-not-ready"],
        "a message alone does not say which pod it is about",
    ),
    (
        "in the middle",
        "get-pod.json",
        &["image/pull-backoff"],
        "an object that is cut is not read in part",
    ),
    (
        "ends in the middle",
        "coredns-custom.yaml",
        &["extension/coredns-override-invalid"],
        "the name of the object stands below its data",
    ),
];

/// Places that a form moves: where an object without margins is read as a whole, its first line stands for it.
const MOVED: &[(&str, &str)] = &[("margins collapsed", "get-pod.json")];

/// True when the places of evidence are known to move.
pub(crate) fn is_moved(form: &str, capture: &str) -> bool {
    MOVED.iter().any(|(name, path)| form.contains(name) && capture.contains(path))
}

/// True when a form is known to lose what `rule` says about a capture.
pub(crate) fn is_stated(form: &str, capture: &str, rule: &str) -> bool {
    LOST.iter().any(|(name, path, rules, why)| {
        form.contains(name) && capture.contains(path) && rules.contains(&rule) && !why.is_empty()
    })
}
