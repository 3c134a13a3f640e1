//! The texts of one `ConfigMap` as bundles save them: a JSON object of key and text, without the object around.
//!
//! ```text
//! {"extension.override": "hosts {\n  20.39.12.229 westeurope.dp.kubernetesconfiguration.azure.com\n  fallthrough\n}\n"}
//! {"namespace": "kube-system", "name": "coredns-custom", "configMapExists": true, "data": {"extension.override": "…"}}
//! ```
//!
//! Written by troubleshoot (`configmaps/NAMESPACE/NAME.json`) and by `az k8s-extension troubleshoot`
//! (`NAMESPACE/configuration/NAME.json`). Only maps that CoreDNS may read are claimed: a key ends in
//! `.override` or `.server`. Name and namespace come from the object, else from the path; a map that neither
//! names is taken for `coredns-custom`, which such keys are made for.
//!
//! Each becomes one `config_map`, and the statements of CoreDNS about its keys. Skipped: nothing.

use std::collections::BTreeMap;

use kubetriage_model::ConfigMap;
use serde_json::{Map, Value};

use crate::context::Context;
use crate::emitter::Emitter;
use crate::format::Format;
use crate::prim::coredns;
use crate::text::Line;

/// The entry of the format table.
pub(crate) const FORMAT: Format = Format { name: "config_data", claim, parse };

/// Most lines of one map.
const MOST_LINES: usize = 2000;
/// Longest text of one map, in bytes.
const LONGEST: usize = 1 << 20;

fn claim(lines: &[Line<'_>], _context: &Context<'_>) -> Option<usize> {
    if !lines.first()?.text.starts_with('{') {
        return None;
    }
    let length = 1 + lines.iter().take(MOST_LINES).position(|line| {
        let end = line.text.trim_end();
        end == "}" || end.ends_with('}') && end.starts_with('{')
    })?;
    let own = lines.get(..length)?;
    let ours = own.iter().any(|line| {
        let quoted = ["\": \"", "\":\""].iter().any(|colon| line.text.contains(colon));
        quoted && (line.text.contains(".override\"") || line.text.contains(".server\""))
    });
    (ours && read(own).is_some()).then_some(length)
}

fn parse(lines: &[Line<'_>], context: &Context<'_>, out: &mut Emitter<'_>) {
    let Some(object) = read(lines) else { return };
    out.used(lines);
    let told = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
    let (folder, stem) = place(&context.hint.path);
    let whole = object.get("data").and_then(Value::as_object);
    let data = texts(whole.unwrap_or(&object));
    let name = whole.and_then(|_| told("name")).or(stem);
    let name = name.unwrap_or_else(|| "coredns-custom".to_owned());
    let namespace = whole.and_then(|_| told("namespace"));
    let namespace = namespace.or_else(|| context.namespace()).or(folder);
    let source = coredns::Source {
        namespace: namespace.as_deref(),
        name: &name,
        data: &data,
        nested: &[],
        lines,
        repaired: false,
    };
    coredns::state(&source, out);
    out.event(lines, ConfigMap { namespace, name, data });
}

/// Reads the object, if it is one of texts and some key is made for CoreDNS.
fn read(lines: &[Line<'_>]) -> Option<Map<String, Value>> {
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let text = text.join("\n");
    if text.len() > LONGEST {
        return None;
    }
    let Value::Object(object) = serde_json::from_str(&text).ok()? else { return None };
    let data = object.get("data").and_then(Value::as_object).unwrap_or(&object);
    let for_coredns = |key: &String| key.ends_with(".override") || key.ends_with(".server");
    let plain = !data.is_empty() && data.values().all(Value::is_string);
    let bare = !object.contains_key("kind") && !object.contains_key("apiVersion");
    (bare && plain && data.keys().any(for_coredns)).then_some(object)
}

fn texts(data: &Map<String, Value>) -> BTreeMap<String, String> {
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    data.iter().filter_map(text).collect()
}

/// Returns namespace and name that `…/configmaps/NAMESPACE/NAME.json` and `…/NAMESPACE/configuration/NAME.json`
/// tell.
fn place(path: &str) -> (Option<String>, Option<String>) {
    let mut parts = path.rsplit('/');
    let stem = parts.next().and_then(|file| file.strip_suffix(".json"));
    let (folder, above) = (parts.next(), parts.next());
    let namespace = match (above, folder) {
        (Some("configmaps"), Some(namespace)) | (Some(namespace), Some("configuration")) => {
            Some(namespace)
        }
        _ => None,
    };
    let stem = stem.filter(|_| namespace.is_some());
    (namespace.map(str::to_owned), stem.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn paths_tell_namespace_and_name() {
        for (path, want) in [
            (
                "b/configmaps/kube-system/coredns-custom.json",
                Some(("kube-system", "coredns-custom")),
            ),
            (
                "kube-system/configuration/coredns-custom.json",
                Some(("kube-system", "coredns-custom")),
            ),
            ("notes.json", None),
        ] {
            let (namespace, name) = place(path);
            assert_eq!(namespace.as_deref().zip(name.as_deref()), want, "{path}");
        }
    }
}
