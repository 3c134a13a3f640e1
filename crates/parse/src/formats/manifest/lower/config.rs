//! `ConfigMaps` with their texts, Secrets without their values.

use std::collections::{BTreeMap, BTreeSet};

use kubetriage_model::{ConfigMap, Mark, NoteKind, Secret};
use serde_json::Value;

use super::{Stated, meta, release};
use crate::emitter::{Emitter, mark};
use crate::formats::manifest::outline::Outline;
use crate::formats::manifest::scalar::{TextOrNested, text};
use crate::formats::manifest::schema::{ConfigMapObject, SecretObject, Texts};
use crate::formats::manifest::source::Source;
use crate::prim::coredns;

/// Longest value of a `ConfigMap` that is kept, in bytes; the API allows 1 MiB for the whole object.
const MAX_VALUE: usize = 256 * 1024;

/// States a `ConfigMap`. Binary data is left out.
pub(super) fn config_map(
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    let object: ConfigMapObject = source.read()?;
    let mut metadata = object.metadata.unwrap_or_default();
    let Some(stated) = meta::stated(&mut metadata, false, source, out) else {
        return Ok(None);
    };
    let mut nested = Vec::new();
    let mut data = BTreeMap::new();
    for (key, value) in object.data.unwrap_or_default() {
        match value {
            Some(TextOrNested::Nested) => nested.push(key),
            Some(TextOrNested::Text(text)) => _ = data.insert(key, text),
            None => _ = data.insert(key, String::new()),
        }
    }
    if let Some(key) = nested.first() {
        let message = format!("the value of {key} is no text; the API refuses such a ConfigMap");
        source.note(NoteKind::Malformed, &message, out);
    }
    for (key, value) in &mut data {
        if value.len() > MAX_VALUE {
            value.truncate(value.floor_char_boundary(MAX_VALUE));
            let message =
                format!("the value of {key} is longer than {MAX_VALUE} bytes and was cut");
            source.note(NoteKind::Limit, &message, out);
        }
    }
    let outline = source.outline();
    let mut marks = key_marks(source, outline, "data", "data", data.keys());
    marks.extend(source.marks([("name", "metadata.name")]));
    let coredns = coredns::Source {
        namespace: stated.namespace.as_deref(),
        name: &stated.name,
        data: &data,
        nested: &nested,
        lines: source.lines,
        repaired: source.repaired,
    };
    coredns::state(&coredns, out);
    let config_map =
        ConfigMap { namespace: stated.namespace.clone(), name: stated.name.clone(), data };
    source.state(|| marks, config_map, out);
    Ok(Some(stated))
}

/// One mark for each key below `parent`.
fn key_marks<'k>(
    source: &Source<'_>,
    outline: &Outline,
    field: &'static str,
    parent: &str,
    keys: impl Iterator<Item = &'k String>,
) -> Vec<Mark> {
    keys.filter_map(|key| outline.line(&format!("{parent}.{key}")))
        .filter_map(|at| source.lines.get(at))
        .map(|line| mark(field, line))
        .collect()
}

/// States a Secret: names, type, keys, and the hosts of a pull secret. No value leaves this function.
pub(super) fn secret(
    source: &mut Source<'_>,
    out: &mut Emitter<'_>,
) -> Result<Option<Stated>, String> {
    // The reader's own words could quote a value.
    let object: SecretObject =
        source.read().map_err(|_| "expected a Secret with text values".to_owned())?;
    let mut metadata = object.metadata.unwrap_or_default();
    let Some(stated) = meta::stated(&mut metadata, false, source, out) else {
        return Ok(None);
    };
    let data = object.data.unwrap_or_default();
    let plain = object.string_data.unwrap_or_default();
    let keys: BTreeSet<_> = data.keys().chain(plain.keys()).cloned().collect();
    let secret = Secret {
        namespace: stated.namespace.clone(),
        name: stated.name.clone(),
        r#type: text(object.r#type),
        registries: registries(&data, decode).chain(registries(&plain, plain_text)).collect(),
        keys: keys.into_iter().collect(),
    };
    let paths = [("type", "type"), ("name", "metadata.name")];
    source.conceal();
    let release = release::of(&secret.name, secret.r#type.as_deref(), &metadata, &data);
    source.state(|| source.marks(paths), secret, out);
    if let Some(mut release) = release {
        release.namespace = release.namespace.or_else(|| stated.namespace.clone());
        source.state_name(release, out);
    }
    Ok(Some(stated))
}

/// Returns the registry hosts that the pull configuration among `data` names.
fn registries(data: &Texts, read: fn(&str) -> Option<String>) -> impl Iterator<Item = String> {
    let config = |key: &str| {
        let text = data.get(key)?.as_ref()?;
        serde_json::from_str::<Value>(&read(&text.0)?).ok()
    };
    let hosts = |value: Value| match value {
        Value::Object(hosts) => hosts.into_iter().map(|(host, _)| host).collect(),
        _ => Vec::new(),
    };
    let modern =
        config(".dockerconfigjson").and_then(|mut config| Some(config.get_mut("auths")?.take()));
    let found = modern.or_else(|| config(".dockercfg")).map(hosts).unwrap_or_default();
    let found: BTreeSet<_> = found.iter().map(|host| bare(host).to_owned()).collect();
    found.into_iter()
}

/// The host of a registry that may be written as a URL.
fn bare(host: &str) -> &str {
    let host = host.split_once("://").map_or(host, |(_, rest)| rest);
    host.split('/').next().unwrap_or(host)
}

#[expect(clippy::unnecessary_wraps, reason = "stands where a decoder may stand")]
fn plain_text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn decode(text: &str) -> Option<String> {
    String::from_utf8(release::base64(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::formats::manifest::scalar::Text;

    #[test]
    fn hosts_of_pull_secrets() {
        let config =
            "eyJhdXRocyI6eyJodHRwczovL2NvbnRvc28uYXp1cmVjci5pby92MS8iOnt9LCJnaGNyLmlvIjp7fX19";
        let data: Texts =
            BTreeMap::from([(".dockerconfigjson".to_owned(), Some(Text(config.to_owned())))]);
        let hosts: Vec<_> = registries(&data, decode).collect();
        assert_eq!(hosts, ["contoso.azurecr.io", "ghcr.io"]);
    }

    #[test]
    fn base64() {
        assert_eq!(decode("aGVsbG8="), Some("hello".to_owned()));
        assert_eq!(decode("***HIDDEN***"), None);
    }
}
