//! What `az k8s-extension troubleshoot` saves of each pod: `<ns>/pods/<pod>/metadata.json`.
//!
//! ```text
//! {
//!     "name": "source-controller-6f8b7c9d5-2xkqz",
//!     "namespace": "flux-system",
//!     "labels": {"app": "source-controller"},
//!     "annotations": {},
//!     "status": "Running"
//! }
//! ```
//!
//! One `pod`; the status is its phase. Only at this place: elsewhere such JSON may be anything.

use std::collections::BTreeMap;

use kubetriage_model::{Pod, Scope};
use serde::Deserialize;

use crate::context::Context;
use crate::emitter::{Emitter, mark};
use crate::format::Format;
use crate::prim::json_scan::depth_behind;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "pod_metadata", claim, parse };

/// Most lines of such a file.
const LONGEST: usize = 4096;

#[derive(Debug, Deserialize)]
struct Metadata {
    name: String,
    namespace: String,
    status: String,
    #[serde(default)]
    labels: Option<BTreeMap<String, String>>,
}

fn claim(lines: &[Line<'_>], context: &Context<'_>) -> Option<usize> {
    let here = context.hint.pod.is_some() && context.hint.path.ends_with("/metadata.json");
    let opens = lines.first().is_some_and(|line| line.text.starts_with('{'));
    (here && opens).then_some(())?;
    let mut depth = 0;
    for (index, line) in lines.iter().take(LONGEST).enumerate() {
        match depth_behind(line.text, depth) {
            Some(open) => depth = open,
            None => return read(lines.get(..=index)?).map(|_| index + 1),
        }
    }
    None
}

fn read(lines: &[Line<'_>]) -> Option<Metadata> {
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    serde_json::from_str(&text.join("\n")).ok()
}

fn parse(lines: &[Line<'_>], _context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(Metadata { name, namespace, status, labels }) = read(lines) else { return };
    let phase = lines.iter().find(|line| line.trimmed().starts_with("\"status\""));
    let marks = phase.map(|line| mark("phase", line)).into_iter().collect();
    let pod = Pod {
        namespace: Some(namespace.clone()),
        name: name.clone(),
        phase: Some(status),
        labels: labels.unwrap_or_default(),
        ..Pod::default()
    };
    out.marked(lines, marks, pod);
    let scope = Scope::Object { kind: "Pod".to_owned(), namespace: Some(namespace), name };
    out.coverage(lines, "pod", None, scope, true);
}
