//! Values that a signal keeps of an event, for joins, grouping and text.

use kubetriage_model::Value;

use super::aks;
use super::path::{FieldPath, text_of};
use super::pattern::Pattern;
use super::test::unbroken;
use crate::facts::Fact;
use crate::template::Template;

/// A name and where its value comes from.
#[derive(Debug, Clone)]
pub(crate) struct Keep {
    pub(crate) name: String,
    /// The first that an event carries counts.
    pub(crate) from: Vec<From>,
    pub(crate) shape: As,
}

/// Where a kept value comes from.
#[derive(Debug, Clone)]
pub(crate) enum From {
    /// A field as it is.
    Field(FieldPath),
    /// A named group of a pattern on a field.
    Group { path: FieldPath, pattern: Pattern, group: String },
    /// Another kept value of the same signal.
    Kept(String),
    /// A text of the rule, with places for values kept before.
    Words(Template),
}

/// How a kept value is cut to what the name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    Text,
    /// Registry host of an image reference.
    Registry,
    /// Repository of an image reference.
    Repository,
    /// Tag or digest of an image reference.
    Tag,
    /// Name of a pod's controller: the pod name without generated suffixes.
    Owner,
    /// Name of an Azure registry: its host without the domain.
    RegistryName,
    /// Node pool of an AKS node, by the node's name.
    Pool,
    /// Scale set of an AKS node.
    ScaleSet,
    /// Number of an AKS node in its scale set.
    Instance,
    /// Each value of a field that holds several, comma-separated.
    Items,
}

/// A kept value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// As the report shows it.
    pub(crate) text: String,
    /// As joins compare it.
    pub(crate) key: String,
    /// False if it was completed from elsewhere (a namespace that the capture does not tell).
    pub(crate) sure: bool,
}

impl As {
    /// The names by which rules ask for a shape.
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("text", Self::Text),
        ("registry", Self::Registry),
        ("repository", Self::Repository),
        ("tag", Self::Tag),
        ("owner", Self::Owner),
        ("registry_name", Self::RegistryName),
        ("pool", Self::Pool),
        ("scale_set", Self::ScaleSet),
        ("instance", Self::Instance),
        ("items", Self::Items),
    ];

    /// Returns the texts that a text holds.
    fn parts(self, text: &str) -> impl Iterator<Item = &str> {
        let items = self == Self::Items;
        text.split(move |sign| items && sign == ',')
    }

    /// Returns the part of a text that this names, if it has one.
    pub(crate) fn cut(self, text: &str) -> Option<String> {
        let text = text.trim();
        let cut = match self {
            Self::Text | Self::Items => Some(text.to_owned()),
            Self::Registry => Some(image(text).0),
            Self::Repository => Some(image(text).1.to_owned()),
            Self::Tag => image(text).2.map(str::to_owned),
            Self::Owner => Some(owner_of(text).to_owned()),
            Self::RegistryName => aks::registry_name(text).map(str::to_owned),
            Self::Pool => aks::node(text).map(|node| node.pool.to_owned()),
            Self::ScaleSet => aks::node(text).map(|node| node.scale_set.to_owned()),
            Self::Instance => aks::node(text).map(|node| node.instance.to_string()),
        };
        cut.filter(|cut| !cut.is_empty())
    }
}

impl Keep {
    /// Returns all values that `fact` carries; several only for lists and items.
    pub(crate) fn values(&self, fact: &Fact<'_>, kept: &[(&str, Vec<Kept>)]) -> Vec<Kept> {
        let texts = self.from.iter().map(|from| texts(from, fact, kept));
        let texts = texts.into_iter().find(|texts| !texts.is_empty()).unwrap_or_default();
        let sure =
            !self.speaks_of_object() || fact.object.as_ref().is_some_and(|object| object.sure);
        let parts = texts.iter().flat_map(|text| self.shape.parts(text));
        let texts = parts.filter_map(|text| self.shape.cut(text));
        texts.map(|text| Kept { key: join_key(&self.name, &text), text, sure }).collect()
    }

    /// Returns the fields whose lines may show the value.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &FieldPath> {
        self.from.iter().filter_map(|from| match from {
            From::Field(path) | From::Group { path, .. } => Some(path),
            From::Kept(_) | From::Words(_) => None,
        })
    }

    fn speaks_of_object(&self) -> bool {
        self.paths().any(|path| matches!(path.field(), "object" | "namespace"))
    }
}

fn texts(from: &From, fact: &Fact<'_>, kept: &[(&str, Vec<Kept>)]) -> Vec<String> {
    match from {
        From::Field(path) => path.read(fact).iter().filter_map(text_of).collect(),
        From::Group { path, pattern, group } => {
            path.read(fact).iter().filter_map(|value| captured(value, pattern, group)).collect()
        }
        From::Kept(name) => before(kept, name).iter().map(|kept| kept.text.clone()).collect(),
        From::Words(words) => {
            let value = |name: &str| before(kept, name).first().map(|kept| kept.text.clone());
            vec![words.fill(&value)]
        }
    }
}

/// Returns the values that were kept before under `name`.
fn before<'k>(kept: &'k [(&str, Vec<Kept>)], name: &str) -> &'k [Kept] {
    let source = kept.iter().find(|(other, _)| *other == name);
    source.map_or(&[][..], |(_, values)| values.as_slice())
}

fn captured(value: &Value<'_>, pattern: &Pattern, group: &str) -> Option<String> {
    let Value::Text(text) = value else { return None };
    let found = pattern.capture(text, group).map(std::borrow::Cow::into_owned);
    found.or_else(|| pattern.capture(&unbroken(text)?, group).map(std::borrow::Cow::into_owned))
}

/// Returns how values of one name compare: hosts and names without case and final dot, image references
/// with the registry and tag that a short form leaves out.
pub(crate) fn join_key(name: &str, text: &str) -> String {
    let lower = text.trim().trim_end_matches('.').to_ascii_lowercase();
    if name != "image" {
        return lower;
    }
    let (registry, repository, tag) = image(text);
    format!("{registry}/{repository}:{}", tag.unwrap_or("latest")).to_ascii_lowercase()
}

/// Splits an image reference into registry host, repository, and tag or digest.
///
/// A short reference belongs to Docker Hub; its one-word repositories lie under `library/`.
fn image(reference: &str) -> (String, &str, Option<&str>) {
    let reference = reference.trim();
    let reference = reference.split_once("://").map_or(reference, |(_, rest)| rest);
    let (path, tag) = match reference.split_once('@') {
        Some((path, digest)) => (without_tag(path).0, Some(digest)),
        None => without_tag(reference),
    };
    match path.split_once('/') {
        Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => {
            let rest = if host == "docker.io" { rest.trim_start_matches("library/") } else { rest };
            (host.to_ascii_lowercase(), rest, tag)
        }
        _ => ("docker.io".to_owned(), path.trim_start_matches("library/"), tag),
    }
}

fn without_tag(path: &str) -> (&str, Option<&str>) {
    match path.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (path, None),
    }
}

/// Characters of the suffixes that controllers generate: no vowels, no 0, 1, 3.
const GENERATED: &str = "bcdfghjklmnpqrstvwxz2456789";

/// Returns the name of a pod's controller: `web` of `web-6d4cf56db6-x7k2p` and of `web-x7k2p`.
fn owner_of(pod: &str) -> &str {
    let generated = |part: &str| part.chars().all(|sign| GENERATED.contains(sign));
    let Some((rest, suffix)) = pod.rsplit_once('-') else { return pod };
    let (owner, hash) = rest.rsplit_once('-').unwrap_or((rest, ""));
    if suffix.len() != 5 || !(generated(suffix) || is_hash(hash)) {
        return pod;
    }
    let is_template = (6..=10).contains(&hash.len()) && generated(hash) || is_hash(hash);
    if is_template { owner } else { rest }
}

/// True for the hash of a pod template as older clusters and other hands write it: `3318830813`, `0a1b2c3d4e`.
fn is_hash(part: &str) -> bool {
    (8..=10).contains(&part.len())
        && part.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit())
        && part.chars().filter(char::is_ascii_digit).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn image_references_are_taken_apart() {
        for (reference, registry, repository, tag) in [
            ("nginx", "docker.io", "nginx", None),
            ("docker.io/library/nginx:1.25", "docker.io", "nginx", Some("1.25")),
            ("contoso.azurecr.io/team/web:v1", "contoso.azurecr.io", "team/web", Some("v1")),
            ("https://contoso.azurecr.io/web:v1", "contoso.azurecr.io", "web", Some("v1")),
            ("localhost:5000/web@sha256:00", "localhost:5000", "web", Some("sha256:00")),
        ] {
            assert_eq!(image(reference), (registry.to_owned(), repository, tag), "{reference}");
        }
        assert_eq!(join_key("image", "nginx"), join_key("image", "docker.io/library/nginx:latest"));
    }

    #[test]
    fn generated_suffixes_are_cut() {
        for (pod, owner) in [
            ("extension-agent-6d4cf56db6-x7k2p", "extension-agent"),
            ("kube-proxy-x7k2p", "kube-proxy"),
            ("app-3318830813-4c3cq", "app"),
            ("search-6c8d9f7b5d-aaaa1", "search"),
            ("my-first-other", "my-first-other"),
            ("web-0", "web-0"),
            ("coredns", "coredns"),
        ] {
            assert_eq!(owner_of(pod), owner);
        }
    }
}
